"""One made incident in the export formats of ../shared/samples/constructed: each file alone leads to as much
of the truth as it carries, and all of them together to the whole of it.

The truth comes from the generator beside the samples, run in a scratch folder.
"""
import contextlib
import datetime
import io
import os
import runpy
import sys
import tempfile

from tools import ROOT, Checks, records, run

SAMPLES = os.path.join(ROOT, "..", "shared", "samples", "constructed")
if not os.path.exists(os.path.join(SAMPLES, "gen.py")):
    print("skipped: ../shared/samples is not there")
    sys.exit(77)

here = os.getcwd()
with tempfile.TemporaryDirectory() as scratch, contextlib.redirect_stdout(io.StringIO()):
    os.chdir(scratch)
    truth = runpy.run_path(os.path.join(SAMPLES, "gen.py"))
    os.chdir(here)

EVENTS, CONTACTS, MINUTES = truth["ev"], truth["C"], truth["m"]


def of(*services):
    return [e for e in EVENTS if e[1] in services]


def ms(moment):
    return int(moment.timestamp() * 1000 + 1e-6)


def at(hour, minute, second=0):
    return ms(datetime.datetime(2026, 3, 14, hour, minute, second, tzinfo=datetime.timezone.utc))


ALL = of("crm-api", "ivr-auth", "bot-gateway", "telephony", "payments")
CRM, IVR, BOT, TEL, PAY = (of(s) for s in ("crm-api", "ivr-auth", "bot-gateway", "telephony", "payments"))
ONSET = {"crm-api": at(14, 4), "ivr-auth": at(14, 5, 30), "bot-gateway": at(14, 6, 20), "telephony": at(14, 8, 30)}

# file: (records of the log, entity or None where the file cannot name it, options a user would give)
LOGS = {
    "logs/pino.jsonl": (CRM, None), "logs/bunyan.jsonl": (IVR, "ivr-auth"), "logs/zap.jsonl": (IVR, None),
    "logs/slog.jsonl": (BOT, None), "logs/logstash-logback.jsonl": (CRM, None), "logs/ecs.jsonl": (CRM, "crm-api"),
    "logs/structlog.jsonl": (PAY, None), "logs/otlp.jsonl": (ALL, "crm-api"), "logs/gcp-logentries.jsonl": (ALL, "crm-api"),
    "logs/cloudwatch-filter-log-events.json": (CRM, "crm-api"), "logs/cloudwatch-insights.csv": (CRM, "crm-api"),
    "logs/datadog.csv": (ALL, "crm-api"), "logs/splunk.csv": (CRM, "crm-api"), "logs/splunk-export.json": (CRM[:20], None),
    "logs/loki-logcli.jsonl": (ALL, "crm-api"), "logs/grafana-explore-logs.txt": (CRM[:20], "crm-api"),
    "logs/journald.json": (CRM, "crm-api"), "logs/docker-json-file.log": (CRM, None), "logs/cri.log": (CRM, None),
    "logs/kubectl-prefix-timestamps.log": (ALL, "crm-api"), "logs/heroku-router.log": (CRM, None),
    "logs/logfmt.log": (BOT, None), "logs/syslog-rfc5424.log": (TEL, "telephony"),
    "logs/syslog-rfc3164-noyear.log": (TEL, "telephony"), "logs/kibana-discover-berlin.csv": (ALL, "crm-api"),
    "access/nginx-combined-rt.log": (CRM, None), "access/apache-us.log": (CRM, None), "access/alb.log": (CRM, None),
    "access/envoy-default.log": (CRM, None), "access/istio-default.log": (CRM, "crm-api"), "access/haproxy-http.log": (CRM, None),
}
LOCAL_CLOCK = {  # files whose stamps name no zone and are not UTC: the zone a user would give
    "logs/kibana-discover-berlin.csv": "Europe/Berlin", "logs/syslog-rfc3164-noyear.log": "Europe/Berlin",
    "metrics/grafana-joined-by-time-formatted.csv": "Europe/Berlin", "metrics/wide-decimal-comma.csv": "Europe/Berlin",
}
METRICS = {  # file: (numbers that are there, signals with the EU lookup latency jump)
    "metrics/prometheus-query_range.json": 121, "metrics/promtool-tsdb-dump.txt": 122, "metrics/openmetrics.txt": 122,
    "metrics/grafana-v6-series-as-rows.csv": 122, "metrics/grafana-joined-by-time-formatted.csv": 183,
    "metrics/grafana-raw-epochms.csv": 122, "metrics/grafana-sep-header.csv": 61, "metrics/grafana-excel-utf16le.csv": 61,
    "metrics/influx-annotated.csv": 122, "metrics/cloudwatch-get-metric-statistics-unordered.json": 61,
    "metrics/cloudwatch-get-metric-data.json": 61, "metrics/wide-decimal-comma.csv": 122, "metrics/long.csv": 122,
}
CHANGES = {  # file: (instants of the changes, entity or None, a word that must be in one of them)
    "changes/github-deployments.json": ([at(14, 2, 10), at(14, 38, 5)], "crm-api", "v2.31.0"),
    "changes/gitlab-deployments.json": ([at(14, 2, 58)], "crm-api", "v2.31.0"),
    "changes/argocd-app.json": ([at(14, 2, 10)], "crm-api", ""),
    "changes/kubectl-events.json": ([at(14, 2, 11)], "crm-api", "Scal"),
    "changes/launchdarkly-auditlog.json": ([at(13, 58, 40)], None, "payments.new-confirm"),
    "changes/pagerduty-change-events.json": ([at(14, 2, 10)], None, "v2.31.0"),
    "changes/cloudtrail.json": ([at(14, 2, 5)], None, "/crm/pool/max"),
    "changes/jira.csv": ([at(15, 2)], "crm-api", "Reduce CRM pool size"),
    "changes/servicenow-change_request.csv": ([at(15, 2, 10)], "crm-api", "CRM API 2.31.0"),
}
EDGES = {("telephony", "bot-gateway"), ("bot-gateway", "ivr-auth"), ("ivr-auth", "crm-api")}
EDGE_FILES = {"topology/jaeger-dependencies.json": EDGES, "topology/servicegraph.prom": EDGES,
              "topology/catalog-info.yaml": EDGES | {("crm-api", "crm-db")}, "topology/opslevel.yml": {("crm-api", "crm-db")},
              "traces/jaeger.json": EDGES, "traces/zipkin.json": EDGES, "traces/otlp.json": EDGES}
OWNERS = {"topology/catalog-info.yaml": {"crm-api": "team-crm", "telephony": "team-voice"},
          "topology/opslevel.yml": {"crm-api": "team-crm"}, "topology/CODEOWNERS": {"crm-api": "team-crm", "ivr-auth": "team-identity"},
          "topology/pagerduty-services.csv": {"crm-api": "CRM", "telephony": "Voice"}}
QUEUES = {  # file: (contacts, abandoned where the file tells)
    "contact/amazon-connect-ctr-firehose-concatenated.json": (len(CONTACTS), sum(not c["Agent"] for c in CONTACTS)),
    "contact/amazon-connect-ctr.jsonl": (len(CONTACTS), sum(not c["Agent"] for c in CONTACTS)),
    "contact/amazon-connect-historical-queue.csv": (len(CONTACTS), sum(not c["Agent"] for c in CONTACTS)),
    "contact/genesys-queue-performance.csv": (len(CONTACTS), sum(not c["Agent"] for c in CONTACTS)),
    "contact/cxone-contacts.csv": (len(CONTACTS), sum(not c["Agent"] for c in CONTACTS)),
    "contact/five9-call-log.csv": (len(CONTACTS), sum(not c["Agent"] for c in CONTACTS)),
}

checks = Checks()


def case_of(name, *options):
    case, err, status = run("ingest", "-q", *options, name, cwd=SAMPLES, check=False)
    checks.that(f"{name}: is read", status in (0, 3) and case, (status, err[-200:]))
    return records(case) if case else []


def kind(case, what):
    return [r for r in case if r["type"] == what]


def total(case, signal):
    return sum(v for s in kind(case, "series") if s["signal"] == signal and "caller" not in s
               for v in s.get("values", []) if v is not None)


def finished(*exports):
    case, _, _ = run("ingest", "-q", *exports, cwd=SAMPLES, check=False)
    case, _, _ = run("correlate", data=case)
    return records(run("blame", data=case)[0])


def zone_of(name):
    return ["--tz", LOCAL_CLOCK[name]] if name in LOCAL_CLOCK else []


def check_accounts():
    for folder, _, names in sorted(os.walk(SAMPLES)):
        for name in sorted(names):
            path = os.path.relpath(os.path.join(folder, name), SAMPLES)
            if os.path.dirname(path) == "":
                continue
            for account in kind(case_of(path, *zone_of(path)), "ledger"):
                checks.that(f"{path}: no line is rejected", account["rejected"] == 0 or path == "logs/splunk-export.json",
                            account.get("rejects"))


def check_logs():
    for name, (events, entity) in LOGS.items():
        case = case_of(name, *zone_of(name))
        account = (kind(case, "ledger") or [{}])[0]
        checks.that(f"{name}: all records", account.get("records") == len(events), (account.get("records"), len(events)))
        coarse = 1000 if any(w in name for w in ("3164", "nginx", "apache")) else 1
        for side, e in (("first", events[0]), ("last", events[-1])):
            want = ms(e[0])
            checks.that(f"{name}: {side} instant", abs(account.get(side, 0) - want) <= coarse,
                        (account.get(side), want))
        seen = {x["name"] for x in kind(case, "entity")}
        if entity:
            checks.that(f"{name}: names {entity}", entity in seen, sorted(seen)[:6])
        bad = sum(e[2] != "info" for e in events)
        if bad and "datadog" not in name and "splunk-export" not in name and "grafana" not in name:
            found = sum(t["count"] for t in kind(case, "template") if t.get("severity") in ("warn", "error", "fatal"))
            checks.that(f"{name}: warnings and errors are seen", found == bad, (found, bad))


def check_onsets():
    for name, (events, entity) in LOGS.items():
        services = {e[1] for e in events}
        if len(events) <= 20 or services == {"payments"}:
            continue
        case = finished(*zone_of(name), name)
        suspects = kind(case, "suspect")
        step = kind(case, "case")[0]["step"] if case else 0
        want = ONSET["crm-api"] if len(services) > 1 else ONSET[services.pop()]
        checks.that(f"{name}: the onset is right within a bucket",
                    suspects and abs(suspects[0].get("onset", 0) - want) <= step, suspects[:1])
        if entity and suspects:
            checks.that(f"{name}: {entity} is the origin", suspects[0]["entity"] == entity, suspects[0]["entity"])


def check_metrics():
    for name, numbers in METRICS.items():
        case = case_of(name, *zone_of(name))
        found = sum(v is not None for s in kind(case, "series") for v in s.get("values", []))
        checks.that(f"{name}: all numbers", found == numbers, (found, numbers))
        jumped = [s for s in kind(case, "series")
                  if 4 < max((v for v in s["values"] if v is not None), default=0) < 6
                  and min((v for v in s["values"] if v is not None), default=9) < .1]
        checks.that(f"{name}: seconds stay seconds", jumped, [s["signal"] for s in kind(case, "series")])
        for s in jumped[:1]:
            rise = next(i for i, v in enumerate(s["values"]) if v is not None and v > 4)
            checks.that(f"{name}: the jump is at 14:04", abs(s["from"] + rise * kind(case, "case")[0]["step"] - at(14, 4)) <= 60000)


def check_rest():
    for name, (times, entity, word) in CHANGES.items():
        found = kind(case_of(name), "change")
        got = {c["time"] for c in found}
        local = 3600000 if name in ("changes/jira.csv", "changes/servicenow-change_request.csv") else 0
        checks.that(f"{name}: instants", all(t in got or t - local in got for t in times), (sorted(got), times))
        text = " ".join(" ".join(map(str, c.values())) for c in found)
        checks.that(f"{name}: what changed", word in text, text[:200])
        if entity:
            checks.that(f"{name}: of {entity}", any(c.get("entity") == entity for c in found), found[:1])
    for name, edges in EDGE_FILES.items():
        got = {(e["caller"], e["callee"]) for e in kind(case_of(name), "edge")}
        checks.that(f"{name}: edges", edges <= got and not {(b, a) for a, b in edges} & got, sorted(got))
    for name, owners in OWNERS.items():
        got = {e["name"]: e.get("owner", "") for e in kind(case_of(name), "entity")}
        for entity, owner in owners.items():
            checks.that(f"{name}: owner of {entity}", owner in got.get(entity, ""), got)
    for name, (contacts, abandoned) in QUEUES.items():
        case = case_of(name)
        checks.that(f"{name}: contacts", total(case, "offered") == contacts, (total(case, "offered"), contacts))
        checks.that(f"{name}: abandoned", total(case, "abandoned") == abandoned, (total(case, "abandoned"), abandoned))
    case = case_of("contact/lex-v2-conversation.jsonl")
    found = total(case, "bot_fallbacks") or total(case, "fallbacks") or total(case, "fallback")
    checks.that("lex: every fallback is seen", found == sum(e[2] != "info" for e in BOT), found)
    stones = kind(case_of("incidents/pagerduty-log-entries.json"), "milestone")
    want = {"opened": at(14, 11, 2), "acknowledged": at(14, 19, 40), "assigned": at(14, 31, 10), "resolved": at(14, 44, 30)}
    got = {s["what"]: s["time"] for s in stones}
    checks.that("pagerduty log entries: milestones", all(got.get(k) == v for k, v in want.items()), got)
    account = (kind(case_of("metrics/cloudwatch-get-metric-data.json"), "ledger") or [{}])[0]
    checks.that("PartialData is named", account.get("capped") or any("PartialData" in r for r in account.get("remarks", [])), account)


def check_four():
    case = finished("logs/loki-logcli.jsonl", "logs/datadog.csv", "changes/github-deployments.json",
                    "topology/jaeger-dependencies.json")
    check_whole("four files", case)


def check_whole(what, case):
    step = kind(case, "case")[0]["step"]
    suspects = kind(case, "suspect")
    checks.that(f"{what}: the origin is crm-api", suspects and suspects[0]["entity"] == "crm-api", [s["entity"] for s in suspects[:3]])
    checks.that(f"{what}: at 14:04 within a bucket", suspects and abs(suspects[0].get("onset", 0) - at(14, 4)) <= step, suspects[:1])
    chains = kind(case, "chain")
    nodes = [n["entity"] for c in chains for n in c["nodes"]]
    main = [n for n in nodes if n in ONSET]
    checks.that(f"{what}: the chain", main == ["crm-api", "ivr-auth", "bot-gateway", "telephony"], nodes)
    checks.that(f"{what}: payments is not in the chain", "payments" not in nodes, nodes)
    parents = {n["entity"]: n.get("parent") for c in chains for n in c["nodes"]}
    checks.that(f"{what}: each is reached from its callee", parents.get("ivr-auth") == "crm-api" and
                parents.get("bot-gateway") == "ivr-auth" and parents.get("telephony") == "bot-gateway", parents)
    guilty = [c for c in kind(case, "change") if c.get("verdict") == "suspect"]
    checks.that(f"{what}: the change is v2.31.0", guilty and all("2.31.0" in str(c) or "crm" in str(c).lower() for c in guilty), guilty)
    checks.that(f"{what}: the flag is not blamed", not any("payments.new-confirm" in str(c) for c in guilty), guilty)


def check_all():
    case = finished("--tz", "logs/kibana-discover-berlin.csv=Europe/Berlin", "access", "changes", "contact", "incidents", "logs",
                    "metrics", "topology", "traces")
    check_whole("all files", case)
    for account in kind(case, "ledger"):
        used = account["accepted"] + account["rejected"] + account.get("blank", 0) + account.get("header", 0)
        checks.that(f"{account['file']}: lines add up", used == account["lines"], account)


GROUPS = {"accounts": check_accounts, "logs": check_logs, "onsets": check_onsets, "metrics": check_metrics,
          "rest": check_rest, "four": check_four, "all": check_all}
for group in sys.argv[2:] or GROUPS:
    GROUPS[group]()
checks.end()
