"""Bad input: a clear line that names file, line and reason, the stated exit status, nothing lost."""
import os
import re
import tempfile

from tools import Checks, records, run

checks = Checks()
GOOD = b'{"time":"2026-05-12T09:00:%02dZ","service":"crm","level":"info","msg":"ok %d"}\n'
good = b"".join(GOOD % (i, i) for i in range(60))


def write(folder, name, data):
    with open(os.path.join(folder, name), "wb") as f:
        f.write(data)


def one_line(err, *words):
    text = err.decode(errors="replace")
    return all(w in text for w in words) and not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text)


with tempfile.TemporaryDirectory() as d:
    out, err, status = run("ingest", "no-such.csv", cwd=d, check=False)
    checks.that("a missing file ends with 4 and its name", status == 4 and one_line(err, "no-such.csv"), (status, err))

    write(d, "empty.log", b"")
    out, err, status = run("ingest", "empty.log", cwd=d, check=False)
    checks.that("an empty file is no usable input", status == 4 and one_line(err, "empty.log"), (status, err))

    write(d, "noise.bin", bytes(range(256)) * 64)
    out, err, status = run("ingest", "noise.bin", cwd=d, check=False)
    checks.that("a binary file is named and is no usable input", status == 4 and one_line(err, "noise.bin"), (status, err))

    write(d, "good.jsonl", good)
    out, err, status = run("ingest", "noise.bin", "good.jsonl", cwd=d, check=False)
    checks.that("a binary file beside a good one costs only itself", status in (0, 3) and records(out, "series"), status)

    write(d, "cut.jsonl", good + b'{"time":"2026-05-12T09:01:00Z","service":"crm","le')
    out, err, status = run("ingest", "cut.jsonl", cwd=d, check=False)
    checks.that("a cut JSON line is counted with file, line and reason", one_line(err, "cut.jsonl:61", "json_syntax"), err)
    checks.that("a cut JSON line loses nothing else", records(out, "ledger")[0]["records"] == 60 and status in (0, 3), status)

    write(d, "time.csv", b"time,service,metric,value\n2026-05-12T09:00:00Z,crm,load,1\nyesterday-ish,crm,load,2\n2026-05-12T09:00:30Z,crm,load,3\n")
    out, err, status = run("ingest", "time.csv", cwd=d, check=False)
    checks.that("an unparsable time is counted with file, line and reason", one_line(err, "time.csv:3", "bad_timestamp"), err)
    out, err, status = run("ingest", "--strict", "time.csv", cwd=d, check=False)
    checks.that("--strict turns rejects into status 3", status == 3, status)

    write(d, "columns.csv", b"alpha,beta\nx,y\nz,w\n")
    out, err, status = run("ingest", "columns.csv", cwd=d, check=False)
    checks.that("a table with no known column is named", status == 4 and one_line(err, "columns.csv"), (status, err))
    write(d, "ragged.csv", b"time,service,metric,value\n2026-05-12T09:00:00Z,crm,load,1\n2026-05-12T09:00:10Z,crm\n2026-05-12T09:00:20Z,crm,load,3\n")
    out, err, status = run("ingest", "ragged.csv", cwd=d, check=False)
    checks.that("a ragged row is counted", one_line(err, "ragged.csv:3", "field_count"), err)
    out, err, status = run("ingest", "--field", "time=nosuch", "time.csv", cwd=d, check=False)
    checks.that("a wrong column given by hand is an error that names it", status in (2, 4) and one_line(err, "nosuch"), (status, err))

    for tool in ("correlate", "blame", "report"):
        out, err, status = run(tool, data=b"hello\n", cwd=d, check=False)
        checks.that(f"{tool} refuses what is no case", status == 4 and err and not out, (status, err))
        out, err, status = run(tool, data=b"", cwd=d, check=False)
        checks.that(f"{tool} refuses an empty input", status == 4 and err and not out, (status, err))
        out, err, status = run(tool, "--no-such-option", cwd=d, check=False)
        checks.that(f"{tool}: an unknown option is a usage error", status == 2 and one_line(err, "--no-such-option"), (status, err))

    out, err, status = run("ingest", "-q", "-o", "/dev/full", "good.jsonl", cwd=d, check=False)
    checks.that("a write that fails ends with 5", status == 5 and err, (status, err))
    write(d, "old.jsonl", b"old")
    out, err, status = run("ingest", "-q", "-o", "no-such-folder/x", "good.jsonl", cwd=d, check=False)
    checks.that("an output folder that is missing ends with 5", status == 5, status)

    evil = b'{"time":"2026-05-12T09:00:00Z","service":"a\\u001b]0;x\\u0007b","msg":"\\u001b[31m \xc2\x9b <script>"}\n'
    write(d, "evil.jsonl", evil + good)
    case, err, _ = run("ingest", "evil.jsonl", cwd=d)
    case, _, _ = run("correlate", data=case)
    case, _, _ = run("blame", data=case)
    for form in ("text", "md", "html", "json", "dot", "csv"):
        out, _, _ = run("report", "-f", form, data=case)
        text = out.decode()
        checks.that(f"report -f {form} lets no control byte through",
                    not re.search("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f]", text.replace("\r\n", "\n")))
        if form == "html":
            checks.that("a report holds no script", "<script" not in text)
checks.end()
