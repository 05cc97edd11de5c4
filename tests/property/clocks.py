"""Clocks without a zone: found by what exports share, said, and put right only when that is sure."""
import datetime
import json
import os
import random
import tempfile

from tools import Checks, records, run

checks = Checks()
START = datetime.datetime(2026, 5, 12, 9, 0, 0)
EVENTS = [(START + datetime.timedelta(milliseconds=1300 * i + random.Random(i).randrange(900)), i) for i in range(1500)]


def trace(i):
    return f"{i * 7919 + 1:032x}"


def zoned(name, events=EVENTS):
    with open(name, "w") as f:
        for t, i in events:
            f.write(json.dumps({"time": t.isoformat(timespec="milliseconds") + "Z", "service": "crm", "level": "info",
                                "msg": f"looked up record {i}", "trace_id": trace(i)}) + "\n")


def local(name, shift, events=EVENTS, say=lambda i: f"handled call n={i} trace_id={trace(i)}"):
    with open(name, "w") as f:
        for t, i in events:
            f.write((t + shift).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3] + f" INFO {say(i)}\n")


def ms(t):
    return int(t.replace(tzinfo=datetime.timezone.utc).timestamp() * 1000)


def read(*args):
    case, err, _ = run("ingest", *args, cwd=".", check=False)
    return {r["file"]: r for r in records(case, "ledger")}, err.decode()


with tempfile.TemporaryDirectory() as d:
    os.chdir(d)
    zoned("api.jsonl")
    for minutes, zone in ((60, "+01:00"), (-300, "-05:00"), (345, "+05:45")):
        local("gw.log", datetime.timedelta(minutes=minutes), EVENTS[::2])
        a, err = read("api.jsonl", "gw.log")
        checks.that(f"{zone} is found from shared ids", a["gw.log"]["zone"].startswith(zone) and a["gw.log"]["first"] == ms(EVENTS[0][0]), (a, err))
        checks.that(f"{zone} is said", f"read as {zone}" in err, err)
        b, _ = read("gw.log", "api.jsonl")
        checks.that(f"{zone}: the order of the files does not matter", a == b, (a, b))

    local("gw.log", datetime.timedelta(0))
    a, err = read("--strict", "api.jsonl", "gw.log")
    checks.that("a clock that fits is confirmed", "fits the other exports" in a["gw.log"]["zone"], a)

    local("gw.log", datetime.timedelta(hours=1), EVENTS[:12])
    a, err = read("api.jsonl", "gw.log")
    checks.that("a few shared ids are said and not acted on", a["gw.log"]["zone"] == "UTC (assumed)" and "--tz FILE=+01:00" in err, (a, err))

    local("gw.log", datetime.timedelta(hours=1), say=lambda i: "beat")
    a, err = read("api.jsonl", "gw.log")
    checks.that("nothing shared, nothing said", a["gw.log"]["zone"] == "UTC (assumed)" and "fit the other" not in err, err)

    local("gw.log", datetime.timedelta(minutes=37))
    a, err = read("api.jsonl", "gw.log")
    checks.that("37 minutes are no zone", a["gw.log"]["zone"] == "UTC (assumed)", a)

    beat = [(START + datetime.timedelta(minutes=15 * i), i) for i in range(40)]
    with open("beat.jsonl", "w") as f:
        for t, _ in beat:
            f.write(json.dumps({"time": t.isoformat() + "Z", "service": "crm", "msg": "quarterly sweep"}) + "\n")
    local("gw.log", datetime.timedelta(hours=1), beat, say=lambda i: "quarterly sweep")
    a, err = read("beat.jsonl", "gw.log")
    checks.that("what repeats each quarter fits any shift and proves none", a["gw.log"]["zone"] == "UTC (assumed)", (a, err))

    local("gw.log", datetime.timedelta(hours=1))
    a, err = read("--tz", "gw.log=Asia/Kathmandu", "api.jsonl", "gw.log")
    checks.that("a zone given by hand wins", a["gw.log"]["zone"] == "Asia/Kathmandu (option)", a)

    with open("lat.csv", "w") as f, open("lat-local.csv", "w") as g:
        f.write("time,crm_latency\n")
        g.write("Time,latency of crm\n")
        for i in range(120):
            t, v = START + datetime.timedelta(seconds=30 * i), round(random.Random(i).random() * 3, 6)
            f.write(f"{t.isoformat()}Z,{v}\n")
            g.write(f"{(t + datetime.timedelta(hours=2)).isoformat(sep=' ')},{v}\n")
    a, err = read("lat.csv", "lat-local.csv")
    checks.that("shared numbers tell as well", a["lat-local.csv"]["zone"].startswith("+02:00"), (a, err))
    os.chdir("/")
checks.end()
