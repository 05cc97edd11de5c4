add_executable(dump_events tools/dump_events.c)
target_link_libraries(dump_events PRIVATE ko_read ko_build)
