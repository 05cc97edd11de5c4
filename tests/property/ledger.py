"""Independent accounting: classes of bytes and lines of every export add up to the file itself, nothing is read twice, and what is cut,
damaged, repeated or rejected is said.  Over the made incident, over made files, and over ../shared/suites when it is there."""
import gzip
import json
import os
import random
import tempfile

from tools import MADE, ROOT, Checks, records, run

SUITES = os.path.join(ROOT, "..", "shared", "suites")
SIZE_MAX = 1 << 20
checks = Checks()


def text_of(path):
    data = open(path, "rb").read()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def add_up(name, account, data):
    lines = data.count(b"\n") + (data != b"" and not data.endswith(b"\n"))
    classes = account["accepted"] + account["rejected"] + account.get("blank", 0) + account.get("header", 0)
    checks.that(f"{name}: the classes of its lines add up", classes == account["lines"], account)
    reasons = sum(int(r.rsplit(" ", 1)[1]) for r in account.get("rejects", []))
    checks.that(f"{name}: every rejected line has a reason", reasons == account["rejected"], account)
    if data is not None and not account.get("damaged"):
        checks.that(f"{name}: its bytes", account["bytes"] == len(data), (account["bytes"], len(data)))
        if b"[" not in data[:1] and b"{" not in data[:1]:
            checks.that(f"{name}: its lines", account["lines"] == lines, (account["lines"], lines))


def ledger(case):
    return {r["file"]: r for r in records(case, "ledger")}


def suites():
    for folder, _, names in sorted(os.walk(SUITES)):
        for name in sorted(names):
            path = os.path.join(folder, name)
            if os.path.isfile(path) and os.path.getsize(path) <= SIZE_MAX:
                yield path


for folder, _, names in os.walk(MADE):
    for name in names:
        path = os.path.join(folder, name)
        case, _, _ = run("ingest", "-q", path)
        add_up(name, ledger(case)[path], text_of(path))

some = random.Random(1).sample(list(suites()), 150) if os.path.isdir(SUITES) else []
for path in some:
    case, _, status = run("ingest", "-q", path, check=False)
    checks.that(f"{path}: ends as the manual says", status in (0, 3, 4), status)
    for account in records(case, "ledger") if case else []:
        plain = open(path, "rb").read()[:2] not in (b"\x1f\x8b", b"\x28\xb5", b"\xff\xfe", b"\xfe\xff")
        if plain:
            add_up(os.path.relpath(path, SUITES), account, open(path, "rb").read())


def line(i, zone="Z", **more):
    return json.dumps({"time": f"2026-05-12T{9 + i // 3600:02d}:{i // 60 % 60:02d}:{i % 60:02d}.{i * 37 % 1000:03d}{zone}", "service": "crm",
                       "level": "info", "msg": f"order {i} kept", **more}) + "\n"


def write(name, text):
    with open(name, "wb") as f:
        f.write(text if isinstance(text, bytes) else text.encode())


def account_of(*args, status=0):
    case, err, got = run("ingest", *args, cwd=".", check=False)
    checks.that(f"{' '.join(args)}: status {status}", got == status, (got, err[-300:]))
    return ledger(case) if case else {}, err.decode()


with tempfile.TemporaryDirectory() as d:
    os.chdir(d)
    good = [line(i) for i in range(3000)]

    write("all.jsonl", "".join(good))
    write("all.jsonl.gz", gzip.compress("".join(good).encode()))
    a, err = account_of("all.jsonl", "all.jsonl.gz")
    checks.that("a copy that is compressed counts once", sum(x["records"] for x in a.values()) == 3000, a)
    checks.that("and is said", "same content as" in err, err)

    os.mkdir("rotated")
    write("rotated/app.log", "".join(good[1500:]))
    write("rotated/app.log.1", "".join(good[:2000]))
    a, err = account_of("rotated")
    checks.that("lines that a rotated log shares count once", sum(x["duplicates"] for x in a.values()) == 500, a)

    os.mkdir("stored")
    stored = [line(i, insertId=f"id{i}") for i in range(300)]
    write("stored/a.jsonl", "".join(stored[:200] + stored[100:120]))
    write("stored/b.jsonl", "".join(stored[150:]))
    a, err = account_of("stored")
    checks.that("a delivery id counts once", sum(x["duplicates"] for x in a.values()) == 20 + 50, a)

    os.mkdir("equal")
    write("equal/app.log", "".join(["2026-05-12T09:00:00Z INFO beat\n"] * 7))
    a, err = account_of("equal")
    checks.that("equal lines of one export all count", a["equal/app.log"]["records"] == 7 and not a["equal/app.log"]["duplicates"], a)

    os.mkdir("tools")
    write("tools/loki.jsonl", "".join(json.dumps({"timestamp": json.loads(x)["time"], "labels": {"app": "crm", "level": "info"},
                                                  "line": json.loads(x)["msg"]}) + "\n" for x in reversed(good)))
    write("tools/app.jsonl", "".join(good))
    a, err = account_of("tools")
    checks.that("one log through two tools counts once", sum(x["records"] for x in a.values()) == 3000 and "same records as" in err, (a, err))

    os.mkdir("hosts")
    for host in ("one", "two"):
        write(f"hosts/{host}.jsonl", "".join(json.dumps({"time": f"2026-05-12T09:{i // 60:02d}:{i % 60:02d}.{random.Random(host + str(i)).randrange(1000):03d}Z",
                                                         "service": "crm", "msg": "beat", "level": "info"}) + "\n" for i in range(600)))
    a, err = account_of("hosts")
    checks.that("two hosts that say the same at other instants count twice", sum(x["records"] for x in a.values()) == 1200, a)

    write("cap.jsonl", "".join(reversed([line(i) for i in range(5000)])))
    a, err = account_of("cap.jsonl")
    checks.that("5000 rows are a limit", a["cap.jsonl"].get("capped") and "earlier onset may be hidden" in err, err)
    account_of("--strict", "cap.jsonl", status=3)
    write("uncapped.jsonl", "".join(line(i) for i in range(4999)))
    a, err = account_of("--strict", "uncapped.jsonl")
    checks.that("4999 rows are none", not a["uncapped.jsonl"].get("capped"), err)
    write("partial.json", json.dumps({"MetricDataResults": [{"Id": "m", "Label": "lat", "StatusCode": "PartialData", "Values": [1.5] * 50,
                                      "Timestamps": [f"2026-05-12T09:{i:02d}:00Z" for i in range(50)]}]}))
    a, err = account_of("partial.json")
    checks.that("PartialData is said", a["partial.json"].get("capped") and "PartialData" in err, err)
    write("page.json", json.dumps({"incidents": [{"incident_number": i, "id": f"P{i}", "created_at": f"2026-05-12T09:{i:02d}:00Z", "title": "x",
                                                  "status": "resolved"} for i in range(25)], "limit": 25, "offset": 0, "more": True}))
    a, err = account_of("page.json")
    checks.that("more: true is said", a["page.json"].get("capped") and "there is more" in err, err)
    write("quotes.jsonl", "".join(line(i, more=True) for i in range(60)))
    a, err = account_of("quotes.jsonl")
    checks.that("a record that says more: true is no page", not a["quotes.jsonl"].get("capped"), err)

    write("bad.jsonl", "".join(good[:50]) + '{"time": nonsense password=hunter2 bob@example.com\n')
    a, err = account_of("--rejects", "rejects.jsonl", "bad.jsonl")
    rejects = [json.loads(x) for x in open("rejects.jsonl")]
    checks.that("rejects are written with file, line, offset and reason",
                [(r["file"], r["line"], r["offset"], r["reason"]) for r in rejects] == [("bad.jsonl", 51, len("".join(good[:50])), "json_syntax")], rejects)
    checks.that("and are masked", "bob@example.com" not in rejects[0]["text"] and "hunter2" not in rejects[0]["text"], rejects)

    write("bomb.gz", gzip.compress("".join(good).encode() + b"\0" * (64 << 20)))
    a, err = account_of("--max-expanded", "1M", "bomb.gz", status=3)
    checks.that("text past --max-expanded is counted", any(r.startswith("expanded_limit") for r in a["bomb.gz"]["rejects"]), a)
    account_of("--max-expanded", "lots", "bomb.gz", status=2)

    os.mkdir("odd")
    write("odd/good.jsonl", "".join(good[:60]))
    write("odd/.hidden.jsonl", "".join(good[60:90]))
    os.symlink("nowhere", "odd/dangling.log")
    os.symlink("loop.log", "odd/loop.log")
    os.mkfifo("odd/pipe.log")
    a, err = account_of("odd", status=3)
    checks.that("links to nothing, loops and pipes cost only themselves", a["odd/good.jsonl"]["records"] == 60, (a, err))
    checks.that("and are named", all(w in err for w in ("dangling.log", "loop.log", "pipes")), err)
    checks.that("hidden files are left out", not any("hidden" in x for x in a), a)
    _, err = account_of("odd/pipe.log", status=4)
    checks.that("a pipe is refused, not waited for", "pipe" in err, err)

    out, _, _ = run("ingest", "-q", "--explain", "all.jsonl", "rotated", cwd=".")
    rows = [r.split("\t") for r in out.decode().splitlines()]
    checks.that("--explain in a pipe is a table with TABs", len(rows) == 4 and all(len(r) == 11 for r in rows), rows)
    checks.that("it names the fields", rows[1][:5] == ["all.jsonl", "jsonl", "time", "UTC (named in the data)", "service"], rows[1])
    os.chdir("/")
checks.end()
