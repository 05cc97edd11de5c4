/* demand.h: what an entity shows only because it is asked more, or less, often. */
#ifndef KO_SPREAD_DEMAND_H
#define KO_SPREAD_DEMAND_H

#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"

#include <stdbool.h>

/*
 * ko_demand_explain(c, scratch, ret):
 * Mark the onsets of ${c} that the load of their own entity explains: a resource that
 * moved by no larger a ratio than the load in the same time; and fewer requests to what
 * others are known to call, for that is trouble of theirs.
 *
 * Shape:   (*ret)[i] belongs to onset i; in ${scratch}
 * Errors:  KO_ENOMEM
 * Cost:    O(series + edges + resource onsets * buckets)
 */
KO_WARN_UNUSED enum ko_status ko_demand_explain(const struct ko_case *c,
                                                struct ko_arena *scratch, bool **ret);

#endif
