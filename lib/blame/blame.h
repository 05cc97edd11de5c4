/* blame.h: which entity started it: ranked suspects with evidence, and what to make of
 * each change. */
#ifndef KO_BLAME_BLAME_H
#define KO_BLAME_BLAME_H

#include "base/err.h"
#include "base/status.h"
#include "case/case.h"

#include <stddef.h>

struct ko_blame_options {
    size_t top; /* suspects kept; 0 all entities */
};

/*
 * ko_blame_run(c, opt, err):
 * Rank every entity of ${c} as a suspect, with reasons for and against that cite
 * evidence, and give every change a verdict.  Reads what ingest and correlate wrote;
 * writes suspect and evidence records and change.verdict, change.why.
 *
 * Suspects: score 1 is the worst false alarm that the same evidence gave over its own
 *           history; rank 1 may still be "insufficient evidence", then nothing stands out
 * Options:  NULL for all suspects
 * Errors:   KO_ENOMEM
 * Cost:     O(series * buckets)
 */
KO_WARN_UNUSED enum ko_status
ko_blame_run(struct ko_case *c, const struct ko_blame_options *opt, struct ko_err *err);

#endif
