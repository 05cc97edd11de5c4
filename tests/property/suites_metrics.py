"""Third-party suites of metrics and tables: every file is read without a crash, its account adds up as counted here,
and what SOURCES.txt says of it holds: accepted, rejected line by line, kept with a count.
"""
import csv
import io
import json
import os
import sys

from tools import ROOT, Checks, records, run

SHARED = os.path.join(ROOT, "..", "shared")
SUITES, SAMPLES = os.path.join(SHARED, "suites"), os.path.join(SHARED, "samples")
if not os.path.isdir(SUITES):
    print("skipped: ../shared is not there")
    sys.exit(77)

checks = Checks()


BESIDE = b'{"time":"2026-03-14T14:00:00Z","level":"info","msg":"so that there is a case"}\n'


def read(path, *options):
    """The account of one file, checked against the bytes of the file itself."""
    case, err, status = run("ingest", "-q", *options, path, "-", data=BESIDE, cwd=SHARED, check=False)
    checks.that(f"{path}: ends well", status in (0, 3), (status, err[-200:]))
    found = records(case)
    account = next((r for r in found if r["type"] == "ledger" and r["file"] != "-"), None)
    with open(os.path.join(SHARED, path), "rb") as f:
        content = f.read()
    if account is None:
        checks.that(f"{path}: has an account", False, [r for r in found if r["type"] == "ledger"])
        return {"accepted": 0, "rejected": 0, "records": 0, "remarks": []}, found
    checks.that(f"{path}: lines add up", account["lines"] == account["accepted"] + account["rejected"] +
                account.get("blank", 0) + account.get("header", 0), account)
    if not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        lines = content.count(b"\n") + (not content.endswith(b"\n") and content != b"")
        checks.that(f"{path}: its {lines} lines are counted", account["lines"] == lines, account["lines"])
        checks.that(f"{path}: its bytes are counted", account.get("bytes", len(content)) == len(content), account.get("bytes"))
    account["rejects"] = {r.split()[0]: int(r.split()[1]) for r in account.get("rejects", [])}
    checks.that(f"{path}: rejects have reasons", sum(account["rejects"].values()) == account["rejected"], account)
    return account, found


def openmetrics():
    folder = os.path.join("suites", "openmetrics")
    for name in sorted(os.listdir(os.path.join(SHARED, folder))):
        path = os.path.join(folder, name, "metrics")
        if not os.path.exists(os.path.join(SHARED, path)):
            continue
        with open(os.path.join(SHARED, folder, name, "test.json"), encoding="utf-8") as f:
            good = json.load(f)["shouldParse"]
        account, _ = read(path)
        with open(os.path.join(SHARED, path), "rb") as f:
            content = f.read()
        if good:
            checks.that(f"{path}: is taken whole", account["rejected"] == 0, account)
            odd = sum(value.lower() in (b"nan", b"+inf", b"-inf") for line in content.splitlines()
                      for value in line.split(b" # ")[0].split(b" ")[-1:] if not line.startswith(b"#"))
            said = any(r.startswith(f"{odd} numbers are NaN") for r in account.get("remarks", []))
            checks.that(f"{path}: numbers that are none are counted", odd == 0 or said, (odd, account.get("remarks")))
        else:
            checks.that(f"{path}: is rejected", account["rejected"] > 0 or content == b"", account)


def dumps():
    folder = os.path.join("samples", "prometheus-dump")
    for name in sorted(os.listdir(os.path.join(SHARED, folder))):
        path = os.path.join(folder, name)
        if not name.endswith(".prom"):
            continue
        with open(os.path.join(SHARED, path), encoding="utf-8") as f:
            samples = [line for line in f if line.strip() and not line.startswith("#")]
        account, found = read(path)
        checks.that(f"{path}: every sample is taken", (account["accepted"], account["rejected"]) == (len(samples), 0), account)
        seconds = [float(s.split()[-1]) / (1000 if name == "dump-test-1.prom" else 1) for s in samples]
        checks.that(f"{path}: first and last instant", (account.get("first"), account.get("last")) ==
                    (round(min(seconds) * 1000), round(max(seconds) * 1000)), (account.get("first"), account.get("last")))


def rows_of(path, delimiter=","):
    with open(os.path.join(SHARED, path), "rb") as f:
        text = f.read().decode("utf-8-sig", errors="replace")
    return [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if row]


def spectrum():
    """Tables without a time carry nothing for a case: what counts is that all rows are seen as rows."""
    folder = os.path.join("suites", "csv-spectrum", "csvs")
    for name in sorted(os.listdir(os.path.join(SHARED, folder))):
        if not name.endswith(".csv"):
            continue
        path = os.path.join(folder, name)
        account, _ = read(path, "--format", f"{path}=csv")
        with open(os.path.join(SHARED, "suites", "csv-spectrum", "json", name.replace(".csv", ".json")), encoding="utf-8") as f:
            rows = json.load(f)
        checks.that(f"{path}: only what no time can be told of is rejected",
                    set(account["rejects"]) <= {"no_timestamp", "bad_timestamp"}, account)
        checks.that(f"{path}: {len(rows)} rows and a header", rejected_rows(account, path) == len(rows), account)


def rejected_rows(account, path):
    """Rows, by the lines that they own: quoted line ends belong to their row."""
    rows = rows_of(path)[1:]
    inside = sum(cell.replace("\r\n", "\n").count("\n") for row in rows for cell in row)
    return account["accepted"] + account["rejected"] - inside


def fixtures():
    folder = os.path.join("suites", "csv-parser-fixtures", "fixtures")
    ragged = {"strict.csv", "strict-false-less-columns.csv", "strict-false-more-columns.csv", "no-headers.csv"}
    for name in sorted(os.listdir(os.path.join(SHARED, folder))):
        path = os.path.join(folder, name)
        if not name.endswith(".csv"):
            continue
        account, _ = read(path, "--format", f"{path}=csv")
        reasons = set(account["rejects"])
        if name in ragged:
            checks.that(f"{path}: a ragged row is counted", "field_count" in reasons, account)


def gotchas():
    folder = os.path.join("samples", "csv-gotchas")
    accounts = {}
    for name in sorted(os.listdir(os.path.join(SHARED, folder))):
        if name.endswith(".csv"):
            accounts[name], _ = read(os.path.join(folder, name))
    same = [accounts[f"mtr-utf-{kind}.csv"] for kind in ("8", "16le", "16be")]
    for key in ("lines", "accepted", "rejected", "records"):
        checks.that(f"mtr: {key} are the same in UTF-8 and UTF-16", len({a[key] for a in same}) == 1, [a[key] for a in same])


for suite in (openmetrics, dumps, spectrum, fixtures, gotchas):
    suite()
checks.end()
