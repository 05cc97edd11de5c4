/* motion.c: one second of every node: its queue, its work, its customers. */
#include "drill/motion.h"

#include <math.h>

/* Customers: reload a slow page at once, come back after a failure, call again after
 * giving up.  Shares and delays are ours, of the order that contact centres see. */
static const double RELOAD_SHARE = 0.5, RELOAD_S = 8;
static const double RETURN_SHARE = 0.3, RETURN_S = 120;
static const double RECALL_SHARE = 0.5, RECALL_S = 150;
static const double MORE_HANDLE_NO_CONTEXT = 0.9, MORE_HANDLE_MISROUTED = 0.35;
static const double TRANSFERRED_BACK = 0.5; /* of the misrouted, back into the queue */
static const double SCREENS_NEEDED = 0.1;   /* a failed screen seldom fails the contact */
static const double RATE_LIMIT = 1.2, SHED_OVER_S = 0.5;
static const double MISLED = 0.5; /* of those who get an answer out of old data */
static const double MORE_HANDLE_STALE = 1; /* agents look things up elsewhere */
static const double BUSY_MAX = 0.96;
static const double FORGET = 0.99;

enum ko_status ko_motion_init(struct ko_motion *m)
{
    size_t nodes = m->p->nodes.n;
    size_t links = m->p->links.n + 1;
    size_t n = KO_DRILL_REGIONS;
    m->walk = ko_arena_alloc(&m->arena, nodes, sizeof *m->walk);
    m->demand = ko_arena_alloc(&m->arena, nodes, sizeof *m->demand);
    m->nodes = ko_arena_alloc(&m->arena, n * nodes, sizeof *m->nodes);
    m->links = ko_arena_alloc(&m->arena, n * links, sizeof *m->links);
    m->refresh = ko_arena_alloc(&m->arena, n * nodes, sizeof *m->refresh);
    m->comeback = ko_arena_alloc(&m->arena, n * nodes, sizeof *m->comeback);
    m->usual_load = ko_arena_alloc(&m->arena, n * nodes, sizeof *m->usual_load);
    m->shift = ko_arena_alloc(&m->arena, n * links, sizeof *m->shift);
    m->usual_time = ko_arena_alloc(&m->arena, n * links, sizeof *m->usual_time);
    m->open = ko_arena_alloc(&m->arena, n * links, sizeof *m->open);
    return m->walk == NULL || m->demand == NULL || m->nodes == NULL || m->links == NULL ||
                   m->refresh == NULL || m->comeback == NULL || m->usual_load == NULL ||
                   m->shift == NULL || m->usual_time == NULL || m->open == NULL
               ? KO_ENOMEM
               : KO_OK;
}

static double fresh_at(const struct ko_motion *m, size_t region, size_t node)
{
    double here = m->demand[node] * ko_region_shares[region];
    double fresh = here * (1 - ko_motion_moved(m, region));
    for (size_t other = 0; other < KO_DRILL_REGIONS; other++) {
        if (other != region)
            fresh +=
                m->demand[node] * ko_region_shares[other] * ko_motion_moved(m, other);
    }
    return fresh;
}

static double called(const struct ko_motion *m, size_t region, size_t node)
{
    double sum = 0;
    const struct ko_link_index *in = &m->p->in;
    for (size_t k = in->from[node]; k < in->from[node + 1]; k++)
        sum += m->links[region * m->p->links.n + in->v[k]].attempts;
    return sum;
}

/* The part of a queue's customers who come without what they told before. */
static double without_context(const struct ko_motion *m, size_t region, size_t node)
{
    double all = 0;
    double without = 0;
    const struct ko_link_index *in = &m->p->in;
    for (size_t k = in->from[node]; k < in->from[node + 1]; k++) {
        size_t i = in->v[k];
        const struct ko_sim_link *l = &m->p->links.v[i];
        if (l->how != KO_HOW_SHIFT)
            continue;
        double flow = m->links[region * m->p->links.n + i].attempts;
        all += flow;
        without += flow * ko_motion_ill(m, region, l->caller).no_context;
    }
    return all > 0 ? without / all : 0;
}

static double misrouted(const struct ko_motion *m, size_t region, size_t node)
{
    double most = 0;
    const struct ko_link_index *out = &m->p->out;
    if (m->p->nodes.v[node].kind != KO_NODE_QUEUE)
        return 0;
    for (size_t k = out->from[node]; k < out->from[node + 1]; k++) {
        uint32_t callee = m->p->links.v[out->v[k]].callee;
        double x = ko_motion_ill(m, region, callee).misrouted;
        most = x > most ? x : most;
    }
    return most;
}

/* The largest share of old data that any callee hands up. */
static double stale_below(const struct ko_motion *m, size_t region, size_t node)
{
    double most = 0;
    const struct ko_link_index *out = &m->p->out;
    for (size_t k = out->from[node]; k < out->from[node + 1]; k++) {
        const struct ko_sim_link *l = &m->p->links.v[out->v[k]];
        double x = m->nodes[region * m->p->nodes.n + l->callee].stale;
        most = l->how == KO_HOW_SYNC && x > most ? x : most;
    }
    return most;
}

/* Own work, calls, and the failures that come from them. */
static void work(const struct ko_motion *m, size_t region, size_t node,
                 const struct ko_ill *ill, struct ko_node_second *s)
{
    const struct ko_sim_node *n = &m->p->nodes.v[node];
    double own = n->own_s * ill->slower;
    own *= 1 + MORE_HANDLE_NO_CONTEXT * without_context(m, region, node);
    own *= 1 + MORE_HANDLE_MISROUTED * misrouted(m, region, node);
    if (n->kind == KO_NODE_QUEUE)
        own *= 1 + MORE_HANDLE_STALE * stale_below(m, region, node);
    double hold = own;
    double fine = 1;
    double current = 1 - ill->stale;
    const struct ko_link_index *out = &m->p->out;
    for (size_t k = out->from[node]; k < out->from[node + 1]; k++) {
        size_t i = out->v[k];
        const struct ko_sim_link *l = &m->p->links.v[i];
        if (l->how != KO_HOW_SYNC)
            continue;
        const struct ko_link_second *ls = &m->links[region * m->p->links.n + i];
        double calls = l->per_request * (1 - l->cache_hit);
        double lost = calls * ls->given_up;
        hold += calls * ls->time;
        double old = calls * m->nodes[region * m->p->nodes.n + l->callee].stale;
        current *= old < 1 ? 1 - old : 0;
        if (n->kind == KO_NODE_QUEUE)
            lost *= SCREENS_NEEDED;
        fine *= lost < 1 ? 1 - lost : 0;
    }
    double own_error =
        ill->error_ratio > n->error_ratio ? ill->error_ratio : n->error_ratio;
    s->own = (float)own;
    s->hold = (float)hold;
    s->own_error = (float)own_error;
    s->error = (float)(1 - fine * (1 - own_error));
    s->stale = n->kind == KO_NODE_QUEUE ? 0 : (float)(1 - current);
}

static double admitted(struct ko_motion *m, size_t region, size_t node, double arrivals)
{
    double *usual = &m->usual_load[region * m->p->nodes.n + node];
    if (!m->warm || m->second < m->plan->start_s)
        *usual = FORGET * *usual + (1 - FORGET) * arrivals;
    double limit = RATE_LIMIT * *usual;
    bool limited = ko_motion_contained(m, KO_CONTAIN_RATE_LIMIT, node);
    return limited && arrivals > limit ? limit : arrivals;
}

/* Waiting below saturation, because requests come unevenly: shaped like the law of
 * M/M/c, not equal to it. */
static double jostle_of(const struct ko_sim_node *n, double busy, double hold)
{
    double x = busy < BUSY_MAX ? busy : BUSY_MAX;
    double slots = n->slots < 1 ? 1 : n->slots;
    return 0.5 * hold * x * x * x * x / (1 - x) / sqrt(slots);
}

/* The queue: what is taken up, what waits, what is refused, who gives up. */
static void serve(struct ko_motion *m, size_t region, size_t node,
                  const struct ko_ill *ill, struct ko_node_second *s)
{
    const struct ko_sim_node *n = &m->p->nodes.v[node];
    double slots = n->slots * ko_region_shares[region] * ill->slots_left;
    double rate = slots / s->hold;
    double in = admitted(m, region, node, s->arrivals);
    double refused = s->arrivals - in;
    double waiting = (double)s->queued + in;
    double served = waiting < rate ? waiting : rate;
    double room = n->queue_max * ko_region_shares[region];
    bool shed = ko_motion_contained(m, KO_CONTAIN_LOAD_SHEDDING, node);
    if (shed)
        room = rate * SHED_OVER_S;
    waiting -= served;
    if (waiting > room) {
        refused += waiting - room;
        waiting = room;
    }
    double lost = n->kind == KO_NODE_QUEUE ? waiting / (2 * n->patience_s) : 0;
    double jostle = jostle_of(n, in / rate, s->hold);
    if (shed && jostle > SHED_OVER_S)
        jostle = SHED_OVER_S;
    s->served = (float)served;
    s->queued = (float)(waiting - lost);
    s->lost = (float)lost;
    s->busy = (float)(served / rate);
    s->wait = (float)(waiting / rate + jostle);
    double share = s->arrivals > 0 ? refused / s->arrivals : 0;
    s->refused = (float)(share < 1 ? share : 1);
    s->error = 1 - (1 - s->error) * (1 - s->refused);
}

static void lie_dead(struct ko_node_second *s)
{
    s->dead = 1;
    s->error = 1;
    s->served = s->queued = s->wait = s->busy = s->lost = 0;
    s->refused = 0;
}

/* Customers of an entrance or a queue: who was served badly, who comes again. */
static void feel(struct ko_motion *m, size_t region, size_t node,
                 struct ko_node_second *s)
{
    const struct ko_sim_node *n = &m->p->nodes.v[node];
    size_t at = region * m->p->nodes.n + node;
    if (n->patience_s <= 0)
        return;
    if (n->kind == KO_NODE_QUEUE) {
        s->bad = s->lost;
        m->comeback[at] += (RECALL_SHARE * s->lost - m->comeback[at]) / RECALL_S;
        m->refresh[at] = TRANSFERRED_BACK * misrouted(m, region, node) * s->served;
        return;
    }
    double late = ko_drill_tail(n->patience_s, (double)s->wait + s->hold);
    double bad = 1 - (1 - s->error) * (1 - late) * (1 - MISLED * s->stale);
    s->bad = (float)(bad * s->fresh);
    double reloads = RELOAD_SHARE * bad * s->arrivals;
    m->refresh[at] += (reloads - m->refresh[at]) / RELOAD_S;
    m->comeback[at] += (RETURN_SHARE * s->bad - m->comeback[at]) / RETURN_S;
}

static void step_node(struct ko_motion *m, size_t region, size_t node, double in)
{
    size_t at = region * m->p->nodes.n + node;
    struct ko_node_second *s = &m->nodes[at];
    struct ko_ill ill = ko_motion_ill(m, region, node);
    *s = (struct ko_node_second){.queued = s->queued};
    s->fresh = (float)fresh_at(m, region, node);
    s->arrivals = (float)(s->fresh + in + m->refresh[at] + m->comeback[at]);
    work(m, region, node, &ill, s);
    if (ill.dead)
        lie_dead(s);
    else
        serve(m, region, node, &ill, s);
    feel(m, region, node, s);
}

void ko_motion_step(struct ko_motion *m)
{
    for (size_t region = 0; region < KO_DRILL_REGIONS; region++) {
        for (size_t i = 0; i < m->p->nodes.n; i++)
            step_node(m, region, i, called(m, region, i));
        for (size_t i = 0; i < m->p->links.n; i++)
            ko_motion_link(m, region, i);
    }
}
