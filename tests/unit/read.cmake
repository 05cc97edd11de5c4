foreach(module IN ITEMS date_order input piece_cuts layers read_names read_csv read_json read_account read_products read_sheets repeats
        read_traces read_catalogs read_metrics read_yaml)
    ko_unit(${module} ko_read)
endforeach()

# Not a test: prints what the readers make of an export.
add_executable(dump_events tools/dump_events.c)
target_link_libraries(dump_events PRIVATE ko_read ko_build)
target_link_libraries(test_layers PRIVATE PkgConfig::zlib) # makes what is taken off
