ko_unit(dur ko_event)
ko_unit(ledger ko_event)
ko_unit(severity ko_event)
ko_unit(time ko_event)
ko_unit(zone ko_event)
ko_unit(time_suite ko_event PkgConfig::jansson)
target_compile_definitions(test_time_suite PRIVATE
    KO_SHARED_DIR="${PROJECT_SOURCE_DIR}/../shared")
