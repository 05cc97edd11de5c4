/* platform_size.c: slots, queues and timeouts that suit the healthy load. */
#include "drill/platform.h"
#include "drill/rng.h"

enum { SWEEPS = 24, STREAM = 12 };

static const double TIMEOUT_MIN_S = 0.5;
static const double PATIENCE_PAGE_S = 4.0;
static const double PATIENCE_QUEUE_S = 150.0;

/* Healthy requests a second at each node, by sweeps down the links. */
static void flow(const struct ko_platform *p, double *load, double *next)
{
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        for (size_t i = 0; i < p->nodes.n; i++)
            next[i] = p->nodes.v[i].demand;
        for (size_t i = 0; i < p->links.n; i++) {
            const struct ko_sim_link *l = &p->links.v[i];
            next[l->callee] += load[l->caller] * l->per_request * (1 - l->cache_hit);
        }
        for (size_t i = 0; i < p->nodes.n; i++)
            load[i] = next[i];
    }
}

/* Healthy seconds that a request takes at each node, by sweeps up the links. */
static void hold(const struct ko_platform *p, double *held, double *next)
{
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        for (size_t i = 0; i < p->nodes.n; i++)
            next[i] = p->nodes.v[i].own_s;
        for (size_t i = 0; i < p->links.n; i++) {
            const struct ko_sim_link *l = &p->links.v[i];
            if (l->how == KO_HOW_SYNC)
                next[l->caller] +=
                    held[l->callee] * KO_DRILL_MEAN * l->per_request * (1 - l->cache_hit);
        }
        for (size_t i = 0; i < p->nodes.n; i++)
            held[i] = next[i];
    }
}

static void size_node(struct ko_sim_node *n, double load, double held, struct ko_rng *r)
{
    bool people = n->kind == KO_NODE_QUEUE;
    double busy = people ? ko_rng_between(r, 0.75, 0.85) : ko_rng_between(r, 0.3, 0.55);
    n->needed = load * held;
    n->slots = n->needed / busy;
    double least = people ? 4 : 1;
    n->slots = n->slots < least ? least : n->slots;
    n->queue_max = people ? 100000 : load * ko_rng_between(r, 8, 20) + 10;
    if (n->demand > 0)
        n->patience_s = PATIENCE_PAGE_S;
    if (people)
        n->patience_s = PATIENCE_QUEUE_S;
}

static enum ko_status index_links(struct ko_platform *p, bool by_caller,
                                  struct ko_link_index *x)
{
    x->from = ko_arena_alloc(&p->arena, p->nodes.n + 2, sizeof *x->from);
    x->v = ko_arena_alloc(&p->arena, p->links.n + 1, sizeof *x->v);
    if (x->from == NULL || x->v == NULL)
        return KO_ENOMEM;
    size_t *next = x->from + 1; /* shifted by one until all are placed */
    for (size_t i = 0; i < p->links.n; i++)
        next[(by_caller ? p->links.v[i].caller : p->links.v[i].callee) + 1]++;
    for (size_t i = 1; i <= p->nodes.n; i++)
        next[i] += next[i - 1];
    for (size_t i = 0; i < p->links.n; i++)
        x->v[next[by_caller ? p->links.v[i].caller : p->links.v[i].callee]++] =
            (uint32_t)i;
    return KO_OK;
}

enum ko_status ko_platform_size(struct ko_platform *p, uint64_t seed)
{
    size_t n = p->nodes.n;
    struct ko_rng r = ko_rng_of(seed, STREAM);
    double *v = ko_arena_alloc(&p->arena, 3 * n, sizeof *v);
    if (v == NULL)
        return KO_ENOMEM;
    double *load = v;
    double *held = v + n;
    flow(p, load, v + 2 * n);
    hold(p, held, v + 2 * n);
    for (size_t i = 0; i < n; i++)
        size_node(&p->nodes.v[i], load[i], held[i], &r);
    for (size_t i = 0; i < p->links.n; i++) {
        struct ko_sim_link *l = &p->links.v[i];
        double room = held[l->callee] * ko_rng_between(&r, 6, 12);
        if (l->timeout_s <= 0)
            l->timeout_s = room < TIMEOUT_MIN_S ? TIMEOUT_MIN_S : room;
    }
    enum ko_status st = index_links(p, true, &p->out);
    return st == KO_OK ? index_links(p, false, &p->in) : st;
}
