/* text_tail.h: what sites append to the combined access format: times, upstreams, ids. */
#ifndef KO_READ_TEXT_TAIL_H
#define KO_READ_TEXT_TAIL_H

#include "base/str.h"
#include "read/text_line.h"

/*
 * ko_text_tail(tail, last_number, ret):
 * Read key=value pairs (rt=, urt=, request_id= …), the tail of the nginx ingress
 * controller, and bare numbers: with a point seconds; whole ones in ${last_number}.
 * A list of upstreams is a list of tries.
 */
void ko_text_tail(struct ko_str tail, ko_dur last_number, struct ko_text_line *ret);

/*
 * ko_text_tail_unit(head):
 * The unit of the last whole number behind the access lines of ${head}: Apache writes %D
 * (us), %{ms}T (ms) or %T (s), and nothing in a line tells which.  0 when there is none.
 */
ko_dur ko_text_tail_unit(struct ko_str head);

#endif
