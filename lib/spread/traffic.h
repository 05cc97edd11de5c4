/* traffic.h: the requests and failures of an entity, or of one caller's calls to it. */
#ifndef KO_SPREAD_TRAFFIC_H
#define KO_SPREAD_TRAFFIC_H

#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"

#include <stdbool.h>
#include <stddef.h>

/* Series of one export that belong together; NULL where there is none. */
struct ko_traffic {
    const struct ko_series *requests, *errors;
    const struct ko_series *latency; /* the mean, if there is one; of any export */
};

/* Buckets from .. before to. */
struct ko_buckets {
    size_t from, to;
};

/* Sums over the buckets in which both are known; `n` is how many those are. */
struct ko_traffic_sum {
    double requests, errors;
    size_t n;
};

/* By entity, caller and export. */
struct ko_traffic_index {
    const struct ko_case *c;
    const struct ko_series **v;
    size_t n;
};

/* ko_traffic_index_make(c, scratch, ret): KO_ENOMEM.  O(series log series) */
KO_WARN_UNUSED enum ko_status ko_traffic_index_make(const struct ko_case *c,
                                                    struct ko_arena *scratch,
                                                    struct ko_traffic_index *ret);

/*
 * ko_traffic_find(x, entity, caller, beside):
 * The traffic of ${entity}, as ${caller} measures it unless that is KO_NO_ENTITY.  Counts
 * of single interactions ("requests") go before a metric of the load class; the export of
 * the series ${beside}, when it is not NULL, before any other.
 *
 * Cost:    O(log series)
 */
struct ko_traffic ko_traffic_find(const struct ko_traffic_index *x, uint32_t entity,
                                  uint32_t caller, const struct ko_series *beside);

/* ko_traffic_sum(t, span): Requests alone when t->errors is NULL. */
struct ko_traffic_sum ko_traffic_sum(const struct ko_traffic *t, struct ko_buckets span);

/* ko_traffic_failing(t, span): The share of requests that fail, 0..1; NaN unknown. */
double ko_traffic_failing(const struct ko_traffic *t, struct ko_buckets span);

#endif
