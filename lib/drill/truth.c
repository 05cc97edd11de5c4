/* truth.c: which nodes the fault reached, when, and what it cost. */
#include "drill/truth.h"

#include <stdlib.h>

enum { HOLD_S = 20, FIRST_S = 60, GAP_S = 60 };

/* An amplifier makes so many times the calls, and not for less than three minutes. */
static const double AMPLIFIED = 1.3;
static const double GAIN_OF_A_CALL = 0.26236426446749106; /* ln 1.3 */
static const unsigned AMPLIFIED_S = 180;
/* A recovery that takes this long, or longer than the trigger, is no mere draining. */
static const unsigned OUTLIVES_S = 180;

const struct ko_truth_node *ko_truth_node(const struct ko_truth *t, uint32_t node)
{
    for (size_t i = 0; i < t->nodes.n; i++) {
        if (t->nodes.v[i].node == node)
            return &t->nodes.v[i];
    }
    return NULL;
}

static bool harmed(struct ko_deviation d)
{
    return d.slow || d.failing || d.silent || d.stale;
}

static bool differs(struct ko_deviation d)
{
    return harmed(d) || d.loaded;
}

static const struct ko_planned *fault_of(const struct ko_plan *plan,
                                         const struct ko_platform *p, uint32_t node)
{
    for (size_t i = 0; i < plan->n; i++) {
        const struct ko_planned *f = &plan->faults[i];
        bool hit =
            f->kind == KO_FAULT_REGION ? p->nodes.v[node].demand <= 0 : f->node == node;
        if (hit)
            return f;
    }
    return NULL;
}

struct search {
    const struct ko_platform *p;
    const struct ko_plan *plan;
    const struct ko_flow *run, *twin;
};

struct found {
    bool harmed, bystander;
    unsigned onset; /* first second of HOLD_S in which it differs */
};

static struct found look(const struct search *s, uint32_t node)
{
    struct found f = {.onset = s->plan->duration_s};
    unsigned hurt = 0;
    unsigned other = 0;
    unsigned starved = 0;
    for (unsigned t = s->plan->start_s; t < s->plan->duration_s && !f.harmed; t++) {
        struct ko_deviation d = ko_truth_deviation(s->p, s->run, s->twin, t, node);
        hurt = harmed(d) ? hurt + 1 : 0;
        other = differs(d) ? other + 1 : 0;
        starved = d.starved ? starved + 1 : 0;
        if (other == HOLD_S && f.onset == s->plan->duration_s)
            f.onset = t + 1 - HOLD_S;
        f.harmed = hurt == HOLD_S;
        f.bystander = f.bystander || other == HOLD_S || starved == HOLD_S;
    }
    return f;
}

static unsigned find_end(const struct search *s, uint32_t node, unsigned onset)
{
    unsigned last = onset;
    for (unsigned t = onset; t < s->plan->duration_s; t++) {
        if (harmed(ko_truth_deviation(s->p, s->run, s->twin, t, node)))
            last = t;
    }
    return last + GAP_S >= s->plan->duration_s ? s->plan->duration_s : last + 1;
}

static void describe(const struct search *s, struct ko_truth_node *n)
{
    for (unsigned t = n->onset_s; t < n->onset_s + FIRST_S && t < s->plan->duration_s;
         t++) {
        struct ko_deviation d = ko_truth_deviation(s->p, s->run, s->twin, t, n->node);
        n->slow = n->slow || d.slow;
        n->failing = n->failing || d.failing;
        n->loaded = n->loaded || d.loaded;
        n->silent = n->silent || d.silent;
        n->stale = n->stale || d.stale;
    }
}

static enum ko_status add_bystander(uint32_t node, struct ko_truth *t)
{
    uint32_t *room;
    KO_LIST_ADD(&t->arena, &t->bystanders, room);
    if (room == NULL)
        return KO_ENOMEM;
    *room = node;
    return KO_OK;
}

static enum ko_status add_node(const struct search *s, uint32_t node, struct ko_truth *t)
{
    const struct ko_planned *fault = fault_of(s->plan, s->p, node);
    struct found f = look(s, node);
    bool own = fault != NULL && (f.harmed || fault->kind != KO_FAULT_REGION);
    if (!f.harmed && !own)
        return f.bystander ? add_bystander(node, t) : KO_OK;
    struct ko_truth_node *n;
    KO_LIST_ADD(&t->arena, &t->nodes, n);
    if (n == NULL)
        return KO_ENOMEM;
    n->node = node;
    n->origin = own;
    n->onset_s = own ? fault->from_s : f.onset;
    n->end_s = f.harmed ? find_end(s, node, f.onset) : fault->to_s;
    describe(s, n);
    return KO_OK;
}

static int by_onset(const void *a, const void *b)
{
    const struct ko_truth_node *x = a;
    const struct ko_truth_node *y = b;
    if (x->onset_s != y->onset_s)
        return x->onset_s < y->onset_s ? -1 : 1;
    if (x->origin != y->origin)
        return x->origin ? -1 : 1;
    return x->node < y->node ? -1 : x->node > y->node;
}

/* Calls of the link a request of its caller in one second, over all regions. */
static double calls_per_request(const struct ko_platform *p, const struct ko_flow *f,
                                uint32_t link, unsigned second, double *ret_requests)
{
    double calls = 0;
    double requests = 0;
    for (size_t r = 0; r < KO_DRILL_REGIONS; r++) {
        calls += ko_flow_link(f, second, r, link)->attempts;
        requests += ko_flow_node(f, second, r, p->links.v[link].caller)->arrivals;
    }
    *ret_requests = requests;
    return requests > 0 ? calls / requests : 0;
}

/* Calls and what the twin would make of as many requests. */
struct growth {
    double calls, usual, gain;
    unsigned seconds;
};

static void grow(const struct search *s, uint32_t link, unsigned second, struct growth *g)
{
    double requests;
    double before = calls_per_request(s->p, s->twin, link, second, &requests);
    double during = calls_per_request(s->p, s->run, link, second, &requests);
    g->calls += during * requests;
    g->usual += before * requests;
    g->gain = g->calls * GAIN_OF_A_CALL - (AMPLIFIED - 1) * g->usual;
    g->seconds++;
}

/* The growth of the stretch that speaks most for AMPLIFIED times the usual calls; 0 when
 * it is less, or short. */
static double amplified(const struct search *s, uint32_t link)
{
    struct growth best = {0};
    struct growth now = {0};
    for (unsigned t = s->plan->start_s; t < s->plan->duration_s; t++) {
        grow(s, link, t, &now);
        if (now.gain <= 0)
            now = (struct growth){0};
        else if (now.gain > best.gain)
            best = now;
    }
    bool is = best.seconds >= AMPLIFIED_S && best.calls >= AMPLIFIED * best.usual;
    return is && best.usual > 0 ? best.calls / best.usual : 0;
}

static enum ko_status find_amplifiers(const struct search *s, struct ko_truth *t)
{
    for (size_t i = 0; i < s->p->links.n; i++) {
        const struct ko_sim_link *l = &s->p->links.v[i];
        const struct ko_truth_node *callee = ko_truth_node(t, l->callee);
        const struct ko_truth_node *caller = ko_truth_node(t, l->caller);
        if (callee == NULL || caller == NULL || l->how != KO_HOW_SYNC)
            continue;
        double factor = amplified(s, (uint32_t)i);
        if (factor <= 0)
            continue;
        struct ko_truth_amplifier *a;
        KO_LIST_ADD(&t->arena, &t->amplifiers, a);
        if (a == NULL)
            return KO_ENOMEM;
        *a = (struct ko_truth_amplifier){(uint32_t)i, factor};
    }
    return KO_OK;
}

static bool outlives(const struct search *s, const struct ko_truth *t)
{
    unsigned last = 0;
    unsigned first = s->plan->duration_s;
    for (size_t i = 0; i < s->plan->n; i++) {
        last = s->plan->faults[i].to_s > last ? s->plan->faults[i].to_s : last;
        first = s->plan->faults[i].from_s < first ? s->plan->faults[i].from_s : first;
    }
    unsigned length = last > first ? last - first : 0;
    unsigned limit = length > OUTLIVES_S ? length : OUTLIVES_S;
    for (size_t i = 0; i < t->nodes.n; i++) {
        if (t->nodes.v[i].origin && s->plan->n > 0 && t->nodes.v[i].end_s >= last + limit)
            return true;
    }
    return false;
}

static void find_impact(const struct search *s, struct ko_truth *t)
{
    for (unsigned sec = s->plan->start_s; sec < s->plan->duration_s; sec++) {
        for (size_t r = 0; r < KO_DRILL_REGIONS; r++) {
            for (size_t i = 0; i < s->p->nodes.n; i++)
                t->impact[r] += ko_flow_node(s->run, sec, r, i)->bad -
                                ko_flow_node(s->twin, sec, r, i)->bad;
        }
    }
}

enum ko_status ko_truth_find(const struct ko_platform *p, const struct ko_plan *plan,
                             const struct ko_flow *run, const struct ko_flow *twin,
                             struct ko_truth *ret)
{
    *ret = (struct ko_truth){0};
    struct search s = {p, plan, run, twin};
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < p->nodes.n && st == KO_OK; i++)
        st = add_node(&s, (uint32_t)i, ret);
    if (st == KO_OK && ret->nodes.n > 0) {
        qsort(ret->nodes.v, ret->nodes.n, sizeof *ret->nodes.v, by_onset);
        st = ko_truth_edges(p, run, twin, ret);
    }
    if (st == KO_OK)
        st = find_amplifiers(&s, ret);
    if (st == KO_OK) {
        ret->metastable = outlives(&s, ret);
        find_impact(&s, ret);
    }
    return st;
}

void ko_truth_release(struct ko_truth *t)
{
    ko_arena_release(&t->arena);
    *t = (struct ko_truth){0};
}
