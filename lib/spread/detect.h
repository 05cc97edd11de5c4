/* detect.h: the stretches of a series that left its baseline, and when each began. */
#ifndef KO_SPREAD_DETECT_H
#define KO_SPREAD_DETECT_H

#include "base/list.h"
#include "base/mem.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>

struct ko_detect_in {
    const double *v; /* one number a bucket, NaN missing */
    size_t n;
    const double *normal; /* the same signal in a healthy time; NULL when there is none */
    size_t n_normal;
    size_t healthy; /* the first buckets that are known to be healthy; 0 unknown */
    double event;   /* this and the next as in struct ko_baseline_in */
    bool ratio;
};

/*
 * One stretch of trouble:
 *
 *          lo   hi
 *   ordinary | from ~~~~ away from the baseline ~~~~ to | ordinary
 */
struct ko_segment {
    size_t from, to; /* to = n: not over at the end of the window */
    size_t lo, hi;   /* the first bucket of the stretch is one of lo..hi, hi included */
    bool rise;
    double score;         /* see struct ko_baseline_score */
    double before, after; /* in the unit of the series */
};

typedef KO_LIST(struct ko_segment) ko_segments;

/*
 * ko_detect(in, scratch, ret):
 * Append the stretches of ${in} that left their baseline, in order of time.
 *
 * A robust two-sided CUSUM against the numbers before proposes; a proposal counts when it
 * lasts, stands out from the noise by enough for the thousands of places that are
 * searched, and is beyond the worst of its own history.  The first bucket is where the
 * likelihood of a split is largest, lo..hi where it is nearly so.
 *
 * Owns:    the list is in ${scratch}
 * Errors:  KO_ENOMEM
 * Cost:    O(n log n) for a series without trouble
 * Source:  Page, "Continuous inspection schemes", 1954; split of counts: maximum
 *          likelihood of two Poisson rates.  z clipped at 4 as in RobustScaler practice,
 *          so that one odd bucket is no trouble
 */
KO_WARN_UNUSED enum ko_status ko_detect(const struct ko_detect_in *in,
                                        struct ko_arena *scratch, ko_segments *ret);

#endif
