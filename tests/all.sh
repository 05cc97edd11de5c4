#!/bin/sh
# Build and pass every test on a fresh Debian: gcc, then clang with the sanitizers; the
# readers' threads with the sanitizer of their own.
set -eu
cd "$(dirname -- "$0")/.."
sh tests/packages.sh test
jobs=$(nproc)

cmake --preset release -DBUILD_TESTING=ON
cmake --build --preset release -j "$jobs"
ctest --preset release -j "$jobs"

cmake --preset asan -DCMAKE_C_COMPILER=clang
cmake --build --preset asan -j "$jobs"
ctest --preset asan -j "$jobs" -LE 'lint|slow'

cmake --preset race -DCMAKE_C_COMPILER=clang
cmake --build --preset race -j "$jobs" --target ingest gen_load test_crew
build/race/tests/test_crew
python3 tests/property/pieces.py build/race --files 4
