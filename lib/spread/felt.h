/* felt.h: what callers noticed of their callees: their calls got slower or failed. */
#ifndef KO_SPREAD_FELT_H
#define KO_SPREAD_FELT_H

#include "base/list.h"
#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"

#include <stdbool.h>
#include <stddef.h>

#define KO_FELT_NONE SIZE_MAX

/* One caller and one callee. */
struct ko_felt {
    uint32_t caller, callee;
    bool measured; /* something measures these calls, one by one or in a series */
    double score;  /* the largest score of an onset that shows it; 0: nothing noticed */
    size_t complaint; /* onset: the first message of the caller that names the callee */
    size_t numbers;   /* onset: of the calls themselves, the one with the largest score */
    double share;     /* of what the caller suffers, ko_carry_weigh; NaN unknown */
};

typedef KO_LIST(struct ko_felt) ko_felts;

/*
 * ko_felt_find(c, scratch, ret):
 * Append every pair whose calls are measured or complained of, ordered by caller, callee
 * as indices of entities.  A complaint is a message of trouble whose rate rose and that
 * names the other.
 *
 * Owns:    the list is in ${scratch}; complaint and numbers are indices into c->onsets
 * Errors:  KO_ENOMEM
 * Cost:    O(n log n) in series, messages and their bytes
 */
KO_WARN_UNUSED enum ko_status ko_felt_find(const struct ko_case *c,
                                           struct ko_arena *scratch, ko_felts *ret);

/* ko_felt_get(list, caller, callee): NULL when nothing tells of these calls. */
const struct ko_felt *ko_felt_get(const ko_felts *list, uint32_t caller, uint32_t callee);

#endif
