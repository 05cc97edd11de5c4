/* motion_link.c: one second of a call from one node to another: tries, waits, gives up.
 */
#include "drill/motion.h"

static const double BREAKER_OPENS = 0.5, BREAKER_CLOSES = 0.2, BREAKER_PROBES = 0.05;
static const double BULKHEAD_SHARE = 0.3;
static const double RETRY_BUDGET = 0.1; /* Google SRE book, ch. 21 */
static const double TIMEOUT_OF_USUAL = 3;
static const double FALLBACK_SHARE = 0.95;
static const double REFUSAL_S = 0.005;
static const double FORGET = 0.98;
/* How fast customers of a channel, or a bot, turn up in the queue. */
static const double SHIFT_CHANNEL_S = 90, SHIFT_BOT_S = 15;

/* Attempts of a logical call whose attempts fail with ${failed}; ${ret_given_up} is the
 * part that fails in the end. */
static double attempts_of(double failed, unsigned retries, double *ret_given_up)
{
    double sum = 0;
    double left = 1;
    for (unsigned i = 0; i <= retries; i++) {
        sum += left;
        left *= failed;
    }
    *ret_given_up = left;
    return sum;
}

static double timeout_of(struct ko_motion *m, size_t region, size_t link, double latency)
{
    const struct ko_sim_link *l = &m->p->links.v[link];
    double *usual = &m->usual_time[region * m->p->links.n + link];
    if (!m->warm || m->second < m->plan->start_s)
        *usual = *usual <= 0 ? latency : FORGET * *usual + (1 - FORGET) * latency;
    double shorter = TIMEOUT_OF_USUAL * *usual;
    bool cut = ko_motion_contained(m, KO_CONTAIN_TIMEOUT, link);
    return cut && shorter < l->timeout_s ? shorter : l->timeout_s;
}

/* One attempt: its failures and its mean time. */
static double try_once(struct ko_motion *m, size_t region, size_t link,
                       struct ko_link_second *ls)
{
    const struct ko_sim_link *l = &m->p->links.v[link];
    const struct ko_node_second *callee = &m->nodes[region * m->p->nodes.n + l->callee];
    double latency = (double)callee->wait + callee->hold;
    double timeout = timeout_of(m, region, link, latency);
    if (callee->dead > 0) {
        ls->late = 1;
        ls->failed = 1;
        return timeout;
    }
    double late = ko_drill_tail(timeout, latency);
    double mean = latency * KO_DRILL_MEAN;
    mean = mean > timeout ? timeout : mean;
    ls->late = (float)late;
    ls->failed = (float)(1 - (1 - callee->error) * (1 - late));
    double slow = (1 - late) * mean + late * timeout;
    return callee->refused * REFUSAL_S + (1 - callee->refused) * slow;
}

static void break_circuit(struct ko_motion *m, size_t region, size_t link,
                          struct ko_link_second *ls)
{
    bool *open = &m->open[region * m->p->links.n + link];
    if (!ko_motion_contained(m, KO_CONTAIN_BREAKER, link)) {
        *open = false;
        return;
    }
    *open = ls->failed > (*open ? BREAKER_CLOSES : BREAKER_OPENS);
    if (!*open)
        return;
    ls->attempts = (float)(ls->logical * BREAKER_PROBES);
    ls->time = (float)(ls->time * BREAKER_PROBES);
    ls->given_up = 1;
}

static void bound_slots(const struct ko_motion *m, size_t region, size_t link,
                        struct ko_link_second *ls)
{
    if (!ko_motion_contained(m, KO_CONTAIN_BULKHEAD, link))
        return;
    const struct ko_sim_node *caller = &m->p->nodes.v[m->p->links.v[link].caller];
    double limit = BULKHEAD_SHARE * caller->slots * ko_region_shares[region];
    double used = (double)ls->logical * ls->time;
    if (used <= limit)
        return;
    float k = (float)(limit / used);
    ls->attempts *= k;
    ls->time *= k;
    ls->given_up = 1 - k * (1 - ls->given_up);
}

static void sync_call(struct ko_motion *m, size_t region, size_t link,
                      struct ko_link_second *ls)
{
    const struct ko_sim_link *l = &m->p->links.v[link];
    double once = try_once(m, region, link, ls);
    double given_up;
    double attempts = attempts_of(ls->failed, l->retries, &given_up);
    if (ko_motion_contained(m, KO_CONTAIN_RETRY_LIMIT, link) &&
        attempts > 1 + RETRY_BUDGET) {
        attempts = 1 + RETRY_BUDGET;
        given_up = ls->failed;
    }
    ls->attempts = (float)(ls->logical * attempts);
    ls->time = (float)(once * attempts);
    ls->given_up = (float)given_up;
    break_circuit(m, region, link, ls);
    bound_slots(m, region, link, ls);
    double spared = l->fallback_share;
    if (ko_motion_contained(m, KO_CONTAIN_FALLBACK, link))
        spared = FALLBACK_SHARE;
    ls->given_up = (float)(ls->given_up * (1 - spared));
}

static void shift(struct ko_motion *m, size_t region, size_t link,
                  struct ko_link_second *ls)
{
    const struct ko_sim_link *l = &m->p->links.v[link];
    const struct ko_node_second *from = &m->nodes[region * m->p->nodes.n + l->caller];
    bool bot = m->p->nodes.v[l->caller].kind == KO_NODE_BOT;
    double *moving = &m->shift[region * m->p->links.n + link];
    double healthy = from->served * (1 - from->error) * l->per_request;
    double want = healthy + l->shift_share * from->bad;
    double weight = 1 / (bot ? SHIFT_BOT_S : SHIFT_CHANNEL_S);
    *moving += (want - *moving) * weight;
    ls->logical = ls->attempts = (float)*moving;
}

void ko_motion_link(struct ko_motion *m, size_t region, size_t link)
{
    const struct ko_sim_link *l = &m->p->links.v[link];
    struct ko_link_second *ls = &m->links[region * m->p->links.n + link];
    const struct ko_node_second *from = &m->nodes[region * m->p->nodes.n + l->caller];
    *ls = (struct ko_link_second){0};
    ls->logical = (float)(from->served * l->per_request * (1 - l->cache_hit));
    ls->attempts = ls->logical;
    if (l->how == KO_HOW_SYNC)
        sync_call(m, region, link, ls);
    else if (l->how == KO_HOW_SHIFT)
        shift(m, region, link, ls);
}
