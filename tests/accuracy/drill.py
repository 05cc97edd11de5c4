#!/usr/bin/env python3
"""Drill many incidents and score what the tools find of them.

usage: drill.py BUILD [--seeds FROM:TO] [--scenarios A,B] [--services N,N] [--skew S] [--missing P] [--decoys N]
       [--without] [--jobs N]

BUILD      folder with drill, ingest, correlate, blame
--seeds    a range, the end left out; every scenario is drilled with every seed
--services sizes, taken in turn; a scenario's own if not given
--without  leave map and traces out as well, and print both
Prints the means of each scenario and of all; a dash where nothing could be compared.
"""
import argparse
import collections
import concurrent.futures
import os
import subprocess
import sys
import tempfile

WITH = ("map.json", "metrics", "logs", "traces", "contacts", "changes", "incidents")
WITHOUT = ("metrics", "logs", "contacts", "changes", "incidents")
SHOWN = ("node_f1", "edge_precision", "edge_recall", "edge_f1", "direction", "mechanism", "tau_b", "origin_first",
         "origin_onset_error_s", "onset_error_s", "amplifier_f1", "factor_error", "metastable_right", "change_right",
         "chains")


def run(command, cwd, data=b""):
    done = subprocess.run(command, cwd=cwd, input=data, capture_output=True, check=False)
    if done.returncode not in (0, 3):
        raise RuntimeError(f"{' '.join(command)}: {done.returncode}: {done.stderr[-300:].decode(errors='replace')}")
    return done.stdout


def scenarios(build):
    return [line.split()[0] for line in run([os.path.join(build, "drill"), "--list"], ".").decode().splitlines()]


def score(build, folder, exports):
    """The figures of one set of exports as a dict; a value that says nothing is left out."""
    tool = {name: os.path.join(build, name) for name in ("ingest", "correlate", "blame", "drill")}
    case = run([tool["ingest"], "-q", *exports], folder)
    case = run([tool["blame"], "-q"], folder, run([tool["correlate"], "-q"], folder, case))
    with open(os.path.join(folder, "case.jsonl"), "wb") as f:
        f.write(case)
    lines = run([tool["drill"], "--score", "case.jsonl", "--truth", "truth.json"], folder).decode().split("\n")
    figures = {name: float(value) for name, value in (l.split() for l in lines if l) if value != "-"}
    if "origin_rank" in figures:
        figures["origin_first"] = float(figures["origin_rank"] == 1)
    figures["metastable_right"] = float(figures["metastable_true"] == figures["metastable_said"])
    return figures


def drill(build, scenario, seed, services, options, sets):
    with tempfile.TemporaryDirectory() as folder:
        command = [os.path.join(build, "drill"), "-q", "-s", scenario, "--seed", str(seed), "--out", folder, *options]
        run(command + (["--services", str(services)] if services else []), folder)
        return [score(build, folder, exports) for exports in sets]


def mean(values):
    return sum(values) / len(values) if values else None


def put_table(title, rows):
    print(f"{title}\n{'scenario':<32}{'n':>5} " + " ".join(f"{n[:14]:>14}" for n in SHOWN))
    rows = {**rows, "ALL": [f for figures in rows.values() for f in figures]}
    for name, figures in rows.items():
        means = [mean([f[n] for f in figures if n in f]) for n in SHOWN]
        print(f"{name:<32}{len(figures):>5} " + " ".join(f"{'-' if m is None else format(m, '.3f'):>14}" for m in means))


def main():
    p = argparse.ArgumentParser(usage=__doc__)
    p.add_argument("build")
    p.add_argument("--seeds", default="1:4")
    p.add_argument("--scenarios")
    p.add_argument("--services", default="0")
    for name in ("skew", "missing", "decoys", "duration"):
        p.add_argument("--" + name)
    p.add_argument("--without", action="store_true")
    p.add_argument("--jobs", type=int, default=1)
    args = p.parse_args()
    build = os.path.abspath(args.build)
    options = [w for n in ("skew", "missing", "decoys", "duration") if getattr(args, n) for w in ("--" + n, getattr(args, n))]
    names = args.scenarios.split(",") if args.scenarios else scenarios(build)
    sizes = [int(n) for n in args.services.split(",")]
    seeds = range(*map(int, args.seeds.split(":")))
    sets = [WITH, WITHOUT] if args.without else [WITH]
    todo = [(name, seed, sizes[i % len(sizes)]) for name in names for i, seed in enumerate(seeds)]
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        found = list(pool.map(lambda x: (x[0], drill(build, *x, options, sets)), todo))
    for i, title in enumerate(("with topology", "without topology")[:len(sets)]):
        rows = collections.OrderedDict((name, []) for name in names)
        for name, figures in found:
            rows[name].append(figures[i])
        put_table(title, rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
