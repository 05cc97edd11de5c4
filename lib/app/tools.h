/* tools.h: the command lines of the five tools. */
#ifndef KO_APP_TOOLS_H
#define KO_APP_TOOLS_H

#include "app/option.h"

enum ko_opt {
    /* every tool */
    KO_OPT_OUTPUT,
    KO_OPT_QUIET,
    KO_OPT_VERBOSE,
    KO_OPT_COLOR,
    KO_OPT_ASCII,
    KO_OPT_PROGRESS,
    KO_OPT_HELP,
    KO_OPT_VERSION,
    KO_OPT_COMPLETION,
    KO_OPT_DUMP_OPTIONS,
    /* reading exports: ingest, triage */
    KO_OPT_FROM,
    KO_OPT_TO,
    KO_OPT_AT,
    KO_OPT_STEP,
    KO_OPT_SYMPTOM,
    KO_OPT_NORMAL,
    KO_OPT_MAP,
    KO_OPT_EDGES,
    KO_OPT_CHANGES,
    KO_OPT_ALIAS,
    KO_OPT_TZ,
    KO_OPT_DATES,
    KO_OPT_FORMAT,
    KO_OPT_FIELD,
    KO_OPT_STRICT,
    KO_OPT_MAX_EXPANDED,
    KO_OPT_MAX_MEMORY,
    KO_OPT_THREADS,
    KO_OPT_PIECE_BYTES,
    /* ingest */
    KO_OPT_EXPLAIN,
    KO_OPT_REJECTS,
    KO_OPT_PARTIAL,
    KO_OPT_MERGE,
    /* correlate, blame */
    KO_OPT_EXIT_STATUS,
    KO_OPT_TOP,
    KO_OPT_PAST, /* and triage */
    /* report */
    KO_OPT_REPORT_FORMAT,
    /* triage */
    KO_OPT_COMMAND
};

/* The options that every tool has. */
extern const struct ko_option ko_options_common[];

/* Those of the tools that read exports. */
extern const struct ko_option ko_options_reading[];

extern const struct ko_tool ko_tool_ingest, ko_tool_correlate, ko_tool_blame,
    ko_tool_report, ko_tool_triage;

#endif
