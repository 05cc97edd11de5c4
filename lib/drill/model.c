/* model.c: the platform in motion: one run, second by second. */
#include "drill/model.h"

#include "drill/motion.h"
#include "drill/rng.h"

#include <string.h>

enum { WARM_UP_S = 180, STREAM = 31 };

static const size_t FLOW_MAX_BYTES = (size_t)2 << 30;

const double ko_region_shares[KO_DRILL_REGIONS] = {0.6, 0.4};
const char *const ko_region_names[KO_DRILL_REGIONS] = {"eu-west", "us-east"};

/* Demand wanders: a slow wave and a slower forgetting walk, each a few percent. */
static double wander(struct ko_motion *m, size_t node, unsigned second)
{
    static const double wave_s = 2700;
    double x = (double)second / wave_s + (double)node * 0.37;
    x -= (double)(uint64_t)x;
    double wave = x < 0.5 ? 4 * x - 1 : 3 - 4 * x;
    m->walk[node] = 0.995 * m->walk[node] + 0.01 * (ko_rng_unit(&m->rng) - 0.5);
    return 1 + 0.06 * wave + m->walk[node];
}

static double peak(const struct ko_plan *plan, unsigned second)
{
    static const double rise_s = 300;
    if (plan->scenario->peak <= 0 || second < plan->peak_s)
        return 1;
    double x = ((double)second - plan->peak_s) / rise_s;
    return 1 + (plan->scenario->peak - 1) * (x < 1 ? x : 1);
}

static void draw_demand(struct ko_motion *m, unsigned second)
{
    for (size_t i = 0; i < m->p->nodes.n; i++) {
        double usual = m->p->nodes.v[i].demand;
        m->demand[i] =
            usual <= 0 ? 0 : usual * wander(m, i, second) * peak(m->plan, second);
    }
}

static enum ko_status room(struct ko_flow *f, const struct ko_platform *p, size_t seconds,
                           struct ko_err *err)
{
    f->seconds = seconds;
    f->n_nodes = p->nodes.n;
    f->n_links = p->links.n;
    size_t second_bytes = KO_DRILL_REGIONS *
                          (p->nodes.n * sizeof *f->nodes + p->links.n * sizeof *f->links);
    if (seconds > FLOW_MAX_BYTES / second_bytes)
        return ko_err_set(err, KO_ELIMIT,
                          "%zu seconds of %zu services are too much; shorten --duration",
                          seconds, p->nodes.n);
    f->nodes = ko_arena_alloc(&f->arena, seconds,
                              KO_DRILL_REGIONS * p->nodes.n * sizeof *f->nodes);
    f->links = ko_arena_alloc(&f->arena, seconds,
                              KO_DRILL_REGIONS * (p->links.n + 1) * sizeof *f->links);
    return f->nodes == NULL || f->links == NULL ? ko_err_nomem(err) : KO_OK;
}

static void keep(struct ko_flow *f, const struct ko_motion *m, size_t second)
{
    size_t nodes = KO_DRILL_REGIONS * f->n_nodes;
    size_t links = KO_DRILL_REGIONS * f->n_links;
    memcpy(f->nodes + second * nodes, m->nodes, nodes * sizeof *f->nodes);
    if (links > 0)
        memcpy(f->links + second * links, m->links, links * sizeof *f->links);
}

enum ko_status ko_model_run(const struct ko_platform *p, const struct ko_plan *plan,
                            bool faults, const struct ko_containments *contain,
                            uint64_t seed, struct ko_flow *ret, struct ko_err *err)
{
    *ret = (struct ko_flow){0};
    struct ko_motion m = {.p = p, .plan = plan, .faults = faults, .contain = contain};
    m.rng = ko_rng_of(seed, STREAM);
    enum ko_status st = room(ret, p, plan->duration_s, err);
    if (st == KO_OK && ko_motion_init(&m) != KO_OK)
        st = ko_err_nomem(err);
    for (unsigned t = 0; st == KO_OK && t < WARM_UP_S + plan->duration_s; t++) {
        m.second = t < WARM_UP_S ? 0 : t - WARM_UP_S;
        m.warm = t >= WARM_UP_S;
        draw_demand(&m, m.second);
        ko_motion_step(&m);
        if (m.warm)
            keep(ret, &m, m.second);
    }
    ko_arena_release(&m.arena);
    if (st != KO_OK)
        ko_flow_release(ret);
    return st;
}

void ko_flow_release(struct ko_flow *f)
{
    ko_arena_release(&f->arena);
    *f = (struct ko_flow){0};
}
