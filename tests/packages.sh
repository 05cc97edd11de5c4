#!/bin/sh
# Install what a bare Debian lacks to build the project ("build") or to build and test it ("test").
set -eu
build="gcc libc6-dev make cmake pkg-config libcsv-dev libjansson-dev libyaml-dev libreadline-dev zlib1g-dev libzstd-dev"
optional="libisal-dev" # gzip at 2.5 times the speed; without it the build takes zlib
test="libcmocka-dev python3 python3-jsonschema mandoc clang libclang-rt-14-dev valgrind"
case "${1:-build}" in
build) want="$build $optional" ;;
test) want="$build $optional $test" ;;
*) echo "usage: packages.sh [build|test]" >&2; exit 2 ;;
esac

missing=
for package in $want; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
echo "installing:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq >&2
# shellcheck disable=SC2086
$sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
