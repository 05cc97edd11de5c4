/* motion.h: one second of the model: what flows in, what is served, what comes back. */
#ifndef KO_DRILL_MOTION_H
#define KO_DRILL_MOTION_H

#include "drill/model.h"
#include "drill/rng.h"

/* Lasting state between seconds; arrays are [region][index]. */
struct ko_motion {
    const struct ko_platform *p;
    const struct ko_plan *plan;
    const struct ko_containments *contain;
    bool faults, warm;
    unsigned second;
    struct ko_rng rng;
    double *walk, *demand;        /* [node] */
    struct ko_node_second *nodes; /* of the last second */
    struct ko_link_second *links;
    double *refresh, *comeback; /* customers who reload, who come back later; 1/s */
    double *shift;              /* customers on their way along a shift link; 1/s */
    double *usual_load;         /* healthy arrivals of a node, 1/s */
    double *usual_time;         /* healthy latency of a link's callee, s */
    bool *open;                 /* breaker of a link */
    struct ko_arena arena;
};

/* ko_motion_init(m): Room for all of it; KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_motion_init(struct ko_motion *m);

/* ko_motion_step(m): From the last second to the next one, with demand[] as it is. */
void ko_motion_step(struct ko_motion *m);

/* What the faults of the plan do to a node in one second. */
struct ko_ill {
    bool dead;
    double slower, slots_left, error_ratio, no_context, misrouted, stale;
};
struct ko_ill ko_motion_ill(const struct ko_motion *m, size_t region, size_t node);

/* ko_motion_moved(m, region): Share of the region's customers that went to the other. */
double ko_motion_moved(const struct ko_motion *m, size_t region);

/* ko_motion_link(m, region, link): The link's second, from its callee's and caller's. */
void ko_motion_link(struct ko_motion *m, size_t region, size_t link);

/* ko_motion_contained(m, kind, at): Is that containment in force now? */
bool ko_motion_contained(const struct ko_motion *m, enum ko_contain_kind kind, size_t at);

#endif
