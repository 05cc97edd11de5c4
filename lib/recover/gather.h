/* gather.h: the records of the customers whom an incident touched, out of all exports, in
 * two passes and bounded memory. */
#ifndef KO_RECOVER_GATHER_H
#define KO_RECOVER_GATHER_H

#include "base/list.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/status.h"
#include "recover/touch.h"

/* Orders and customers that are followed, and records of theirs that are kept: some
 * hundred MiB at worst; what is beyond is counted. */
enum { KO_GATHER_KEYS_MAX = 1 << 20, KO_GATHER_TOUCHES_MAX = 1 << 21 };

/* Fewer answers in the healthy time say nothing about how old data may be. */
enum { KO_GATHER_HEALTHY_MIN = 20 };

/*
 * Pass 1 learns which orders and customers have a record within from..to, how old the
 * data behind answers is before it, and which kinds of records there are at all.  Pass 2
 * keeps every record of those orders and customers, whenever it was.
 */
struct ko_gather {
    ko_time from, to; /* of the incident; to = KO_TIME_NONE: it has not ended */
    KO_LIST(struct ko_touch) touches;
    uint64_t seen[KO_TOUCH_KINDS];
    bool says_customer[KO_TOUCH_KINDS], says_state[KO_TOUCH_KINDS];
    bool says_age;      /* answers name the age of their data, or flag it */
    ko_time last;       /* the latest time in any of them */
    uint64_t folded;    /* records that did not fit */
    uint64_t healthy_n; /* answers before `from` with an age, and the oldest data */
    ko_dur healthy_age;
    /* private to gather.c */
    int pass;
    uint64_t limit_keys, limit_touches;
    struct ko_map keys, names;
    struct ko_arena arena;
};

/* ko_gather_init(g, from, to), ko_gather_release(g) */
void ko_gather_init(struct ko_gather *g, ko_time from, ko_time to);
void ko_gather_release(struct ko_gather *g);

/* ko_gather_second(g): Pass 1 is over. */
void ko_gather_second(struct ko_gather *g);

/* ko_gather_take(g, ev): An event of the pass; any kind.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_gather_take(struct ko_gather *g,
                                             const struct ko_event *ev);

/* ko_gather_finish(g): Pass 2 is over: one record for each id, as its last delivery has
 * it, by kind, order or customer, time.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_gather_finish(struct ko_gather *g);

/* ko_gather_name(g, number): The text behind an id; "" for 0. */
struct ko_str ko_gather_name(const struct ko_gather *g, uint32_t number);

/* ko_gather_in(g, t): Is ${t} within the incident? */
bool ko_gather_in(const struct ko_gather *g, ko_time t);

/* ko_touch_key(t): What its records have in common: of payments the order, else the
 * customer, else the id; of all others the customer, else the id. */
uint32_t ko_touch_key(const struct ko_touch *t);

#endif
