#!/usr/bin/env python3
"""Are the worklists of recover exact?

usage: recover.py BUILD [--seeds FROM:TO] [--customers N] [--drill [--scenario NAME]]

Makes exports in which the fate of every customer, order, case, call-back and answer is drawn first and written down
second, so that what is left to do is known; reads them with recover, and prints precision and recall of each list over
all seeds.  Records are delivered in two overlapping exports and in any order.
--drill    drills incidents of --scenario ("all": of each) instead, and takes the truth from "worklists" of truth.json
Exit status 1 when a list is not exact.
"""
import argparse
import collections
import csv
import datetime
import json
import os
import random
import subprocess
import sys
import tempfile

START = datetime.datetime(2026, 5, 12, 8, 0, tzinfo=datetime.timezone.utc)
FROM, TO, END = 3600, 3 * 3600, 6 * 3600  # of the incident, and of the exports, in seconds after START
LISTS = ("failed-payments", "duplicate-payments", "unresolved-contacts", "open-cases", "missed-callbacks",
         "repeat-contacts", "stale-answers", "complaints")
COLUMN = {"failed-payments": "reference", "unresolved-contacts": "customer"}
HEADS = {
    "payments": "payment_id,time,customer_id,order_id,amount,status,attempt,region",
    "cases": "case_id,opened_at,closed_at,customer_id,kind,subject,status",
    "callbacks": "callback_id,requested_at,due_at,completed_at,customer_id,queue,status",
    "answers": "answer_id,time,session_id,customer_id,intent,data_as_of,stale",
    "contacts": "contact_id,initiated_at,customer_id,channel,queue,region,queue_seconds,handle_seconds,abandoned,"
                "transferred,resolved",
}


def stamp(second):
    if second is None:
        return ""
    t = START + datetime.timedelta(milliseconds=round(second * 1000))
    return t.strftime("%Y-%m-%dT%H:%M:%S.") + f"{t.microsecond // 1000:03d}Z"


class World:
    """Rows of each table, and what is left to do."""

    def __init__(self, seed, customers):
        self.r = random.Random(seed)
        self.n = collections.Counter()
        self.rows = {name: [] for name in HEADS}
        self.left = {name: set() for name in LISTS}
        for i in range(customers):
            who = f"c-{i:05d}"
            self.order(who)
            self.talk(who)
            self.case(who)
            self.callback(who)
            self.answer(who)

    def id(self, kind):
        self.n[kind] += 1
        return f"{kind}-{self.n[kind]:05d}"

    def inside(self):
        return self.r.uniform(FROM + 1, TO - 1)

    def before(self):
        return self.r.uniform(0, FROM - 1)

    def after(self):
        return self.r.uniform(TO + 1, END - 1)

    def pay(self, who, order, second, status, attempt=1):
        ident = self.id("p")
        self.rows["payments"].append((ident, stamp(second), who, order, f"{self.r.uniform(5, 90):.2f}", status, attempt,
                                      self.r.choice(("eu-west", "us-east"))))
        return ident

    def order(self, who):
        """One order, by one of the fates."""
        order, t = self.id("o"), self.inside()
        fate = self.r.choice(("paid", "lost", "retried", "late", "early", "twice", "pending", "refunded", "later"))
        if fate == "paid":
            self.pay(who, order, self.r.choice((self.before(), t, self.after())), "succeeded")
        elif fate == "lost":
            for k in range(self.r.randint(1, 4)):
                self.pay(who, order, min(t + 20 * k, TO - 1), "failed", k + 1)
            self.left["failed-payments"].add(order)
        elif fate == "retried":
            self.pay(who, order, t, self.r.choice(("failed", "declined", "timeout")))
            self.pay(who, order, t + 30, "succeeded", 2)
        elif fate == "late":
            self.pay(who, order, t, "failed")
            self.pay(who, order, self.after(), "succeeded", 2)
        elif fate == "early":
            self.pay(who, order, self.before(), "failed")
        elif fate == "twice":
            self.pay(who, order, t, "succeeded")
            for k in range(self.r.randint(1, 2)):
                self.left["duplicate-payments"].add(self.pay(who, order, t + 9 * (k + 1), "succeeded", k + 2))
        elif fate == "pending":
            self.left["duplicate-payments"].add(self.pay(who, order, t, "pending"))
            self.pay(who, order, t + 15, "succeeded", 2)
        elif fate == "refunded":
            self.pay(who, order, t, "refunded")
            self.pay(who, order, t + 15, "succeeded", 2)
        else:
            self.pay(who, order, self.after(), "failed")

    def contact(self, who, second, state):
        ident = self.id("k")
        gone, solved = state == "gone", state == "solved"
        self.rows["contacts"].append((ident, stamp(second), who, "voice", "billing", "eu-west", 20, 0 if gone else 300,
                                      "yes" if gone else "no", "no", "yes" if solved else "no"))
        return ident

    def talk(self, who):
        """Contacts of one customer in time's order."""
        plan = []
        for when in (self.before, self.inside, self.inside, self.after):
            if self.r.random() < 0.35:
                plan.append((when(), self.r.choice(("solved", "gone", "open"))))
        plan.sort()
        ids = [(t, s, self.contact(who, t, s)) for t, s in plan]
        hurt = [t for t, s, _ in ids if s != "solved" and FROM <= t < TO]
        if hurt and not any(s == "solved" and t > max(hurt) for t, s, _ in ids):
            self.left["unresolved-contacts"].add(who)
        for (t, _, _), (_, _, ident) in zip(ids, ids[1:]):
            if FROM <= t < TO:
                self.left["repeat-contacts"].add(ident)

    def case(self, who):
        fate = self.r.choice(("none", "before", "closed", "open", "after", "complaint", "early complaint"))
        if fate == "none":
            return
        ident = self.id("s")
        at = {"before": self.before, "after": self.after, "complaint": self.after,
              "early complaint": self.before}.get(fate, self.inside)()
        closed = min(at + 1800, END) if fate == "closed" else None
        kind = "complaint" if "complaint" in fate else self.r.choice(("question", "billing"))
        self.rows["cases"].append((ident, stamp(at), stamp(closed), who, kind, self.r.choice(("=1+1", "card, twice")),
                                   "closed" if closed else "open"))
        if fate == "open":
            self.left["open-cases"].add(ident)
        if fate == "complaint":
            self.left["complaints"].add(ident)

    def callback(self, who):
        fate = self.r.choice(("none", "none", "made", "missed", "waiting", "before"))
        if fate == "none":
            return
        ident = self.id("b")
        at = self.before() if fate == "before" else self.inside()
        due = END + 7200 if fate == "waiting" else at + 1200
        done = at + 900 if fate == "made" else None
        self.rows["callbacks"].append((ident, stamp(at), stamp(due), stamp(done), who, "billing",
                                       "completed" if done else "scheduled"))
        if fate == "missed":
            self.left["missed-callbacks"].add(ident)

    def answer(self, who):
        """The bot's data is at most ten minutes old on a good day."""
        ident = self.id("a")
        fate = self.r.choice(("before", "fresh", "old", "flagged"))
        at = self.before() if fate == "before" else self.inside()
        age = self.r.uniform(3000, 5000) if fate == "old" else self.r.uniform(1, 590)
        self.rows["answers"].append((ident, stamp(at), f"ses-{ident}", who, "balance", stamp(at - age),
                                     "yes" if fate == "flagged" else "no"))
        if fate in ("old", "flagged"):
            self.left["stale-answers"].add(ident)

    def write(self, folder):
        """Each table as two exports that overlap, rows in any order."""
        for name, rows in self.rows.items():
            cut = len(rows) // 2
            for part, some in (("1", rows[:cut + 20]), ("2", rows[cut:])):
                some = list(some)
                self.r.shuffle(some)
                with open(os.path.join(folder, f"{name}-{part}.csv"), "w", newline="", encoding="utf-8") as f:
                    f.write(HEADS[name] + "\n")
                    csv.writer(f, lineterminator="\n").writerows(some)
        head = {"type": "case", "format": "knockon/case", "version": 1, "tool": "test", "step": 60000, "buckets": 360,
                "from": int(START.timestamp() * 1000)}
        with open(os.path.join(folder, "case.jsonl"), "w", encoding="utf-8") as f:
            f.write(json.dumps(head, separators=(",", ":")) + "\n")


def run(command, cwd, data=b""):
    done = subprocess.run(command, cwd=cwd, input=data, capture_output=True, check=False)
    if done.returncode not in (0, 3):
        raise RuntimeError(f"{' '.join(command)}: {done.returncode}: {done.stderr[-300:].decode(errors='replace')}")
    return done.stdout


def found(build, folder, exports, more):
    """The ids in each list that recover writes."""
    out = os.path.join(folder, "lists")
    run([os.path.join(build, "recover"), "-q", "--case", "case.jsonl", "--ids", "--into", "lists", *more, *exports], folder)
    ids = {}
    for name in LISTS:
        path = os.path.join(out, name + ".csv")
        if os.path.exists(path):
            with open(path, newline="", encoding="utf-8") as f:
                ids[name] = [row[COLUMN.get(name, "id")] for row in csv.DictReader(f)]
    return ids


def of_world(build, seed, customers):
    world = World(seed, customers)
    with tempfile.TemporaryDirectory() as folder:
        world.write(folder)
        exports = sorted(n for n in os.listdir(folder) if n.endswith(".csv"))
        return world.left, found(build, folder, exports, ("--since", stamp(FROM), "--until", stamp(TO)))


def of_drill(build, seed, scenario):
    """The incident's times are the truth's: it is the lists that are judged here."""
    with tempfile.TemporaryDirectory() as folder:
        run([os.path.join(build, "drill"), "-q", "-s", scenario, "--seed", str(seed), "--out", folder], folder)
        with open(os.path.join(folder, "truth.json"), encoding="utf-8") as f:
            truth = json.load(f)
        if "worklists" not in truth or not truth["nodes"]:  # nothing to recover from
            return {}, {}
        case = run([os.path.join(build, "ingest"), "-q", "logs", "contacts", "metrics"], folder)
        with open(os.path.join(folder, "case.jsonl"), "wb") as f:
            f.write(case)
        exports = [n for n in ("payments", "cases", "callbacks", "bot", "contacts") if os.path.exists(os.path.join(folder, n))]
        since = min(n["onset"] for n in truth["nodes"])
        until = max([n["end"] for n in truth["nodes"] if n.get("end")] + [since])
        got = found(build, folder, exports, ("--since", since))
        got["complaints"] = found(build, folder, exports, ("--since", since, "--until", until)).get("complaints", [])
        return narrowed(truth["worklists"], folder, since, until), got


def table(folder, name):
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        return []
    with open(path, newline="", encoding="utf-8") as f:
        return list(csv.DictReader(f))


def narrowed(left, folder, since, until):
    """The drill counts what repeats any contact, and complaints from the onset on: here the contact before must be of the
    incident, and the complaint after the end."""
    last, again = {}, set()
    for row in sorted(table(folder, "contacts/contacts.csv"), key=lambda r: (r["initiated_at"], r["contact_id"])):
        if last.get(row["customer_id"], "") >= since:
            again.add(row["contact_id"])
        last[row["customer_id"]] = row["initiated_at"]
    late = {row["case_id"] for row in table(folder, "cases/cases.csv") if row["opened_at"] >= until}
    return {**left, "repeat-contacts": [i for i in left["repeat-contacts"] if i in again],
            "complaints": [i for i in left["complaints"] if i in late]}


def main():
    p = argparse.ArgumentParser(usage=__doc__)
    p.add_argument("build")
    p.add_argument("--seeds", default="1:6")
    p.add_argument("--customers", type=int, default=1500)
    p.add_argument("--drill", action="store_true")
    p.add_argument("--scenario", default="payment-confirmation-failure")
    args = p.parse_args()
    build = os.path.abspath(args.build)
    hits, said, true = collections.Counter(), collections.Counter(), collections.Counter()
    names = [args.scenario] if args.scenario != "all" else [
        line.split()[0] for line in run([os.path.join(build, "drill"), "--list"], ".").decode().splitlines()]
    for scenario, seed in [(s, n) for s in names if args.drill or s == names[0] for n in range(*map(int, args.seeds.split(":")))]:
        left, ids = of_drill(build, seed, scenario) if args.drill else of_world(build, seed, args.customers)
        for name in LISTS:
            if name not in left:
                continue
            got = ids.get(name, [])
            hits[name] += len(set(got) & set(left[name]))
            said[name] += len(got)
            true[name] += len(left[name])
    exact = True
    print(f"{'list':<22}{'true':>8}{'listed':>8}{'precision':>11}{'recall':>8}")
    for name in LISTS:
        if name not in true:
            continue
        precision = hits[name] / said[name] if said[name] else 1.0
        recall = hits[name] / true[name] if true[name] else 1.0
        exact &= precision == 1.0 and recall == 1.0
        print(f"{name:<22}{true[name]:>8}{said[name]:>8}{precision:>11.4f}{recall:>8.4f}")
    return 0 if exact else 1


if __name__ == "__main__":
    sys.exit(main())
