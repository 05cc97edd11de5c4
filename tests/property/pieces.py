"""The number of threads and the size of the pieces that exports are cut into cannot be seen
in what ingest writes: the case, the rejected records, what it says."""
import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile

LINES = 400


def run(build, folder, names, *options):
    result = subprocess.run(
        [os.path.join(build, "ingest"), "--rejects", "rejects.jsonl", *options, *names],
        cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"})
    path = os.path.join(folder, "rejects.jsonl")
    rejects = b""
    if os.path.exists(path):  # not where ingest gave up
        with open(path, "rb") as file:
            rejects = file.read()
        os.remove(path)
    return result.returncode, result.stdout, result.stderr, rejects


def odd_line(rng):
    """What may stand between records without being one, or be one in other clothes."""
    return rng.choice([
        b"", b"  ", b"\t", b"}", b"{", b"{}", b"nonsense", b"a,b,c", b'"', b'x "y',
        b"\tat com.example.A.b(C.java:1)", b"Traceback (most recent call last):",
        b'  File "a.py", line 1', b"ValueError: no", b"a\0b", b"caf\xe9", b"# a comment",
        b'{"log":"cut ","stream":"stdout","time":"2026-03-14T14:00:00Z"}',
        b'{"log":"whole\\n","stream":"stdout","time":"2026-03-14T14:00:00Z"}',
        b'{"ts":"2026-03-14T14:00:01Z","msg":"x","level":"info","service":"odd"}',
        b'{"ts":"2026-03-14T14:00:01Z","msg":',
        b"2026-03-14T14:00:02Z stdout P one ", b"2026-03-14T14:00:02Z stdout F two",
        b"2026-03-14T14:00:03Z ERROR odd: failed", b"2026-03-14 14:00:04,123 WARN [x] slow",
        b"<14>Mar 14 14:00:05 host app[1]: said", b"Mar 14 14:00:05 host app[1]: said it",
        b"Mar 14 14:00:06 host last message repeated 3 times",
        b"ts=2026-03-14T14:00:07Z level=info service=odd msg=pairs",
        b'"two\nlines",1,2', b'14:00 no date'])


def spoil(rng, data):
    """Put odd lines between and into the lines of an export."""
    lines = data.split(b"\n")
    for _ in range(rng.randint(1, 12)):
        lines.insert(rng.randrange(len(lines) + 1), odd_line(rng))
    if rng.random() < 0.3:
        at = rng.randrange(len(lines))
        lines[at] = lines[at][:rng.randrange(len(lines[at]) + 1)]
    if rng.random() < 0.2:
        lines = [line + b"\r" for line in lines]
    return b"\n".join(lines)


def long_enough(data):
    """A cut needs more than the head that decides the format."""
    if not data or b"\n" not in data:
        return data
    body = data if data.endswith(b"\n") else data + b"\n"
    head, _, rest = body.partition(b"\n")
    rows = rest or head + b"\n"
    return head + b"\n" + rows * ((200_000 + len(rows)) // len(rows)) if len(data) < 200_000 else data


def exports(build, root, rng, wanted):
    """(name, bytes): made loads of every format, and the exports of the tests."""
    load = os.path.join(build, "tests", "bench", "gen_load")
    for form in ("jsonl", "logfmt", "logback", "access", "long"):
        yield form, subprocess.run([load, form, "-b", "300000"], capture_output=True,
                                   check=True).stdout
    yield "quoted", subprocess.run([load, "long", "-b", "300000", "-q", "3"],
                                   capture_output=True, check=True).stdout
    found = []
    for folder in (os.path.join(root, "testdata"), os.path.join(root, "tests", "cli"),
                   os.path.join(root, "..", "shared", "samples")):
        for at, _, names in os.walk(folder):
            found += [os.path.join(at, n) for n in names
                      if n not in ("cmd", "expout", "experr", "status", "needs")]
    found.sort()
    for path in rng.sample(found, min(wanted, len(found))):
        with open(path, "rb") as file:
            yield os.path.basename(path), long_enough(file.read(2_000_000))


def calls_among_others(folder, others):
    """Calls come out of an export at its end; they are still those of that export."""
    calls = b"".join(b'service_graph_request_total{client="a%d",server="b%d"} %d 1773497040000\n' % (i, i, i + 1)
                     for i in range(5))
    names = []
    for i in range(4):
        names.append(f"calls-{i}.prom")
        with open(os.path.join(folder, names[-1]), "wb") as file:
            file.write(b"# TYPE service_graph_request_total counter\n" + calls)
    return [n for pair in zip(names, others) for n in pair]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", type=int, default=25)
    parser.add_argument("--keep", action="store_true")
    args = parser.parse_args()
    build = os.path.abspath(args.build)
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    rng = random.Random(args.seed)
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        several = []
        jobs = []
        for i, (name, data) in enumerate(exports(build, root, rng, args.files)):
            for kind, content in (("whole", data), ("odd", spoil(rng, data))):
                path = f"{i}-{kind}-{name}"
                with open(os.path.join(folder, path), "wb") as file:
                    file.write(content)
                jobs.append([path])
                several.append(path)
        jobs.append(several[:12])
        jobs.append(calls_among_others(folder, several[:4]))
        jobs.append(several[-12:])
        for names in jobs:
            whole = run(build, folder, names, "--threads", "1", "--piece-bytes", "1G")
            for threads, size in ((1, "1"), (2, "1000"), (3, "70000"), (7, "4097")):
                got = run(build, folder, names, "--threads", str(threads), "--piece-bytes", size)
                if got == whole:
                    continue
                bad += 1
                what = [w for w, a, b in zip(("status", "case", "stderr", "rejects"), got, whole)
                        if a != b]
                print(f"{names} --threads {threads} --piece-bytes {size}: other {what}")
                if args.keep:
                    for n in names:
                        shutil.copy(os.path.join(folder, n), "/tmp")
        print(f"{len(jobs)} sets of exports, {bad} differences (seed {args.seed})")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
