"""The number of failed requests that a case counts in its window, all entities together.
usage: answer.py CASE"""
import json
import sys

total = 0
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        record = json.loads(line)
        if record.get("type") == "series" and record.get("signal") == "errors" \
                and record.get("caller") is None and not record.get("normal"):
            total += sum(v for v in record["values"] if v is not None)
print(round(total))
