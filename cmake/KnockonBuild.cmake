# How every target of the project is compiled, and the two functions that declare them.

add_library(ko_build INTERFACE)
target_compile_features(ko_build INTERFACE c_std_17)
target_compile_definitions(ko_build INTERFACE _GNU_SOURCE KO_VERSION="${PROJECT_VERSION}")
target_compile_options(ko_build INTERFACE
    -Wall -Wextra -Wconversion -Wshadow -Wformat=2 -Wmissing-prototypes -Wstrict-prototypes
    -Wvla -Wundef -fno-common
    $<$<BOOL:${KO_WERROR}>:-Werror>
    $<$<BOOL:${KO_SANITIZE}>:-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer>
    $<$<BOOL:${KO_RACE}>:-fsanitize=thread>
    $<$<BOOL:${KO_FUZZ}>:-fsanitize=fuzzer-no-link>
    $<$<BOOL:${KO_COVERAGE}>:--coverage>)
target_link_options(ko_build INTERFACE
    $<$<BOOL:${KO_SANITIZE}>:-fsanitize=address,undefined>
    $<$<BOOL:${KO_RACE}>:-fsanitize=thread>
    $<$<BOOL:${KO_COVERAGE}>:--coverage>)
set(CMAKE_C_EXTENSIONS OFF)

# ko_layer(NAME source…): one static library a folder of lib/; its headers are included as
# "NAME/header.h".
function(ko_layer name)
    if(NOT ARGN)
        add_library(ko_${name} INTERFACE)
        return()
    endif()
    add_library(ko_${name} STATIC ${ARGN})
    target_link_libraries(ko_${name} PRIVATE ko_build)
    target_include_directories(ko_${name} PUBLIC "${PROJECT_SOURCE_DIR}/lib")
    file(GLOB headers CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.h")
    target_sources(ko_${name} PUBLIC FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/lib"
        FILES ${headers})
    set_target_properties(ko_${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
endfunction()

# ko_tool(NAME): one binary of cmd/, with the packager's prefix.
function(ko_tool name)
    add_executable(${name} ${name}.c)
    target_link_libraries(${name} PRIVATE ko_app ko_build)
    set_target_properties(${name} PROPERTIES OUTPUT_NAME "${PROGRAM_PREFIX}${name}"
        RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
    install(TARGETS ${name} RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endfunction()
