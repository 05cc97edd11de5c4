#!/bin/sh
# Run one golden case: a folder with
#   cmd      shell text, run inside a scratch copy of the folder with our binaries first on PATH;
#            $ROOT is the project, $DATA the folder testdata
#   expout   expected standard output          experr   expected standard error (absent: empty)
#   status   expected exit status (absent: 0)  needs    paths under $ROOT; one missing skips the case
#
# usage: run-case.sh [-p] BINARIES CASE      -p writes expout, experr and status; review the diff
set -u
populate=no
[ "${1:-}" = "-p" ] && { populate=yes; shift; }
[ $# -eq 2 ] || { echo "usage: run-case.sh [-p] BINARIES CASE" >&2; exit 2; }
bin=$(CDPATH='' cd -- "$1" && pwd) || exit 2
case=$(CDPATH='' cd -- "$2" && pwd) || exit 2
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
DATA=$ROOT/testdata
export ROOT DATA
if [ -f "$case/needs" ]; then
    while IFS= read -r path; do
        [ -e "$ROOT/$path" ] || { echo "skipped: $path is not there"; exit 77; }
    done <"$case/needs"
fi
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cp -R "$case" "$scratch/case" && cd "$scratch/case" || exit 2
PATH=$bin:$PATH TZ=UTC LC_ALL=C HOME=$scratch NO_COLOR=1 TERM=dumb COLUMNS=80 \
    sh -c ". ./cmd" </dev/null >"$scratch/out" 2>"$scratch/err"
echo $? >"$scratch/status"

if [ $populate = yes ]; then
    cp "$scratch/out" "$case/expout"
    if [ -s "$scratch/err" ]; then cp "$scratch/err" "$case/experr"; else rm -f "$case/experr"; fi
    if [ "$(cat "$scratch/status")" != 0 ]; then
        cp "$scratch/status" "$case/status"
    else
        rm -f "$case/status"
    fi
    exit 0
fi

bad=0
compare() { # expected (may be absent) got what
    if [ -f "$1" ]; then want=$1; else want=$4; fi
    diff -u "$want" "$2" >"$scratch/diff" || { echo "$3 differs:"; cat "$scratch/diff"; bad=1; }
}
: >"$scratch/empty"
echo 0 >"$scratch/zero"
compare "$case/expout" "$scratch/out" "standard output" "$scratch/empty"
compare "$case/experr" "$scratch/err" "standard error" "$scratch/empty"
compare "$case/status" "$scratch/status" "exit status" "$scratch/zero"
exit $bad
