#!/usr/bin/env python3
"""Make sets of failure cases of systems that do not exist, in the form that run.py scores.

usage: made.py KIND OUT [--cases N] [--seed S]

KIND  cloud  41 components of a cloud application, 5 minutes a row, latency and requests only, the call graph given,
             some calls not waited for
      pods   14 pods, 5 seconds a row, cpu, memory and latency; a delay travels to the callers, a step of the graph a lag
      shop   10 services, 60 seconds a row, cpu, memory, latency quantiles, load, errors; no graph
      calm   shop with no fault: every verdict but "insufficient evidence" is wrong

A component's latency is its own time and that of the calls that it waits for; faults change own time, cpu, memory or
errors of one component.  The truth comes from here, not from the tools.
"""
import argparse
import csv
import json
import math
import os
import random

SHAPES = {
    "cloud": {"n": 41, "step": 300, "before": 96, "after": 8, "async": 0.15},
    "pods": {"n": 14, "step": 5, "before": 120, "after": 60, "async": 0.0},
    "shop": {"n": 10, "step": 60, "before": 30, "after": 10, "async": 0.0},
    "calm": {"n": 10, "step": 60, "before": 30, "after": 10, "async": 0.0},
}
WORDS = ("cart", "user", "order", "stock", "price", "search", "mail", "media", "login", "quote", "route", "plan", "seat", "trip",
         "bill", "ship", "track", "photo", "list", "store", "queue", "audit")
FAULTS = {"cloud": ("latency",), "pods": ("cpu", "mem", "latency"), "shop": ("cpu", "mem", "latency", "loss"), "calm": ("none",)}
SLOWED = {"latency": 1, "cpu": 0.4, "mem": 0.1, "loss": 0.5}  # of the fault's size, a multiple of own time
START = 1700000000


class System:
    """Components in an order in which callers come before callees."""

    def __init__(self, dice, shape):
        self.names = [WORDS[i % len(WORDS)] + ("" if i < len(WORDS) else str(i)) for i in range(shape["n"])]
        dice.shuffle(self.names)
        self.calls = {i: [] for i in range(shape["n"])}
        for callee in range(1, shape["n"]):
            for caller in {dice.randrange(max(0, callee - 8), callee) for _ in range(1 if dice.random() < 0.6 else 2)}:
                self.calls[caller].append((callee, dice.random() >= shape["async"], dice.choice((0.3, 1, 1, 1, 2))))
        self.own = [math.exp(dice.gauss(2.5, 0.8)) for _ in self.names]  # ms
        self.spread = [dice.uniform(0.02, 0.25) for _ in self.names]
        self.cpu = [math.exp(dice.gauss(3, 1)) for _ in self.names]
        self.mem = [math.exp(dice.gauss(5, 0.7)) for _ in self.names]
        self.depth = [0] * len(self.names)
        for callee in range(len(self.names)):
            for other, _, _ in self.calls[callee]:
                self.depth[other] = max(self.depth[other], self.depth[callee] + 1)


def progress(fault, t, shape, reach):
    """0..1: how far the fault has come by row `t` at a component that is `reach` steps away."""
    since = t - shape["before"] - reach * fault["lag"]
    return 0.0 if since < 0 else min(1.0, (since + 1) / fault["ramp"])


def reach_of(system, origin):
    reach = {origin: 0}
    for c in range(origin, -1, -1):
        steps = [reach[k] for k, waits, _ in system.calls[c] if waits and k in reach]
        if steps and c != origin:
            reach[c] = 1 + min(steps)
    return reach


def added_latency(system, fault):
    """What the fault adds to the latency of each component when it is there in full."""
    added = [0.0] * len(system.names)
    added[fault["origin"]] = system.own[fault["origin"]] * fault["size"] * SLOWED[fault["kind"]]
    for c in range(fault["origin"] - 1, -1, -1):
        added[c] = sum(times * added[k] for k, waits, times in system.calls[c] if waits)
    return added


def loads(dice, system, shape, t):
    load = [0.0] * len(system.names)
    load[0] = 40 * (1 + 0.2 * math.sin(2 * math.pi * t * shape["step"] / 86400)) * math.exp(dice.gauss(0, 0.05))
    for c, calls in system.calls.items():
        for callee, _, times in calls:
            load[callee] += load[c] * times
    return [x * math.exp(dice.gauss(0, 0.03)) for x in load]


def healthy(dice, system, shape, t):
    n = len(system.names)
    load, latency, error = loads(dice, system, shape, t), [0.0] * n, [0.0] * n
    for c in range(n - 1, -1, -1):
        latency[c] = system.own[c] * math.exp(dice.gauss(0, system.spread[c]))
        latency[c] += sum(times * latency[k] for k, waits, times in system.calls[c] if waits)
        error[c] = max(0, dice.gauss(0, 0.002)) + sum(0.6 * error[k] for k, waits, _ in system.calls[c] if waits)
    cpu = [system.cpu[c] * load[c] / (load[c] + 20) * math.exp(dice.gauss(0, 0.08)) for c in range(n)]
    mem = [system.mem[c] * (math.exp(dice.gauss(0, 0.01)) + 0.02 * math.sin(t / 17 + c)) for c in range(n)]
    return {"cpu": cpu, "mem": mem, "latency": latency, "load": load, "error": error}


def row(dice, system, shape, fault, t, reach):
    cells = healthy(dice, system, shape, t)
    if fault:
        origin, here = fault["origin"], progress(fault, t, shape, 0)
        added = added_latency(system, fault)
        for c, steps in reach.items():
            cells["latency"][c] += added[c] * progress(fault, t, shape, steps)
            if fault["kind"] == "loss":
                cells["error"][c] = min(1, cells["error"][c] + 0.05 * 0.6 ** steps * progress(fault, t, shape, steps))
        if fault["kind"] == "cpu":
            cells["cpu"][origin] += system.cpu[origin] * fault["size"] * here
        if fault["kind"] == "mem":
            cells["mem"][origin] += system.mem[origin] * 0.15 * fault["size"] * here
    return {name: {k: v[c] for k, v in cells.items()} for c, name in enumerate(system.names)}


def columns(kind, name, cells):
    c = cells[name]
    if kind == "cloud":
        return {f"{name}_latency": c["latency"] / 1000, f"{name}_requests": round(c["load"] * 300)}
    if kind == "pods":
        return {f"{name}_cpu": c["cpu"], f"{name}_mem": c["mem"], f"{name}_latency": c["latency"]}
    return {f"{name}_cpu": c["cpu"], f"{name}_mem": c["mem"], f"{name}_latency-50": c["latency"] / 1000,
            f"{name}_latency-90": c["latency"] * 1.7 / 1000, f"{name}_load": c["load"], f"{name}_error": c["error"]}


def write_case(folder, kind, dice):
    shape = SHAPES[kind]
    system = System(dice, shape)
    fault = None
    origin = dice.randrange(1, shape["n"])
    if kind != "calm":
        fault = {"origin": origin, "kind": dice.choice(FAULTS[kind]), "size": math.exp(dice.uniform(0.7, 2.3)),
                 "lag": 2 if kind == "pods" else 0, "ramp": dice.choice((1, 1, 3))}
    reach = reach_of(system, origin)
    os.makedirs(folder, exist_ok=True)
    rows = [row(dice, system, shape, fault, t, reach) for t in range(shape["before"] + shape["after"])]
    with open(os.path.join(folder, "metrics.csv"), "w", newline="", encoding="utf-8") as f:
        out = csv.writer(f, lineterminator="\n")
        names = sorted(system.names)
        out.writerow(["time"] + [k for name in names for k in columns(kind, name, rows[0])])
        for t, cells in enumerate(rows):
            out.writerow([START + t * shape["step"]] + [f"{v:.6g}" for name in names for v in columns(kind, name, cells).values()])
    if kind in ("cloud", "pods"):
        with open(os.path.join(folder, "topology.csv"), "w", newline="", encoding="utf-8") as f:
            out = csv.writer(f, lineterminator="\n")
            out.writerow(["caller", "callee"])
            out.writerows([system.names[a], system.names[b]] for a, calls in sorted(system.calls.items()) for b, _, _ in calls)
    truth = {"root_cause_service": system.names[origin], "fault_type": fault["kind"] if fault else "none",
             "fault_time": START + shape["before"] * shape["step"]}
    with open(os.path.join(folder, "truth.json"), "w", encoding="utf-8") as f:
        json.dump(truth, f)


def main():
    p = argparse.ArgumentParser(usage=__doc__)
    p.add_argument("kind", choices=sorted(SHAPES))
    p.add_argument("out")
    p.add_argument("--cases", type=int, default=40)
    p.add_argument("--seed", type=int, default=1)
    args = p.parse_args()
    for i in range(args.cases):
        write_case(os.path.join(args.out, f"{args.kind}-{i:03}"), args.kind, random.Random(f"{args.kind} {args.seed} {i}"))


if __name__ == "__main__":
    main()
