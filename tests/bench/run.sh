#!/bin/sh
# Time ingest beside whatever of its peers is installed, on the same made file.
# usage: run.sh BUILD [BYTES [ROUNDS]]
# Each line: format, tool, wall s, CPU s, peak RSS MB, ratio of the wall times to ingest's,
# and failed requests counted, which must agree: a case leaves out the first and the last
# bucket where the export covers them in part, so it may have up to 2 % fewer.
# DuckDB is looked for as the package @duckdb/node-api below the current folder.  Rounds alternate; the best of each counts.
set -eu
build=$1
bytes=${2:-60000000}
rounds=${3:-3}
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT INT TERM

has() { command -v "$1" >/dev/null; }

# time_one FORMAT TOOL COMMAND…: its answer to $tmp/answer.TOOL, its figures to $tmp/times.
time_one() {
    format=$1 tool=$2
    shift 2
    /usr/bin/time -o "$tmp/time" -f '%e %U %S %M' "$@" >"$tmp/out.$tool"
    printf '%s %s %s\n' "$format" "$tool" "$(tail -n 1 "$tmp/time")" >>"$tmp/times"
}

jsonl_peers() {
    time_one jsonl mawk mawk 'match($0, /"status":5[0-9][0-9]/) { n++ } END { print n + 0 }' "$1"
    ! has jq || time_one jsonl jq jq -n '[inputs | select(.status >= 500)] | length' "$1"
    ! has mlr || time_one jsonl mlr mlr --ijsonl --onidx filter '$status >= 500' then count "$1"
    [ ! -d node_modules/@duckdb/node-api ] || time_one jsonl duckdb node "$here/duckdb.mjs" "$1"
}

logfmt_peers() {
    time_one logfmt mawk mawk '/ status=5[0-9][0-9] / { n++ } END { print n + 0 }' "$1"
    ! has mlr || time_one logfmt mlr mlr --idkvp --ifs ' ' --onidx filter '$status >= 500' then count "$1"
}

logback_peers() {
    time_one logback mawk mawk '/ status=5[0-9][0-9] / { n++ } END { print n + 0 }' "$1"
}

access_peers() {
    time_one access mawk mawk -F '"' '$3 ~ /^ 5[0-9][0-9] / { n++ } END { print n + 0 }' "$1"
    ! has goaccess || time_one access goaccess goaccess "$1" --log-format='%h - - [%d:%t %^] "%r" %s %b "%R" "%u" %T' \
        --date-format=%d/%b/%Y --time-format=%T -o csv
    ! has lnav || time_one access lnav lnav -n -c ';select count(*) from access_log where sc_status >= 500' "$1"
}

none() { :; }

run_format() {
    "$build/tests/bench/gen_load" "$1" -b "$bytes" >"$tmp/load.$3"
    round=0
    while [ "$round" -lt "$rounds" ]; do
        time_one "$1" ingest "$build/ingest" -q "$tmp/load.$3"
        python3 "$here/answer.py" "$tmp/out.ingest" >"$tmp/answer"
        "$2" "$tmp/load.$3"
        round=$((round + 1))
    done
    time_one "$1" wc wc -l "$tmp/load.$3"
    for out in "$tmp"/out.*; do
        tool=${out##*.}
        answer=$(head -n 1 "$out")
        case $tool in ingest | wc | goaccess | lnav) continue ;; esac
        ours=$(cat "$tmp/answer")
        [ "$ours" -le "$answer" ] && [ $((ours * 100)) -ge $((answer * 98)) ] || echo "$1: $tool says $answer, ingest $ours"
    done
    rm -f "$tmp"/out.* "$tmp/load.$3"
}

run_format jsonl jsonl_peers jsonl
run_format logfmt logfmt_peers logfmt
run_format logback logback_peers log
run_format access access_peers log
run_format long none csv
run_format wide none csv

awk '{ key = $1 " " $2
       if (!(key in wall)) { order[++n] = key; wall[key] = $3 }
       if ($3 <= wall[key]) { wall[key] = $3; cpu[key] = $4 + $5; rss[key] = $6 } }
     END { printf "%-8s %-9s %8s %8s %8s %8s\n", "format", "tool", "wall s", "cpu s", "RSS MB", "ratio"
           for (i = 1; i <= n; i++) { split(order[i], part, " ")
               printf "%-8s %-9s %8.2f %8.2f %8.1f %8.2f\n", part[1], part[2], wall[order[i]], cpu[order[i]],
                      rss[order[i]] / 1024, wall[order[i]] / wall[part[1] " ingest"] } }' "$tmp/times"
