"""Every byte is accounted: the ledger of each export adds up to the file on disk."""
import os

from tools import MADE, Checks, records, run

checks = Checks()
case, _, _ = run("ingest", "-q", ".")
ledger = {r["file"]: r for r in records(case, "ledger")}
on_disk = {}
for folder, _, names in os.walk(MADE):
    for name in names:
        path = os.path.join(folder, name)
        on_disk[os.path.relpath(path, MADE)] = open(path, "rb").read()
checks.that("every export is in the ledger", set(map(os.path.normpath, ledger)) == set(on_disk), sorted(ledger))
for name, account in sorted(ledger.items()):
    data = on_disk.get(os.path.normpath(name), b"")
    lines = data.count(b"\n") + (not data.endswith(b"\n") and data != b"")
    checks.that(f"{name}: bytes", account["bytes"] == len(data), (account["bytes"], len(data)))
    checks.that(f"{name}: lines", account["lines"] == lines, (account["lines"], lines))
    total = account["accepted"] + account["rejected"] + account.get("blank", 0) + account.get("header", 0)
    checks.that(f"{name}: lines add up", total == lines, account)
    checks.that(f"{name}: nothing is rejected", account["rejected"] == 0, account.get("rejects"))
checks.end()
