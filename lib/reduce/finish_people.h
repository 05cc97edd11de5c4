/* finish_people.h: how many people the interactions of a group are; private to
 * lib/reduce. */
#ifndef KO_REDUCE_FINISH_PEOPLE_H
#define KO_REDUCE_FINISH_PEOPLE_H

#include "reduce/finish_spot.h"

/* The groups that a spot is of. */
struct ko_spot_groups {
    uint32_t *v;
    size_t n;
};

/* An id in a second of a group. */
struct ko_visit {
    uint64_t id;
    int64_t second;
    uint32_t group, bucket;
    bool session, bad, book; /* book: not of a request */
};

/* All visits, by group, id and time. */
struct ko_visits {
    struct ko_visit *v;
    size_t n;
};

/*
 * ko_finish_visits(f, spots, groups, ret):
 * Who was where, of the spots whose people count; bad: something failed, or took longer
 * than slow_after.  groups[i] are those of spot i.  KO_ENOMEM.
 */
KO_WARN_UNUSED enum ko_status ko_finish_visits(struct ko_finish *f,
                                               const struct ko_spots *spots,
                                               const struct ko_spot_groups *groups,
                                               struct ko_visits *ret);

/* Interactions of a group that name nobody and count as a head each, by bucket; NULL:
 * there are none. */
struct ko_nameless {
    double *total, *bad;
};

/*
 * ko_finish_people(f, out, v, n, nameless):
 * Write id_kind, ids and minutes of ${out}: of the ${n} visits of its group, and of
 * ${nameless}.  Where both customers and sessions are named, sessions of requests are
 * not counted beside customers; nothing is written for a group without heads.
 * KO_ENOMEM.
 */
KO_WARN_UNUSED enum ko_status ko_finish_people(struct ko_finish *f, struct ko_group *out,
                                               const struct ko_visit *v, size_t n,
                                               const struct ko_nameless *nameless);

#endif
