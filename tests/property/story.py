"""The made incident is found again: origin, chain, change, owner, region, and what stayed healthy."""
import datetime
import json
import os

from tools import ROOT, Checks, pipe, records, run

with open(os.path.join(ROOT, "tests", "made", "pay_bill.truth.json")) as f:
    truth = json.load(f)
case = pipe(".")
checks = Checks()
head = records(case, "case")[0]

suspects = sorted(records(case, "suspect"), key=lambda s: s["rank"])
checks.that("the origin is the first suspect", suspects and suspects[0]["entity"] == truth["origin"],
            [s["entity"] for s in suspects[:3]])
onset = datetime.datetime.fromisoformat(truth["onset"].replace("Z", "+00:00")).timestamp() * 1000
checks.that("its onset is right within a bucket", suspects and abs(suspects[0].get("onset", 0) - onset) <= head["step"])

chains = records(case, "chain")
checks.that("there is one chain", len(chains) == 1, len(chains))
nodes = [n["entity"] for c in chains for n in c["nodes"]]
checks.that("the chain starts at the origin", nodes[:1] == [truth["origin"]], nodes)
checks.that("the chain holds every entity that was hurt", set(truth["chain"]) <= set(nodes), nodes)
checks.that("the chain holds nothing that stayed healthy", not set(truth["untouched"]) & set(nodes), nodes)

changes = {c.get("id", "") + c.get("summary", ""): c for c in records(case, "change")}
guilty = [k for k, c in changes.items() if c.get("verdict") == "suspect"]
checks.that("one change is suspected, the right one", len(guilty) == 1 and truth["change"] in guilty[0], guilty)
answers = {a["question"]: a for a in records(case, "answer")}
checks.that("six questions are answered", set(answers) == {"where", "spread", "who", "changed", "worse", "owner"}, set(answers))


def said(question):
    a = answers.get(question, {"text": ""})
    return " ".join([a["text"], *a.get("more", [])])


checks.that("where names the origin", truth["origin"] in said("where"), said("where"))
checks.that("changed names the change", truth["change"] in said("changed"), said("changed"))
checks.that("owner names the owner", truth["owner"] in said("owner"), said("owner"))
checks.that("who names the region", truth["region"] in said("who"), said("who"))
told = said("owner").partition('tell customers: "')[2].partition('"')[0]
checks.that("customers are told the times, the journey and the region",
            all(word in told for word in ("09:04", "pay-bill", truth["region"])), told)
checks.that("customers are told of no part or team", not any(word in told for word in (truth["origin"], truth["owner"])), told)
screen, _, _ = run("report", data=case)
text = screen.decode()
for word in (truth["origin"], truth["change"], truth["owner"], truth["region"]):
    checks.that(f"the screen shows {word}", word in text)
checks.that("the screen fits 80 columns", max(len(line) for line in text.splitlines()) <= 80)
checks.that("the screen fits 40 rows", len(text.splitlines()) <= 40, len(text.splitlines()))
checks.end()
