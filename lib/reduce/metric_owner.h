/* metric_owner.h: whose a metric is that the data gives to nobody known. */
#ifndef KO_REDUCE_METRIC_OWNER_H
#define KO_REDUCE_METRIC_OWNER_H

#include "reduce/finish.h"

struct ko_metric_owners {
    /* private to metric_owner.c */
    const struct ko_finish *f;
    bool *declared; /* of each entity: a map or an edge names it */
    bool *speaks;   /* it has logs, spans or contacts too */
};

/* ko_metric_owners_init(o, f): Look at all tracks once; lives in f->arena.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_metric_owners_init(struct ko_metric_owners *o,
                                                    struct ko_finish *f);

/*
 * ko_metric_owner(o, track):
 * The entity of a metric ${track}: as the data has it, if that is declared or tells of
 * itself in logs as well.  Else the one declared entity whose name begins with the same
 * word: "crm" of a column "crm p95", or the first word of a metric in a file that names
 * nobody, is crm-api, unless crm-web is declared too.
 */
uint32_t ko_metric_owner(const struct ko_metric_owners *o, const struct ko_track *track);

#endif
