"""Calls that lib/ must not make: unbounded or locale-bound text, printing, exiting, the world."""
import re

from source import code, files, finish

EVERYWHERE = "strcpy strcat sprintf vsprintf sscanf gets tmpnam mktemp system popen strtok alloca".split()
LIBRARY = (
    "atoi atol atoll atof strtol strtoll strtoul strtoull strtof strncpy strncat "
    "printf fprintf vprintf vfprintf puts fputs putchar perror exit _exit abort getenv time clock "
    "clock_gettime gettimeofday localtime gmtime mktime strftime setlocale rand random srand "
    "isdigit isalpha isalnum isspace isupper islower isprint toupper tolower usleep sleep"
).split()
ALLOWED = {  # file: calls, each for the reason in that file's header
    "lib/base/num.c": {"strtod"},
    "lib/base/mem.c": {"malloc", "calloc", "realloc", "free"},
}
MEMORY = "malloc calloc realloc free strdup strndup asprintf vasprintf getline".split()
FREED_BY_JANSSON = {"free"}  # json_dumps and readline hand out malloc'ed text

problems, checked = [], 0
for path in files("lib", "cmd"):
    banned = set(EVERYWHERE)
    if path.startswith("lib/"):
        banned |= set(LIBRARY) | set(MEMORY) | {"strtod"}
        if re.search(r"\bjson_dumps\b", code(path)):
            banned -= FREED_BY_JANSSON
    banned -= ALLOWED.get(path, set())
    checked += 1
    for number, line in enumerate(code(path).split("\n"), 1):
        if re.match(r"\s*#\s*include\s+<(ctype|locale)\.h>", line):
            problems.append(f"{path}:{number}: locale-bound header")
        for m in re.finditer(r"(?<![\w.>])(\w+)\s*\(", line):
            if m.group(1) in banned:
                problems.append(f"{path}:{number}: banned call '{m.group(1)}'")
finish(problems, checked)
