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

/* Interactions of a group that name nobody and count as a head each, by bucket; NULL:
 * there are none. */
struct ko_nameless {
    double *total, *bad;
};

/* Who comes to a group: ids in order of time each, one after the other, so that only
 * where the last one was counted is kept. */
struct ko_people {
    /* private to finish_people.c; of requests and of books */
    bool customers[2], sessions[2];
    double *ids, *ids_bad, *ids_bad_first, *minutes, *minutes_bad; /* by bucket */
    uint64_t id;                                                   /* the last one */
    int64_t bucket, bad_bucket, minute, bad_minute;                /* where; -1 nowhere */
};

/*
 * ko_people_meet(f, spots, groups, people):
 * Find out who comes to the groups of spots whose people count; groups[i] are those of
 * spot i, and people[g], zeroed, is of group g.  Puts the ids of the reducer in order.
 */
void ko_people_meet(struct ko_finish *f, const struct ko_spots *spots,
                    const struct ko_spot_groups *groups, struct ko_people *people);

/*
 * ko_people_write(f, people, nameless, out):
 * Write id_kind of ${out}, and ids and minutes with ${nameless} alone.  Where both
 * customers and sessions are named, sessions of requests are not counted beside
 * customers; nothing is written for a group without heads.  KO_ENOMEM.
 */
KO_WARN_UNUSED enum ko_status ko_people_write(struct ko_finish *f,
                                              struct ko_people *people,
                                              const struct ko_nameless *nameless,
                                              struct ko_group *out);

/*
 * ko_people_count(f, spots, groups, people):
 * Add all ids to the ids and minutes of the groups that were written; bad: something
 * failed, or took longer than slow_after.
 *
 * Cost:    O(ids * groups of a spot), no memory
 */
void ko_people_count(const struct ko_finish *f, const struct ko_spots *spots,
                     const struct ko_spot_groups *groups, struct ko_people *people);

#endif
