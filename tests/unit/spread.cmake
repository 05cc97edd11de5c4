add_library(case_builder STATIC unit/case_builder.c)
target_link_libraries(case_builder PUBLIC ko_case PRIVATE ko_build)
target_include_directories(case_builder PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}/unit")

ko_unit(baseline ko_spread case_builder)
ko_unit(detect ko_spread case_builder)
ko_unit(tree ko_spread case_builder)
ko_unit(spread ko_spread case_builder)
ko_unit(cascade ko_spread case_builder)
