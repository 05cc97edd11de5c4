/* cells.h: numbers by (track, time): pages of neighbouring grains, whose grain of time
 * grows when they take too much room. */
#ifndef KO_REDUCE_CELLS_H
#define KO_REDUCE_CELLS_H

#include "base/mem.h"
#include "base/slots.h"
#include "base/status.h"
#include "event/time.h"
#include "reduce/count_row.h"
#include "reduce/fixed.h"
#include "reduce/hist.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Each step of the chain divides the next, so that cells coarsen exactly; s. */
extern const int64_t ko_grain_chain[];
enum { KO_GRAINS = 8, KO_GRAINS_WANTED = 240 };

/* What fell into one grain of one track; n > 0. */
struct ko_cell {
    ko_time time; /* start of the grain */
    uint64_t n;
    ko_fixed sum; /* of the values, or ns of the durations */
    ko_time last_time;
    double last;          /* of samples: the latest; the largest of one instant */
    struct ko_hist *hist; /* of durations, else NULL; may be taken out */
};

struct ko_page;
struct ko_cells_track;

/*
 * A track holds counts, samples or durations, as what is added first.
 *
 *   track 5   [ page: grains 16..31 ]      [ page: grains 64..79 ]
 *
 * Counts of the grains at hand wait in rows before they go to their pages.
 *
 * The grain is the smallest of the chain at which all pages but the first of each track
 * (there are as many as tracks, whatever the grain) fit ${max_bytes}, and an
 * eighth of that unless the next grain were coarser than 1/KO_GRAINS_WANTED of the time
 * they span: finer than any step of a case is not worth room.  Which pages there are, and
 * how large their distributions, depends on what was added, not on the order; a part
 * never takes more than the whole.
 */
struct ko_cells {
    size_t bytes, max_bytes;
    ko_dur grain_ns;
    /* private to cells.c */
    struct ko_count_row rows[KO_COUNT_ROWS]; /* counts that are in no page yet */
    size_t next_row;                         /* to be settled when none takes a time */
    struct ko_page *pages;                   /* in order of arrival until ko_cells_sort */
    size_t n, cap;
    struct ko_slots slots;         /* into pages */
    struct ko_cells_track *tracks; /* by track */
    size_t n_tracks;
    struct ko_arena arena; /* what pages hold */
    ko_time from, to;      /* of all pages */
    ko_time now;           /* start of the grain of the last time, and its number */
    int64_t now_number;
    int grain;
};

void ko_cells_init(struct ko_cells *t, size_t max_bytes);
void ko_cells_release(struct ko_cells *t);

/* ko_cells_add(t, track, time): Count one at ${time}; ${track} is below 2^27, and
 * of this kind, as for the next two.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_cells_add(struct ko_cells *t, uint32_t track,
                                           ko_time time);
/* ko_cells_add_all(t, tracks, n, time): The same on each of ${n} tracks. */
KO_WARN_UNUSED enum ko_status ko_cells_add_all(struct ko_cells *t, const uint32_t *tracks,
                                               size_t n, ko_time time);
/* ko_cells_add_dur(t, track, time, dur): Count one duration, into sum and distribution.
 */
KO_WARN_UNUSED enum ko_status ko_cells_add_dur(struct ko_cells *t, uint32_t track,
                                               ko_time time, ko_dur dur);
/* ko_cells_add_sample(t, track, time, value): Count one number that fits ko_fixed,
 * keeping the last. */
KO_WARN_UNUSED enum ko_status ko_cells_add_sample(struct ko_cells *t, uint32_t track,
                                                  ko_time time, double value);

/* ko_cells_put(t, track, cell): Add all of ${cell}, of a kind as it tells; its
 * distribution is taken over.  KO_ENOMEM; KO_ERANGE: the track holds another kind. */
KO_WARN_UNUSED enum ko_status ko_cells_put(struct ko_cells *t, uint32_t track,
                                           struct ko_cell *cell);
/* ko_cells_coarsen(t, grain): Be of place ${grain} of the chain at least.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_cells_coarsen(struct ko_cells *t, int grain);

/* ko_cells_are_too_many(t): Is the coarsest grain not coarse enough? */
bool ko_cells_are_too_many(const struct ko_cells *t);

/*
 * ko_cells_merge(t, from, tracks):
 * Add all cells of ${from}, whose track i is track tracks[i] here.  ${from} is emptied.
 * KO_ERANGE: a track holds another kind here.
 */
KO_WARN_UNUSED enum ko_status ko_cells_merge(struct ko_cells *t, struct ko_cells *from,
                                             const uint32_t *tracks);

/* ko_cells_remap(t, tracks): What stood under track i stands under tracks[i]. */
KO_WARN_UNUSED enum ko_status ko_cells_remap(struct ko_cells *t, const uint32_t *tracks);

/* ko_cells_sort(t): Put the pages in order of track and time; nothing may be added
 * afterwards.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_cells_sort(struct ko_cells *t);

/* The cells of one track of a sorted table, in order of time. */
struct ko_cells_walk {
    const struct ko_cells *t;
    uint32_t track;
    size_t page;
    unsigned at;
};

struct ko_cells_walk ko_cells_walk(const struct ko_cells *t, uint32_t track);
/* ko_cells_next(w, ret): The next cell; false: there are no more. */
bool ko_cells_next(struct ko_cells_walk *w, struct ko_cell *ret);
/* ko_cells_has(t, track): Is anything under ${track}? */
bool ko_cells_has(const struct ko_cells *t, uint32_t track);

#endif
