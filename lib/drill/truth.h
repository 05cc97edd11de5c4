/* truth.h: what really happened: the difference between a run and its twin without the
 * fault. */
#ifndef KO_DRILL_TRUTH_H
#define KO_DRILL_TRUTH_H

#include "drill/model.h"

/* A node that the fault reached. */
struct ko_truth_node {
    uint32_t node;
    bool origin;
    unsigned onset_s, end_s; /* of the drill; end = duration when it does not end */
    bool slow, failing, loaded, silent, stale; /* how, in its first minute */
};

/* One step of the true chain; from and to are nodes, not indexes of truth nodes. */
struct ko_truth_edge {
    uint32_t from, to, link;
    const char *mechanism; /* as man knockon-case spells it */
    unsigned lag_s;
};

/* A link that made more calls than the demand explains. */
struct ko_truth_amplifier {
    uint32_t link;
    double factor; /* calls a request of the caller, over those of the twin, in the
                      stretch that speaks most for 1.3 times as many; of three minutes or
                      more */
};

struct ko_truth {
    struct ko_arena arena;
    KO_LIST(struct ko_truth_node) nodes; /* by onset, origins first */
    KO_LIST(struct ko_truth_edge) edges;
    KO_LIST(struct ko_truth_amplifier) amplifiers;
    KO_LIST(uint32_t) bystanders;    /* nodes that merely got more or less to do */
    bool metastable;                 /* outlived its triggers by more than their length */
    double impact[KO_DRILL_REGIONS]; /* badly served customers more than in the twin */
};

/*
 * ko_truth_find(p, plan, run, twin, ret):
 * A node is reached when, for 20 s, it is half as slow again as its twin or fails 5 %
 * more or answers 5 % more out of old data, a queue when its customers wait 20 s longer
 * or are handled 15 % longer; from when on it differed, a third more requests included.
 * More or fewer requests alone make a bystander.  A link carried it when it explains a
 * fifth of that deviation, its source was reached no later, and the target has no fault
 * of its own.
 *
 * Errors:  KO_ENOMEM
 * Source:  gates of structure, deviation and time after OpenRCA 2.0 (arXiv 2606.27154);
 *          the twin takes the place of its thresholds on history
 */
KO_WARN_UNUSED enum ko_status ko_truth_find(const struct ko_platform *p,
                                            const struct ko_plan *plan,
                                            const struct ko_flow *run,
                                            const struct ko_flow *twin,
                                            struct ko_truth *ret);
void ko_truth_release(struct ko_truth *t);

/* How a node differs from its twin in one second, over all regions. */
struct ko_deviation {
    bool slow, failing, loaded, starved, silent, stale;
};
struct ko_deviation ko_truth_deviation(const struct ko_platform *p,
                                       const struct ko_flow *run,
                                       const struct ko_flow *twin, size_t second,
                                       size_t node);

/* ko_truth_edges(p, run, twin, t): The steps of the chain between t->nodes. */
KO_WARN_UNUSED enum ko_status ko_truth_edges(const struct ko_platform *p,
                                             const struct ko_flow *run,
                                             const struct ko_flow *twin,
                                             struct ko_truth *t);

/* ko_truth_node(t, node): NULL when it was not reached. */
const struct ko_truth_node *ko_truth_node(const struct ko_truth *t, uint32_t node);

#endif
