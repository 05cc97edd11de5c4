#!/bin/sh
# Build the tools on a fresh Debian and explain the made incident: the answer screen of the README.
set -eu
cd "$(dirname -- "$0")/.."
sh tests/packages.sh build
cmake --preset release -DBUILD_TESTING=OFF >/dev/null
cmake --build --preset release -j 2 >/dev/null
PATH=$PWD/build/release:$PATH
cd testdata/pay-bill
ingest -q . | correlate | blame | report
