/* rng.h: seeded random numbers that are the same on every machine: integer arithmetic,
 * IEEE basic operations and square roots only. */
#ifndef KO_DRILL_RNG_H
#define KO_DRILL_RNG_H

#include <stdint.h>

/*
 * SplitMix64.  Streams of different numbers are independent, so that one consumer drawing
 * more does not move another.
 *
 * Source:  Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014
 */
struct ko_rng {
    uint64_t state;
};

struct ko_rng ko_rng_of(uint64_t seed, uint64_t stream);
uint64_t ko_rng_next(struct ko_rng *r);

/* ko_rng_unit(r): Uniform in (0, 1), neither end included. */
double ko_rng_unit(struct ko_rng *r);
/* ko_rng_between(r, lo, hi): Uniform in (lo, hi). */
double ko_rng_between(struct ko_rng *r, double lo, double hi);
/* ko_rng_below(r, n): Uniform in 0..n-1; ${n} > 0. */
uint64_t ko_rng_below(struct ko_rng *r, uint64_t n);
/* ko_rng_poisson(r, mean): A count; above a mean of 30 by a rounded normal. */
uint64_t ko_rng_poisson(struct ko_rng *r, double mean);

/*
 * ko_rng_duration(r, median):
 * A duration, log-logistic of shape 4: most near ${median}, p95 2.09 times it, a heavy
 * tail.  That law needs no logarithm: its quantile is a fourth root.
 */
double ko_rng_duration(struct ko_rng *r, double median);

/* ko_drill_tail(limit, median): The share of such durations over ${limit}. */
double ko_drill_tail(double limit, double median);

/* Mean and 95th percentile of ko_rng_duration, as factors of the median. */
#define KO_DRILL_MEAN 1.1107
#define KO_DRILL_P95 2.0878

#endif
