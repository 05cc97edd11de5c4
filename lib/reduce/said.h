/* said.h: what events say of one matter, its texts together, numbered. */
#ifndef KO_REDUCE_SAID_H
#define KO_REDUCE_SAID_H

#include "base/list.h"
#include "base/mem.h"
#include "base/slots.h"
#include "base/status.h"
#include "event/event.h"

#include <stdint.h>

/* Past so many combinations of texts, those that come later have no number. */
enum { KO_SAID_MAX = 1 << 12 };
#define KO_SAID_NONE UINT32_MAX

enum ko_said_what {
    KO_SAID_WHO,  /* entity, peer and which calls the other, instance; of the nameless
                     queue and channel */
    KO_SAID_WHERE /* the values of the dimensions */
};

struct ko_said_key;

/* Zeroed is empty; texts live in the arena that is given, ${slots} is released. */
struct ko_said {
    /* private to said.c */
    KO_LIST(struct ko_said_key) keys;
    struct ko_slots slots;
};

void ko_said_release(struct ko_said *said);

/*
 * ko_said_number(said, arena, what, ev, export, ret):
 * The number of what ${ev} of ${export} says: from 0, in order of first appearance;
 * KO_SAID_NONE when there are too many.
 *
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_said_number(struct ko_said *said, struct ko_arena *arena,
                                             enum ko_said_what what,
                                             const struct ko_event *ev,
                                             uint32_t export_index, uint32_t *ret);

#endif
