/* case_builder.h: small cases for the unit tests of the layers that read a case. */
#ifndef KO_TESTS_CASE_BUILDER_H
#define KO_TESTS_CASE_BUILDER_H

#include "case/case.h"

#include <stdint.h>

/* Every function aborts when memory is out; names are NUL-terminated for convenience. */

/* build_case(c, buckets): An empty case of ${buckets} one-minute buckets from
 * BUILD_FROM. */
#define BUILD_FROM (INT64_C(1773496800) * KO_SECOND) /* 2026-03-14T14:00:00Z */
void build_case(struct ko_case *c, int64_t buckets);

/* build_entity(c, name): Its index, added when new. */
uint32_t build_entity(struct ko_case *c, const char *name);

/*
 * build_series(c, entity, signal, cls, fill):
 * A series of the whole window, every bucket ${fill}; stat "sum" and unit "1" for
 * `requests`, `errors`, `retries`, `offered`, `abandoned`, else "mean" and no unit.
 *
 * Returns: its numbers, to be written over; they stay where they are
 */
double *build_series(struct ko_case *c, const char *entity, const char *signal,
                     enum ko_class cls, double fill);

/* build_caller_series(…): The same, measured by ${caller}. */
double *build_caller_series(struct ko_case *c, const char *entity, const char *caller,
                            const char *signal, enum ko_class cls, double fill);

/*
 * build_template(c, entity, text, severity):
 * A template with no record yet; build_template_seal sets count, first and last from
 * what was written to the returned numbers.
 */
double *build_template(struct ko_case *c, const char *entity, const char *text,
                       const char *severity);
void build_template_seal(struct ko_case *c);

/* build_edge(c, caller, callee, source): A dependency; its entities are added. */
void build_edge(struct ko_case *c, const char *caller, const char *callee,
                const char *source);

/* A seeded generator, the same on every machine. */
struct build_rng {
    uint64_t state;
};
double build_uniform(struct build_rng *rng); /* 0 <= x < 1 */
double build_normal(struct build_rng *rng);
double build_poisson(struct build_rng *rng, double mean);

#endif
