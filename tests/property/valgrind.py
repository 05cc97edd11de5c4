"""No tool reads what it did not write, or forgets memory, on the made incident."""
import shutil
import subprocess
import sys

from tools import MADE, TOOLS, Checks, binary

if not shutil.which("valgrind"):
    print("skipped: valgrind is not installed")
    sys.exit(77)
with open(binary("ingest"), "rb") as f:
    if b"__asan_init" in f.read():
        print("skipped: a build with sanitizers watches over itself")
        sys.exit(77)

checks = Checks()
WATCH = ["valgrind", "-q", "--error-exitcode=99", "--leak-check=full", "--errors-for-leak-kinds=definite,indirect"]
ARGUMENTS = {"ingest": ["-q", "."], "report": ["-f", "html"], "triage": ["-c", "where", "-c", "show identity", "-c", "plot identity", "-"]}
case = b""
for tool in TOOLS:
    p = subprocess.run([*WATCH, binary(tool), *ARGUMENTS.get(tool, [])], input=case, cwd=MADE,
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    checks.that(f"{tool} is clean", p.returncode == 0, p.stderr[-3000:].decode(errors="replace"))
    if tool in ("ingest", "correlate", "blame"):
        case = p.stdout
checks.end()
