"""A folder of lib/ includes only itself and the folders above it; cmd/ includes only lib/app;
only lib/app includes lib/drill, whose truth must not reach the code that it judges."""
import re

from source import LAYERS, files, finish, text

problems, checked = [], 0
for path in files("lib", "cmd"):
    parts = path.split("/")
    mine = parts[1] if parts[0] == "lib" else None
    for number, line in enumerate(text(path).split("\n"), 1):
        m = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
        if not m:
            continue
        checked += 1
        other = m.group(1).split("/")[0]
        if mine is None and other == "cmd":
            continue  # the mains share how they ask the world
        if other not in LAYERS:
            problems.append(f"{path}:{number}: '{m.group(1)}' does not name its layer")
        elif mine is None and other not in ("app", "base", "event"):
            problems.append(f"{path}:{number}: a main may include lib/app only, not '{m.group(1)}'")
        elif other == "drill" and mine not in ("drill", "app"):
            problems.append(f"{path}:{number}: the truth of drills is for lib/app only, not for {mine}")
        elif mine is not None and LAYERS.index(other) > LAYERS.index(mine):
            problems.append(f"{path}:{number}: {mine} must not include {other}")
finish(problems, checked)
