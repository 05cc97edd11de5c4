"""Sizes: no function over 80 lines unless a comment right above it says why ("long because"), no file
over 600, no main over 60; prints the medians."""
import re
import statistics

from source import files, finish, text

FUNCTION_MAX, FILE_MAX, MAIN_MAX = 80, 600, 60

problems, lengths, checked = [], [], 0
for path in files("lib", "cmd"):
    lines = text(path).split("\n")
    checked += 1
    if len(lines) > FILE_MAX + 1:
        problems.append(f"{path}: {len(lines)} lines, over {FILE_MAX}")
    if any(l.startswith("int main(") for l in lines) and len(lines) > MAIN_MAX:
        problems.append(f"{path}: a main of {len(lines)} lines holds logic")
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            length = number - start + 1
            lengths.append(length)
            above = "\n".join(lines[max(0, start - 12):start])
            if length > FUNCTION_MAX and "long because" not in above:
                problems.append(f"{path}:{start}: a function of {length} lines")
            start = None
lengths.sort()
if lengths:
    p90 = lengths[int(0.9 * (len(lengths) - 1))]
    print(f"{len(lengths)} functions: median {statistics.median(lengths)} lines, p90 {p90}, max {lengths[-1]}")
finish(problems, checked)
