/* count_row.h: counts of the grains of time at hand, side by side by track: exports are in
 * order of time, so that most counts fall there before they are put where they stay. */
#ifndef KO_REDUCE_COUNT_ROW_H
#define KO_REDUCE_COUNT_ROW_H

#include "base/status.h"
#include "event/time.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rows at once: neighbouring seconds, and the minutes that they are in; tracks from the
 * last one on have no place. */
enum { KO_COUNT_ROWS = 4, KO_COUNT_ROW_TRACKS = 1 << 14 };

/* Zeroed is empty. */
struct ko_count_row {
    ko_time from;      /* start of its grain */
    uint64_t hits;     /* since it was last empty, at least; below 2^32 */
    size_t n_touched;  /* tracks that are not 0 */
    uint32_t *touched; /* in order of their first hit; room for one more */
    uint32_t *counts;  /* by track */
};

/* ko_count_row_begin(row, from): Let an empty row be of the grain at ${from}.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_count_row_begin(struct ko_count_row *row, ko_time from);
void ko_count_row_release(struct ko_count_row *row);

/* ko_count_row_takes(row, time, grain_ns, n): Has it begun, does ${time} fall into it, and
 * do ${n} hits fit? */
static inline bool ko_count_row_takes(const struct ko_count_row *row, ko_time time,
                                      ko_dur grain_ns, size_t n)
{
    return (uint64_t)time - (uint64_t)row->from < (uint64_t)grain_ns &&
           row->counts != NULL && row->hits + n < UINT32_MAX;
}

/* ko_count_row_hit(row, track): One more on ${track}, which has a place. */
static inline void ko_count_row_hit(struct ko_count_row *row, uint32_t track)
{
    row->touched[row->n_touched] = track;
    row->n_touched += row->counts[track]++ == 0 ? 1 : 0;
}

/* ko_count_row_take(row, ret_track, ret_n): Take a track and its count out; false: it is empty.
 */
bool ko_count_row_take(struct ko_count_row *row, uint32_t *ret_track, uint32_t *ret_n);

#endif
