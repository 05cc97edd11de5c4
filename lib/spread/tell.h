/* tell.h: findings of the spread as evidence records, in words with their numbers. */
#ifndef KO_SPREAD_TELL_H
#define KO_SPREAD_TELL_H

#include "base/status.h"
#include "case/case.h"
#include "spread/subject.h"

/*
 * ko_tell_onset(c, subject, o):
 * Add the evidence record of the onset ${o} of ${subject} and put its id in ${o}.
 *
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status
ko_tell_onset(struct ko_case *c, const struct ko_subject *subject, struct ko_onset *o);

/*
 * ko_tell_silence(c, o, records): The same for a silence of the entity; ${records}: the
 * rate before was records, else samples.
 */
KO_WARN_UNUSED enum ko_status ko_tell_silence(struct ko_case *c, struct ko_onset *o,
                                              bool records);

#endif
