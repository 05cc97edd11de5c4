/* follow.h: does one series follow another, after what time, how closely, and from which
 * level of the first on? */
#ifndef KO_IMPACT_FOLLOW_H
#define KO_IMPACT_FOLLOW_H

#include "case/case.h"

#include <stdbool.h>
#include <stddef.h>

struct ko_follow {
    size_t lag;       /* buckets */
    double r, lo, hi; /* correlation at that lag, with its 95 % interval */
    size_t n;         /* pairs of buckets */
    /* The second is higher where the first is at least `from`: it lies above `below`, the
     * highest value of the first without.  NaN: no such border. */
    double from, below;
};

/*
 * ko_follow_find(first, second, lag_max, ret):
 * Whether ${second} follows ${first}: the lag of 0 to ${lag_max} buckets at which their
 * correlation is largest.  The interval is Fisher's, with the number of pairs reduced for
 * the memory of both series (their correlations with themselves one bucket before).  The
 * border is where two levels describe ${second} best, if they are two deviations apart.
 *
 * Returns: false with fewer than 12 pairs at every lag, or where one of them is constant
 * Source:  M. Bartlett, "On the theoretical specification and sampling properties of
 *          autocorrelated time-series", 1946 (pairs that count: n (1 - ab) / (1 + ab));
 *          R. Fisher, 1921 (the interval of atanh r)
 * Cost:    O(lag_max * n + n log n) and n^2 for the border
 */
bool ko_follow_find(const ko_nums *first, const ko_nums *second, size_t lag_max,
                    struct ko_follow *ret);

#endif
