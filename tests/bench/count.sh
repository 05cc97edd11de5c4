#!/bin/sh
# Instructions of ingest a record, by callgrind: the same on a busy machine.
# usage: count.sh BUILD [RECORDS [FUNCTIONS]]
set -eu
build=$1
records=${2:-20000}
functions=${3:-10}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT INT TERM

for format in jsonl logfmt logback access long wide; do
    n=$records
    [ "$format" != wide ] || n=$((records / 400 + 1)) # 400 numbers a row
    "$build/tests/bench/gen_load" "$format" -n "$n" >"$tmp/load"
    valgrind --tool=callgrind --callgrind-out-file="$tmp/out" "$build/ingest" -q "$tmp/load" \
        >/dev/null 2>"$tmp/log"
    awk -v format="$format" -v n="$n" '/^summary:/ { printf "%-8s %9.0f a record\n", format, $2 / n }' "$tmp/out"
    callgrind_annotate "$tmp/out" | sed 's/ *\[.*//' | grep ':ko_\|:[a-z_]* *$' | head -n "$functions" |
        sed 's/^/    /'
done
