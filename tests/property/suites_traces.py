"""Spans and catalogs of others: nothing of them crashes, every line is accounted for, and what calls what comes out.

The samples are real files of the projects named in their SOURCES.txt.
"""
import os
import sys

from tools import ROOT, Checks, records, run

SAMPLES = os.path.join(ROOT, "..", "shared", "samples")
if not os.path.isdir(os.path.join(SAMPLES, "traces-jaeger")):
    print("skipped: ../shared/samples is not there")
    sys.exit(77)

# file: (format, spans or declarations, entities, edges)
KNOWN = {
    "traces-jaeger/trace_success.json": ("jaeger", 2, {"16af988c443cff37", "3c220036602f839e"},
                                         {("16af988c443cff37", "3c220036602f839e")}),
    "traces-jaeger/oltp2jaeger-multi-out.json": ("jaeger", 4, {"example-trace"}, set()),
    "traces-jaeger/otlp2jaeger-out.json": ("jaeger", 3, {"telemetrygen", "telemetrygen-client"},
                                           {("telemetrygen-client", "telemetrygen")}),
    "traces-jaeger/otlp2jaeger-in.json": ("otlp-traces", 3, {"telemetrygen", "telemetrygen-client"},
                                          {("telemetrygen-client", "telemetrygen")}),
    "traces-jaeger/otlp2jaeger-in-error.json": ("otlp-traces", 2, {"unknown_service", "telemetrygen-client"},
                                                {("telemetrygen-client", "unknown_service")}),
    "otlp-json/trace.json": ("otlp-traces", 1, {"my.service"}, set()),
    "ownership-backstage/artist-lookup-component.yaml": ("backstage", 3, {"artist-lookup", "artists-db"},
                                                         {("artist-lookup", "artists-db")}),
    "ownership-backstage/www-artist-component.yaml": ("backstage", 2, {"www-artist", "artist-lookup"},
                                                      {("www-artist", "artist-lookup")}),
}
OWNERS = {"artist-lookup": "team-a", "www-artist": "team-a"}
SPANS = {"otlp-json/trace.json": (1544712660000, 1544712660000),
         "traces-jaeger/trace_success.json": (1605223981761, 1605223981965)}

checks = Checks()


def kind(case, what):
    return [r for r in case if r["type"] == what]


def adds_up(account):
    parts = [account[k] for k in ("accepted", "rejected", "blank", "header")]
    return sum(parts) == account["lines"]


for name, (form, n, entities, edges) in KNOWN.items():
    out, err, status = run("ingest", "-q", name, cwd=SAMPLES, check=False)
    checks.that(f"{name}: is read", status == 0, (status, err[-200:]))
    case = records(out) if out else []
    account = (kind(case, "ledger") or [{"format": "", "records": 0, "rejected": 0, "accepted": 0, "blank": 0, "header": 0, "lines": -1}])[0]
    checks.that(f"{name}: format", account["format"] == form, account["format"])
    checks.that(f"{name}: records", account["records"] == n, account["records"])
    checks.that(f"{name}: lines add up, none rejected", adds_up(account) and account["rejected"] == 0, account)
    seen = {e["name"]: e.get("owner") for e in kind(case, "entity")}
    checks.that(f"{name}: entities", set(seen) == entities, sorted(seen))
    checks.that(f"{name}: owners", all(seen[e] == OWNERS[e] for e in seen if e in OWNERS and seen[e]), seen)
    got = {(e["caller"], e["callee"]) for e in kind(case, "edge")}
    checks.that(f"{name}: edges", got == edges, sorted(got))
    if name in SPANS:
        checks.that(f"{name}: instants", (account.get("first"), account.get("last")) == SPANS[name], account)

for folder in ("traces-jaeger", "otlp-json", "ownership-backstage"):
    for name in sorted(os.listdir(os.path.join(SAMPLES, folder))):
        with open(os.path.join(SAMPLES, folder, name), "rb") as f:
            whole = f.read()
        for cut in range(1, 40):
            out, err, status = run("ingest", "-q", "-", data=whole[:len(whole) * cut // 40], check=False)
            checks.that(f"{folder}/{name} cut at {cut}/40: ends well", status in (0, 3, 4), (status, err[-200:]))
            for account in kind(records(out), "ledger") if out else []:
                checks.that(f"{folder}/{name} cut at {cut}/40: lines add up", adds_up(account), account)
checks.end()
