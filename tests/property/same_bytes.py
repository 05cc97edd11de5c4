"""Files or one pipe, once or twice, any zone, locale and order of the exports: the same bytes."""
import os
import shutil
import tempfile

from tools import MADE, Checks, pipe, run

checks = Checks()
parts = ["changes", "contacts", "incidents", "logs", "map.json", "metrics"]
want = pipe(".")

case, _, _ = run("ingest", "-q", ".")
after_correlate, _, _ = run("correlate", data=case)
checks.that("correlate twice changes nothing", run("correlate", data=after_correlate)[0] == after_correlate)
checks.that("blame twice changes nothing", run("blame", data=want)[0] == want)
checks.that("correlate after blame changes nothing", run("correlate", data=want)[0] == want)

with tempfile.TemporaryDirectory() as folder:
    names = [os.path.join(folder, n) for n in ("1.jsonl", "2.jsonl", "3.jsonl", "4.html")]
    run("ingest", "-q", "-o", names[0], ".")
    run("correlate", "-o", names[1], names[0])
    run("blame", "-o", names[2], names[1])
    run("report", "-f", "html", "-o", names[3], names[2])
    checks.that("through files equals one pipe", open(names[2], "rb").read() == want)
    html, _, _ = run("report", "-f", "html", data=want)
    checks.that("the report through files equals the pipe", open(names[3], "rb").read() == html)
    checks.that("no temporary file stays", sorted(os.listdir(folder)) == ["1.jsonl", "2.jsonl", "3.jsonl", "4.html"])

for zone in ("UTC", "America/New_York", "Asia/Kathmandu"):
    checks.that(f"TZ={zone} changes nothing", pipe(".", env={"TZ": zone}) == want)
for locale in ("C", "de_DE.UTF-8", "tr_TR.UTF-8"):
    checks.that(f"LC_ALL={locale} changes nothing", pipe(".", env={"LC_ALL": locale}) == want)

orders = [parts, parts[::-1], parts[2:] + parts[:2]]
results = {pipe(*order) for order in orders}
checks.that("the order of the exports changes nothing", len(results) == 1)

with tempfile.TemporaryDirectory() as folder:
    copy = os.path.join(folder, "copy")
    shutil.copytree(MADE, copy)
    path = os.path.join(copy, "logs", "identity.jsonl")
    with open(path) as f:
        lines = f.readlines()
    with open(path, "w") as f:
        f.writelines(lines[::-1])
    def derived(text):
        keep = (b'"type":"series"', b'"type":"onset"', b'"type":"link"', b'"type":"chain"')
        return [line for line in text.splitlines() if line.startswith(tuple(b"{" + k for k in keep))]
    checks.that("newest-first exports give the same series, onsets and chain",
                derived(pipe(".", cwd=copy)) == derived(want))
checks.end()
