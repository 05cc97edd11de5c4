/* marks.h: a small sample of what an export says, so that exports can be compared without
 * reading them again. */
#ifndef KO_REDUCE_MARKS_H
#define KO_REDUCE_MARKS_H

#include "base/status.h"
#include "event/event.h"
#include "event/time.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Clocks of exports differ by whole quarters of an hour (zones) if they differ at all.
 * The key of a record holds where in its quarter it stands, so the same record has the
 * same key under any zone.
 */
#define KO_MARK_PERIOD (15 * KO_MINUTE)

struct ko_mark {
    uint64_t key; /* hash of an id, or of a record's words and its place in the quarter */
    uint32_t who; /* hash of the entity that the record names; 0: it names none */
    ko_time time;
};

/*
 * The marks with the smallest keys, at most ${max}: the same ones in any order of
 * arrival, and of two exports those that both can have (a bottom-k sample).
 */
struct ko_mark_set {
    struct ko_mark *v; /* in order of key, time, who after ko_mark_set_settle */
    size_t n, max;
    bool whole; /* nothing was left out */
    /* private to marks.c */
    size_t cap;
    uint64_t bound; /* of the keys still wanted */
    bool earliest;  /* of equal keys only the first in time is kept */
};

/* What the records of an export can say, beside time and words. */
enum ko_says {
    KO_SAYS_ENTITY = 1 << 0,
    KO_SAYS_PEER = 1 << 1,
    KO_SAYS_DUR = 1 << 2,
    KO_SAYS_OUTCOME = 1 << 3,
    KO_SAYS_SEVERITY = 1 << 4,
    KO_SAYS_TRACE = 1 << 5,
    KO_SAYS_PERSON = 1 << 6,
    KO_SAYS_PLACE = 1 << 7, /* region, channel, queue, segment */
    KO_SAYS_ATTEMPT = 1 << 8,
    KO_SAYS_OPERATION = 1 << 9,
    KO_SAYS_OTHER = 1 << 10 /* records that are no log lines and no spans */
};

struct ko_marks {
    struct ko_mark_set ids; /* trace, request, session, customer, contact: first seen */
    struct ko_mark_set records; /* log lines and numbers */
    uint64_t n;                 /* log lines and spans */
    unsigned says;              /* bits of enum ko_says */
    bool fine;                  /* stamps go below the second */
};

/* ko_marks_init(m, max): Empty; each set keeps ${max} marks. */
void ko_marks_init(struct ko_marks *m, size_t max);
void ko_marks_release(struct ko_marks *m);

/* ko_marks_take(m, ev, own): Add what ${ev} says; ${own} is the name of its export, which
 * is no entity that the record names.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_marks_take(struct ko_marks *m, const struct ko_event *ev,
                                            struct ko_str own);

/* ko_marks_merge(m, from): Add what ${from} took.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_marks_merge(struct ko_marks *m,
                                             const struct ko_marks *from);

/* ko_marks_settle(m): All is taken; the sets are in order. */
void ko_marks_settle(struct ko_marks *m);

#endif
