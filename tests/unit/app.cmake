foreach(module IN ITEMS option completion suggest lines walk history aliases io)
    ko_unit(${module} ko_app)
endforeach()
foreach(module IN ITEMS prompt filter tool)
    ko_unit(${module} ko_app)
    target_sources(test_${module} PRIVATE unit/app_world.c)
endforeach()

# The pages against the tables of the code.
ko_unit(schema ko_case PkgConfig::jansson)
ko_unit(pages ko_read)
foreach(module IN ITEMS schema pages)
    target_compile_definitions(test_${module} PRIVATE MAN="${PROJECT_SOURCE_DIR}/man")
endforeach()
