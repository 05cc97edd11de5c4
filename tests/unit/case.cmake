foreach(module IN ITEMS case stream)
    ko_unit(${module} ko_case)
endforeach()
