ko_unit(read_text ko_read)
ko_unit(read_text_access ko_read)
ko_unit(read_text_plain ko_read)
ko_unit(read_text_syslog ko_read PkgConfig::jansson)
target_compile_definitions(test_read_text_syslog PRIVATE
    KO_SHARED_DIR="${PROJECT_SOURCE_DIR}/../shared")
