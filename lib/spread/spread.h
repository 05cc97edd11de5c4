/* spread.h: when each signal left its baseline, and how the trouble travelled. */
#ifndef KO_SPREAD_SPREAD_H
#define KO_SPREAD_SPREAD_H

#include "base/err.h"
#include "base/status.h"
#include "case/case.h"
#include "event/time.h"

struct ko_spread_options {
    ko_dur clock_skew; /* clocks of two sources may differ by this; < 0: the default */
};

/*
 * ko_spread_run(c, opt, err):
 * Find the onsets of ${c}, the links between its entities and the chains that these make.
 * Reads what ingest wrote; writes onset, link and chain records and their evidence.
 *
 * Hints:   head.normal_to ends the healthy part; head.at tells near which instant the
 *          incident began or was noticed
 * Options: NULL for the defaults
 * Errors:  KO_ENOMEM.  Nothing unusual is not an error: no onset, no link, no chain
 * Cost:    O(series * buckets * log buckets)
 */
KO_WARN_UNUSED enum ko_status
ko_spread_run(struct ko_case *c, const struct ko_spread_options *opt, struct ko_err *err);

#endif
