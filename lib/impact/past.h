/* past.h: did this incident happen before?  Its chain against those of past cases. */
#ifndef KO_IMPACT_PAST_H
#define KO_IMPACT_PAST_H

#include "base/list.h"
#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"

#include <stddef.h>
#include <stdint.h>

/* What is kept of a case: enough to know it again, and what it came to. */
struct ko_past {
    struct ko_str file;
    ko_time start;
    ko_dur lasted; /* until all was normal; < 0 not known */
    struct ko_str origin;
    struct ko_str change; /* that was suspected, in words; "" none */
    /* The first KO_PAST_STEPS steps, each a hash of caller, callee and mechanism: in
     * order of the chain, and sorted. */
    size_t n_steps;
    uint64_t *steps, *sorted;
};

enum { KO_PAST_STEPS = 64 };

/* Zeroed is empty. */
struct ko_pasts {
    struct ko_arena arena;
    KO_LIST(struct ko_past) list;
};

/*
 * ko_past_add(pasts, c, file):
 * Keep what is needed of the case ${c}, all copied: the start, the origin (first suspect,
 * else that of the first chain) and the chain.
 *
 * Errors:  KO_ENOTFOUND the case has no origin yet; KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_past_add(struct ko_pasts *pasts, const struct ko_case *c,
                                          struct ko_str file);
void ko_past_release(struct ko_pasts *pasts);

/*
 * ko_past_run(c, pasts):
 * Add the impact records "repeat incident rate" and, for each earlier case that ${c}
 * repeats, "past incident"; an unknown record when there is nothing to compare with or by
 * (${pasts} may be NULL).  One incident repeats another of an earlier start when both
 * have the same origin, or when more than half of the steps of the longer chain, and at
 * least two, are the same with the same mechanism.
 *
 * Errors:  KO_ENOMEM
 * Cost:    O(pasts^2 * steps)
 */
KO_WARN_UNUSED enum ko_status ko_past_run(struct ko_case *c,
                                          const struct ko_pasts *pasts);

#endif
