/* sign.h: an onset as a sign of trouble, and how much it counts. */
#ifndef KO_SPREAD_SIGN_H
#define KO_SPREAD_SIGN_H

#include "case/case.h"

#include <stdbool.h>
#include <stddef.h>

/* One clear symptom of score 1 weighs this much; less altogether is no trouble. */
#define KO_SIGN_WEIGHT_MIN 0.8

/* A sign of the trouble of ${entity}: onset ${at} of the case, its own or what a caller
 * says of it (${heard}). */
struct ko_sign {
    struct ko_str name; /* of the entity */
    uint32_t entity;
    ko_time time; /* of the onset */
    size_t at;    /* index into c->onsets */
    bool heard;
};

bool ko_sign_is_silence(const struct ko_onset *o);

/* ko_sign_class_weight(o): 0..1 by what the onset is of; 0: no sign, as a better value or
 * more load. */
double ko_sign_class_weight(const struct ko_onset *o);

/* ko_sign_is_clear(o): Is it enough alone? */
bool ko_sign_is_clear(const struct ko_onset *o);

/* ko_sign_weight(o): By class and score, which counts up to a cap, so that one loud
 * series does not outvote the rest. */
double ko_sign_weight(const struct ko_onset *o);

/*
 * ko_sign_begin(c, v, n):
 * Of ${n} signs of one trouble, in order of time: the one that dates it.
 *
 *      mild     |  begin                 |
 *       .       |  ######  ###  #        |  time ->
 *               `the first whose next few buckets hold half of what the heaviest hold
 *
 * The first clear one that is loud or has company; not a mild one, such as the rise of
 * load brings before a fault, unless it is a silence, which leaves no room for others.  Of
 * those that may be the same instant, the one known best.
 *
 * Returns: an index into ${v}
 * Cost:    O(n * signs in a few buckets)
 */
size_t ko_sign_begin(const struct ko_case *c, const struct ko_sign *v, size_t n);

#endif
