add_library(reduce_scene STATIC unit/reduce_scene.c)
target_link_libraries(reduce_scene PUBLIC ko_reduce PkgConfig::cmocka PRIVATE ko_build)
target_include_directories(reduce_scene PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}/unit")

ko_unit(reduce reduce_scene)
ko_unit(reduce_properties reduce_scene)
ko_unit(reduce_parts ko_reduce)
ko_unit(people reduce_scene)
ko_unit(mask_memo ko_reduce)
