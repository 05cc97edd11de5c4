"""The option table, --help, the man page and the completions of every tool name the same options.

usage: help_man.py BINARIES
"""
import os
import re
import subprocess
import sys

from source import ROOT, finish, text

problems, checked = [], 0


def say(tool, *args):
    p = subprocess.run([os.path.join(sys.argv[1], tool), *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                       stdin=subprocess.DEVNULL)
    if p.returncode != 0:
        problems.append(f"{tool} {' '.join(args)}: status {p.returncode}")
    return p.stdout.decode()


for tool in ("ingest", "correlate", "blame", "report", "triage", "recover", "drill"):
    table = {}
    for line in say(tool, "--dump-options").splitlines():
        letter, name, arg = line.split("\t")
        table[name] = (letter, arg)
        checked += 1
    shown = say(tool, "--help")
    man = text(f"man/{tool}.1")
    in_man = {}
    for item in re.findall(r"^\.It (Fl .*)$", man, re.M):
        names = re.findall(r"Fl (?:\\-|-)([\w-]+)", item)
        letters = re.findall(r"Fl (\w)(?= |$)", item)
        for name in names:
            in_man[name] = (letters[0] if letters else "-", "Ar" in item)
    for name, (letter, arg) in table.items():
        if f"--{name}" not in shown:
            problems.append(f"{tool}: --help does not show --{name}")
        if name not in in_man:
            problems.append(f"man/{tool}.1: does not describe --{name}")
        elif in_man[name] != (letter, arg != "-"):
            problems.append(f"man/{tool}.1: --{name} is {in_man[name]} there, {(letter, arg)} in the table")
    for name in in_man:
        if name not in table:
            problems.append(f"man/{tool}.1: describes --{name}, which does not exist")
    for name in set(re.findall(r"(?<![\w-])--([a-z][\w-]*)", shown)) - set(table):
        problems.append(f"{tool}: --help shows --{name}, which does not exist")
    for shell in ("bash", "zsh", "fish"):
        completion = say(tool, "--completion", shell)
        for name in table:
            checked += 1
            if name not in completion:
                problems.append(f"{tool}: the {shell} completion lacks --{name}")
    for section in ("EXIT STATUS", "EXAMPLES"):
        if f".Sh {section}" not in man:
            problems.append(f"man/{tool}.1: no section {section}")
finish(problems, checked)
