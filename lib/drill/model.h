/* model.h: the platform in motion: mean flows, second by second, without any chance in
 * them.
 *
 * A fluid model of queues: what is drawn at random is only what an observer samples from
 * it.  So the same platform run with and without its fault differs by the fault alone,
 * and the difference is the truth.
 */
#ifndef KO_DRILL_MODEL_H
#define KO_DRILL_MODEL_H

#include "drill/contain.h"
#include "drill/platform.h"
#include "drill/scenario.h"

/* A node in one second of one region. */
struct ko_node_second {
    float fresh;     /* customers who come in by themselves, 1/s */
    float arrivals;  /* all requests, 1/s */
    float served;    /* taken up, 1/s */
    float refused;   /* for a full queue, share of arrivals */
    float own_error; /* failures that are its own, share */
    float error;     /* failures, share */
    float wait;      /* in its queue, s */
    float own;       /* its own work, median, s */
    float hold;      /* own work and calls, s */
    float queued;    /* waiting requests */
    float busy;      /* share of slots */
    float lost;      /* customers who give up waiting, 1/s */
    float bad;       /* customers badly served, 1/s */
    float stale;     /* answers out of old data, share */
    float dead;      /* 1: it says nothing */
};

/* A link in one second of one region. */
struct ko_link_second {
    float logical;  /* calls meant, 1/s */
    float attempts; /* calls made, 1/s */
    float failed;   /* attempts that fail, share */
    float late;     /* attempts over the timeout, share */
    float time;     /* that a logical call costs its caller, s */
    float given_up; /* logical calls that fail, share */
};

/* Everything that happened: [second][region][index]. */
struct ko_flow {
    size_t seconds, n_nodes, n_links;
    struct ko_node_second *nodes;
    struct ko_link_second *links;
    struct ko_arena arena;
};

static inline const struct ko_node_second *
ko_flow_node(const struct ko_flow *f, size_t second, size_t region, size_t node)
{
    return &f->nodes[(second * KO_DRILL_REGIONS + region) * f->n_nodes + node];
}

static inline const struct ko_link_second *
ko_flow_link(const struct ko_flow *f, size_t second, size_t region, size_t link)
{
    return &f->links[(second * KO_DRILL_REGIONS + region) * f->n_links + link];
}

/* Share of the healthy demand of each region. */
extern const double ko_region_shares[KO_DRILL_REGIONS];
extern const char *const ko_region_names[KO_DRILL_REGIONS];

/*
 * ko_model_run(p, plan, faults, contain, seed, ret, err):
 * Run the drill of ${plan}; without its faults when ${faults} is false, with the
 * containments ${contain} from the start of the incident.  The seed moves the demand a
 * little, the same with and without faults.
 *
 * Owns:    ret, until ko_flow_release; no-op on a zeroed one
 * Errors:  KO_ELIMIT more than 2 GiB of seconds x parts; KO_ENOMEM
 * Cost:    O(seconds * (nodes + links))
 */
KO_WARN_UNUSED enum ko_status ko_model_run(const struct ko_platform *p,
                                           const struct ko_plan *plan, bool faults,
                                           const struct ko_containments *contain,
                                           uint64_t seed, struct ko_flow *ret,
                                           struct ko_err *err);
void ko_flow_release(struct ko_flow *f);

#endif
