"""Suites of third parties for logs: logfmt, syslog, JSON, UTF-8, damaged gzip: what their SOURCES.txt calls right,
and an account of each file that is counted here once more, from its bytes."""
import base64
import gzip
import json
import os
import subprocess
import sys
import tempfile
import zlib

from tools import ROOT, Checks, records, run

SHARED = os.path.join(ROOT, "..", "shared")
SUITES = os.path.join(SHARED, "suites")
if not os.path.isdir(SUITES):
    print("skipped: ../shared/suites is not there")
    sys.exit(77)

GOOD = "good.log"  # something usable, so that there is a case in which the other file has its account
JSON_FLAWS = {"json_syntax", "json_too_deep", "json_duplicate_key", "number_range", "nul_byte", "invalid_utf8"}
checks = Checks()


def account_of(path, cwd, *options):
    """The ledger of one file, and the status of ingest."""
    out, err, status = run("ingest", "-q", *options, os.path.join(cwd, GOOD), path, cwd=cwd, check=False)
    found = [r for r in records(out, "ledger") if not r["file"].endswith(GOOD)] if out else []
    return (found[0] if found else {}), status, err


def reasons(account):
    return {r.split()[0]: int(r.split()[1]) for r in account.get("rejects", [])}


def holds(account):
    parts = account["accepted"] + account["rejected"] + account["blank"] + account["header"]
    return parts == account["lines"] and sum(reasons(account).values()) == account["rejected"]


def physical_lines(data):
    return data.count(b"\n") + (1 if data and not data.endswith(b"\n") else 0)


def each(folder):
    for name in sorted(os.listdir(folder)):
        if os.path.isfile(os.path.join(folder, name)):
            yield name, os.path.join(folder, name)


def write(cwd, name, data):
    path = os.path.join(cwd, name)
    with open(path, "wb") as f:
        f.write(data)
    return path


def check_lines(cwd, name, data, *options):
    """One file of lines: nothing lost, counted from its bytes."""
    account, status, err = account_of(write(cwd, name, data), cwd, *options)
    checks.that(f"{name}: has an account", account and status in (0, 3), (status, err[-200:]))
    if account:
        checks.that(f"{name}: bytes", account["bytes"] == len(data), (account["bytes"], len(data)))
        checks.that(f"{name}: lines", account["lines"] == physical_lines(data), (account["lines"], physical_lines(data)))
        checks.that(f"{name}: adds up", holds(account), account)
    return account


def check_json(cwd):
    folder = os.path.join(SUITES, "json-testsuite", "test_parsing")
    for name, path in each(folder):
        account, status, err = account_of(path, cwd)
        checks.that(f"{name}: is accounted for", status in (0, 3), (status, err[-200:]))
        size = os.path.getsize(path)
        if size == 0 or not account:
            checks.that(f"{name}: only an empty file has no account", size == 0, err[-200:])
            continue
        checks.that(f"{name}: adds up", holds(account), account)
        flaws = set(reasons(account))
        if name.startswith("y_"):
            # said rather than read: a key twice, and a NUL inside a key
            told = {"json_duplicate_key"} if "duplicated" in name else {"nul_byte"} if "null_in_key" in name else set()
            checks.that(f"{name}: no flaw of JSON", not flaws & JSON_FLAWS - told, flaws)
        elif name.startswith("n_"):
            blank = account["blank"] == account["lines"]
            checks.that(f"{name}: is refused", account["rejected"] > 0 or account.get("damaged") or blank, account)
        else:
            again, _, _ = account_of(path, cwd)
            checks.that(f"{name}: the same answer twice", again == account, (account, again))


def decoded_by_zlib(data):
    """How many bytes zlib gives before it finds fault: fewer than gzip, which does not check codes and distances."""
    inflater, n = zlib.decompressobj(31), 0
    try:
        for i in range(len(data)):
            n += len(inflater.decompress(data[i:i + 1]))
    except zlib.error:
        pass
    return n


def check_gzip(cwd):
    folder = os.path.join(SUITES, "compressed-bad", "go-fuzz-gzip")
    with open(folder + ".expect.json", encoding="utf-8") as f:
        expect = json.load(f)
    for name, path in each(folder):
        want = expect[name]
        plain = subprocess.run(["gzip", "-dcf"], stdin=open(path, "rb"), stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, check=False).stdout
        account, status, err = account_of(path, cwd)
        checks.that(f"gzip {name}: ends in order", status in (0, 3), (status, err[-200:]))
        with open(path, "rb") as f:
            packed = f.read()
        if not packed.startswith(b"\x1f\x8b\x08"):
            continue
        checks.that(f"gzip {name}: gzip says today what it said", len(plain) == want["bytes_out"], (len(plain), want))
        sound = len(plain) if want["gzip_rc"] == 0 else min(len(plain), decoded_by_zlib(packed))
        checks.that(f"gzip {name}: no byte is lost", account.get("bytes", 0) >= sound, (account.get("bytes"), want, sound))
        if account:
            checks.that(f"gzip {name}: adds up", holds(account), account)
        if want["gzip_rc"] == 1:
            checks.that(f"gzip {name}: damage is said", status == 3 and account.get("damaged"), (status, account))


def check_members(cwd):
    line = b"2026-03-14T13:50:00Z INFO ok\n"
    account, status, _ = account_of(write(cwd, "two.log.gz", gzip.compress(line, mtime=0) * 2), cwd)
    checks.that("gzip members are one stream", account.get("bytes") == 2 * len(line) and status == 0, account)
    packed = gzip.compress(line * 2000, mtime=0)
    account, status, _ = account_of(write(cwd, "cut.log.gz", packed[:-12]), cwd)
    checks.that("a cut gzip is damaged and read as far as it goes", account.get("damaged") and status == 3 and
                account["accepted"] > 1000, account)


def check_zstd(cwd):
    # libzstd before 1.5.6 takes some of the faulty frames: then their bytes are refused as no log
    for folder, is_faulty in (("golden-decompression-errors", True), ("golden-decompression", False)):
        for name, path in each(os.path.join(SUITES, "compressed-bad", "zstd", folder)):
            account, status, err = account_of(path, cwd)
            checks.that(f"zstd {name}: ends in order", status in (0, 3), (status, err[-200:]))
            checks.that(f"zstd {name}: nothing of it is used", account.get("accepted", 0) == 0 or not is_faulty, account)


def vectors(*path):
    with open(os.path.join(SUITES, *path), encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def check_logfmt(cwd):
    for i, vector in enumerate(vectors("logfmt", "go-logfmt-vectors.jsonl")):
        data = base64.b64decode(vector["input_b64"])
        if not data:
            continue
        account = check_lines(cwd, f"logfmt{i}.log", b"ts=2026-03-14T13:50:00Z level=info msg=a\n" + data, "--format",
                              f"logfmt{i}.log=logfmt")
        if vector["must_fail"] and b'"' in data and account:
            checks.that(f"logfmt {data!r}: is counted", reasons(account), account)
    with open(os.path.join(SUITES, "logfmt", "lnav_logfile_logfmt.0"), "rb") as f:
        account = check_lines(cwd, "lnav.log", f.read())
    checks.that("a real logfmt log is read", account and account["rejected"] == 0, account)


def check_syslog(cwd):
    for i, vector in enumerate(vectors("syslog", "go-syslog-vectors.jsonl")):
        data = base64.b64decode(vector["input_b64"])
        good = b"<134>1 2026-03-14T14:50:05Z h app 1 - - ok\n" * 3
        check_lines(cwd, f"syslog{i}.log", good + data + b"\n")


def check_utf8(cwd):
    with open(os.path.join(SUITES, "utf8tests", "utf8tests.bin"), "rb") as f:
        rows = [row for row in f.read().split(b"\n") if row.strip() and b"\0" not in row]
    data = b"".join(b"2026-03-14T13:50:00Z INFO " + row.rstrip(b"\r") + b"\n" for row in rows)
    account = check_lines(cwd, "utf8.log", data)
    checks.that("every line with bad UTF-8 is kept", account and account["accepted"] == len(rows), account)


def check_samples(cwd):
    for folder in ("access-logs", "kubernetes-cli", "otlp-json"):
        for name, path in each(os.path.join(SHARED, "samples", folder)):
            if name == "SOURCES.txt":
                continue
            with open(path, "rb") as f:
                data = f.read()
            account, status, err = account_of(path, cwd)
            checks.that(f"{name}: has an account", account and status in (0, 3), (status, err[-200:]))
            if account:
                checks.that(f"{name}: bytes", account["bytes"] == len(data), account)
                checks.that(f"{name}: adds up", holds(account), account)
            known = folder != "kubernetes-cli"
            checks.that(f"{name}: is recognised", not known or account.get("records", 0) > 0, account)


with tempfile.TemporaryDirectory() as scratch:
    write(scratch, GOOD, b"2026-03-14T13:50:00Z INFO ok\n")
    for group in (check_json, check_gzip, check_members, check_zstd, check_logfmt, check_syslog, check_utf8, check_samples):
        group(scratch)
checks.end()
