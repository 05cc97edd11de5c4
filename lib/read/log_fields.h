/* log_fields.h: the roles that logs, spans and contacts share, put into an event. */
#ifndef KO_READ_LOG_FIELDS_H
#define KO_READ_LOG_FIELDS_H

#include "base/mem.h"
#include "base/status.h"
#include "event/event.h"
#include "read/record.h"
#include "read/roles.h"

/*
 * ko_fields_places(ev, r, roles): Who and where: entity, instance, peer, region, channel,
 *   queue, segment, version.
 * ko_fields_ids(ev, r, roles): Which trace, request, customer, session, operation.
 * ko_fields_manner(ev, r, roles): Level, status, outcome, attempt: how it went.
 * ko_fields_words(arena, ev, r, roles): Message, duration, error; after the manner, which
 *   an error has a say in.  KO_ENOMEM.
 */
void ko_fields_places(struct ko_event *ev, const struct ko_record *r,
                      const struct ko_roles *roles);
void ko_fields_ids(struct ko_event *ev, const struct ko_record *r,
                   const struct ko_roles *roles);
void ko_fields_manner(struct ko_event *ev, const struct ko_record *r,
                      const struct ko_roles *roles);
KO_WARN_UNUSED enum ko_status ko_fields_words(struct ko_arena *arena, struct ko_event *ev,
                                              const struct ko_record *r,
                                              const struct ko_roles *roles);

/* ko_fields_identity(ev, r, roles): Places and ids. */
void ko_fields_identity(struct ko_event *ev, const struct ko_record *r,
                        const struct ko_roles *roles);
/* ko_fields_log(arena, ev, r, roles): All of them. */
KO_WARN_UNUSED enum ko_status ko_fields_log(struct ko_arena *arena, struct ko_event *ev,
                                            const struct ko_record *r,
                                            const struct ko_roles *roles);

/* ko_fields_name_host(roles): Is the instance a mere host, by the name of its field?  Of
 * the roles, all that ko_fields_places asks beside the values. */
bool ko_fields_name_host(const struct ko_roles *roles);
/* ko_fields_tell_level(r, roles): Is the level told by fields whose role it is?  If not,
 * ko_fields_manner asks the names of the others. */
bool ko_fields_tell_level(const struct ko_record *r, const struct ko_roles *roles);

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
