/* finish_spot.h: the spots of interactions, and which of them count; private to
 * lib/reduce. */
#ifndef KO_REDUCE_FINISH_SPOT_H
#define KO_REDUCE_FINISH_SPOT_H

#include "reduce/finish.h"

/* Interactions of one entity that name the same values, as one witness of one export of
 * the window tells. */
struct ko_spot {
    struct ko_str parts; /* "dim=value" by dim, KO_CELL_BETWEEN between; may be "" */
    uint32_t export_index;
    uint32_t tracks[KO_SPOT_COUNTS]; /* KO_NO_ENTITY: none */
    enum ko_witness witness;
    uint32_t entity;     /* of the case */
    uint32_t journey;    /* of the case; KO_NO_ENTITY: none, or one of several */
    ko_dur slow_after;   /* whoever waits longer is hurt; < 0: nobody says */
    bool entrance;       /* customers come in here */
    bool people;         /* somebody is named */
    bool counts;         /* its interactions count */
    bool heads;          /* whoever it names is counted */
    bool nameless_heads; /* nobody is named, and each interaction counts as one head */
};

struct ko_spots {
    KO_LIST(struct ko_spot) v;
    uint32_t *of; /* by track: its spot; KO_NO_ENTITY none */
};

/*
 * ko_finish_spots(f, ret):
 * The spots, in the arena of ${f}.
 *
 * counts  books (contacts, payments); of the requests of an entity what one witness tells:
 *         logs with outcomes before roots of traces before other log records, but one
 *         that names people before one that names none
 * heads   books; of requests those at entrances, if people are named there, or nobody is
 *         anywhere; else all.  A request that fails inside and is tried again hurts
 *         nobody.  Interactions of an entity that names nobody count each as one
 *
 * An entrance is a channel, bot, queue or desk, the first step of a journey, or what
 * nobody is known to call, unless it tells no outcomes.
 *
 * Errors: KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_finish_spots(struct ko_finish *f, struct ko_spots *ret);

/* ko_spot_size(f, p): Its interactions in the window. */
double ko_spot_size(const struct ko_finish *f, const struct ko_spot *p);

/* ko_spot_add(f, p, total, bad): Add the interactions of ${p}, and those that failed
 * or took longer than slow_after, by bucket of the window. */
void ko_spot_add(const struct ko_finish *f, const struct ko_spot *p, double *total,
                 double *bad);

#endif
