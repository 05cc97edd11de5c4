/* tool_recover.h: the command line of recover. */
#ifndef KO_APP_TOOL_RECOVER_H
#define KO_APP_TOOL_RECOVER_H

#include "app/option.h"

enum ko_recover_opt {
    KO_RECOVER_OPT_CASE = 2000, /* beyond enum ko_opt */
    KO_RECOVER_OPT_CHECK,
    KO_RECOVER_OPT_EXIT_STATUS,
    KO_RECOVER_OPT_IDS,
    KO_RECOVER_OPT_INTO,
    KO_RECOVER_OPT_LIST,
    KO_RECOVER_OPT_SINCE,
    KO_RECOVER_OPT_STREAM,
    KO_RECOVER_OPT_UNTIL
};

extern const struct ko_tool ko_tool_recover;

#endif
