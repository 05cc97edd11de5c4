/* walk.h: single requests sampled from the mean flows: every hop, attempt and failure. */
#ifndef KO_DRILL_WALK_H
#define KO_DRILL_WALK_H

#include "drill/drill.h"
#include "drill/rng.h"

/* One attempt of a call that was made, as it ended. */
struct ko_hop {
    uint32_t node, caller;        /* caller UINT32_MAX: the customer */
    uint64_t trace, span, parent; /* parent 0: none */
    double at_s, took_s;
    unsigned attempt; /* from 1 */
    bool ok;
    bool refused;   /* its queue was full */
    bool timed_out; /* the caller did not wait for the end */
    bool silent;    /* the callee is dead: only the caller knows of this hop */
    size_t region;
    uint64_t customer;
};

/* Takes each hop when it has ended, callees before callers. */
typedef void ko_hop_fn(void *ctx, const struct ko_drill *d, const struct ko_hop *hop);

/* ko_walk_enters(n): Are requests sampled from here: an entrance of customers, or the
 * screens of agents? */
bool ko_walk_enters(const struct ko_sim_node *n);

/*
 * ko_walk_all(d, per_second_max, take, ctx):
 * Sample the requests of all customers; fewer, evenly, where their hops would exceed
 * ${per_second_max} on the mean.  The same walks for every caller.
 */
void ko_walk_all(const struct ko_drill *d, double per_second_max, ko_hop_fn *take,
                 void *ctx);

#endif
