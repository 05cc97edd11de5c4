/* rise.h: did a series rise in the incident, beyond the chance of its own history, by how
 * much, and when? */
#ifndef KO_IMPACT_RISE_H
#define KO_IMPACT_RISE_H

#include "case/case.h"
#include "impact/window.h"

#include <stdbool.h>

struct ko_rise {
    double before, during; /* means */
    double lo, hi;         /* 95 % interval of during - before */
    double border;         /* what is ordinary stays below */
    /* Buckets from the start of the window to where it left what is ordinary; NaN when it
     * did not rise. */
    double at;
};

/*
 * ko_rise_find(v, w, ret):
 * The mean in the incident against that before, each with its deviation over the number
 * of buckets that count (those of the history less its memory).  It leaves what is
 * ordinary at three deviations of a bucket and a fifth above the mean before, but not
 * later than half of the way to the highest level that three buckets in a row reach, for
 * two buckets.
 *
 * Returns: false where either time has less than 4 numbers
 * Source:  B. Welch, 1947 (two means); M. Bartlett, 1946 (numbers that count)
 */
bool ko_rise_find(const ko_nums *v, const struct ko_window *w, struct ko_rise *ret);

#endif
