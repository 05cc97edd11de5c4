#!/usr/bin/env python3
"""Drill a thousand incidents and print what the tools find of them beside what they are to find.

usage: show.py BUILD [--seeds FROM:TO] [--jobs N]

BUILD    folder with drill, ingest, correlate, blame
--seeds  a range, the end left out; every scenario is drilled with every seed: 50 seeds are 1,000 drills

Platforms of 5 to 200 parts, an hour of exports, clocks wrong by up to 2 s, a tenth of the records missing, three decoy
changes.  Each set is read twice, with map and traces and without.  Some 15 minutes on two cores: not part of any test.
The seeds are to be ones on which nothing was tried before.
"""
import argparse
import concurrent.futures
import json
import os
import statistics
import sys
import tempfile

import drill

SIZES = (5, 12, 20, 40, 80, 200)
OPTIONS = ("--duration", "1h", "--skew", "2", "--missing", "10", "--decoys", "3")
HEALTHY = "healthy-day"
# figure, bar with a topology, bar without, whether less is better
BARS = (("edge F1", 0.90, 0.70, False), ("direction", 0.95, 0.95, False), ("order, Kendall tau", 0.85, 0.85, False),
        ("origin first", 0.95, 0.85, False), ("onset error, buckets", 1.0, 1.0, True),
        ("false chains a healthy day", 0.01, 0.01, True), ("nobody blamed a healthy day", 0.95, 0.95, False),
        ("amplifier F1", 0.95, 0.95, False),
        ("factor error", 0.10, 0.10, True), ("metastable F1", 0.90, 0.90, False), ("mechanism", 0.85, 0.85, False))
MEANS = {"edge F1": "edge_f1", "direction": "direction", "order, Kendall tau": "tau_b", "origin first": "origin_first",
         "amplifier F1": "amplifier_f1", "factor error": "factor_error", "mechanism": "mechanism"}


def claims(folder):
    """Of the case that was scored last: chains of more than one node, and whether nobody is blamed."""
    with open(os.path.join(folder, "case.jsonl"), encoding="utf-8") as f:
        records = [json.loads(line) for line in f if line.startswith(('{"type":"chain"', '{"type":"suspect"'))]
    verdicts = [r["verdict"] for r in records if r["type"] == "suspect"]
    return {"cascades": sum(len(r["nodes"]) > 1 for r in records if r["type"] == "chain"),
            "quiet": float(all(v == "insufficient evidence" for v in verdicts))}


def one(build, scenario, seed, size):
    with tempfile.TemporaryDirectory() as folder:
        command = [os.path.join(build, "drill"), "-q", "-s", scenario, "--seed", str(seed), "--out", folder, *OPTIONS]
        drill.run(command + ["--services", str(size)], folder)
        found = []
        for exports in (drill.WITH, drill.WITHOUT):
            figures = drill.score(build, folder, exports)
            found.append({**figures, **claims(folder)})
        return scenario, found


def f1(true, said):
    both = sum(1 for t, s in zip(true, said) if t and s)
    return 2 * both / (sum(true) + sum(said)) if sum(true) + sum(said) else None


def figures_of(all_found):
    drills = [f for _, f in all_found]
    table = {name: drill.mean([f[key] for f in drills if key in f]) for name, key in MEANS.items()}
    late = [f["onset_error_s"] / f["bucket_s"] for f in drills if "onset_error_s" in f]
    table["onset error, buckets"] = statistics.median(late) if late else None
    table["false chains a healthy day"] = drill.mean([f["cascades"] for s, f in all_found if s == HEALTHY])
    table["nobody blamed a healthy day"] = drill.mean([f["quiet"] for s, f in all_found if s == HEALTHY])
    table["metastable F1"] = f1([f["metastable_true"] for f in drills], [f["metastable_said"] for f in drills])
    return table


def put(found):
    columns = [figures_of([(scenario, pair[i]) for scenario, pair in found]) for i in (0, 1)]
    print(f"{len(found)} drills{'':20} {'with':>7} {'bar':>6}  {'without':>9} {'bar':>6}")
    for name, *bars, less in BARS:
        cells = []
        for column, bar in zip(columns, bars):
            value = column[name]
            met = value is not None and (value <= bar if less else value >= bar)
            cells.append(f"{'-' if value is None else format(value, '.3f'):>7} {bar:>6.2f}{' ' if met else '*'}")
        print(f"{name:<30} {cells[0]}  {cells[1]}")
    print("* missed")


def main():
    p = argparse.ArgumentParser(usage=__doc__)
    p.add_argument("build")
    p.add_argument("--seeds", default="20000:20050")
    p.add_argument("--jobs", type=int, default=2)
    args = p.parse_args()
    build = os.path.abspath(args.build)
    seeds = range(*map(int, args.seeds.split(":")))
    todo = [(name, seed, SIZES[i % len(SIZES)]) for i, seed in enumerate(seeds) for name in drill.scenarios(build)]
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        put(list(pool.map(lambda x: one(build, *x), todo)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
