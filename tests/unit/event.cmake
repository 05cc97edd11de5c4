ko_unit(time ko_event)
ko_unit(zone ko_event)
