/* aftermath_payments.c: orders, and every attempt to pay them. */
#include "drill/aftermath.h"
#include "drill/export_csv.h"

#include <math.h>

enum { CUSTOMERS = 4000, PRESSES = 2 };

/* Customers press again after a failure, after about so long. */
static const double PRESSES_AGAIN = 0.3, AGAIN_S = 45;

struct till {
    const struct ko_drill *d;
    struct ko_aftermath *x;
    struct ko_rng rng;
    uint32_t node;
    unsigned tries;
    double timeout_s;
    uint64_t orders, rows;
};

static const struct ko_node_second *state_at(const struct till *t, double at_s,
                                             size_t region)
{
    size_t last = t->d->run.seconds - 1;
    size_t second = (size_t)at_s;
    return ko_flow_node(&t->d->run, second < last ? second : last, region, t->node);
}

static enum ko_status keep(struct till *t, struct ko_payment p)
{
    struct ko_payment *room;
    p.id = ++t->rows;
    if (p.at_s >= t->d->opt.duration_s || ko_export_lost(t->d, &t->rng))
        return KO_OK;
    KO_LIST_ADD(&t->x->arena, &t->x->payments, room);
    if (room == NULL)
        return KO_ENOMEM;
    *room = p;
    return KO_OK;
}

/* One attempt, begun at p->at_s, which becomes when its caller is through with it. */
static enum ko_status attempt(struct till *t, struct ko_payment *p, bool *ret_ok)
{
    const struct ko_node_second *s = state_at(t, p->at_s, p->region);
    double took = s->wait + ko_rng_duration(&t->rng, s->hold);
    bool fails = ko_rng_unit(&t->rng) < s->error;
    struct ko_payment row = *p;
    bool late = s->dead > 0 || took > t->timeout_s;
    p->at_s += late ? t->timeout_s : took;
    *ret_ok = !fails && !late;
    if (s->dead > 0)
        return KO_OK;
    row.status = row.at_s + took >= t->d->opt.duration_s ? KO_PAY_PENDING
                 : fails                                 ? KO_PAY_FAILED
                                                         : KO_PAID;
    if (row.status != KO_PAY_PENDING)
        row.at_s += took;
    return keep(t, row);
}

static enum ko_status take_order(struct till *t, size_t second, size_t region)
{
    struct ko_payment p = {.at_s = (double)second + ko_rng_unit(&t->rng)};
    p.order = ++t->orders;
    p.customer = ko_rng_below(&t->rng, CUSTOMERS);
    p.cents = 500 + (unsigned)ko_rng_below(&t->rng, 20000);
    p.region = region;
    bool ok = false;
    for (int press = 0; press < PRESSES && !ok; press++) {
        for (unsigned i = 0; i < t->tries && !ok; i++) {
            p.attempt++;
            if (attempt(t, &p, &ok) != KO_OK)
                return KO_ENOMEM;
        }
        if (ko_rng_unit(&t->rng) > PRESSES_AGAIN)
            break;
        p.at_s += ko_rng_duration(&t->rng, AGAIN_S);
    }
    return KO_OK;
}

bool ko_drill_till(const struct ko_platform *p, uint32_t *ret_node)
{
    for (uint32_t i = 0; i < p->nodes.n; i++) {
        *ret_node = i;
        if (p->nodes.v[i].part == KO_PART_PAYMENTS)
            return p->in.from[i + 1] > p->in.from[i];
    }
    return false;
}

/* How callers of the payments call them; false when nobody does. */
static bool terms(struct till *t)
{
    const struct ko_platform *p = &t->d->platform;
    bool found = ko_drill_till(p, &t->node);
    t->timeout_s = INFINITY;
    for (size_t k = p->in.from[t->node]; found && k < p->in.from[t->node + 1]; k++) {
        const struct ko_sim_link *l = &p->links.v[p->in.v[k]];
        t->tries = l->retries + 1 > t->tries ? l->retries + 1 : t->tries;
        t->timeout_s = l->timeout_s < t->timeout_s ? l->timeout_s : t->timeout_s;
    }
    return found && t->tries > 0;
}

static double orders_at(const struct till *t, size_t second, size_t region)
{
    const struct ko_platform *p = &t->d->platform;
    double sum = 0;
    for (size_t k = p->in.from[t->node]; k < p->in.from[t->node + 1]; k++)
        sum += ko_flow_link(&t->d->run, second, region, p->in.v[k])->logical;
    return sum;
}

enum ko_status ko_aftermath_payments(const struct ko_drill *d, struct ko_aftermath *x)
{
    struct till t = {.d = d, .x = x};
    t.rng = ko_rng_of(d->opt.seed, KO_STREAM_PAYMENTS);
    if (!terms(&t))
        return KO_OK;
    for (size_t second = 0; second < d->run.seconds; second++) {
        for (size_t region = 0; region < KO_DRILL_REGIONS; region++) {
            uint64_t n = ko_rng_poisson(&t.rng, orders_at(&t, second, region));
            for (uint64_t k = 0; k < n; k++) {
                if (take_order(&t, second, region) != KO_OK)
                    return KO_ENOMEM;
            }
        }
    }
    return KO_OK;
}
