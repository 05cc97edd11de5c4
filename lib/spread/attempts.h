/* attempts.h: how often calls were made again, by what their caller says of them. */
#ifndef KO_SPREAD_ATTEMPTS_H
#define KO_SPREAD_ATTEMPTS_H

#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"
#include "spread/traffic.h"

#include <stddef.h>
#include <stdint.h>

/* A retry budget of 10 % is health; three tenths more are amplification. */
#define KO_AMPLIFIED 1.3

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

/* What there is to tell how many calls one makes of another that nobody counts. */
struct ko_attempts_in {
    uint32_t caller, callee;
    size_t begin;                     /* bucket: the first that may be of the trouble */
    const struct ko_series *requests; /* of the caller */
    double usual;                     /* calls a request before; more than 0 */
};

/*
 * ko_attempts_growth(c, in, scratch, ret):
 * How many times as many calls a request the caller makes, by its messages, in the stretch
 * that speaks most for amplification; NaN when none does.
 *
 *   failing   f with again / first = f, or f + f² where that is more than 1
 *   calls     first / f * (1 + again / first); as many as usual where nothing fails
 *
 * Repetitions of a few calls are no amplifier, nor of calls that are asked for less often.
 *
 * Errors:  KO_ENOMEM
 * Cost:    O(templates + buckets)
 */
KO_WARN_UNUSED enum ko_status ko_attempts_growth(const struct ko_case *c,
                                                 const struct ko_attempts_in *in,
                                                 struct ko_arena *scratch, double *ret);

#endif
