/* tool_recover.c: the command line of recover. */
#include "app/tool_recover.h"

#include "app/tools.h"

#include <stddef.h>

static const char incident[] = "Incident";
static const char result[] = "Result";

static const struct ko_option options[] = {
    {.id = KO_RECOVER_OPT_CASE,
     .letter = 'c',
     .name = "case",
     .arg = "CASE",
     .group = incident,
     .help = "the case of the incident, after blame; required"},
    {.id = KO_RECOVER_OPT_SINCE,
     .name = "since",
     .arg = "TIME",
     .group = incident,
     .help = "customers count from TIME on instead of from the onset of the case"},
    {.id = KO_RECOVER_OPT_UNTIL,
     .name = "until",
     .arg = "TIME",
     .group = incident,
     .help = "customers count before TIME instead of before the end in the case"},
    {.id = KO_RECOVER_OPT_CHECK,
     .name = "check",
     .group = result,
     .help = "tell what is back to normal in these newer exports, and what is not"},
    {.id = KO_RECOVER_OPT_EXIT_STATUS,
     .letter = 'e',
     .name = "exit-status",
     .group = result,
     .help = "exit 1 when nothing is left to do; with --check, when not all is back"},
    {.id = KO_RECOVER_OPT_IDS,
     .name = "ids",
     .group = result,
     .help = "write the ids of customers, orders and contacts; else they are numbered"},
    {.id = KO_RECOVER_OPT_INTO,
     .letter = 'd',
     .name = "into",
     .arg = "DIR",
     .group = result,
     .help = "write every list as DIR/NAME.csv"},
    {.id = KO_RECOVER_OPT_LIST,
     .letter = 'l',
     .name = "list",
     .arg = "NAME",
     .words = "failed-payments duplicate-payments unresolved-contacts open-cases "
              "missed-callbacks repeat-contacts stale-answers complaints",
     .group = result,
     .help = "print one list as CSV instead of the counts"},
    {.id = KO_RECOVER_OPT_STREAM,
     .letter = 's',
     .name = "stream",
     .group = result,
     .help = "print the case with the counts in it, for report and triage"},
    {.name = NULL}};

const struct ko_tool ko_tool_recover = {
    .name = "recover",
    .what = "what is left to work off after an incident, and what is back to normal",
    .operands = "FILE|DIR|-…",
    .tables = (const struct ko_option *const[]){options, ko_options_reading,
                                                ko_options_common, NULL},
    .examples = (const struct ko_example[]){
        {"recover --case case.jsonl exports/", "how much there is of each kind"},
        {"recover --case case.jsonl --ids --into lists exports/ later/",
         "a CSV a list, with the ids as they are, from all that was exported since"},
        {"recover --case case.jsonl --list failed-payments exports/", "one list"},
        {"recover --case case.jsonl --stream exports/ | report -o postmortem.html",
         "the counts in the report"},
        {"recover --case case.jsonl --check later/", "after the fix: is it back?"},
        {NULL, NULL}}};
