#!/usr/bin/env python3
"""Drill incidents and compare the signals of spread with the truth.

usage: signals.py BUILD [--seeds FROM:TO] [--scenarios A,B] [--jobs N] [--all]

BUILD      folder with drill, ingest, correlate, blame
--seeds    a range, the end left out; every scenario is drilled with every seed
--all      print every drill, not only the median of each signal
A signal of the truth is the mean over the contacts of the exports, or over the simulated requests; before the incident,
in it and after it; that of the bot is counted in its exported log.  The tools find the incident's times themselves.  An amount is right within a tenth of the truth, a
share within 0.02 or a tenth of it.  Times of the response are compared with the exported milestones less the true onset.
Prints for each signal how many drills have it, its median error before and during, and how many drills are right.
"""
import argparse
import collections
import concurrent.futures
import csv
import datetime
import json
import os
import statistics
import subprocess
import sys
import tempfile

EXPORTS = ("map.json", "metrics", "logs", "traces", "contacts", "changes", "incidents")
SIGNALS = ("failed requests", "authentication failure", "record look-up latency", "payment confirmation delay", "abandonment",
           "transfer rate", "queue wait", "handle time", "agent screen load", "repeat contact", "failed hand-offs",
           "bot fallback", "change failure rate")
MILESTONES = {"time-to-detect": "opened", "time-to-assign": "assigned", "time-to-restore": "resolved"}
SHARES = {"change failure rate", "failed hand-offs", "bot fallback", "failed requests", "authentication failure", "abandonment", "transfer rate", "repeat contact"}


def run(command, cwd, data=b""):
    done = subprocess.run(command, cwd=cwd, input=data, capture_output=True, check=False)
    if done.returncode not in (0, 3):
        raise RuntimeError(f"{' '.join(command)}: {done.returncode}: {done.stderr[-300:].decode(errors='replace')}")
    return done.stdout


def seconds(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def amount(x, unit):
    return None if x is None else x / {"ms": 1000, "us": 1e6}.get(unit, 1)


def milestones(folder, truth):
    """Seconds from the true onset to each kind of milestone in the exports."""
    path = os.path.join(folder, "incidents", "pages.csv")
    origin = [n for n in truth["nodes"] if n["entity"] in truth["origins"]] or truth["nodes"]
    if not origin or not os.path.exists(path):
        return {}
    onset = min(seconds(n["onset"]) for n in origin)
    with open(path, newline="", encoding="utf-8") as f:
        rows = list(csv.DictReader(f))
    return {name: min(seconds(r["time"]) for r in rows if r["event"] == event) - onset
            for name, event in MILESTONES.items() if any(r["event"] == event for r in rows)}


def of_bot(folder, truth):
    """The hand-overs in the bot's log: those that lost the transcript, and all of the bot's requests."""
    start, end = min(n["onset"] for n in truth["nodes"]), max(n.get("end", truth["to"]) for n in truth["nodes"])
    n = collections.Counter()
    with open(os.path.join(folder, "logs", "platform.jsonl"), encoding="utf-8") as f:
        for r in map(json.loads, f):
            when = "before" if r["time"] < start else "during" if r["time"] < end else "after"
            if r["msg"].startswith("handed over"):
                n[when, r["service"]] += 1
                n[when, "without"] += "without" in r["msg"]
            elif r.get("channel") == "chat":
                n[when, "requests"] += 1
    for when in ("before", "during"):
        all_of_them = sum(v for (w, k), v in n.items() if w == when and k not in ("without", "requests"))
        if all_of_them:
            yield ("failed hand-offs", when), n[when, "without"] / all_of_them
        if n[when, "requests"]:
            yield ("bot fallback", when), all_of_them / n[when, "requests"]


def drill(build, scenario, seed):
    """(signal, when) -> (truth, said or None)."""
    with tempfile.TemporaryDirectory() as folder:
        run([os.path.join(build, "drill"), "-q", "-s", scenario, "--seed", str(seed), "--out", folder], folder)
        with open(os.path.join(folder, "truth.json"), encoding="utf-8") as f:
            truth = json.load(f)
        case = run([os.path.join(build, "ingest"), "-q", *[e for e in EXPORTS if os.path.exists(os.path.join(folder, e))]], folder)
        for tool in ("correlate", "blame"):
            case = run([os.path.join(build, tool), "-q"], folder, case)
        times = milestones(folder, truth)
        bot = dict(of_bot(folder, truth)) if truth["nodes"] else {}
    said = {}
    for line in case.decode().splitlines():
        r = json.loads(line)
        if r["type"] == "impact":
            said.setdefault(r["measure"], r)
    if not truth["nodes"] or not any(m in said for m in SIGNALS):
        return {}
    found = {}
    for s in truth["signals"]:
        if s["name"] in SIGNALS:
            r = said.get(s["name"], {})
            found[s["name"], "before"] = s["healthy"], amount(r.get("before"), r.get("unit"))
            found[s["name"], "during"] = s["during"], amount(r.get("during"), r.get("unit"))
    made = [c for c in truth["changes"] if not c["undo"]]
    if made:
        found["change failure rate", "during"] = (sum(c["guilty"] for c in made) / len(made),
                                                  said.get("change failure rate", {}).get("during"))
    for (name, when), true in bot.items():
        r = said.get(name, {})
        found[name, when] = true, amount(r.get(when), r.get("unit"))
    for name, true in times.items():
        found[name, "during"] = true, said.get(name, {}).get("total")
    return found


def error(name, true, said):
    return abs(said - true) if name in SHARES else abs(said - true) / max(true, 1e-9)


def is_right(name, true, said):
    if name in MILESTONES:
        return abs(said - true) <= 60
    return abs(said - true) <= max(0.1 * true, 0.02 if name in SHARES else 0)


def main():
    p = argparse.ArgumentParser(usage=__doc__)
    p.add_argument("build")
    p.add_argument("--seeds", default="600:603")
    p.add_argument("--scenarios")
    p.add_argument("--jobs", type=int, default=1)
    p.add_argument("--all", action="store_true")
    args = p.parse_args()
    build = os.path.abspath(args.build)
    listed = run([os.path.join(build, "drill"), "--list"], ".").decode().splitlines()
    names = args.scenarios.split(",") if args.scenarios else [line.split()[0] for line in listed]
    todo = [(name, seed) for name in names for seed in range(*map(int, args.seeds.split(":")))]
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        done = list(pool.map(lambda x: drill(build, *x), todo))
    table = collections.defaultdict(list)
    for (name, seed), found in zip(todo, done):
        for (signal, when), (true, said) in found.items():
            table[signal, when].append((true, said))
            if args.all:
                print(f"{name + ' ' + str(seed):<38}{signal:<28}{when:<8}{true:>12.4g}"
                      f"{'-' if said is None else format(said, '.4g'):>12}"
                      f"{'' if said is None or is_right(signal, true, said) else '   wrong'}")
    print(f"{'signal':<28}{'when':<8}{'drills':>7}{'said':>6}{'truth':>10}{'measured':>10}{'error':>9}{'right':>7}")
    for signal in SIGNALS + tuple(MILESTONES):
        for when in ("before", "during"):
            rows = table[signal, when]
            pairs = [(t, s) for t, s in rows if s is not None]
            if pairs:
                print(f"{signal:<28}{when:<8}{len(rows):>7}{len(pairs):>6}{statistics.median(t for t, _ in pairs):>10.4g}"
                      f"{statistics.median(s for _, s in pairs):>10.4g}"
                      f"{statistics.median(error(signal, *x) for x in pairs):>9.4f}{sum(is_right(signal, *x) for x in pairs):>7}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
