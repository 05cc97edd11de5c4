/* touch.h: one record of a customer that may have to be worked off after an incident. */
#ifndef KO_RECOVER_TOUCH_H
#define KO_RECOVER_TOUCH_H

#include "base/str.h"
#include "event/event.h"

#include <stdbool.h>
#include <stdint.h>

enum ko_touch_kind {
    KO_TOUCH_PAYMENT,
    KO_TOUCH_CONTACT,
    KO_TOUCH_CASE,
    KO_TOUCH_CALLBACK,
    KO_TOUCH_ANSWER,
    KO_TOUCH_KINDS
};

/* How it stands; of two deliveries of one record the later in this order is believed. */
enum ko_touch_state {
    KO_TOUCH_UNKNOWN,
    KO_TOUCH_OPEN,   /* pending, new, waiting */
    KO_TOUCH_FAILED, /* failed, missed, not resolved */
    KO_TOUCH_DONE,   /* paid, resolved, closed, called back */
    KO_TOUCH_VOID    /* paid back: neither a charge nor a failure */
};

/* id, customer, reference: numbers of texts that the gatherer keeps; 0 not said. */
struct ko_touch {
    enum ko_touch_kind kind;
    enum ko_touch_state state;
    bool stale, complaint;
    uint32_t id, customer, reference;
    uint32_t export_index;
    uint64_t line;
    ko_time time, due, done, as_of;
    struct ko_str amount, why;
};

/* ko_touch_kind_of(ev, ret): What ${ev} is; false for anything that is no record of a
 * customer. */
bool ko_touch_kind_of(const struct ko_event *ev, enum ko_touch_kind *ret);

/*
 * ko_touch_state_of(ev, kind):
 * How ${ev} stands: by the time at which it was done, by the words of its state, else by
 * its outcome.
 */
enum ko_touch_state ko_touch_state_of(const struct ko_event *ev, enum ko_touch_kind kind);

/* ko_touch_complains(ev): Do its reason or kind call it a complaint? */
bool ko_touch_complains(const struct ko_event *ev);

/* ko_touch_state_name(state): "", "open", "failed", "done", "void". */
const char *ko_touch_state_name(enum ko_touch_state state);

#endif
