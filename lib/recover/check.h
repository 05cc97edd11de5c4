/* check.h: after the fix: what of an incident is back to normal in newer exports, and
 * what is not. */
#ifndef KO_RECOVER_CHECK_H
#define KO_RECOVER_CHECK_H

#include "base/buf.h"
#include "base/status.h"
#include "case/case.h"

#include <stdbool.h>

/*
 * ko_check_run(c, now, ret_back):
 * Compare every part and class of signal that left its baseline in ${c}, by its strongest
 * onset, with the same signal in ${now}, which has buckets of the same length.
 *
 * Adds a recovery record "check" for each, replacing earlier ones: state
 *   back       the median since the end differs from the old baseline by no more than the
 *              worst ordinary deviation of the signal's own history, |after - before| /
 *              score of its onset
 *   not back   it differs by more
 *   maturing   the signal cannot be complete yet: repeat contacts for 48 h, handle times
 *              for one handle time
 *   not known  no export has it; `needs` says of what
 * Since the end: the end of the chain if it is known and ${now} goes beyond, else the
 * last quarter of ${now}.
 *
 * ${ret_back}: nothing is "not back" and something is "back"
 * Errors:  KO_ENOMEM
 * Cost:    O(onsets * series of ${now})
 */
KO_WARN_UNUSED enum ko_status ko_check_run(struct ko_case *c, const struct ko_case *now,
                                           bool *ret_back);

/* ko_check_put(c, out): The check records of ${c} as lines for people, the worst first,
 * with a sum at the top. */
void ko_check_put(const struct ko_case *c, struct ko_buf *out);

#endif
