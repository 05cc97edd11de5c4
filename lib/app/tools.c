/* tools.c: the command lines of the five tools. */
#include "app/tools.h"

#include <stddef.h>

static const char common[] = "Common";
static const char window[] = "Window and hints";
static const char roles[] = "Files with a role";
static const char formats[] = "Formats and fields";

const struct ko_option ko_options_common[] = {
    {.id = KO_OPT_ASCII,
     .name = "ascii",
     .group = common,
     .help = "draw with ASCII characters only"},
    {.id = KO_OPT_COLOR,
     .name = "color",
     .arg = "WHEN",
     .words = "auto always never",
     .group = common,
     .help = "colour: auto (at a terminal), always or never"},
    {.id = KO_OPT_HELP,
     .letter = 'h',
     .name = "help",
     .group = common,
     .help = "print this help"},
    {.id = KO_OPT_OUTPUT,
     .letter = 'o',
     .name = "output",
     .arg = "FILE",
     .group = common,
     .help = "write FILE, whole or not at all, instead of stdout"},
    {.id = KO_OPT_PROGRESS,
     .name = "progress",
     .arg = "WHEN",
     .words = "auto never",
     .group = common,
     .help = "progress on stderr: auto (at a terminal, after 1 s) or never"},
    {.id = KO_OPT_QUIET,
     .letter = 'q',
     .name = "quiet",
     .group = common,
     .help = "say nothing on stderr but errors"},
    {.id = KO_OPT_VERBOSE,
     .letter = 'v',
     .name = "verbose",
     .group = common,
     .help = "say more on stderr"},
    {.id = KO_OPT_VERSION,
     .name = "version",
     .group = common,
     .help = "print the version and those of the libraries used"},
    {.id = KO_OPT_COMPLETION,
     .name = "completion",
     .arg = "SHELL",
     .words = "bash zsh fish",
     .group = common,
     .hidden = true,
     .help = "print the completion script for SHELL"},
    {.id = KO_OPT_DUMP_OPTIONS,
     .name = "dump-options",
     .group = common,
     .hidden = true,
     .help = "print the option table"},
    {.name = NULL}};

static const struct ko_option reading_options[] = {
    {.id = KO_OPT_FIELD,
     .name = "field",
     .arg = "FIELD=COLUMN,…",
     .group = formats,
     .help = "which column or key holds which field: time=ts,service=svc"},
    {.id = KO_OPT_FORMAT,
     .letter = 'f',
     .name = "format",
     .arg = "[FILE=]NAME",
     .group = formats,
     .help = "read FILE, or every export, as format NAME"},
    {.id = KO_OPT_MAX_EXPANDED,
     .name = "max-expanded",
     .arg = "SIZE",
     .group = formats,
     .help =
         "stop reading a compressed file at SIZE of text: 500M, 4G; 16G if not given"},
    {.id = KO_OPT_STRICT,
     .name = "strict",
     .group = formats,
     .help = "exit 3 on any reject, truncated export or unknown zone"},
    {.id = KO_OPT_DATES,
     .name = "dates",
     .arg = "[FILE=]ORDER",
     .group = formats,
     .help = "of dates such as 3/4/2026: dmy day first, mdy month first"},
    {.id = KO_OPT_TZ,
     .name = "tz",
     .arg = "[FILE=]ZONE",
     .group = formats,
     .help = "zone of times that name none: UTC, +01:00, Europe/Berlin"},
    {.id = KO_OPT_ALIAS,
     .name = "alias",
     .arg = "FILE",
     .group = roles,
     .help = "other names of entities: alias,name"},
    {.id = KO_OPT_CHANGES,
     .name = "changes",
     .arg = "FILE",
     .group = roles,
     .help = "read FILE as changes"},
    {.id = KO_OPT_EDGES,
     .name = "edges",
     .arg = "FILE",
     .group = roles,
     .help = "read FILE as dependencies: caller,callee[,calls]"},
    {.id = KO_OPT_MAP,
     .name = "map",
     .arg = "FILE",
     .group = roles,
     .help = "read FILE as the map of journeys and owners"},
    {.id = KO_OPT_NORMAL,
     .name = "normal",
     .arg = "FILE|TIME",
     .group = roles,
     .help = "exports of a healthy time, or: healthy up to TIME"},
    {.id = KO_OPT_AT,
     .name = "at",
     .arg = "TIME",
     .group = window,
     .help = "when the incident began or was noticed; a hint"},
    {.id = KO_OPT_FROM,
     .name = "from",
     .arg = "TIME",
     .group = window,
     .help = "leave out what is earlier"},
    {.id = KO_OPT_STEP,
     .name = "step",
     .arg = "DURATION",
     .group = window,
     .help = "length of a bucket: 10s, 1m; found from the data if not given"},
    {.id = KO_OPT_SYMPTOM,
     .name = "symptom",
     .arg = "ENTITY[:SIGNAL]",
     .group = window,
     .help = "what was noticed; a hint"},
    {.id = KO_OPT_TO,
     .name = "to",
     .arg = "TIME",
     .group = window,
     .help = "leave out what is not earlier"},
    {.name = NULL}};

static const struct ko_option ingest_options[] = {
    {.id = KO_OPT_EXPLAIN,
     .name = "explain",
     .group = "Result",
     .help = "print what each file was taken for, and why, instead of the case"},
    {.id = KO_OPT_REJECTS,
     .name = "rejects",
     .arg = "FILE",
     .group = "Result",
     .help = "write every rejected record to FILE as JSON lines"},
    {.name = NULL}};

static const struct ko_option correlate_options[] = {
    {.id = KO_OPT_EXIT_STATUS,
     .letter = 'e',
     .name = "exit-status",
     .group = "Result",
     .help = "exit 1 when no signal left its baseline"},
    {.name = NULL}};

static const struct ko_option blame_options[] = {
    {.id = KO_OPT_EXIT_STATUS,
     .letter = 'e',
     .name = "exit-status",
     .group = "Result",
     .help = "exit 1 when there is no likely or possible suspect"},
    {.id = KO_OPT_TOP,
     .name = "top",
     .arg = "N",
     .group = "Result",
     .help = "keep the first N suspects"},
    {.name = NULL}};

static const struct ko_option report_options[] = {
    {.id = KO_OPT_REPORT_FORMAT,
     .letter = 'f',
     .name = "format",
     .arg = "FORMAT",
     .words = "text md html json dot csv",
     .group = "Result",
     .help = "text, md, html, json, dot or csv; else by the ending of -o, else text"},
    {.name = NULL}};

static const struct ko_option triage_options[] = {
    {.id = KO_OPT_COMMAND,
     .letter = 'c',
     .name = "command",
     .arg = "COMMAND",
     .group = "Prompt",
     .help = "run COMMAND of the prompt and exit; may be repeated"},
    {.name = NULL}};

const struct ko_tool ko_tool_ingest = {
    .name = "ingest",
    .what = "read exports of any known format and reduce them to a case stream",
    .operands = "[FILE|DIR|-]…",
    .tables = (const struct ko_option *const[]){ingest_options, reading_options,
                                                ko_options_common, NULL},
    .examples = (const struct ko_example[]){
        {"ingest exports/ | correlate | blame | report", "the whole pipe over a folder"},
        {"ingest --explain exports/", "what each file is taken for, and why"},
        {"ingest --at 2026-03-14T14:04:00Z --normal last-week/ app.jsonl > case.jsonl",
         "a known time, and a healthy week to compare with"},
        {"zcat old.log.gz | ingest - > case.jsonl", "from a command"},
        {NULL, NULL}}};

const struct ko_tool ko_tool_correlate = {
    .name = "correlate",
    .what = "find when each signal left its baseline, and how that spread",
    .operands = "[CASE]",
    .tables =
        (const struct ko_option *const[]){correlate_options, ko_options_common, NULL},
    .examples = (const struct ko_example[]){
        {"correlate < case.jsonl > spread.jsonl",
         "add onsets, links and chains to a case"},
        {"ingest exports/ | correlate -e > /dev/null || echo quiet",
         "tell whether anything happened"},
        {NULL, NULL}}};

const struct ko_tool ko_tool_blame = {
    .name = "blame",
    .what = "rank the suspects, weigh the changes, and answer the six questions",
    .operands = "[CASE]",
    .tables = (const struct ko_option *const[]){blame_options, ko_options_common, NULL},
    .examples = (const struct ko_example[]){
        {"ingest exports/ | correlate | blame | report", "the whole pipe over a folder"},
        {"blame --top 3 spread.jsonl | jq -c 'select(.type == \"suspect\")'",
         "the first three suspects as JSON"},
        {NULL, NULL}}};

const struct ko_tool ko_tool_report = {
    .name = "report",
    .what = "write a case as text, Markdown, HTML, JSON, DOT or CSV",
    .operands = "[CASE]",
    .tables = (const struct ko_option *const[]){report_options, ko_options_common, NULL},
    .examples = (const struct ko_example[]){
        {"report case.jsonl", "the six answers on one screen"},
        {"report -o postmortem.html case.jsonl", "one self-contained page"},
        {"report -f dot case.jsonl | dot -Tsvg > cascade.svg",
         "the cascade as a picture"},
        {NULL, NULL}}};

const struct ko_tool ko_tool_triage = {
    .name = "triage",
    .what = "the first five minutes: a prompt over a case or over raw exports",
    .operands = "[CASE | FILE|DIR…]",
    .tables = (const struct ko_option *const[]){triage_options, reading_options,
                                                ko_options_common, NULL},
    .examples = (const struct ko_example[]){
        {"triage exports/", "read everything, print the six answers, open the prompt"},
        {"triage -c where -c owner case.jsonl", "two answers and out"},
        {"triage case.jsonl < runbook.txt", "the commands of a file"},
        {NULL, NULL}}};
