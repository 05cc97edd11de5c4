/* truth_edges.c: which link carried the trouble to a node, and how. */
#include "drill/truth.h"

/* People come later than calls do. */
enum { LOOK_S = 60, LOOK_PEOPLE_S = 240, SLACK_S = 2 };

static const double EXPLAINS = 0.2;

/* What a link adds to the deviation of one of its ends in its first minute. */
struct part {
    double time;    /* s a request of the caller */
    double errors;  /* share of the caller's requests */
    double late;    /* of these, by timeouts */
    double load;    /* calls to the callee, 1/s */
    double retries; /* of these, by more attempts a call */
};

struct sight {
    const struct ko_platform *p;
    const struct ko_flow *run, *twin;
    struct ko_truth *t;
};

static void add_second(const struct sight *s, uint32_t link, unsigned second,
                       struct part *sum)
{
    const struct ko_sim_link *l = &s->p->links.v[link];
    double calls = l->per_request * (1 - l->cache_hit);
    for (size_t r = 0; r < KO_DRILL_REGIONS; r++) {
        const struct ko_link_second *a = ko_flow_link(s->run, second, r, link);
        const struct ko_link_second *b = ko_flow_link(s->twin, second, r, link);
        double share = ko_region_shares[r];
        double errors = calls * share * ((double)a->given_up - b->given_up);
        sum->time += calls * share * ((double)a->time - b->time);
        sum->errors += errors;
        sum->late += a->failed > 0 ? errors * a->late / a->failed : 0;
        sum->load += (double)a->attempts - b->attempts;
        double usual = b->logical > 0 ? b->attempts / b->logical : 1;
        sum->retries += (double)a->attempts - a->logical * usual;
    }
}

static struct part part_of(const struct sight *s, uint32_t link, unsigned onset)
{
    struct part sum = {0};
    unsigned n = 0;
    bool people = s->p->links.v[link].how == KO_HOW_SHIFT;
    unsigned to = onset + (people ? LOOK_PEOPLE_S : LOOK_S);
    for (unsigned t = onset; t < to && t < s->run->seconds; t++, n++)
        add_second(s, link, t, &sum);
    double k = n > 0 ? 1.0 / n : 0;
    return (struct part){sum.time * k, sum.errors * k, sum.late * k, sum.load * k,
                         sum.retries * k};
}

static double usual_hold(const struct sight *s, uint32_t node, unsigned second)
{
    return ko_flow_node(s->twin, second, 0, node)->hold;
}

static double usual_load(const struct sight *s, uint32_t node, unsigned second)
{
    double sum = 0;
    for (size_t r = 0; r < KO_DRILL_REGIONS; r++)
        sum += ko_flow_node(s->twin, second, r, node)->arrivals;
    return sum;
}

/* The other end was reached, and not after this one. */
static bool in_time(const struct sight *s, uint32_t other, const struct ko_truth_node *v)
{
    const struct ko_truth_node *u = ko_truth_node(s->t, other);
    return u != NULL && u != v && u->onset_s <= v->onset_s + SLACK_S;
}

static enum ko_status add(const struct sight *s, uint32_t from,
                          const struct ko_truth_node *to, uint32_t link,
                          const char *mechanism)
{
    struct ko_truth_edge *e;
    KO_LIST_ADD(&s->t->arena, &s->t->edges, e);
    if (e == NULL)
        return KO_ENOMEM;
    unsigned onset = ko_truth_node(s->t, from)->onset_s;
    *e = (struct ko_truth_edge){from, to->node, link, mechanism,
                                to->onset_s > onset ? to->onset_s - onset : 0};
    return KO_OK;
}

static const char *up_mechanism(const struct part *x, bool by_time)
{
    if (by_time || x->late > x->errors / 2)
        return "slow-dependency";
    return "error-propagation";
}

/* From the callees of ${v}: what it waits for, what fails under it. */
static enum ko_status from_below(const struct sight *s, const struct ko_truth_node *v,
                                 size_t *ret_n)
{
    struct part all = {0};
    const struct ko_link_index *out = &s->p->out;
    for (size_t k = out->from[v->node]; k < out->from[v->node + 1]; k++) {
        struct part x = part_of(s, out->v[k], v->onset_s);
        all.time += x.time > 0 ? x.time : 0;
        all.errors += x.errors > 0 ? x.errors : 0;
    }
    bool people = s->p->nodes.v[v->node].kind == KO_NODE_QUEUE;
    bool timed = v->slow && all.time > EXPLAINS * usual_hold(s, v->node, v->onset_s);
    bool failed = v->failing && all.errors > 0.01;
    for (size_t k = out->from[v->node]; k < out->from[v->node + 1]; k++) {
        const struct ko_sim_link *l = &s->p->links.v[out->v[k]];
        struct part x = part_of(s, out->v[k], v->onset_s);
        bool by_time = timed && x.time >= EXPLAINS * all.time;
        bool by_errors = failed && x.errors >= EXPLAINS * all.errors;
        if (l->how != KO_HOW_SYNC || !(by_time || by_errors) || !in_time(s, l->callee, v))
            continue;
        enum ko_status st = add(s, l->callee, v, out->v[k],
                                up_mechanism(&x, by_time && (people || !by_errors)));
        if (st != KO_OK)
            return st;
        ++*ret_n;
    }
    return KO_OK;
}

static const char *down_mechanism(const struct sight *s, const struct ko_sim_link *l,
                                  const struct part *x)
{
    if (l->how == KO_HOW_SHIFT)
        return "channel-shift";
    if (x->retries > x->load / 2)
        return "retry-amplification";
    return s->p->nodes.v[l->callee].kind == KO_NODE_QUEUE ? "queue-pressure"
                                                          : "saturation";
}

/* From the callers of ${v}: what they send it. */
static enum ko_status from_above(const struct sight *s, const struct ko_truth_node *v,
                                 size_t *ret_n)
{
    double all = 0;
    const struct ko_link_index *in = &s->p->in;
    for (size_t k = in->from[v->node]; k < in->from[v->node + 1]; k++) {
        double load = part_of(s, in->v[k], v->onset_s).load;
        all += load > 0 ? load : 0;
    }
    bool people = s->p->nodes.v[v->node].kind == KO_NODE_QUEUE;
    bool pressed = v->loaded || people;
    if (!pressed || all < 0.1 * usual_load(s, v->node, v->onset_s))
        return KO_OK;
    for (size_t k = in->from[v->node]; k < in->from[v->node + 1]; k++) {
        const struct ko_sim_link *l = &s->p->links.v[in->v[k]];
        struct part x = part_of(s, in->v[k], v->onset_s);
        if (x.load < EXPLAINS * all || !in_time(s, l->caller, v))
            continue;
        enum ko_status st = add(s, l->caller, v, in->v[k], down_mechanism(s, l, &x));
        if (st != KO_OK)
            return st;
        ++*ret_n;
    }
    return KO_OK;
}

/* What no flow shows: a hand-over without its context, a router that sends wrongly. */
static enum ko_status from_work(const struct sight *s, const struct ko_truth_node *v,
                                size_t *ret_n)
{
    const struct ko_node_second *run = ko_flow_node(s->run, v->onset_s, 0, v->node);
    const struct ko_node_second *twin = ko_flow_node(s->twin, v->onset_s, 0, v->node);
    if (s->p->nodes.v[v->node].kind != KO_NODE_QUEUE || run->own < 1.05 * twin->own)
        return KO_OK;
    for (size_t i = 0; i < s->p->links.n; i++) {
        const struct ko_sim_link *l = &s->p->links.v[i];
        bool handed = l->callee == v->node && l->how == KO_HOW_SHIFT;
        bool routed = l->caller == v->node;
        uint32_t other = handed ? l->caller : l->callee;
        const struct ko_truth_node *u = ko_truth_node(s->t, other);
        if ((!handed && !routed) || u == NULL || !u->origin)
            continue;
        enum ko_status st =
            add(s, other, v, (uint32_t)i, handed ? "lost-context" : "queue-pressure");
        if (st != KO_OK)
            return st;
        ++*ret_n;
    }
    return KO_OK;
}

/* Old data that a callee hands up; agents look further then. */
static enum ko_status from_old(const struct sight *s, const struct ko_truth_node *v,
                               size_t *ret_n)
{
    const struct ko_link_index *out = &s->p->out;
    bool people = s->p->nodes.v[v->node].kind == KO_NODE_QUEUE;
    for (size_t k = out->from[v->node]; k < out->from[v->node + 1]; k++) {
        const struct ko_sim_link *l = &s->p->links.v[out->v[k]];
        const struct ko_truth_node *u = ko_truth_node(s->t, l->callee);
        if (l->how != KO_HOW_SYNC || u == NULL || !u->stale || !(v->stale || people) ||
            !in_time(s, l->callee, v))
            continue;
        enum ko_status st = add(s, l->callee, v, out->v[k], "stale-data");
        if (st != KO_OK)
            return st;
        ++*ret_n;
    }
    return KO_OK;
}

/* Where no link explains enough by itself, the one that explains most. */
static enum ko_status from_most(const struct sight *s, const struct ko_truth_node *v)
{
    double best = 0;
    uint32_t link = 0;
    bool below = false;
    double hold = usual_hold(s, v->node, v->onset_s);
    double load = usual_load(s, v->node, v->onset_s);
    for (uint32_t i = 0; i < s->p->links.n; i++) {
        const struct ko_sim_link *l = &s->p->links.v[i];
        if (l->caller != v->node && l->callee != v->node)
            continue;
        struct part x = part_of(s, i, v->onset_s);
        bool calls = l->caller == v->node;
        double part = calls ? x.time / hold + x.errors : x.load / (load > 0 ? load : 1);
        if (!in_time(s, calls ? l->callee : l->caller, v) || part <= best)
            continue;
        best = part;
        link = i;
        below = calls;
    }
    if (best <= 0)
        return KO_OK;
    const struct ko_sim_link *l = &s->p->links.v[link];
    struct part x = part_of(s, link, v->onset_s);
    return below ? add(s, l->callee, v, link, up_mechanism(&x, x.time > hold * x.errors))
                 : add(s, l->caller, v, link, down_mechanism(s, l, &x));
}

enum ko_status ko_truth_edges(const struct ko_platform *p, const struct ko_flow *run,
                              const struct ko_flow *twin, struct ko_truth *t)
{
    struct sight s = {p, run, twin, t};
    for (size_t i = 0; i < t->nodes.n; i++) {
        const struct ko_truth_node *v = &t->nodes.v[i];
        size_t n = 0;
        if (v->origin)
            continue;
        enum ko_status st = from_work(&s, v, &n);
        bool people = p->nodes.v[v->node].kind == KO_NODE_QUEUE;
        if (st == KO_OK)
            st = from_old(&s, v, &n);
        if (st == KO_OK && n == 0)
            st = from_below(&s, v, &n);
        if (st == KO_OK && (n == 0 || people))
            st = from_above(&s, v, &n);
        if (st == KO_OK && n == 0)
            st = from_most(&s, v);
        if (st != KO_OK)
            return st;
    }
    return KO_OK;
}
