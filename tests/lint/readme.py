"""The README shows the real output of its first command.

usage: readme.py BINARIES        with -p it writes the output into the README
"""
import os
import re
import subprocess
import sys

from source import ROOT, text

args = [a for a in sys.argv[1:] if a != "-p"]
env = {**os.environ, "PATH": os.path.abspath(args[0]) + ":" + os.environ["PATH"], "TERM": "dumb", "LC_ALL": "C.UTF-8"}
out = subprocess.run("ingest -q . | correlate | blame | report", shell=True, env=env, check=True,
                     cwd=os.path.join(ROOT, "testdata", "pay-bill"), stdout=subprocess.PIPE).stdout.decode().rstrip()
readme = text("README.md")
shown = re.search(r"The first ends with this screen:\n\n```\n(.*?)\n```\n", readme, re.S)
if "-p" in sys.argv:
    with open(os.path.join(ROOT, "README.md"), "w", encoding="utf-8") as f:
        f.write(readme[: shown.start(1)] + out + readme[shown.end(1):])
elif shown.group(1) != out:
    sys.exit("README.md does not show what the first command prints; run tests/lint/readme.py -p BINARIES")
print("1 passed, 0 failed")
