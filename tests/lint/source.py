"""What the lints share: the project's C files and their text without comments and strings."""
import os
import re
import sys

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
LAYERS = ["base", "event", "drill", "case", "read", "reduce", "spread", "blame", "impact", "show", "recover", "app"]
TOKENS = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.S)


def files(*folders, ends=(".c", ".h")):
    for folder in folders:
        for path, _, names in sorted(os.walk(os.path.join(ROOT, folder))):
            for name in sorted(names):
                if name.endswith(ends):
                    yield os.path.relpath(os.path.join(path, name), ROOT)


def text(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        return f.read()


def code(path):
    """The text with comments and literals blanked, so that line numbers stay."""
    return TOKENS.sub(lambda m: re.sub(r"[^\n]", " ", m.group(0)), text(path))


def finish(problems, checked):
    for p in problems:
        print(p)
    if not checked:
        sys.exit("nothing was checked")
    print(f"{checked} checked, {len(problems)} problems")
    sys.exit(1 if problems else 0)
