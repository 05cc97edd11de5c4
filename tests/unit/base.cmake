foreach(module IN ITEMS mem str buf list map num stat utf8 json file digest crew bytes)
    ko_unit(${module} ko_base)
endforeach()
