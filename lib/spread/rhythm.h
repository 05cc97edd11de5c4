/* rhythm.h: what comes back at equal intervals is a job or a day's curve, no trouble. */
#ifndef KO_SPREAD_RHYTHM_H
#define KO_SPREAD_RHYTHM_H

#include "base/mem.h"
#include "base/status.h"
#include "spread/detect.h"

#include <stddef.h>

/*
 * ko_rhythm_drop(list, from, scratch):
 * Remove from ${list}, from item ${from} on, the stretches of one direction that number
 * three or more and begin at equal intervals, but for those much larger than the rest.
 *
 * Errors:  KO_ENOMEM
 * Cost:    O(n log n)
 */
KO_WARN_UNUSED enum ko_status ko_rhythm_drop(ko_segments *list, size_t from,
                                             struct ko_arena *scratch);

#endif
