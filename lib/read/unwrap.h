/* unwrap.h: a message that is itself a record: JSON, logfmt or a line with time and level
 * inside what a shipper wrapped around it. */
#ifndef KO_READ_UNWRAP_H
#define KO_READ_UNWRAP_H

#include "base/mem.h"
#include "base/status.h"
#include "event/event.h"
#include "read/reading.h"

/* Docker in CloudWatch in Kafka in a CSV: no real pipeline wraps deeper. */
enum { KO_UNWRAP_MAX = 4 };

/*
 * ko_unwrap(rd, ev):
 * While ev->message is a record itself, let it fill ${ev}: level, duration, trace, status
 * and message of the inner one win; the wrapper keeps its time unless it has none or the
 * inner one names a zone; the wrapper's service and customer fields win.
 *
 * Errors:  KO_ENOMEM.  A message that is no record stays as it is.
 */
KO_WARN_UNUSED enum ko_status ko_unwrap(struct ko_reading *rd, struct ko_event *ev);

#endif
