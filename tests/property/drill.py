"""A few drills go through the whole pipe, and the tools find most of the nodes and of the origins.

usage: drill.py BINARIES
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "accuracy"))
import drill  # noqa: E402
import tools  # noqa: E402

checks = tools.Checks()
build = os.path.abspath(sys.argv[1])
found = [drill.drill(build, name, seed, 0, ["--duration", "40m"], [drill.WITH])[0]
         for name in ("crm-latency-at-peak", "identity-timeout-at-login", "ai-misclassified-intent") for seed in (1, 2)]
checks.that("every drill has a score", all("node_f1" in f and "origin_rank" in f for f in found))
checks.that("most nodes are found", drill.mean([f["node_f1"] for f in found]) > 0.6, found)
checks.that("most origins are first", drill.mean([f["origin_first"] for f in found]) > 0.6, found)
checks.end()
