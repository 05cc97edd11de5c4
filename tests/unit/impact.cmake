add_library(impact_case STATIC unit/impact_case.c)
target_link_libraries(impact_case PUBLIC case_builder PRIVATE ko_build)

ko_unit(answer ko_impact impact_case)
ko_unit(confine ko_impact)
ko_unit(customers ko_impact impact_case)
ko_unit(impact_memory ko_impact impact_case)
target_link_options(test_impact_memory PRIVATE
    -Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc)
ko_unit(impact_window ko_impact impact_case)
ko_unit(locate ko_impact impact_case)
ko_unit(owners ko_impact impact_case)
ko_unit(signals ko_impact impact_case)
