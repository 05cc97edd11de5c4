"""ingest --partial of any split, merged in any tree, gives the bytes of one ingest."""
import os
import random
import tempfile

from tools import MADE, Checks, run

checks = Checks()


def exports(folder):
    return sorted(os.path.relpath(os.path.join(at, n), folder) for at, _, names in os.walk(folder) for n in names)


def split(rnd, items, most):
    parts = [[] for _ in range(rnd.randint(1, min(most, len(items))))]
    for item in items:
        rnd.choice(parts).append(item)
    return [p for p in parts if p]


def merge(tmp, rnd, parts):
    """A random tree over the parts; the last one is the case."""
    n = 0
    while len(parts) > 2 and rnd.random() < 0.8:
        few = rnd.sample(parts, 2)
        n += 1
        path = os.path.join(tmp, f"tree{n}.part")
        _, err, status = run("ingest", "-q", "--merge", "--partial", "-o", path, *few)
        checks.that("parts merge to a part", status == 0, err)
        parts = [p for p in parts if p not in few] + [path]
    rnd.shuffle(parts)
    return run("ingest", "-q", "--merge", *parts)


def any_splits(folder, options, seeds, what):
    files = exports(folder)
    want, _, _ = run("ingest", "-q", *options, *files, cwd=folder)
    for seed in seeds:
        rnd = random.Random(seed)
        with tempfile.TemporaryDirectory() as tmp:
            parts = []
            for i, some in enumerate(split(rnd, files, 4)):
                parts.append(os.path.join(tmp, f"{i}.part"))
                threads = str(rnd.randint(1, 2))
                run("ingest", "-q", "--partial", "--threads", threads, "-o", parts[-1], *options, *some, cwd=folder)
            got, err, _ = merge(tmp, rnd, parts)
            checks.that(f"{what}, split {seed}: the bytes of one reading", got == want, err)


parts = {run("ingest", "-q", "--partial", "--piece-bytes", "64K", "--threads", n, ".")[0] for n in "1224"}
checks.that("a part is the same for any number of threads", len(parts) == 1)
any_splits(MADE, [], range(6), "the made incident")
any_splits(MADE, ["--max-memory", "32M", "--step", "30s"], range(2), "with a limit and a step")
with tempfile.TemporaryDirectory() as tmp:
    run("drill", "--seed", "3", "--scenario", "crm-latency-at-peak", "--out", tmp)
    any_splits(tmp, [], range(3), "a drill")

with tempfile.TemporaryDirectory() as tmp:
    a, b = os.path.join(tmp, "a.part"), os.path.join(tmp, "b.part")
    run("ingest", "-q", "--partial", "--step", "30s", "-o", a, "logs")
    run("ingest", "-q", "--partial", "-o", b, "metrics")
    _, err, status = run("ingest", "--merge", a, b, check=False)
    checks.that("options that differ are refused, by name", status == 2 and b"--step" in err, err)
    _, err, status = run("ingest", "--merge", "--at", "2026-03-14T14:00:00Z", b, check=False)
    checks.that("options of reading are refused", status == 2 and b"--at" in err, err)
    _, err, status = run("ingest", "--merge", b, b, check=False)
    checks.that("one export in two parts is refused", status == 2, err)
    _, err, status = run("ingest", "--merge", "map.json", check=False)
    checks.that("what is no part is refused", status != 0 and b"no part" in err, err)
    whole = open(b, "rb").read()
    for cut in (20, len(whole) // 2, len(whole) - 1):
        open(b, "wb").write(whole[:cut])
        _, err, status = run("ingest", "--merge", b, check=False)
        checks.that("a part that is cut is damaged", status != 0 and b"damaged" in err, err)
checks.end()
