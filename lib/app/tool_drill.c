/* tool_drill.c: the command line of drill. */
#include "app/tool_drill.h"

#include "app/tools.h"

#include <stddef.h>

static const char incident[] = "Incident";
static const char platform[] = "Platform";
static const char exports[] = "Exports";
static const char score[] = "Score";

static const struct ko_option options[] = {
    {.id = KO_DRILL_OPT_CONTAIN,
     .name = "contain",
     .arg = "KIND:PART",
     .group = incident,
     .help = "run it again contained, print the impact saved: breaker:bot->crm; may be "
             "repeated"},
    {.id = KO_DRILL_OPT_DURATION,
     .name = "duration",
     .arg = "DURATION",
     .group = incident,
     .help = "length of the exports, history included: 1h if the scenario has no own"},
    {.id = KO_DRILL_OPT_LIST,
     .name = "list",
     .group = incident,
     .help = "print the scenarios"},
    {.id = KO_DRILL_OPT_SCENARIO,
     .letter = 's',
     .name = "scenario",
     .arg = "NAME",
     .group = incident,
     .help = "what goes wrong"},
    {.id = KO_DRILL_OPT_MAP,
     .name = "map",
     .arg = "FILE",
     .group = platform,
     .help = "the platform of this journey map instead of one made up"},
    {.id = KO_DRILL_OPT_SEED,
     .name = "seed",
     .arg = "N",
     .group = platform,
     .help = "another platform, another day; 1 if not given"},
    {.id = KO_DRILL_OPT_SERVICES,
     .name = "services",
     .arg = "N",
     .group = platform,
     .help = "size of the platform made up, 2 to 1000; 16 if not given"},
    {.id = KO_DRILL_OPT_DECOYS,
     .name = "decoys",
     .arg = "N",
     .group = exports,
     .help = "changes that did no harm, up to 60"},
    {.id = KO_DRILL_OPT_MISSING,
     .name = "missing",
     .arg = "PERCENT",
     .group = exports,
     .help = "share of records and samples that are missing"},
    {.id = KO_DRILL_OPT_OUT,
     .name = "out",
     .arg = "DIR",
     .group = exports,
     .help = "write the exports and truth.json there"},
    {.id = KO_DRILL_OPT_SKEW,
     .name = "skew",
     .arg = "SECONDS",
     .group = exports,
     .help = "clocks are wrong by up to this, either way"},
    {.id = KO_DRILL_OPT_SCORE,
     .name = "score",
     .arg = "CASE",
     .group = score,
     .help = "compare a finished case with --truth instead"},
    {.id = KO_DRILL_OPT_TRUTH,
     .name = "truth",
     .arg = "FILE",
     .group = score,
     .help = "the truth.json of the drill that the case is about"},
    {.name = NULL}};

const struct ko_tool ko_tool_drill = {
    .name = "drill",
    .what = "simulate an incident whose truth is known, and score what the tools found",
    .operands = "",
    .tables = (const struct ko_option *const[]){options, ko_options_common, NULL},
    .examples = (const struct ko_example[]){
        {"drill --scenario crm-latency-at-peak --out crm/",
         "exports to practise on, the truth beside them"},
        {"drill --scenario crm-latency-at-peak --contain 'breaker:chat-bot->crm'",
         "what a circuit breaker would have saved"},
        {"drill --score case.jsonl --truth crm/truth.json",
         "how much of it the tools found"},
        {NULL, NULL}}};
