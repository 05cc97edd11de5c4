# The libraries that the project stands on.

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(jansson REQUIRED IMPORTED_TARGET jansson>=2.13)
pkg_check_modules(yaml REQUIRED IMPORTED_TARGET yaml-0.1)
pkg_check_modules(zlib REQUIRED IMPORTED_TARGET zlib)
if(KO_ISAL)
    pkg_check_modules(isal IMPORTED_TARGET libisal)
endif()
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
if(KO_PROMPT)
    pkg_check_modules(readline REQUIRED IMPORTED_TARGET readline)
endif()

# Debian's libcsv ships neither a pkg-config nor a CMake file.
find_path(CSV_INCLUDE_DIR csv.h REQUIRED)
find_library(CSV_LIBRARY csv REQUIRED)
mark_as_advanced(CSV_INCLUDE_DIR CSV_LIBRARY)
add_library(csv::csv UNKNOWN IMPORTED)
set_target_properties(csv::csv PROPERTIES
    IMPORTED_LOCATION "${CSV_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${CSV_INCLUDE_DIR}")
