#!/usr/bin/env python3
"""Drill incidents and compare what the tools say of demand that followed delay with the truth.

usage: demand.py BUILD [--seeds FROM:TO] [--scenarios A,B] [--services N] [--list] [--jobs N]

--list     print every claim that is wrong
Of each kind of demand: claims that it followed, those of them that are right (it rose, and so did the latency that it
is said to have followed), demand that rose and was found, and the median error of the lag in seconds: the truth's is
the time between the instants at which latency and demand rose.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import re
import statistics
import sys
import tempfile

from impact import run

UNITS = {"s": 1, "min": 60, "h": 3600}
CLAIM = re.compile(r"(?P<kind>.*?) of (?P<entity>\S+) .*\) followed the latency of (?P<driver>\S+) "
                   r"(?:after (?P<n>[\d.]+) (?P<unit>\w+)|at once)")
SUBJECT = re.compile(r"(?P<kind>.*?) of (?P<entity>\S+) ")


def drill(build, scenario, seed, options):
    with tempfile.TemporaryDirectory() as folder:
        run([os.path.join(build, "drill"), "-q", "-s", scenario, "--seed", str(seed), "--out", folder, *options], folder)
        exports = sorted(name for name in os.listdir(folder) if name != "truth.json")
        case = run([os.path.join(build, "ingest"), "-q", *exports], folder)
        for tool in ("correlate", "blame"):
            case = run([os.path.join(build, tool), "-q"], folder, case)
        with open(os.path.join(folder, "truth.json"), encoding="utf-8") as f:
            truth = {(r["entity"], r["kind"]): r for r in json.load(f)["demand"]}
    return truth, [r for r in map(json.loads, case.decode().splitlines()) if r["type"] == "impact"]


class Score:
    def __init__(self):
        self.claims = self.right = self.rose = self.found = 0
        self.lags = []

    def line(self, name):
        def share(n, of):
            return f"{n}/{of} {n / of:.3f}" if of else "-"
        lag = f"{statistics.median(self.lags):.0f}" if self.lags else "-"
        return f"{name:<16}{share(self.right, self.claims):>18}{share(self.found, self.rose):>18}{lag:>10}"


def claims_of(records):
    """What followed, by (entity, kind): each once."""
    said = {}
    for r in records:
        m = CLAIM.match(r.get("text", "")) if r["measure"] == "demand" else None
        if m:
            lag = float(m["n"]) * UNITS[m["unit"]] if m["n"] else 0
            said.setdefault((m["entity"], m["kind"]), (m["driver"], lag, r["text"]))
    return said


def judge(truth, records, scores, where, wrong):
    said = claims_of(records)
    looked = {(m["entity"], m["kind"]) for m in (SUBJECT.match(r.get("text", "")) for r in records
                                                 if r["measure"].startswith("demand")) if m}
    for key, row in truth.items():
        if row["kind"] == "latency" or key not in looked:
            continue
        s = scores[row["kind"]]
        s.rose += row["rose"]
        if key not in said:
            if row["rose"]:
                wrong.append(f"{where}: missed: {row['kind']} of {row['entity']} {row['usual']:.3g} -> {row['during']:.3g}")
            continue
        driver, lag, text = said[key]
        latency = truth.get((driver, "latency"), {"rose": False})
        right = row["rose"] and latency["rose"]
        s.claims += 1
        s.right += right
        s.found += right
        if right and "since_s" in row and "since_s" in latency:
            s.lags.append(abs(lag - (row["since_s"] - latency["since_s"])))
        if not right:
            wrong.append(f"{where}: {text}: {row['usual']:.3g} -> {row['during']:.3g}, latency rose {latency['rose']}")


def main():
    p = argparse.ArgumentParser(usage=__doc__)
    p.add_argument("build")
    p.add_argument("--seeds", default="600:602")
    p.add_argument("--scenarios")
    p.add_argument("--services")
    p.add_argument("--list", action="store_true")
    p.add_argument("--jobs", type=int, default=1)
    args = p.parse_args()
    build = os.path.abspath(args.build)
    options = ["--services", args.services] if args.services else []
    listed = run([os.path.join(build, "drill"), "--list"], ".").decode().splitlines()
    names = args.scenarios.split(",") if args.scenarios else [line.split()[0] for line in listed]
    todo = [(name, seed) for name in names for seed in range(*map(int, args.seeds.split(":")))]
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        done = list(pool.map(lambda x: drill(build, *x, options), todo))
    scores, wrong = collections.defaultdict(Score), []
    for where, (truth, records) in zip(todo, done):
        judge(truth, records, scores, "%s %d" % where, wrong)
    print(f"{'kind':<16}{'claims right':>18}{'rises found':>18}{'lag err s':>10}")
    for name in sorted(scores):
        print(scores[name].line(name))
    print("\n".join(wrong) if args.list else f"{len(wrong)} wrong or missed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
