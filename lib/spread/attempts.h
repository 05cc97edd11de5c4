/* attempts.h: how often calls were made again, by what their caller says of them. */
#ifndef KO_SPREAD_ATTEMPTS_H
#define KO_SPREAD_ATTEMPTS_H

#include "case/case.h"
#include "spread/traffic.h"

#include <stddef.h>
#include <stdint.h>

/* Messages of a caller about one callee. */
struct ko_attempts {
    double first;                  /* of a failure that is not said to be a repetition */
    double again;                  /* of a failure of a call that was made again */
    const struct ko_template *tpl; /* the first of the latter; NULL: none */
};

/* ko_attempts_of(c, caller, callee, span): Messages of trouble in ${span} that name the
 * callee.  O(templates) */
struct ko_attempts ko_attempts_of(const struct ko_case *c, uint32_t caller,
                                  uint32_t callee, struct ko_buckets span);

/*
 * ko_attempts_factor(a):
 * Attempts a call: of L calls whose attempts fail with f, L f fail at first and
 * L (f² + f³ …) again, so that again / first = f + f² … is what repeating adds.  NaN when
 * either is missing or all are too few to be no chance.
 */
double ko_attempts_factor(const struct ko_attempts *a);

#endif
