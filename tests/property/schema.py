"""Every record that the tools write fits the published JSON Schema of the case stream."""
import json
import os
import sys

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(77)

from tools import ROOT, Checks, pipe, records

with open(os.path.join(ROOT, "man", "knockon-case.schema.json")) as f:
    schema = json.load(f)
validator = jsonschema.Draft7Validator(schema)
checks = Checks()
seen = set()
for number, record in enumerate(records(pipe(".")), 1):
    seen.add(record["type"])
    problems = list(validator.iter_errors(record))
    checks.that(f"record {number} ({record['type']}) fits", not problems, problems[0].message if problems else "")
checks.that("a series without an entity is refused",
            list(validator.iter_errors({"type": "series", "signal": "x", "from": 0})))
checks.that("a time that is text is refused", list(validator.iter_errors({"type": "change", "time": "09:00"})))
wanted = {"case", "ledger", "entity", "journey", "edge", "change", "milestone", "series", "template", "group",
          "onset", "link", "chain", "suspect", "impact", "answer", "evidence"}
checks.that("the made incident has a record of every type", wanted <= seen, wanted - seen)
checks.end()
