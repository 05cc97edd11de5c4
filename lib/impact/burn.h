/* burn.h: how fast the incident used up what a journey is allowed to fail. */
#ifndef KO_IMPACT_BURN_H
#define KO_IMPACT_BURN_H

#include "base/status.h"
#include "case/case.h"
#include "impact/window.h"

#include <stdbool.h>

enum ko_burn_level { KO_BURN_PAGE_FAST, KO_BURN_PAGE, KO_BURN_TICKET, KO_BURN_LEVELS };

/* Failures above ${factor} times the allowed rate, over both stretches. */
struct ko_burn_rule {
    const char *name;
    double factor;
    ko_dur over, and_over;
};
const struct ko_burn_rule *ko_burn_rule(enum ko_burn_level level);

/*
 * Burn: share of failed interactions / (1 - target); at 1 the budget lasts exactly as
 * long as the objective's window.
 */
struct ko_burn {
    double before, during, after; /* NaN: no interactions then */
    double
        used; /* share of the budget of a whole window that the incident took; > 1: more
                    than all of it */
    ko_time fired[KO_BURN_LEVELS]; /* NONE: not within the case */
    bool assumed[KO_BURN_LEVELS]; /* the case is shorter than the rule's longer stretch */
    bool unknown[KO_BURN_LEVELS]; /* and has no healthy time to stand in for what came
                                      before it */
};

/*
 * ko_burn_of(c, w, total, bad, journey, ret):
 * The burn of an objective by its interactions ${total} and failures ${bad}, a number a
 * bucket; a missing bucket holds none.  A rule fires at the end of the first bucket from
 * the start of ${w} on at which both stretches that end there are above its factor.  What
 * a stretch holds from before the case is taken to be as the case's healthy time.
 *
 * Errors:  KO_ENOTFOUND no interaction during the incident; KO_ENOMEM
 * Cost:    O(buckets)
 * Source:  The Site Reliability Workbook, chapter 5, "Alerting on SLOs", method 6: 14.4
 *          over 1 h and 5 min (2 % of 30 days), 6 over 6 h and 30 min (5 %), 1 over 3 d
 *          and 6 h (10 %)
 */
KO_WARN_UNUSED enum ko_status
ko_burn_of(const struct ko_case *c, const struct ko_window *w, const ko_nums *total,
           const ko_nums *bad, const struct ko_journey *journey, struct ko_burn *ret);

/*
 * ko_burn_run(c, w):
 * For each journey with an objective add an impact record "error budget burn", or an
 * unknown record where no export has its interactions: those of the journey, else the
 * requests of its first step, else, of the only journey of the map, all.  KO_ENOMEM.
 */
KO_WARN_UNUSED enum ko_status ko_burn_run(struct ko_case *c, const struct ko_window *w);

#endif
