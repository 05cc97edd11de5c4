"""SIGINT and SIGTERM leave a case of what was read by then: it says that it is incomplete, its
account adds up, and the process dies of the signal."""
import json
import os
import signal
import subprocess
import sys
import tempfile

LINE = b'{"ts":"2026-03-14T14:00:%02dZ","level":"info","service":"crm","msg":"said %d"}\n'


def interrupted(build, folder, number, late):
    """Feed lines to a pipe, signal, feed more, close; returns status, records."""
    with subprocess.Popen([os.path.join(build, "ingest"), "-q", "-", late], cwd=folder,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL) as ingest:
        lines = b"".join(LINE % (i % 60, i) for i in range(60_000))
        ingest.stdin.write(lines)
        ingest.stdin.flush()
        ingest.send_signal(number)
        try:
            ingest.stdin.write(lines)
            ingest.stdin.close()
        except BrokenPipeError:
            pass  # it has stopped reading
        out = ingest.stdout.read()
        return ingest.wait(60), [json.loads(line) for line in out.splitlines()], 2 * len(lines)


def main():
    build = os.path.abspath(sys.argv[1])
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "late.jsonl"), "wb") as file:
            file.write(LINE % (1, 1))
        for number in (signal.SIGINT, signal.SIGTERM):
            status, records, fed = interrupted(build, folder, number, "late.jsonl")
            ledgers = {r["file"]: r for r in records if r["type"] == "ledger"}
            if status != -number:
                problems.append(f"{number.name}: status {status}")
            if not records or records[0].get("incomplete") is not True:
                problems.append(f"{number.name}: the case does not say that it is incomplete")
            if not 0 < ledgers.get("-", {}).get("bytes", 0) < fed:
                problems.append(f"{number.name}: {ledgers.get('-')}")
            if "interrupted" not in str(ledgers.get("late.jsonl", {}).get("remarks")):
                problems.append(f"{number.name}: {ledgers.get('late.jsonl')}")
    for problem in problems:
        print(problem)
    print(f"2 signals, {len(problems)} problems")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
