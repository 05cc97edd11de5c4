#!/usr/bin/env python3
"""Write example.jsonl: a finished case, made up by hand, for the tests of the report writers.

The story: a deploy of the identity service shrinks its connection pool.  Verifications are
slow, the bot cannot verify and falls back to people, customers refresh the portal and retry,
CRM loads late, the billing queue swells, the agent desktop waits.  Payments are untouched.

usage: make_example.py > example.jsonl        (the same bytes every time)
"""
import json

MS = 1000
FROM = 1773495000 * MS  # 2026-03-14T13:30:00Z
STEP, N = 30 * MS, 180


def at(clock):
    h, m, s = (int(x) for x in clock.split(":"))
    return FROM + ((h - 13) * 3600 + (m - 30) * 60 + s) * MS


def noise(i, salt):
    x = (i * 2654435761 + salt * 40503) & 0xFFFFFFFF
    x = (x ^ x >> 15) * 2246822519 & 0xFFFFFFFF
    return ((x ^ x >> 13) & 0xFFFF) / 65536 - 0.5


def curve(base, high, onset, end, salt, rise=8, spread=0.25, digits=3):
    """Level base, a ramp to high at onset, back after end."""
    a, b = (at(onset) - FROM) / STEP, (at(end) - FROM) / STEP
    out = []
    for i in range(N):
        up = min(max((i - a) / rise, 0), 1) * (1 if i < b else max(0, 1 - (i - b) / 10))
        out.append(round((base + (high - base) * up) * (1 + spread * noise(i, salt)), digits))
    return out


def whole(values):
    return [int(round(v)) for v in values]


OUT = []


def put(kind, /, **members):
    OUT.append(json.dumps({"type": kind, **members}, ensure_ascii=False,
                          separators=(",", ":")))


put("case", format="knockon/case", version=1, tool="knockon 0.1.0", **{"from": FROM},
    step=STEP, buckets=N, at=at("14:05:00"), symptom_entity="billing-queue")


def ledger(file, fmt, why, zone, lines, rejected=0, **more):
    put("ledger", file=file, format=fmt, why=why, zone=zone, hash="%016x" % (lines * 2654435761),
        bytes=lines * 173, lines=lines, accepted=lines - rejected - 1, rejected=rejected,
        header=1, records=lines - rejected - 1, first=FROM, last=FROM + N * STEP - 1, **more)


ledger("bot.log", "logfmt", "7 of 8 first lines have level= and ts=", "UTC (Z in the data)", 6210)
ledger("changes.csv", "changes-csv", "columns time,service,version", "UTC (Z in the data)", 5)
ledger("contacts.csv", "contacts-csv", "columns contact_id,queue,abandoned", "UTC (assumed)", 1931,
       duplicates=12)
ledger("identity.jsonl", "jsonl", "first byte is { and ts, level, msg are there",
       "UTC (Z in the data)", 8841, rejected=3, rejects=["json_syntax 2", "bad_timestamp 1"],
       samples=['identity.jsonl:8841: json_syntax: {"ts":"2026-03-14T15:0'], damaged=True,
       remarks=["the last line is cut"])
ledger("journeys.json", "map-json", "members journeys, owners", "", 88)
ledger("portal-metrics.csv", "csv-wide", "a time column and 4 series", "UTC (assumed)", 181,
       capped=True, remarks=["500 rows: looks cut at a row limit"])

for name, kind, owner, more in [
        ("identity", "service", "team-identity", dict(contact="#identity-oncall", fallback="knowledge-based questions")),
        ("bot-gateway", "bot", "team-bots", dict(contact="#bots")),
        ("portal", "service", "team-digital", {}),
        ("crm-api", "service", "team-crm", dict(contact="#crm")),
        ("billing-queue", "queue", "operations", dict(contact="duty manager")),
        ("agent-desktop", "desk", "", {}),
        ("payments", "service", "team-payments", {}),
        ("card-network", "vendor", "Nordic Acquiring", dict(vendor=True)),
        ("knowledge", "service", "team-content", {})]:
    put("entity", name=name, kind=kind, owner=owner, owner_from="journeys.json" if owner else "",
        declared=True, **more)

put("journey", name="pay a bill by chat", steps=[
    dict(name="chat", entity="bot-gateway", owner="team-bots", fallback="hand over to an agent"),
    dict(name="verify", entity="identity", owner="team-identity", fallback="knowledge-based questions"),
    dict(name="look up", entity="crm-api", owner="team-crm"),
    dict(name="pay", entity="payments", owner="team-payments"),
    dict(name="agent", entity="agent-desktop")])

for caller, callee, calls in [("bot-gateway", "identity", 4120), ("portal", "identity", 6377),
                              ("crm-api", "identity", 1804), ("portal", "payments", 901),
                              ("bot-gateway", "billing-queue", 611),
                              ("agent-desktop", "crm-api", 1530),
                              ("billing-queue", "agent-desktop", 644),
                              ("payments", "card-network", 899)]:
    put("edge", caller=caller, callee=callee, calls=calls, source="log", row="bot.log:12")

put("change", time=at("13:51:10"), entity="knowledge", kind="deploy", id="knowledge v77",
    summary="new articles", row="changes.csv:2", verdict="excluded",
    why="no path to identity; knowledge shows no onset")
put("change", time=at("14:01:40"), entity="identity", kind="deploy", id="identity v4.12.0",
    summary="connection pool from the new defaults (50 -> 8)", row="changes.csv:3",
    verdict="suspect", why="50 s before the onset of identity, on the origin itself; its summary "
    "names the pool that the new log template speaks of")
put("change", time=at("14:20:00"), entity="billing-queue", kind="routing", id="RT-88",
    summary="overflow to Partner B", row="changes.csv:4", verdict="later",
    why="17 min after the onset: a reaction, not a cause")
put("change", time=at("14:38:05"), entity="identity", kind="rollback", id="identity v4.11.3",
    summary="roll back", row="changes.csv:5", verdict="later", why="35 min after the onset")

put("milestone", time=at("14:11:02"), what="opened", entity="billing-queue", id="INC-1234",
    summary="Billing callers wait", owner="operations", row="incidents.json:3")
put("milestone", time=at("14:19:40"), what="acknowledged", id="INC-1234", owner="operations",
    row="incidents.json:9")
put("milestone", time=at("14:31:10"), what="assigned", entity="identity", id="INC-1234",
    owner="team-identity", row="incidents.json:14")
put("milestone", time=at("14:43:00"), what="resolved", id="INC-1234", owner="team-identity",
    row="incidents.json:21")


def series(entity, signal, unit, stat, cls, values, **more):
    put("series", entity=entity, signal=signal, unit=unit, stat=stat, **{"class": cls}, **more,
        **{"from": FROM}, values=values)


series("identity", "requests", "1", "sum", "load",
       whole(curve(62, 171, "14:05:00", "14:40:00", 1)), source="identity.jsonl")
series("identity", "errors", "1", "sum", "error",
       whole(curve(0.4, 31, "14:03:30", "14:40:00", 2)), source="identity.jsonl")
series("identity", "latency_p95", "s", "p95", "latency",
       curve(0.21, 4.9, "14:02:30", "14:40:00", 3), source="identity.jsonl")
gaps = curve(7.5, 8.0, "14:02:30", "14:40:00", 4)
for i in range(90, 97):
    gaps[i] = None
series("identity", "pool_in_use", "1", "mean", "resource", gaps, source="portal-metrics.csv:pool")
series("identity", "latency_p95", "s", "p95", "latency",
       curve(0.2, 4.8, "14:02:30", "14:40:00", 13), caller="bot-gateway", source="bot.log")
series("bot-gateway", "latency_p95", "s", "p95", "latency",
       curve(0.6, 6.1, "14:03:30", "14:41:00", 5), source="bot.log")
series("bot-gateway", "fallbacks", "1", "sum", "customer",
       whole(curve(1.2, 24, "14:04:00", "14:42:00", 6)), source="bot.log")
series("portal", "errors", "1", "sum", "error",
       whole(curve(1, 44, "14:04:00", "14:40:30", 7)), source="portal-metrics.csv:errors")
series("portal", "retries", "1", "sum", "retry",
       whole(curve(3, 88, "14:04:30", "14:40:30", 8)), source="portal-metrics.csv:retries")
series("crm-api", "latency_p95", "s", "p95", "latency",
       curve(0.35, 2.7, "14:04:30", "14:41:00", 9), source="identity.jsonl")
series("billing-queue", "wait_mean", "s", "mean", "queue",
       curve(41, 655, "14:07:30", "14:52:00", 10, rise=40), source="contacts.csv")
series("billing-queue", "abandoned", "1", "sum", "customer",
       whole(curve(0.3, 5.2, "14:10:00", "14:50:00", 11, rise=20)), source="contacts.csv")
series("agent-desktop", "handle_mean", "s", "mean", "customer",
       curve(310, 525, "14:10:00", "14:55:00", 12, rise=20), source="contacts.csv")
series("payments", "requests", "1", "sum", "load",
       whole(curve(9, 9.5, "14:05:00", "14:40:00", 14)), source="portal-metrics.csv:payments")

put("template", entity="identity", text="connection pool exhausted: timeout after <*>ms",
    severity="error", count=1377, first=at("14:02:41"), last=at("14:39:58"),
    row="identity.jsonl:2210", sample="connection pool exhausted: timeout after 5000ms",
    values=whole(curve(0, 19, "14:02:30", "14:40:00", 15)))

put("group", dim="channel", value="chat", id_kind="customer",
    total=whole(curve(30, 31, "14:05:00", "14:40:00", 16)),
    bad=whole(curve(0.5, 19, "14:03:30", "14:41:00", 17)))


def onset(entity, signal, cls, clock, pm, end, score, before, after, evidence, kind="signal", **more):
    put("onset", entity=entity, **more, signal=signal, kind=kind, **{"class": cls}, time=at(clock),
        lo=at(clock) - pm * MS, hi=at(clock) + pm * MS, end=at(end), score=score, before=before,
        after=after, rise=True, evidence=evidence)


onset("identity", "latency_p95", "latency", "14:02:30", 30, "14:44:30", 41.3, 0.21, 4.9, "E1")
onset("identity", "connection pool exhausted: timeout after <*>ms", "error", "14:02:41", 1,
      "14:40:00", 30.0, 0, 19, "E2", kind="template")
onset("bot-gateway", "latency_p95", "latency", "14:03:30", 30, "14:45:00", 28.2, 0.6, 6.1, "E3")
onset("portal", "errors", "error", "14:04:00", 30, "14:44:00", 33.9, 1, 44, "E4")
onset("portal", "retries", "retry", "14:04:30", 30, "14:44:00", 26.0, 3, 88, "E5")
onset("crm-api", "latency_p95", "latency", "14:04:30", 30, "14:45:00", 19.4, 0.35, 2.7, "E6")
onset("identity", "requests", "load", "14:05:00", 30, "14:44:00", 9.7, 62, 171, "E7")
onset("billing-queue", "wait_mean", "queue", "14:07:30", 60, "14:57:00", 15.1, 41, 655, "E8")
onset("agent-desktop", "handle_mean", "customer", "14:10:00", 90, "14:59:30", 6.6, 310, 525, "E9")


def link(a, b, lag, mechanism, structure, score, *evidence, **more):
    put("link", **{"from": a}, to=b, lag=lag * MS, mechanism=mechanism, structure=structure,
        score=score, **more, evidence=list(evidence))


link("identity", "bot-gateway", 60, "slow-dependency", "observed", 0.94, "E1", "E3")
link("identity", "portal", 90, "error-propagation", "observed", 0.91, "E1", "E4")
link("identity", "crm-api", 120, "slow-dependency", "observed", 0.83, "E1", "E6")
link("bot-gateway", "billing-queue", 240, "channel-shift", "declared", 0.71, "E3", "E8")
link("billing-queue", "agent-desktop", 150, "queue-pressure", "declared", 0.55, "E8", "E9")
link("crm-api", "agent-desktop", 330, "slow-dependency", "observed", 0.41, "E6", "E9",
     alternative=True)
link("portal", "identity", 60, "retry-amplification", "observed", 0.77, "E5", "E7")

put("chain", origin="identity", start=at("14:02:30"), end=at("14:59:30"), nodes=[
    dict(entity="identity", time=at("14:02:30"), lo=at("14:02:00"), hi=at("14:03:00"), evidence="E1"),
    dict(entity="bot-gateway", time=at("14:03:30"), lo=at("14:03:00"), hi=at("14:04:00"),
         parent="identity", evidence="E3"),
    dict(entity="portal", time=at("14:04:00"), lo=at("14:03:30"), hi=at("14:04:30"),
         parent="identity", evidence="E4"),
    dict(entity="crm-api", time=at("14:04:30"), lo=at("14:04:00"), hi=at("14:05:00"),
         parent="identity", evidence="E6"),
    dict(entity="billing-queue", time=at("14:07:30"), lo=at("14:06:30"), hi=at("14:08:30"),
         parent="bot-gateway", evidence="E8"),
    dict(entity="agent-desktop", time=at("14:10:00"), lo=at("14:08:30"), hi=at("14:11:30"),
         parent="billing-queue", evidence="E9")],
    untouched=["payments", "card-network", "knowledge"])

put("suspect", rank=1, entity="identity", signal="latency_p95", onset=at("14:02:30"),
    lo=at("14:02:00"), hi=at("14:03:00"), score=41.3, own=51890, waited=0, mass_unit="s of waiting",
    share=0.88, verdict="likely",
    **{"for": ["its latency rose from 210 ms to 4.9 s before any other onset [E1]",
               "a new error, \"connection pool exhausted\", 1,377 times [E2]",
               "deploy identity v4.12.0 50 s before [E10]"],
       "against": []}, evidence=["E1", "E2", "E10"])
put("suspect", rank=2, entity="crm-api", signal="latency_p95", onset=at("14:04:30"),
    lo=at("14:04:00"), hi=at("14:05:00"), score=19.4, own=4120, waited=9230,
    mass_unit="s of waiting", share=0.07, verdict="possible",
    **{"for": ["its latency rose from 350 ms to 2.7 s [E6]"],
       "against": ["2 min after identity, on which it waits: 69 % of its excess is handed up [E6]"]},
    evidence=["E6"])
put("suspect", rank=3, entity="billing-queue", signal="wait_mean", onset=at("14:07:30"),
    lo=at("14:06:30"), hi=at("14:08:30"), score=15.1, own=2950, waited=11800,
    mass_unit="s of waiting", share=0.05, verdict="insufficient evidence",
    **{"for": ["wait rose from 41 s to 655 s [E8]"],
       "against": ["5 min after identity; contacts offered doubled first"]}, evidence=["E8"])


def impact(measure, dim, value, unit, before, during, total, text, definition, share=None,
           evidence="E11"):
    more = {} if share is None else {"share": share}
    more |= {k: v for k, v in dict(before=before, during=during, total=total).items() if v is not None}
    put("impact", measure=measure, dim=dim, value=value, unit=unit, **more, text=text,
        definition=definition, evidence=evidence)


impact("customer-impact-minutes", "", "", "min", 0.4, None, 1840, "1,840 customer-impact minutes",
       "sum over minutes of distinct customers with a failed interaction, less a healthy minute's")
impact("customers", "", "", "1", None, None, 412, "412 customers met a failure",
       "distinct customers whose first failure of the window falls into the incident")
impact("confined", "channel", "chat", "ratio", 0.02, 0.61, None, "chat: 61 % fail (2 % before)",
       "failed / all interactions", share=0.72)
impact("confined", "channel", "voice", "ratio", 0.01, 0.12, None, "voice: 12 % fail (1 % before)",
       "failed / all interactions", share=0.28)
impact("abandonment", "queue", "billing-queue", "ratio", 0.03, 0.31, 144,
       "billing-queue: 31 % abandoned (3 % before)", "abandoned / offered contacts", evidence="E12")
impact("time-to-detect", "", "", "s", None, None, 512, "8 min 32 s from onset to the incident",
       "first opened milestone less onset", evidence="E13")
impact("time-to-restore", "", "", "s", None, None, 2430, "40 min 30 s",
       "first resolved milestone less onset", evidence="E13")


def answer(question, text, more, verdict, *evidence):
    put("answer", question=question, text=text, more=more, verdict=verdict,
        evidence=list(evidence))


answer("where", "identity 14:02:30 ±30 s: latency_p95 4.9 s (210 ms before)",
       ["\"connection pool exhausted: timeout after 5000ms\" 1,377 times, new [E2]",
        "88 % of all own excess: 51.9k s of waiting, none of it handed up [E1]",
        "runner-up crm-api 14:04:30; against: 2 min later, 69 % is waiting for identity [E6]"],
       "likely", "E1", "E2")
answer("spread", "6 components in 7 min 30 s, from identity to agent-desktop",
       ["not touched: payments, card-network, knowledge"], "likely", "E3", "E4", "E8")
answer("who", "412 customers met a failure; 1,840 customer-impact minutes",
       ["chat 61 % fail (2 % before), voice 12 % (1 % before) [E11]",
        "billing-queue: 31 % abandoned (3 % before), wait 655 s (41 s before) [E12]"],
       "likely", "E11", "E12")
answer("changed", "14:01:40 deploy identity v4.12.0, 50 s before the onset",
       ["excluded: knowledge v77 13:51:10 (no path); later: RT-88, rollback v4.11.3"],
       "likely", "E10")
answer("worse", "portal: each failed look-up is tried again, 88 retries per 30 s (3 before)",
       ["load on identity 2.8 times normal from 14:05:00: the loop feeds itself [E7]"],
       "possible", "E5", "E7")
answer("owner", "team-identity, #identity-oncall (journeys.json): roll back identity v4.12.0",
       ["the page went to operations 14:11:02, to team-identity 14:31:10 (20 min later)",
        "agent-desktop has no owner in the map"], "likely", "E10", "E13")


def evidence(id, by, kind, text, clock, pm=0, rows=(), **more):
    put("evidence", id=id, by=by, kind=kind, **more, text=text, time=at(clock),
        lo=at(clock) - pm * MS, hi=at(clock) + pm * MS, rows=list(rows))


evidence("E1", "correlate", "signal", "identity latency_p95 rose from 210 ms to 4.9 s", "14:02:30", 30,
         ["identity.jsonl:2188", "identity.jsonl:2193", "identity.jsonl:2201"], entity="identity",
         signal="latency_p95", unit="s", before=0.21, after=4.9, score=41.3)
evidence("E2", "correlate", "template",
         "identity says \"connection pool exhausted: timeout after <*>ms\" 1377 times, never before",
         "14:02:41", 1, ["identity.jsonl:2210"], entity="identity", before=0, after=19, score=30)
evidence("E3", "correlate", "signal", "bot-gateway latency_p95 rose from 600 ms to 6.1 s", "14:03:30",
         30, ["bot.log:1420"], entity="bot-gateway", signal="latency_p95", unit="s", before=0.6,
         after=6.1, score=28.2)
evidence("E4", "correlate", "signal", "portal errors rose from 1 to 44 per 30 s", "14:04:00", 30,
         ["portal-metrics.csv:70"], entity="portal", signal="errors", unit="1", before=1, after=44,
         score=33.9)
evidence("E5", "correlate", "signal", "portal retries rose from 3 to 88 per 30 s", "14:04:30", 30,
         ["portal-metrics.csv:71"], entity="portal", signal="retries", unit="1", before=3, after=88,
         score=26)
evidence("E6", "correlate", "signal", "crm-api latency_p95 rose from 350 ms to 2.7 s", "14:04:30", 30,
         ["identity.jsonl:2402"], entity="crm-api", signal="latency_p95", unit="s", before=0.35,
         after=2.7, score=19.4)
evidence("E7", "correlate", "signal", "identity requests rose from 62 to 171 per 30 s", "14:05:00", 30,
         ["identity.jsonl:2455"], entity="identity", signal="requests", unit="1", before=62, after=171,
         score=9.7)
evidence("E8", "correlate", "signal", "billing-queue wait_mean rose from 41 s to 655 s", "14:07:30", 60,
         ["contacts.csv:802", "contacts.csv:811"], entity="billing-queue", signal="wait_mean", unit="s",
         before=41, after=655, score=15.1)
evidence("E9", "correlate", "signal", "agent-desktop handle_mean rose from 310 s to 525 s", "14:10:00",
         90, ["contacts.csv:877"], entity="agent-desktop", signal="handle_mean", unit="s", before=310,
         after=525, score=6.6)
evidence("E10", "blame", "change", "deploy identity v4.12.0 at 14:01:40, 50 s before the onset of identity",
         "14:01:40", 0, ["changes.csv:3"], entity="identity")
evidence("E11", "blame", "group", "chat: 702 of 1151 interactions failed (9 of 447 before)", "14:02:30", 0,
         ["bot.log:1433", "bot.log:1440"])
evidence("E12", "blame", "group", "billing-queue: 144 of 464 offered contacts abandoned (8 of 266 before)",
         "14:07:30", 0, ["contacts.csv:811"], entity="billing-queue")
evidence("E13", "blame", "change", "INC-1234: opened 14:11:02, acknowledged 14:19:40, assigned 14:31:10, "
         "resolved 14:43:00", "14:11:02", 0, ["incidents.json:3", "incidents.json:14"])

put("unknown", by="blame", what="repeat contact in 24 to 48 h",
    needs="contact records of 2026-03-15 and 2026-03-16")
put("unknown", by="blame", what="payment confirmation time", needs="traces or logs of card-network")
put("note", time=at("14:33:00"), text="identity lead joins the bridge")

print("\n".join(OUT))
