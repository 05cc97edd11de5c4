/* deviation.c: how a node differs from its twin in one second. */
#include "drill/truth.h"

static const double SLOWER = 1.5, SLOWER_LEAST_S = 0.01;
static const double FAILS_MORE = 0.05;
static const double MORE_LOAD = 1.33, LESS_LOAD = 0.7;
static const double WAITS_LONGER_S = 20, HANDLED_LONGER = 1.15;

/* A node over all regions, weighted by requests. */
struct sum {
    double arrivals, error, latency, wait, hold, stale, dead;
};

static struct sum sum_of(const struct ko_flow *f, size_t second, size_t node)
{
    struct sum s = {0};
    for (size_t r = 0; r < KO_DRILL_REGIONS; r++) {
        const struct ko_node_second *n = ko_flow_node(f, second, r, node);
        double w = n->arrivals;
        s.arrivals += w;
        s.error += w * n->error;
        s.latency += w * ((double)n->wait + n->hold);
        s.wait += w * n->wait;
        s.hold += w * n->hold;
        s.stale += w * n->stale;
        s.dead += n->dead;
    }
    double w = s.arrivals > 0 ? s.arrivals : 1;
    s.error /= w;
    s.latency /= w;
    s.wait /= w;
    s.hold /= w;
    s.stale /= w;
    return s;
}

struct ko_deviation ko_truth_deviation(const struct ko_platform *p,
                                       const struct ko_flow *run,
                                       const struct ko_flow *twin, size_t second,
                                       size_t node)
{
    struct sum now = sum_of(run, second, node);
    struct sum usual = sum_of(twin, second, node);
    bool people = p->nodes.v[node].kind == KO_NODE_QUEUE;
    struct ko_deviation d = {.silent = now.dead > 0};
    d.slow = people ? now.wait - usual.wait > WAITS_LONGER_S ||
                          now.hold > HANDLED_LONGER * usual.hold
                    : now.latency > SLOWER * usual.latency &&
                          now.latency - usual.latency > SLOWER_LEAST_S;
    d.failing = now.error - usual.error > FAILS_MORE;
    d.stale = now.stale - usual.stale > FAILS_MORE;
    d.loaded = now.arrivals > MORE_LOAD * usual.arrivals;
    d.starved = now.arrivals < LESS_LOAD * usual.arrivals;
    return d;
}
