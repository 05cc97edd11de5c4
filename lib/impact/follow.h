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
};

/*
 * ko_follow_find(first, second, lag_min, lag_max, ret):
 * Whether ${second} follows ${first}: the lag of ${lag_min} to ${lag_max} buckets at
 * which their correlation is largest.  The interval is Fisher's, with the number of pairs
 * reduced for the memory of both series (their correlations with themselves one bucket
 * before).
 *
 * Returns: false with fewer than 12 pairs at every lag, or where one of them is constant
 * Source:  M. Bartlett, "On the theoretical specification and sampling properties of
 *          autocorrelated time-series", 1946 (pairs that count: n (1 - ab) / (1 + ab));
 *          R. Fisher, 1921 (the interval of atanh r)
 * Cost:    O((lag_max - lag_min + 1) * n)
 */
bool ko_follow_find(const ko_nums *first, const ko_nums *second, size_t lag_min,
                    size_t lag_max, struct ko_follow *ret);

/*
 * ko_follow_border(first, second, lag, high, ret_from, ret_below):
 * From which level of ${first} on ${second} is at least ${high}, ${lag} buckets later: the
 * level that puts fewest pairs on the wrong side, the lowest of these.  It lies above
 * ${ret_below}, the highest value of ${first} without.
 *
 * Returns: false where more than a quarter of the rarer side are on the wrong one, or
 * either has less than 4
 * Cost:    O(n^2)
 */
bool ko_follow_border(const ko_nums *first, const ko_nums *second, size_t lag,
                      double high, double *ret_from, double *ret_below);

#endif
