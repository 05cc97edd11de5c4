#!/usr/bin/env python3
"""Run our binaries over a set of real failure cases and score the ranking.

usage: run.py BUILD SET [--at given|late|none] [--normal] [--strip SUFFIX] [--floors] [--commits] [-o PREDICTIONS.jsonl]

BUILD  folder with ingest, correlate, blame
SET    a folder per case: metrics.csv, logs.*, traces.csv, topology.csv, deploys/commits/flags/alert.json; truth.json
       is the answer and is never given to the tools.  Folders beginning with _ are no cases.
--at   the incident time given to ingest: the true one, 60 s late, or none
--normal  give ingest the exports of SET/_baseline/X as a healthy time, for the cases whose name begins with X
Always the same options for every set.  Prints AC@1,3,5, Avg@5 and MRR by fault type with bootstrap intervals, how often each
verdict was right, seconds a case, and with --floors the small methods of floors.py, which are given the true time.
--commits  score the change that is blamed ("none" when nothing is suspected) instead of leaving changes out
"""
import argparse
import json
import os
import random
import subprocess
import sys
import time

import floors

INPUTS = ("metrics.csv", "logs.csv", "logs.ndjson", "traces.csv", "topology.csv", "deploys.json", "commits.json",
          "flags.json", "alert.json")
LATE_S = 60
BOOTSTRAPS = 1000


def true_time(truth):
    return truth.get("incident_start", truth["fault_time"])


def healthy_exports(set_folder, case):
    base = os.path.join(set_folder, "_baseline")
    for day in sorted(os.listdir(base)) if os.path.isdir(base) else ():
        if case.startswith(day):
            return [os.path.join(base, day, f) for f in sorted(os.listdir(os.path.join(base, day))) if f in INPUTS]
    return []


def pipe(build, folder, at, healthy):
    """The case after the whole pipe, as records; None when a tool failed."""
    ingest = [os.path.join(build, "ingest"), "-q"] + (["--at", str(at)] if at is not None else [])
    ingest += [w for f in healthy for w in ("--normal", f)]
    ingest += [f for f in INPUTS if os.path.exists(os.path.join(folder, f))]
    data = b""
    for command in (ingest, [os.path.join(build, "correlate"), "-q"], [os.path.join(build, "blame"), "-q"]):
        done = subprocess.run(command, cwd=folder, input=data, capture_output=True, check=False)
        if done.returncode not in (0, 3):
            print(f"{folder}: {command[0]} exits {done.returncode}: {done.stderr[-200:]!r}", file=sys.stderr)
            return None
        data = done.stdout
    return [json.loads(line) for line in data.splitlines()]


def ranks_of(records):
    return [r["entity"] for r in sorted((r for r in records if r["type"] == "suspect"), key=lambda r: r["rank"])]


def blamed_changes(records):
    return [r for r in records if r["type"] == "change" and r.get("verdict") == "suspect"]


def place(ranks, truth, strip):
    want = {truth["root_cause_service"]}
    seen = []
    for name in ranks:
        name = name[:-len(strip)] if strip and name.endswith(strip) else name
        if name not in seen:
            seen.append(name)
    return next((i + 1 for i, name in enumerate(seen) if name in want), 0)


def figures(places):
    n = len(places)
    ac = [sum(0 < p <= k for p in places) / n for k in range(1, 6)]
    return ac[0], ac[2], ac[4], sum(ac) / 5, sum(1 / p for p in places if p) / n


def interval(places):
    dice = random.Random(1)
    firsts = sorted(figures(dice.choices(places, k=len(places)))[0] for _ in range(BOOTSTRAPS))
    return firsts[int(0.025 * BOOTSTRAPS)], firsts[int(0.975 * BOOTSTRAPS)]


def table(title, places_by_type):
    print(f"{title:<24} {'n':>3}  AC@1 [95 %]            AC@3   AC@5   Avg@5  MRR")
    for kind, places in places_by_type.items():
        a1, a3, a5, avg, mrr = figures(places)
        lo, hi = interval(places)
        print(f"{kind:<24} {len(places):>3}  {a1:.3f} [{lo:.3f}, {hi:.3f}]  {a3:.3f}  {a5:.3f}  {avg:.3f}  {mrr:.3f}")


def cases_of(folder):
    for case in sorted(os.listdir(folder)):
        truth = os.path.join(folder, case, "truth.json")
        if not case.startswith("_") and os.path.exists(truth):
            with open(truth, encoding="utf-8") as f:
                yield case, json.load(f)


def score_changes(blamed, truth):
    """(right, a decoy blamed) for one case."""
    ids = [str(c.get("commit") or c.get("id", "")) for c in blamed]
    want = truth["root_cause_commit"]
    right = want in ids if want != "none" else not ids
    return right, any(i in truth["decoy_commits"] for i in ids)


def late(at):
    return str(int(floors.stamp(str(at))) + LATE_S)


def verdict_of(records):
    first = [r for r in records if r["type"] == "suspect" and r["rank"] == 1]
    return first[0]["verdict"] if first else "none"


def put_verdicts(results, verdicts, strip):
    right = {}
    for (_, truth, ranks), verdict in zip(results, verdicts):
        right.setdefault(verdict, []).append(place(ranks, truth, strip) == 1)
    print("verdicts right: " + ", ".join(f"{w} {sum(v)} of {len(v)}" for w, v in sorted(right.items())))


def run_set(args):
    results, seconds, changes, verdicts = [], [], [], []
    for case, truth in cases_of(args.set):
        folder = os.path.join(args.set, case)
        at = {"given": str, "late": late, "none": lambda _: None}[args.at](true_time(truth))
        healthy = healthy_exports(args.set, case) if args.normal else []
        begin = time.monotonic()
        records = pipe(args.build, folder, at, healthy) or []
        seconds.append(time.monotonic() - begin)
        results.append((case, truth, ranks_of(records)))
        verdicts.append(verdict_of(records))
        if args.commits:
            changes.append(score_changes(blamed_changes(records), truth))
    return results, seconds, changes, verdicts


def group(results, strip):
    groups = {"ALL": []}
    for _, truth, ranks in results:
        p = place(ranks, truth, strip)
        groups["ALL"].append(p)
        groups.setdefault(str(truth.get("fault_type")), []).append(p)
    return groups


def print_floors(args):
    for name, rank in floors.FLOORS.items():
        results = []
        for case, truth in cases_of(args.set):
            series = floors.read_metrics(os.path.join(args.set, case, "metrics.csv"))
            results.append((case, truth, rank(series, floors.stamp(str(true_time(truth))))))
        table(f"floor {name}", group(results, args.strip))
    table("floor prior", group(floors.rank_prior(list(cases_of(args.set))), args.strip))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("build")
    p.add_argument("set")
    p.add_argument("--at", choices=("given", "late", "none"), default="given")
    p.add_argument("--normal", action="store_true")
    p.add_argument("--strip", default="")
    p.add_argument("--floors", action="store_true")
    p.add_argument("--commits", action="store_true")
    p.add_argument("-o", dest="out")
    args = p.parse_args()
    args.build, args.set = os.path.abspath(args.build), os.path.abspath(args.set)
    results, seconds, changes, verdicts = run_set(args)
    table(f"knockon, time {args.at}", group(results, args.strip))
    put_verdicts(results, verdicts, args.strip)
    print(f"{sum(seconds) / len(seconds):.3f} s a case, slowest {max(seconds):.3f} s")
    if changes:
        print(f"changes: {sum(r for r, _ in changes)} of {len(changes)} right, {sum(d for _, d in changes)} decoys blamed")
    if args.out:
        with open(args.out, "w", encoding="utf-8") as f:
            for case, _, ranks in results:
                f.write(json.dumps({"case": case, "ranks": ranks}) + "\n")
    if args.floors:
        print_floors(args)


main()
