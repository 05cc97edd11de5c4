/* plan.c: a scenario aimed at a platform: which node, when. */
#include "drill/rng.h"
#include "drill/scenario.h"

enum { STREAM = 21, TRIES = 200 };

static const double HISTORY_SHARE = 0.6;
static const double STAND_IN_SLOWER = 12;

/* Has ${node} callers that wait for it? */
static bool waited_for(const struct ko_platform *p, uint32_t node)
{
    for (size_t i = 0; i < p->links.n; i++) {
        const struct ko_sim_link *l = &p->links.v[i];
        bool people = p->nodes.v[l->caller].kind == KO_NODE_QUEUE;
        if (l->callee == node && l->how == KO_HOW_SYNC && !people &&
            l->per_request >= 0.15 && l->fallback_share <= 0)
            return true;
    }
    return false;
}

static bool taken(const struct ko_plan *plan, uint32_t node)
{
    for (size_t i = 0; i < plan->n; i++) {
        if (plan->faults[i].node == node)
            return true;
    }
    return false;
}

/* A node drawn among those whose trouble someone would feel. */
static bool draw(const struct ko_platform *p, const struct ko_plan *plan,
                 struct ko_rng *r, uint32_t *ret_node)
{
    for (int tries = 0; tries < TRIES; tries++) {
        uint32_t at = (uint32_t)ko_rng_below(r, p->nodes.n);
        if (p->nodes.v[at].demand <= 0 && waited_for(p, at) && !taken(plan, at)) {
            *ret_node = at;
            return true;
        }
    }
    return ko_platform_part(p, KO_PART_OTHER, ret_node);
}

static bool aim(const struct ko_fault *f, const struct ko_platform *p,
                const struct ko_plan *plan, struct ko_rng *r, uint32_t *ret_node)
{
    for (size_t i = 0; f->part != KO_PART_OTHER && i < p->nodes.n; i++) {
        if (p->nodes.v[i].part == f->part) {
            *ret_node = (uint32_t)i;
            return true;
        }
    }
    return draw(p, plan, r, ret_node);
}

/*
 * Little room, callers that try again and again, and that have no limit of their own,
 * which would throttle the storm: as metastable failures have them (Bronson et al., HotOS
 * 2021).
 */
static void make_fragile(struct ko_platform *p, uint32_t node)
{
    static const double busy = 0.7, no_limit = 20;
    static const unsigned tries = 4;
    p->nodes.v[node].slots = p->nodes.v[node].needed / busy;
    for (size_t k = p->in.from[node]; k < p->in.from[node + 1]; k++) {
        struct ko_sim_link *l = &p->links.v[p->in.v[k]];
        if (l->how != KO_HOW_SYNC)
            continue;
        l->retries = tries;
        p->nodes.v[l->caller].slots *= no_limit;
    }
}

static void plan_fault(struct ko_plan *plan, const struct ko_fault *f, uint32_t node,
                       bool fits)
{
    struct ko_planned *x = &plan->faults[plan->n++];
    *x = (struct ko_planned){.kind = f->kind, .node = node, .size = f->size};
    x->region = f->region - 1;
    /* Without a bot or a router on the platform, the stand-in is plainly slow. */
    bool particular = f->kind == KO_FAULT_CONTEXT || f->kind == KO_FAULT_MISROUTE ||
                      f->kind == KO_FAULT_STALE;
    if (particular && !fits) {
        x->kind = KO_FAULT_SLOW;
        x->size = STAND_IN_SLOWER;
    }
    x->from_s = plan->start_s + f->after_s;
    x->to_s = f->length_s == 0 ? plan->duration_s : x->from_s + f->length_s;
    x->to_s = x->to_s > plan->duration_s ? plan->duration_s : x->to_s;
}

enum ko_status ko_plan_make(const struct ko_scenario *s, struct ko_platform *p,
                            uint64_t seed, unsigned duration_s, struct ko_plan *ret)
{
    struct ko_rng r = ko_rng_of(seed, STREAM);
    *ret = (struct ko_plan){.scenario = s, .duration_s = duration_s};
    double share = HISTORY_SHARE * ko_rng_between(&r, 0.95, 1.05);
    ret->start_s = (unsigned)(duration_s * share);
    ret->peak_s = s->peak > 0 ? ret->start_s - ret->start_s / 6 : duration_s;
    for (size_t i = 0; i < KO_DRILL_FAULTS_MAX && s->faults[i].kind != KO_FAULT_NONE;
         i++) {
        uint32_t node = 0;
        bool again = i > 0 && s->faults[i].part == s->faults[i - 1].part;
        if (again && s->faults[i].part != KO_PART_OTHER)
            node = ret->faults[i - 1].node;
        else if (!aim(&s->faults[i], p, ret, &r, &node))
            return KO_ENOTFOUND;
        if (s->fragile)
            make_fragile(p, node);
        plan_fault(ret, &s->faults[i], node, p->nodes.v[node].part == s->faults[i].part);
    }
    return KO_OK;
}
