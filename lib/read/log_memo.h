/* log_memo.h: what the values of log records that come again make of an event, kept from
 * record to record. */
#ifndef KO_READ_LOG_MEMO_H
#define KO_READ_LOG_MEMO_H

#include "base/list.h"
#include "base/mem.h"
#include "base/status.h"
#include "event/event.h"
#include "read/record.h"
#include "read/repeats.h"
#include "read/roles.h"

struct ko_log_manner;

/* Of one reading.  Zeroed is empty; ko_log_memo_release frees all but what lives in the
 * arena of the reading. */
struct ko_log_memo {
    /* private to log_memo.c */
    struct ko_repeats who, where, manners;
    KO_LIST(struct ko_log_manner) manner_of; /* by number - 1 */
};

void ko_log_memo_release(struct ko_log_memo *m);

/* ko_log_memo_places(m, ev, r, roles): As ko_fields_places of a log, and give what it
 * says of them its numbers, ev->who and ev->where.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_log_memo_places(struct ko_log_memo *m,
                                                 struct ko_event *ev,
                                                 const struct ko_record *r,
                                                 const struct ko_roles *roles);

/* ko_log_memo_manner(m, arena, ev, r, roles): As ko_fields_manner of a log that nothing
 * is known of yet.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status
ko_log_memo_manner(struct ko_log_memo *m, struct ko_arena *arena, struct ko_event *ev,
                   const struct ko_record *r, const struct ko_roles *roles);

#endif
