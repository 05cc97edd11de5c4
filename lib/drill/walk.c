/* walk.c: single requests sampled from the mean flows. */
#include "drill/walk.h"

enum { DEPTH_MAX = 12, HOPS_MAX = 400, STREAM = 41, CUSTOMERS = 4000 };

static const double REFUSAL_S = 0.005;

struct walk {
    const struct ko_drill *d;
    struct ko_rng rng;
    ko_hop_fn *take;
    void *ctx;
    unsigned hops; /* of this request */
    uint64_t next_id;
};

struct end {
    double took_s;
    bool ok;
};

static struct end visit(struct walk *w, struct ko_hop hop, unsigned depth);

static const struct ko_node_second *node_at(const struct walk *w,
                                            const struct ko_hop *hop, uint32_t node)
{
    size_t second = (size_t)hop->at_s;
    size_t last = w->d->run.seconds - 1;
    return ko_flow_node(&w->d->run, second < last ? second : last, hop->region, node);
}

/* One logical call: attempts until one succeeds in time. */
static struct end call(struct walk *w, const struct ko_hop *from,
                       const struct ko_sim_link *l, double at_s, unsigned depth)
{
    struct end all = {0};
    for (unsigned i = 0; i <= l->retries && !all.ok; i++) {
        struct ko_hop hop = {.node = l->callee, .caller = from->node};
        hop.trace = from->trace;
        hop.parent = from->span;
        hop.at_s = at_s + all.took_s;
        hop.took_s = l->timeout_s; /* the patience of the caller */
        hop.attempt = i + 1;
        hop.region = from->region;
        hop.customer = from->customer;
        struct end once = visit(w, hop, depth + 1);
        bool late = once.took_s > l->timeout_s;
        all.took_s += late ? l->timeout_s : once.took_s;
        all.ok = once.ok && !late;
    }
    if (!all.ok && ko_rng_unit(&w->rng) < l->fallback_share)
        all.ok = true;
    return all;
}

static unsigned times(struct walk *w, double per_request)
{
    unsigned whole = (unsigned)per_request;
    return whole + (ko_rng_unit(&w->rng) < per_request - whole);
}

/* All calls are made, whether or not one failed before: as the model has it. */
static void calls_of(struct walk *w, const struct ko_hop *hop, double begin_s,
                     struct end *e, unsigned depth)
{
    const struct ko_platform *p = &w->d->platform;
    for (size_t k = p->out.from[hop->node]; k < p->out.from[hop->node + 1]; k++) {
        const struct ko_sim_link *l = &p->links.v[p->out.v[k]];
        if (l->how != KO_HOW_SYNC)
            continue;
        unsigned n = times(w, l->per_request * (1 - l->cache_hit));
        for (unsigned i = 0; i < n; i++) {
            struct end x = call(w, hop, l, begin_s + e->took_s, depth);
            e->took_s += x.took_s;
            e->ok = e->ok && x.ok;
        }
    }
}

/* ${hop.took_s} is how long the caller would wait; it becomes how long it took. */
static struct end visit(struct walk *w, struct ko_hop hop, unsigned depth)
{
    const struct ko_node_second *n = node_at(w, &hop, hop.node);
    double patience_s = hop.took_s;
    struct end e = {0, true};
    hop.span = ++w->next_id;
    if (++w->hops > HOPS_MAX || depth > DEPTH_MAX)
        return e;
    if (n->dead > 0) {
        e = (struct end){patience_s * 1.001, false};
        hop.silent = true;
    } else if (ko_rng_unit(&w->rng) < n->refused) {
        e = (struct end){REFUSAL_S, false};
        hop.refused = true;
    } else {
        e.took_s = ko_rng_duration(&w->rng, (double)n->wait + n->own);
        e.ok = ko_rng_unit(&w->rng) >= n->own_error;
        calls_of(w, &hop, hop.at_s, &e, depth);
    }
    hop.took_s = e.took_s;
    hop.ok = e.ok;
    hop.timed_out = e.took_s > patience_s;
    w->take(w->ctx, w->d, &hop);
    return e;
}

/* Hops a second of the healthy platform. */
static double usual_hops(const struct ko_drill *d)
{
    double sum = 0;
    size_t step = d->run.seconds / 64 + 1;
    size_t n = 0;
    for (size_t t = 0; t < d->plan.start_s; t += step, n++) {
        for (size_t r = 0; r < KO_DRILL_REGIONS; r++) {
            for (size_t i = 0; i < d->platform.nodes.n; i++)
                sum += d->platform.nodes.v[i].kind == KO_NODE_QUEUE
                           ? 0
                           : ko_flow_node(&d->run, t, r, i)->arrivals;
        }
    }
    return n > 0 ? sum / (double)n : 1;
}

bool ko_walk_enters(const struct ko_sim_node *n)
{
    return n->kind == KO_NODE_DESK || (n->demand > 0 && n->kind != KO_NODE_QUEUE);
}

static void enter(struct walk *w, size_t second, size_t region, uint32_t node)
{
    struct ko_hop hop = {.node = node, .caller = UINT32_MAX, .attempt = 1};
    hop.region = region;
    hop.at_s = (double)second + ko_rng_unit(&w->rng);
    hop.took_s = 60;
    hop.customer = ko_rng_below(&w->rng, CUSTOMERS);
    hop.trace = ++w->next_id;
    w->hops = 0;
    (void)visit(w, hop, 0);
}

void ko_walk_all(const struct ko_drill *d, double per_second_max, ko_hop_fn *take,
                 void *ctx)
{
    struct walk w = {.d = d, .take = take, .ctx = ctx};
    w.rng = ko_rng_of(d->opt.seed, STREAM);
    double hops = usual_hops(d);
    double kept = hops > per_second_max ? per_second_max / hops : 1;
    for (size_t t = 0; t < d->run.seconds; t++) {
        for (size_t r = 0; r < KO_DRILL_REGIONS; r++) {
            for (uint32_t i = 0; i < d->platform.nodes.n; i++) {
                if (!ko_walk_enters(&d->platform.nodes.v[i]))
                    continue;
                double mean = ko_flow_node(&d->run, t, r, i)->arrivals * kept;
                uint64_t n = ko_rng_poisson(&w.rng, mean);
                for (uint64_t k = 0; k < n; k++)
                    enter(&w, t, r, i);
            }
        }
    }
}
