"""recover: its lists are exact on exports with a known truth, ids stay masked, and the same bytes come out whatever the
order of the operands."""
import csv
import io
import os
import subprocess
import sys
import tempfile

from tools import Checks

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "accuracy"))
import recover as made  # noqa: E402

BUILD = os.path.abspath(sys.argv[1])
checks = Checks()
WINDOW = ("--since", made.stamp(made.FROM), "--until", made.stamp(made.TO))


def recover(folder, *args):
    p = subprocess.run([os.path.join(BUILD, "recover"), "--case", "case.jsonl", *args], cwd=folder, capture_output=True,
                       check=False)
    return p.returncode, p.stdout.decode(), p.stderr.decode()


left, ids = made.of_world(BUILD, 7, 250)
for name in made.LISTS:
    checks.that(f"{name} is exact", sorted(ids.get(name, [])) == sorted(left[name]),
                sorted(set(ids.get(name, [])) ^ set(left[name]))[:5])

for scenario in ("payment-confirmation-failure", "stale-answers"):
    left, ids = made.of_drill(BUILD, 600, scenario)
    for name in left:
        checks.that(f"{name} of {scenario} is exact", sorted(ids.get(name, [])) == sorted(left[name]),
                    sorted(set(ids.get(name, [])) ^ set(left[name]))[:5])

with tempfile.TemporaryDirectory() as folder:
    world = made.World(3, 80)
    world.write(folder)
    exports = sorted(n for n in os.listdir(folder) if n.endswith(".csv"))
    code, counts, _ = recover(folder, *WINDOW, *exports)
    checks.that("counts are printed", code == 0 and len(counts.splitlines()) == len(made.LISTS), counts)
    _, again, _ = recover(folder, *WINDOW, *reversed(exports))
    checks.that("the order of the operands changes nothing", counts == again)
    _, text, _ = recover(folder, "--list", "open-cases", *WINDOW, *exports)
    rows = list(csv.DictReader(io.StringIO(text)))
    checks.that("ids are masked unless asked for", rows and all(r["id"].startswith("id-") for r in rows), text[:200])
    checks.that("no cell is a formula", not any((c or "x")[0] in "=+-@" for r in rows for c in r.values()), text[:200])
    checks.that("rows name their source", all(r["source"].split(":")[0] in exports for r in rows), text[:200])
    _, plain, _ = recover(folder, "--list", "open-cases", "--ids", *WINDOW, *exports)
    shown = {r["id"] for r in csv.DictReader(io.StringIO(plain))}
    checks.that("--ids shows them", shown == world.left["open-cases"])
    some = [n for n in exports if n.startswith("cases")]
    _, counts, _ = recover(folder, *WINDOW, *some)
    checks.that("what no export tells is said", "failed payments without a later success: not measured: no export has" in counts,
                counts)
    code, _, err = recover(folder, *exports)
    checks.that("a case without an incident is refused", code == 4 and "no incident" in err, err)
    code, stream, _ = recover(folder, "--stream", *WINDOW, *exports)
    checks.that("the counts are in the case", stream.count('"type":"recovery"') == len(made.LISTS), stream[-300:])
    code, _, _ = recover(folder, "-e", *WINDOW, "contacts-1.csv", "--from", made.stamp(made.END))
    checks.that("nothing read is no input", code == 1, code)
    code, _, err = recover(folder, "--check", "--list", "complaints", *exports)
    checks.that("--check writes no lists", code == 2, err)
checks.end()
