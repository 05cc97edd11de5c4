/* tool_drill.h: the command line of drill. */
#ifndef KO_APP_TOOL_DRILL_H
#define KO_APP_TOOL_DRILL_H

#include "app/option.h"

enum ko_drill_opt {
    KO_DRILL_OPT_SCENARIO = 1000, /* beyond enum ko_opt */
    KO_DRILL_OPT_LIST,
    KO_DRILL_OPT_MAP,
    KO_DRILL_OPT_SERVICES,
    KO_DRILL_OPT_SEED,
    KO_DRILL_OPT_DURATION,
    KO_DRILL_OPT_SKEW,
    KO_DRILL_OPT_MISSING,
    KO_DRILL_OPT_DECOYS,
    KO_DRILL_OPT_OUT,
    KO_DRILL_OPT_CONTAIN,
    KO_DRILL_OPT_SCORE,
    KO_DRILL_OPT_TRUTH
};

extern const struct ko_tool ko_tool_drill;

#endif
