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

struct ko_log_places;
struct ko_log_manner;

/* Of one reading.  Zeroed is empty; all of it lives in one arena but for what
 * ko_log_memo_release frees. */
struct ko_log_memo {
    /* private to log_memo.c */
    struct ko_repeats places, manners;
    KO_LIST(struct ko_log_places) places_of; /* by number - 1 */
    KO_LIST(struct ko_log_manner) manner_of;
};

void ko_log_memo_release(struct ko_log_memo *m);

/*
 * ko_log_memo_places(m, arena, ev, r, roles), ko_log_memo_manner(…):
 * As ko_fields_places and ko_fields_manner of a log that nothing is known of yet, and
 * give what it says of places their number, ev->places.
 *
 * Owns:    texts of ${ev} are slices of ${r} or live in ${arena}
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status
ko_log_memo_places(struct ko_log_memo *m, struct ko_arena *arena, struct ko_event *ev,
                   const struct ko_record *r, const struct ko_roles *roles);
KO_WARN_UNUSED enum ko_status
ko_log_memo_manner(struct ko_log_memo *m, struct ko_arena *arena, struct ko_event *ev,
                   const struct ko_record *r, const struct ko_roles *roles);

#endif
