#!/bin/sh
# Instructions of ingest a record, by callgrind: the same on a busy machine.
# usage: count.sh BUILD [RECORDS [FUNCTIONS]]
#
# Of reading alone, a record more (of 20,000 to 50,000; a cell for wide), gcc 12 -O2:
#
#   jsonl 5962   logfmt 8749   logback 11692   access 4573   long 2434   wide 490
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
    for program in ingest tests/bench/read_load; do
        flag=-q
        [ "$program" = ingest ] || flag=
        valgrind --tool=callgrind --callgrind-out-file="$tmp/${program##*/}" \
            "$build/$program" $flag "$tmp/load" >/dev/null 2>"$tmp/log"
    done
    cat "$tmp/ingest" "$tmp/read_load" | awk -v format="$format" -v n="$n" '
        /^summary:/ { sum[++k] = $2 / n }
        END { printf "%-8s %9.0f a record, %.0f of them read\n", format, sum[1], sum[2] }'
    callgrind_annotate "$tmp/ingest" | sed 's/ *\[.*//' | grep ':ko_\|:[a-z_]\+ *$' | head -n "$functions" |
        sed 's/^/    /'
done
