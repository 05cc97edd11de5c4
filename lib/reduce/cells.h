/* cells.h: numbers by (track, time): one sparse table whose grain of time grows when it
 * is full. */
#ifndef KO_REDUCE_CELLS_H
#define KO_REDUCE_CELLS_H

#include "base/status.h"
#include "event/time.h"
#include "reduce/fixed.h"
#include "reduce/hist.h"

#include <stddef.h>
#include <stdint.h>

/* Each step of the chain divides the next, so that cells coarsen exactly; s. */
extern const int64_t ko_grain_chain[];
enum { KO_GRAINS = 8 };

/*
 * What fell into one grain of one track.
 *
 * n, sum     how many, and their sum (values, or ns of durations)
 * last_*     of a metric: the latest sample; the larger value on one instant
 * hist       of durations: owned, NULL until the first
 */
struct ko_cell {
    uint64_t key;
    uint64_t n;
    ko_fixed sum;
    ko_time last_time;
    double last;
    struct ko_hist *hist;
};

/*
 * Grain is the smallest of the chain at which all cells fit ${max}: it depends on what
 * was added, not on the order.
 */
struct ko_cells {
    struct ko_cell *v; /* in order of arrival until ko_cells_sort */
    size_t n, max;
    ko_dur grain_ns;
    /* private to cells.c */
    size_t cap;
    uint64_t *slots; /* hash in the upper half, 1 + index into v in the lower; 0 free */
    size_t n_slots;
    int grain;
};

void ko_cells_init(struct ko_cells *t, size_t max);
void ko_cells_release(struct ko_cells *t);

/*
 * ko_cells_at(t, track, time, ret):
 * The cell of ${track} (below 2^27) that holds ${time}, added empty when new.
 *
 * Owns:    ${ret} is valid until the next call
 * Errors:  KO_ENOMEM; KO_ELIMIT the table is full at the coarsest grain
 */
KO_WARN_UNUSED enum ko_status ko_cells_at(struct ko_cells *t, uint32_t track,
                                          ko_time time, struct ko_cell **ret);

/* ko_cells_add(t, track, time, value): Count one ${value}. */
KO_WARN_UNUSED enum ko_status ko_cells_add(struct ko_cells *t, uint32_t track,
                                           ko_time time, ko_fixed value);
/* ko_cells_add_dur(t, track, time, dur): Count one duration, into sum and distribution.
 */
KO_WARN_UNUSED enum ko_status ko_cells_add_dur(struct ko_cells *t, uint32_t track,
                                               ko_time time, ko_dur dur);
/* ko_cells_add_sample(t, track, time, value): Count one number that fits ko_fixed,
 * keeping the last. */
KO_WARN_UNUSED enum ko_status ko_cells_add_sample(struct ko_cells *t, uint32_t track,
                                                  ko_time time, double value);

/*
 * ko_cells_merge(t, from, tracks):
 * Add all cells of ${from}, whose track i is track tracks[i] here.  ${from} is emptied.
 */
KO_WARN_UNUSED enum ko_status ko_cells_merge(struct ko_cells *t, struct ko_cells *from,
                                             const uint32_t *tracks);

/* ko_cells_remap(t, tracks): What stood under track i stands under tracks[i]. */
KO_WARN_UNUSED enum ko_status ko_cells_remap(struct ko_cells *t, const uint32_t *tracks);

/* ko_cells_sort(t): Put v in order of track and time; nothing may be added afterwards.
 * KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_cells_sort(struct ko_cells *t);

uint32_t ko_cell_track(const struct ko_cell *c);
/* ko_cell_time(t, c): Start of its grain. */
ko_time ko_cell_time(const struct ko_cells *t, const struct ko_cell *c);

#endif
