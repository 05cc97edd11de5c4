/* window.h: which time the case is about, and in which steps. */
#ifndef KO_REDUCE_WINDOW_H
#define KO_REDUCE_WINDOW_H

#include "base/status.h"
#include "event/time.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* n buckets of step from `from`, a multiple of step. */
struct ko_grid {
    ko_time from;
    ko_dur step;
    size_t n;
};

/* Records in one grain of time. */
struct ko_moment {
    ko_time time; /* start of the grain */
    uint64_t n;
};

enum { KO_BUCKETS_WANTED = 60, KO_BUCKETS_MAX = 20000 };

/*
 * ko_window_core(v, n, grain, ret_from, ret_to):
 * The records that hang together: start of the first and end of the last grain.
 *
 * Runs of records are split at pauses over ten minutes.  The run with most records is the
 * core; the next run on either side joins while the pause to it is at most an hour, three
 * times the span joined so far, or three times the usual distance of records.  A stamp of
 * 1970, or of the next day beside an hour of logs, stays outside.
 *
 * Shape:   v[0..n-1] ascending in time, n >= 1
 */
void ko_window_core(const struct ko_moment *v, size_t n, ko_dur grain, ko_time *ret_from,
                    ko_time *ret_to);

/* ko_window_gap(v, n): The median distance of neighbours in v; 0 for less than two. */
ko_dur ko_window_gap(const struct ko_moment *v, size_t n);

/*
 * ko_window_grid(from, to, step, grain, gap):
 * Buckets that cover from..to.  ${step} 0: the largest of the chain (cells.h) that gives
 * KO_BUCKETS_WANTED, not finer than ${grain} nor than records come (${gap}); a given step
 * is rounded up to a multiple of ${grain}.  Either grows until KO_BUCKETS_MAX suffice.
 */
struct ko_grid ko_window_grid(ko_time from, ko_time to, ko_dur step, ko_dur grain,
                              ko_dur gap);

/* ko_grid_bucket(g, t, ret): The bucket of ${t}; false outside. */
bool ko_grid_bucket(const struct ko_grid *g, ko_time t, size_t *ret);

#endif
