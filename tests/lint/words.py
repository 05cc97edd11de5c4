"""Every exported name begins with ko_ or KO_; every header opens with a sentence about its file; no
source is unfinished."""
import re

from source import code, files, finish, text

problems, checked = [], 0
for path in files("lib", "cmd"):
    checked += 1
    first = text(path).split("\n", 1)[0]
    name = path.rsplit("/", 1)[1]
    if not first.startswith(f"/* {name}: "):
        problems.append(f"{path}:1: must open with '/* {name}: what the file is for'")
    for number, line in enumerate(text(path).split("\n"), 1):
        if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", line):
            problems.append(f"{path}:{number}: unfinished word")
    if path.startswith("lib/") and path.endswith(".c"):
        for m in re.finditer(r"^(?!static\b|typedef\b|struct \w+ \{|enum\b \{)[a-z][\w\s*]*?\b(\w+)\(", code(path), re.M):
            if not m.group(1).startswith("ko_"):
                line = code(path)[: m.start()].count("\n") + 1
                problems.append(f"{path}:{line}: exported '{m.group(1)}' does not begin with ko_")
finish(problems, checked)
