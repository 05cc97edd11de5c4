"""Write the made incident of testdata/pay-bill: a slow identity check that ends as a full queue.

usage: pay_bill.py FOLDER        the same bytes every time; nothing here is real data

What happens (UTC, 2026-05-12), and what the tools must find again:
  08:58:00  decoy    payments raises a wallet flag from 10 to 25 percent; unrelated
  09:02:30  cause    identity v4.12.0 is deployed: its session cache shrinks from 20000 to 200
  09:04:00  origin   identity answers in 2.6 s instead of 0.12 s, eu-west only; some checks time out
  09:05:00           web-portal pages wait for the check
  09:06:00           pay-bot cannot verify customers and hands them over without their context
  09:07:00           crm records load late: every look-up waits for an identity check
  09:08:00           web-portal customers refresh: two or three attempts instead of one
  09:09:00           billing-queue is offered twice the contacts; waits grow, customers give up
  09:11:00           agent-desktop screens are slow; handle time rises
  09:14:00           the page opens on contact-centre-ops; 09:27 it reaches team-identity
  09:20:00  decoy    knowledge v2.8.1 is deployed, after the onset and off the path
  09:38:00  repair   identity is rolled back to v4.11.3; 09:41 it is fast again
  09:48:00           the queue is back to normal
payments and its vendor acquirer stay healthy throughout.
"""
import csv
import datetime
import io
import json
import os
import random
import sys

DAY = datetime.datetime(2026, 5, 12, tzinfo=datetime.timezone.utc)
START, END = 8 * 60 + 30, 10 * 60  # minutes of the day
RESTORED = 9 * 60 + 41
ONSET = {
    "identity": 9 * 60 + 4,
    "web-portal": 9 * 60 + 5,
    "pay-bot": 9 * 60 + 6,
    "crm": 9 * 60 + 7,
    "billing-queue": 9 * 60 + 9,
    "agent-desktop": 9 * 60 + 11,
}
REFRESH = 9 * 60 + 8
UNTIL = {name: RESTORED for name in ONSET}
UNTIL["billing-queue"] = 9 * 60 + 48
UNTIL["agent-desktop"] = 9 * 60 + 43

rng = random.Random(20260512)


def at(minute, seconds=0.0):
    return DAY + datetime.timedelta(minutes=minute, seconds=seconds)


def stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + "%03dZ" % (moment.microsecond // 1000)


def hurt(entity, minute, region="eu-west"):
    return region == "eu-west" and ONSET[entity] <= minute < UNTIL[entity]


def region():
    return "eu-west" if rng.random() < 0.6 else "us-east"


def customer():
    return "c-%04d" % rng.randint(1, 900)


def moments(minute, count):
    return sorted(at(minute, rng.uniform(0, 59.9)) for _ in range(count))


def identity_log():
    lines = []
    for minute in range(START, END):
        for moment in moments(minute, rng.randint(6, 9)):
            where = region()
            slow = hurt("identity", minute, where)
            lost = slow and rng.random() < 0.25
            took = 5000 if lost else rng.randint(1900, 3400) if slow else rng.randint(80, 160)
            lines.append({
                "time": stamp(moment), "level": "error" if lost else "info", "service": "identity",
                "msg": "identity check timed out: session cache miss, reload queue full" if lost
                       else "identity check passed",
                "status": 504 if lost else 200, "duration_ms": took, "region": where,
                "customer_id": customer(),
            })
    return "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)


def bot_log():
    out = []
    for minute in range(START, END):
        for moment in moments(minute, rng.randint(4, 6)):
            where, who = region(), customer()
            if hurt("pay-bot", minute, where) and rng.random() < 0.7:
                out.append(f"{stamp(moment)} WARN  [pay-bot] verification failed: identity did not answer "
                           f"in 3 s customer={who} region={where} channel=chat took=3000ms")
                if rng.random() < 0.6:
                    out.append(f"{stamp(moment + datetime.timedelta(seconds=1))} ERROR [pay-bot] handed over to "
                               f"billing-queue without verified customer customer={who} region={where} channel=chat")
            else:
                out.append(f"{stamp(moment)} INFO  [pay-bot] customer verified customer={who} region={where} "
                           f"channel=chat took={rng.randint(300, 700)}ms")
    return "\n".join(sorted(out)) + "\n"


def noisy(value, share=0.06):
    return value * (1 + rng.uniform(-share, share))


def metrics():
    names = ["crm_latency_p95_ms", "crm_requests_per_min", "crm_errors_per_min", "web-portal_requests_per_min",
             "web-portal_retries_per_min", "web-portal_latency_p95_ms", "agent-desktop_screen_load_ms",
             "identity_cpu_percent", "identity_session_cache_hit_percent", "identity_db_connections",
             "payments_latency_p95_ms", "payments_requests_per_min", "payments_errors_per_min",
             "acquirer_latency_p95_ms"]
    rows = [["time"] + names]
    for minute in range(START, END):
        slow, late, page, desk = (hurt(e, minute) for e in ("identity", "crm", "web-portal", "agent-desktop"))
        refresh = page and minute >= REFRESH
        values = {
            "crm_latency_p95_ms": noisy(1900 if late else 210), "crm_requests_per_min": noisy(420),
            "crm_errors_per_min": float(rng.randint(9, 16) if late else rng.randint(0, 2)),
            "web-portal_requests_per_min": noisy(1150 if refresh else 780),
            "web-portal_retries_per_min": float(rng.randint(330, 420) if refresh else rng.randint(14, 26)),
            "web-portal_latency_p95_ms": noisy(2900 if page else 480),
            "agent-desktop_screen_load_ms": noisy(5200 if desk else 1300),
            "identity_cpu_percent": noisy(88 if slow else 34), "identity_session_cache_hit_percent": noisy(21, .2) if slow else noisy(96, .01),
            "identity_db_connections": noisy(190 if slow else 42),
            "payments_latency_p95_ms": noisy(340), "payments_requests_per_min": noisy(160),
            "payments_errors_per_min": float(rng.randint(0, 2)), "acquirer_latency_p95_ms": noisy(250),
        }
        rows.append([stamp(at(minute))] + ["%.4g" % values[n] for n in names])
    return rows


def contacts():
    rows = [["contact_id", "initiated_at", "customer_id", "channel", "queue", "region", "reason", "queue_seconds",
             "handle_seconds", "abandoned", "transferred", "resolved"]]
    callers = []
    for minute in range(START, END):
        busy = hurt("billing-queue", minute)
        for moment in moments(minute, rng.randint(9, 12) if busy else rng.randint(4, 5)):
            where = "eu-west" if busy and rng.random() < 0.8 else region()
            bad = hurt("billing-queue", minute, where)
            wait = rng.randint(150, 420) if bad else rng.randint(8, 45)
            gone = bad and rng.random() < 0.35
            handle = 0 if gone else rng.randint(400, 560) if hurt("agent-desktop", minute, where) else rng.randint(250, 360)
            again = bad and callers and rng.random() < 0.3
            who = rng.choice(callers) if again else customer()
            if bad:
                callers.append(who)
            rows.append(["k-%05d" % len(rows), stamp(moment), who, "voice" if rng.random() < 0.7 else "chat",
                         "billing-queue", where, "pay-bill", wait, handle, "yes" if gone else "no",
                         "yes" if not gone and rng.random() < (0.3 if bad else 0.05) else "no",
                         "no" if gone or (bad and rng.random() < 0.4) else "yes"])
    return rows


CHANGES = [
    ["time", "kind", "service", "version", "summary"],
    [stamp(at(8 * 60 + 58)), "flag", "payments", "wallet-button", "wallet button shown to 25 percent (was 10)"],
    [stamp(at(9 * 60 + 2, 30)), "deploy", "identity", "v4.12.0", "session cache size 20000 -> 200, new reload queue"],
    [stamp(at(9 * 60 + 20)), "deploy", "knowledge", "v2.8.1", "article search wording"],
    [stamp(at(9 * 60 + 38)), "rollback", "identity", "v4.11.3", "back to the release before v4.12.0"],
]

PAGES = [
    ["time", "incident", "event", "service", "team", "summary"],
    [stamp(at(9 * 60 + 14)), "INC-4711", "opened", "billing-queue", "contact-centre-ops", "billing queue over 4 minutes"],
    [stamp(at(9 * 60 + 16)), "INC-4711", "acknowledged", "billing-queue", "contact-centre-ops", "looking at staffing"],
    [stamp(at(9 * 60 + 27)), "INC-4711", "assigned", "identity", "team-identity", "identity checks are slow"],
    [stamp(at(9 * 60 + 49)), "INC-4711", "resolved", "identity", "team-identity", "v4.12.0 rolled back"],
]

MAP = {
    "entities": [
        {"name": "web-portal", "kind": "channel", "owner": "team-digital", "contact": "#digital-oncall",
         "depends_on": ["identity", "payments"]},
        {"name": "pay-bot", "kind": "bot", "owner": "team-conversational", "contact": "#bot-oncall",
         "fallback": "hand over to an agent", "depends_on": ["identity", "crm", "billing-queue"]},
        {"name": "identity", "kind": "service", "owner": "team-identity", "contact": "#identity-oncall",
         "fallback": "knowledge questions instead of the session check"},
        {"name": "crm", "kind": "service", "owner": "team-crm", "contact": "#crm-oncall",
         "fallback": "read-only copy of the record", "depends_on": ["identity"]},
        {"name": "payments", "kind": "service", "owner": "team-payments", "contact": "#payments-oncall",
         "depends_on": ["acquirer"]},
        {"name": "acquirer", "kind": "vendor", "vendor": True, "owner": "vendor desk", "contact": "status page"},
        {"name": "billing-queue", "kind": "queue", "owner": "contact-centre-ops", "contact": "floor manager",
         "fallback": "call-back offer"},
        {"name": "agent-desktop", "kind": "desk", "owner": "team-workplace", "contact": "#workplace-oncall",
         "depends_on": ["crm"]},
        {"name": "knowledge", "kind": "service", "owner": "team-content", "contact": "#content"},
    ],
    "journeys": [
        {"name": "pay-bill", "slo": {"target": 99.5, "window": "30d"}, "steps": [
            {"name": "open the bill", "entity": "web-portal"},
            {"name": "prove identity", "entity": "identity", "fallback": "knowledge questions"},
            {"name": "pay", "entity": "payments"},
            {"name": "ask the bot", "entity": "pay-bot", "fallback": "hand over to an agent", "slow_after": "2s"},
            {"name": "wait for an agent", "entity": "billing-queue", "fallback": "call-back offer", "slow_after": "2m"},
            {"name": "agent looks up the record", "entity": "agent-desktop", "fallback": "read-only copy"},
        ]},
    ],
}


def table(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.split("\n\n")[1])
    out = {
        "logs/identity.jsonl": identity_log(),
        "logs/pay-bot.log": bot_log(),
        "metrics/platform.csv": table(metrics()),
        "contacts/contacts.csv": table(contacts()),
        "changes/changes.csv": table(CHANGES),
        "incidents/pages.csv": table(PAGES),
        "map.json": json.dumps(MAP, indent=1) + "\n",
    }
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__.split("\n\n")[1])
    for name, content in out.items():
        path = os.path.join(sys.argv[1], name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as f:
            f.write(content)


main()
