/* cube.h: which combinations of attribute values a deviation is confined to. */
#ifndef KO_IMPACT_CUBE_H
#define KO_IMPACT_CUBE_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Attributes that one search looks at, and causes that it names. */
enum { KO_CUBE_DIMS_MAX = 6, KO_CUBE_CAUSES_MAX = 16 };
/* No value of this attribute: every value belongs. */
#define KO_CUBE_ANY UINT32_MAX

/*
 * One combination of values, one of each attribute, as it was counted.
 *
 * dev   how far it is from normal; positive is the direction of the pain; comparable
 *       between leaves of any size (an excess ratio, a relative change)
 * var   of dev by chance alone, from the size of the leaf; 0 not known
 * mass  the pain that it holds, in units that add up
 */
struct ko_cube_leaf {
    uint32_t value[KO_CUBE_DIMS_MAX]; /* 0 .. cards[d]-1 */
    double dev, var, mass;
};

struct ko_cube {
    size_t dims;
    size_t cards[KO_CUBE_DIMS_MAX]; /* different values of each attribute */
    const struct ko_cube_leaf *leaves;
    size_t n;
};

/* A combination that explains: every leaf below it is off by about the same. */
struct ko_cube_cause {
    uint32_t value[KO_CUBE_DIMS_MAX]; /* KO_CUBE_ANY: not part of the combination */
    double dev;                       /* common deviation of its leaves */
    double gain;                      /* nats that naming it saves, less its own cost */
    double share;                     /* of the mass of all leaves */
    size_t leaves;
};

/*
 * everywhere  all attributes ANY explained more than any combination
 * potential   generalised potential score of all causes together, 0..1
 */
struct ko_cube_found {
    struct ko_cube_cause causes[KO_CUBE_CAUSES_MAX];
    size_t n;
    bool everywhere;
    double potential;
    double explained; /* share of the mass inside the causes */
};

/*
 * ko_cube_search(cube, ret):
 * The shortest description of the leaves' deviations.  A cause says "all leaves below me
 * are off by dev"; a leaf costs (nu + 1) / 2 * log(1 + z^2 / nu), z its distance from
 * what is said about it in standard deviations (Student's t, nu = 3: stray leaves cost
 * little).  The causes come one by one, each the one that saves most less the log of the
 * number of combinations of its attributes; one whose parts save more when they are named
 * one by one is split.  The search ends when nothing saves more than the best that the
 * *opposite* direction offers, where by definition there is no pain: the table's own
 * false alarm.
 *
 * Errors:  KO_ENOMEM
 * Cost:    O(2^dims * n) time and memory; n at most 2^20
 * Source:  Z. Li et al., "Generic and Robust Localization of Multi-Dimensional Root
 *          Causes", ISSRE 2019 (Squeeze), and PSqueeze, arXiv 2305.03331: the
 *          generalised ripple effect (leaves of one cause deviate alike) and the
 *          generalised potential score; M. Kalander, "RiskLoc", arXiv 2205.10004: the
 *          side without anomaly tells what is noise.  The description length in place of
 *          clusters and of tuned thresholds is ours
 */
KO_WARN_UNUSED enum ko_status ko_cube_search(const struct ko_cube *cube,
                                             struct ko_cube_found *ret);

#endif
