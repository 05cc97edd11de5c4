/* notice.h: the one sentence for customers. */
#ifndef KO_IMPACT_NOTICE_H
#define KO_IMPACT_NOTICE_H

#include "base/buf.h"
#include "case/case.h"

/*
 * ko_notice_say(b, c):
 * Append a sentence that can go to customers as it stands: from when, until when if it is
 * over, which journeys were slow or failed, where, if it is confined to a region, channel
 * or segment, and that trying again makes it slower, if their demand followed the delay.
 * It names no part, team or vendor.  Times are those of the cascade, to the minute, UTC;
 * journeys and places those of the impact records, which must be there.
 *
 * Returns: false, with nothing appended, when no incident or no hurt journey is known
 */
bool ko_notice_say(struct ko_buf *b, const struct ko_case *c);

#endif
