ko_unit(drill ko_drill)
