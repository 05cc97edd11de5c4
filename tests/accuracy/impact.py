#!/usr/bin/env python3
"""Drill incidents and compare the customer-impact minutes that the tools find with the truth.

usage: impact.py BUILD [--seeds FROM:TO] [--scenarios A,B] [--services N] [--missing P] [--dims] [--jobs N]

BUILD      folder with drill, ingest, correlate, blame
--seeds    a range, the end left out; every scenario is drilled with every seed
--dims     print the values of each dimension as well
Prints, for each drill, the minutes of the truth, those found with ids and those found in the same exports without
them, with their errors; then how many drills are within 5 % (with ids) and 15 % (without), or within twice the chance
of what is normal: its minutes in the incident are as random as those of the history that they are estimated from.
"""
import argparse
import concurrent.futures
import csv
import json
import math
import os
import subprocess
import sys
import tempfile

IDS = ("customer_id", "session_id")
MEASURES = ("customer-impact-minutes", "interaction-minutes")


def run(command, cwd, data=b""):
    done = subprocess.run(command, cwd=cwd, input=data, capture_output=True, check=False)
    if done.returncode not in (0, 3):
        raise RuntimeError(f"{' '.join(command)}: {done.returncode}: {done.stderr[-300:].decode(errors='replace')}")
    return done.stdout


def strip(path):
    """Take the ids of people out of an export."""
    if path.endswith(".jsonl"):
        with open(path, encoding="utf-8") as f:
            lines = [json.loads(line) for line in f]
        with open(path, "w", encoding="utf-8") as f:
            f.writelines(json.dumps({k: v for k, v in line.items() if k not in IDS}) + "\n" for line in lines)
    if path.endswith(".csv"):
        with open(path, newline="", encoding="utf-8") as f:
            rows = list(csv.reader(f))
        keep = [i for i, name in enumerate(rows[0]) if name not in IDS]
        with open(path, "w", newline="", encoding="utf-8") as f:
            csv.writer(f, lineterminator="\n").writerows([row[i] for i in keep] for row in rows)


def strip_all(folder):
    for where, _, names in os.walk(folder):
        for name in names:
            strip(os.path.join(where, name))


def found(build, folder):
    """Minutes by (dimension, value); the whole is ("", "")."""
    tool = {name: os.path.join(build, name) for name in ("ingest", "correlate", "blame")}
    exports = sorted(name for name in os.listdir(folder) if name != "truth.json")
    case = run([tool["blame"], "-q"], folder, run([tool["correlate"], "-q"], folder, run([tool["ingest"], "-q", *exports],
                                                                                         folder)))
    records = [json.loads(line) for line in case.decode().splitlines()]
    return {(r.get("dim", ""), r.get("value", "")): r.get("total", math.nan) for r in records
            if r["type"] == "impact" and r["measure"] in MEASURES}


def truth_of(folder):
    """The same; what is normal is "normal"."""
    with open(os.path.join(folder, "truth.json"), encoding="utf-8") as f:
        impact = json.load(f)["impact"]
    minutes = {("", ""): impact["customer_impact_minutes"], "normal": impact["normal"]}
    for dim, values in impact.items():
        if isinstance(values, dict):
            minutes.update({(dim, value): n for value, n in values.items()})
    return minutes


def drill(build, scenario, seed, options):
    with tempfile.TemporaryDirectory() as folder:
        run([os.path.join(build, "drill"), "-q", "-s", scenario, "--seed", str(seed), "--out", folder, *options], folder)
        truth = truth_of(folder)
        with_ids = found(build, folder)
        strip_all(folder)
        return truth, with_ids, found(build, folder)


def error(said, true):
    return (said - true) / true if true > 0 else math.inf if said > 0 else 0


def is_right(said, true, normal, bar):
    return abs(said - true) <= max(bar * true, 2 * math.sqrt(2 * normal + 1))


def put(name, true, *said):
    cells = " ".join(f"{s:>9.0f} {error(s, true):>+7.1%}" for s in said)
    print(f"{name:<46}{true:>8.0f} {cells}")


def main():
    p = argparse.ArgumentParser(usage=__doc__)
    p.add_argument("build")
    p.add_argument("--seeds", default="600:603")
    p.add_argument("--scenarios")
    for name in ("services", "missing", "duration"):
        p.add_argument("--" + name)
    p.add_argument("--dims", action="store_true")
    p.add_argument("--jobs", type=int, default=1)
    args = p.parse_args()
    build = os.path.abspath(args.build)
    options = [w for n in ("services", "missing", "duration") if getattr(args, n) for w in ("--" + n, getattr(args, n))]
    listed = run([os.path.join(build, "drill"), "--list"], ".").decode().splitlines()
    names = args.scenarios.split(",") if args.scenarios else [line.split()[0] for line in listed]
    todo = [(name, seed) for name in names for seed in range(*map(int, args.seeds.split(":")))]
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        done = list(pool.map(lambda x: drill(build, *x, options), todo))
    print(f"{'scenario, seed':<46}{'truth':>8} {'with ids':>17} {'without':>17}")
    right = [0, 0]
    for (name, seed), (truth, *sets) in zip(todo, done):
        whole = [s.get(("", ""), 0) for s in sets]
        put(f"{name} {seed}", truth["", ""], *whole)
        for i, bar in enumerate((0.05, 0.15)):
            right[i] += is_right(whole[i], truth["", ""], truth["normal"], bar)
        for key in sorted(k for k in truth if k != "normal") if args.dims else ():
            if key != ("", ""):
                put(f"    {key[0]} {key[1]}", truth[key], *[s.get(key, 0) for s in sets])
    print(f"right: with ids {right[0]} of {len(todo)}, without {right[1]} of {len(todo)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
