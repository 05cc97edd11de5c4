"""What the property tests share: the binaries, the data, a pipe, and a verdict."""
import json
import os
import subprocess
import sys

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
MADE = os.path.join(ROOT, "testdata", "pay-bill")
TOOLS = ("ingest", "correlate", "blame", "report", "triage")


def binary(name):
    return os.path.join(os.path.abspath(sys.argv[1]), name)


def run(name, *args, data=b"", cwd=MADE, env=None, check=True):
    """Run one tool; gives (stdout, stderr, status).  Fails loudly on a crash."""
    base = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "TERM": "dumb"}
    p = subprocess.run([binary(name), *args], input=data, cwd=cwd, env={**base, **(env or {})},
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if p.returncode < 0 or p.returncode >= 128 or p.returncode == 70:
        sys.exit(f"{name} {' '.join(args)}: ended with {p.returncode}: {p.stderr[-2000:].decode(errors='replace')}")
    if check and p.returncode != 0:
        sys.exit(f"{name} {' '.join(args)}: status {p.returncode}: {p.stderr[-2000:].decode(errors='replace')}")
    return p.stdout, p.stderr, p.returncode


def pipe(*exports, cwd=MADE, env=None):
    """The finished case of some exports."""
    case, _, _ = run("ingest", "-q", *exports, cwd=cwd, env=env)
    case, _, _ = run("correlate", data=case, cwd=cwd, env=env)
    case, _, _ = run("blame", data=case, cwd=cwd, env=env)
    return case


def records(case, kind=None):
    found = [json.loads(line) for line in case.splitlines()]
    return [r for r in found if kind is None or r["type"] == kind]


class Checks:
    """Counts what was checked; the closing line fails a test that checked nothing."""

    def __init__(self):
        self.passed = self.failed = 0

    def that(self, fact, holds, detail=""):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {fact} {detail}")

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed or not self.passed else 0)
