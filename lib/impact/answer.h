/* answer.h: the six questions of the first five minutes, answered from what the case
 * holds. */
#ifndef KO_IMPACT_ANSWER_H
#define KO_IMPACT_ANSWER_H

#include "base/err.h"
#include "base/status.h"
#include "case/case.h"

/*
 * ko_answer_run(c, err):
 * Write the six answer records of ${c} in their fixed order (where, spread, who, changed,
 * worse, owner) and an unknown record for everything that an export could still tell.
 * Runs after ko_blame_run and ko_impact_run.
 *
 * Texts:   a headline of at most 76 columns where the names allow it, further lines in
 *          `more`; "not known: …" when nothing supports an answer
 * Errors:  KO_ENOMEM
 * Cost:    O(records)
 */
KO_WARN_UNUSED enum ko_status ko_answer_run(struct ko_case *c, struct ko_err *err);

#endif
