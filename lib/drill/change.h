/* change.h: the changes of a drill: the one that set it off, and the innocent ones. */
#ifndef KO_DRILL_CHANGE_H
#define KO_DRILL_CHANGE_H

#include "drill/drill.h"

enum { KO_DRILL_CHANGES_MAX = 64 };

struct ko_drill_change {
    double second;
    uint32_t node;
    const char *kind, *summary;
    unsigned version; /* its id is v<version> */
    bool guilty, undo;
};

/* ko_drill_changes(d, ret): Fill ${ret}, by time.  Returns: how many. */
size_t ko_drill_changes(const struct ko_drill *d,
                        struct ko_drill_change ret[KO_DRILL_CHANGES_MAX]);

#endif
