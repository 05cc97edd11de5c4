ko_unit(time ko_event)
