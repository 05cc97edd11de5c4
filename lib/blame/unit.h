/* unit.h: series of different units as seconds and as numbers a bucket. */
#ifndef KO_BLAME_UNIT_H
#define KO_BLAME_UNIT_H

#include "case/case.h"
#include "event/time.h"

/* ko_unit_seconds(s): Factor from ${s}'s unit to seconds; NaN for no unit of time. */
double ko_unit_seconds(const struct ko_series *s);

/*
 * ko_unit_a_bucket(s, step):
 * Factor from ${s}, which counts things, to things a bucket of ${step}.  A rate is told
 * by its unit ("/s", "/min") or its name ("requests_per_min"); anything else is taken as
 * a count of the bucket.  NaN for a unit that counts nothing (%, By).
 */
double ko_unit_a_bucket(const struct ko_series *s, ko_dur step);

#endif
