/* stretch.h: what a stretch of a series shows against its baseline: inside of detect. */
#ifndef KO_SPREAD_STRETCH_H
#define KO_SPREAD_STRETCH_H

#include "base/mem.h"
#include "base/status.h"
#include "spread/baseline.h"
#include "spread/detect.h"

#include <stdbool.h>
#include <stddef.h>

/* Trouble lasts so many buckets, and is over after so many ordinary ones. */
enum { KO_RUN_MIN = 3, KO_CALM_MIN = 3 };
/* One bucket counts for no more than this: an outlier is not a level. */
#define KO_CLIP 4.0

/* The work on one series; `sign` everywhere is 1 for a rise and -1 for a fall. */
struct ko_detector {
    const struct ko_detect_in *in;
    double *work; /* v with found trouble masked as missing */
    double *room; /* room for n */
    double *rest; /* work, or its logarithm when judged by ratio */
    struct ko_arena *scratch;
    struct ko_arena fits; /* emptied after each fit */
    struct ko_baseline base;
    double strong; /* what is_strong asks for, with this baseline */
    double small;  /* how far a scale from so few numbers may be off */
};

/* ko_stretch_fit(d, to): Learn the baseline from the numbers before ${to}.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_stretch_fit(struct ko_detector *d, size_t to);

/* ko_stretch_residual(d, i, sign), ko_stretch_clipped: Deviation of bucket ${i} in
 * scales; the second within KO_CLIP.  NaN when missing. */
double ko_stretch_residual(const struct ko_detector *d, size_t i, double sign);
double ko_stretch_clipped(const struct ko_detector *d, size_t i, double sign);

/* ko_stretch_is_strong(d, from, last, sign): Is the mean of the stretch off by more than
 * noise explains anywhere in a long search? */
bool ko_stretch_is_strong(struct ko_detector *d, size_t from, size_t last, double sign);
/* ko_stretch_is_extreme(…): Is half of it beyond the worst ordinary bucket, or, of a
 * short one, all twice? */
bool ko_stretch_is_extreme(struct ko_detector *d, size_t from, size_t last, double sign);
/* ko_stretch_is_step(d, at, last, sign): Does the series step at ${at}, rather than go on
 * a slow way? */
bool ko_stretch_is_step(const struct ko_detector *d, size_t at, size_t last, double sign);
/* ko_stretch_matters(before, after): Is it a change that anybody would call one? */
bool ko_stretch_matters(double before, double after);
/* ko_stretch_end(d, last, sign): The first bucket after ${last} that begins KO_CALM_MIN
 * ordinary ones; n if none. */
size_t ko_stretch_end(const struct ko_detector *d, size_t last, double sign);

/*
 * ko_stretch_split(d, sign, s):
 * Find the first bucket of ${s}, whose `to` is known, and the doubt about it, lo..hi.
 * s->from is a first guess and s->lo the earliest bucket that may belong to it.
 *
 * Cost:    O(stretch)
 */
void ko_stretch_split(struct ko_detector *d, double sign, struct ko_segment *s);

/*
 * ko_stretch_is_restless(d, from, to):
 * May there be something to find in from..to?  Cheap, and rarely "no" where the other
 * tests would say yes: most series are at rest most of the day, and are spared the order
 * statistics.
 */
bool ko_stretch_is_restless(const struct ko_detector *d, size_t from, size_t to);

/* How many numbers back a baseline reaches: it follows slow drift, a day's curve above
 * all. */
enum { KO_REFERENCE_MAX = 96, KO_REFERENCE_MIN = 8 };

#endif
