/* log_fields.h: the roles that logs, spans and contacts share, put into an event. */
#ifndef KO_READ_LOG_FIELDS_H
#define KO_READ_LOG_FIELDS_H

#include "base/mem.h"
#include "base/status.h"
#include "event/event.h"
#include "read/record.h"
#include "read/roles.h"

/* ko_fields_identity(ev, r, roles): Who, where, which trace, which customer. */
void ko_fields_identity(struct ko_event *ev, const struct ko_record *r,
                        const struct ko_roles *roles);

/*
 * ko_fields_log(arena, ev, r, roles):
 * Level, message, status, error, outcome, duration.  KO_ENOMEM.
 */
KO_WARN_UNUSED enum ko_status ko_fields_log(struct ko_arena *arena, struct ko_event *ev,
                                            const struct ko_record *r,
                                            const struct ko_roles *roles);

/* ko_fields_outcome(status): What an HTTP status means to who asked: from 500, 408, 429
 * and 499 bad. */
enum ko_outcome ko_fields_outcome(int64_t status);

/* ko_fields_true(s): "true", "yes", "y", "1". */
bool ko_fields_true(struct ko_str s);

/* ko_fields_deliver(r): Is a field of ${r} called as ko_fields_delivery looks for? */
bool ko_fields_deliver(const struct ko_record *r);
/* ko_fields_delivery(r): The id that a log store gave to this record (insertId, eventId,
 * _id): two with one id are one record delivered twice.  An "id" may be anybody's. */
struct ko_str ko_fields_delivery(const struct ko_record *r);

#endif
