/* cut.h: where the healthy part of the window ends and the incident begins. */
#ifndef KO_BLAME_CUT_H
#define KO_BLAME_CUT_H

#include "case/case.h"
#include "event/time.h"

#include <stdbool.h>
#include <stddef.h>

/*
 *   0 ......... before ... from ............ to          buckets
 *   '- healthy -' '- unsure -' '- incident -'
 *
 * Numbers of the unsure buckets are in neither part.
 */
struct ko_cut {
    size_t before, from, to;
    size_t at;             /* the bucket of the told time: `from` <= at <= to */
    size_t early;          /* the bucket that it may be late from: early <= at */
    ko_time start, lo, hi; /* of the incident: lo is what a late hint allows */
};

/*
 * ko_cut_find(c):
 * The cut of ${c}: by its hint (head.at, which may come a minute late), else by the start
 * of its first chain, else by its earliest onset, else (undated) its last third.
 *
 * Source:  "Where RCA fails" (NeurIPS 2026): times 1-2 minutes late are harmless to
 *          scores whose baseline leaves the unsure time out
 */
struct ko_cut ko_cut_find(const struct ko_case *c);

/* ko_cut_is_dated(c): Does a hint, a chain or an onset say when the incident of ${c}
 * began?  Without one nothing left its baseline and nobody noticed anything. */
bool ko_cut_is_dated(const struct ko_case *c);

/* ko_cut_at(c, bucket): The cut of ${c} if the incident begins with that bucket. */
struct ko_cut ko_cut_at(const struct ko_case *c, size_t bucket);

/*
 * ko_cut_within(cut, v, n):
 * ${cut} for a signal that an export covers only in part: of the numbers that are there
 * before the told time at least two thirds stay healthy, and the incident is what comes
 * from the told time on, since the unsure buckets would blur a share or a median.
 */
struct ko_cut ko_cut_within(const struct ko_cut *cut, const double *v, size_t n);

#endif
