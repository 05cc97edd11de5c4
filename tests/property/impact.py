"""The impact minutes of the truth are those of the exports, and the tools find them with ids and without.

usage: impact.py BINARIES
"""
import csv
import datetime
import json
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "accuracy"))
import impact  # noqa: E402
import tools  # noqa: E402

MINUTE = 60


def seconds(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def read_csv(*path):
    with open(os.path.join(*path), newline="", encoding="utf-8") as f:
        return list(csv.DictReader(f))


def hurt(folder):
    """Pairs of a minute and a customer, by the exports and what the map says customers put up with."""
    with open(os.path.join(folder, "map.json"), encoding="utf-8") as f:
        limits = {s["entity"]: s["slow_after"] for j in json.load(f)["journeys"] for s in j["steps"] if "slow_after" in s}
    met = set()

    def add(row, time, took, failed):
        if failed or took > limits.get(row.get("service") or row.get("queue"), took):
            met.add((int(seconds(row[time]) // MINUTE), row["customer_id"]))

    with open(os.path.join(folder, "logs", "platform.jsonl"), encoding="utf-8") as f:
        for row in (r for r in map(json.loads, f) if "status" in r):
            add(row, "time", row["duration_ms"] / 1000, row["status"] >= 500)
    for row in read_csv(folder, "contacts", "contacts.csv"):
        add(row, "initiated_at", float(row["queue_seconds"]), row["resolved"] == "no")
    for row in read_csv(folder, "payments", "payments.csv"):
        add(row, "time", 0, row["status"] == "failed")
    return met


def start_of(folder):
    with open(os.path.join(folder, "truth.json"), encoding="utf-8") as f:
        return int(min(seconds(n["onset"]) for n in json.load(f)["nodes"]) // MINUTE)


def main():
    checks = tools.Checks()
    build = os.path.abspath(sys.argv[1])
    for scenario in ("identity-timeout-at-login", "payment-confirmation-failure"):
        with tempfile.TemporaryDirectory() as folder:
            impact.run([os.path.join(build, "drill"), "-q", "-s", scenario, "--seed", "3", "--duration", "40m", "--out",
                        folder], folder)
            truth = impact.truth_of(folder)
            counted = sum(minute >= start_of(folder) for minute, _ in hurt(folder))
            checks.that(f"{scenario}: the truth counts the records", counted == truth["", ""] + truth["normal"],
                        (counted, truth["", ""], truth["normal"]))
            said = impact.found(build, folder).get(("", ""), 0)
            checks.that(f"{scenario}: minutes with ids", impact.is_right(said, truth["", ""], truth["normal"], 0.05),
                        (said, truth["", ""]))
            impact.strip_all(folder)
            said = impact.found(build, folder).get(("", ""), 0)
            checks.that(f"{scenario}: minutes without", impact.is_right(said, truth["", ""], truth["normal"], 0.15),
                        (said, truth["", ""]))
    checks.end()


main()
