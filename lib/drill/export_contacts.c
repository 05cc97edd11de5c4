/* export_contacts.c: the customers who wanted people, one record each. */
#include "drill/export_csv.h"

#include <math.h>

enum { CUSTOMERS = 4000, RECENT = 64 };

struct contacts {
    struct ko_rng rng;
    struct ko_buf *out;
    uint64_t n;
    uint64_t gave_up[RECENT]; /* who may call again */
    size_t n_gave_up;
};

static double misrouted(const struct ko_drill *d, size_t second)
{
    for (size_t i = 0; i < d->plan.n; i++) {
        const struct ko_planned *f = &d->plan.faults[i];
        if ((f->kind == KO_FAULT_MISROUTE || f->kind == KO_FAULT_CONTEXT) &&
            second >= f->from_s && second < f->to_s)
            return f->kind == KO_FAULT_MISROUTE ? f->size * 0.8 : f->size * 0.2;
    }
    return 0.05;
}

static uint64_t customer(struct contacts *x, bool again)
{
    if (again && x->n_gave_up > 0)
        return x->gave_up[ko_rng_below(&x->rng, x->n_gave_up)];
    return ko_rng_below(&x->rng, CUSTOMERS);
}

static void remember(struct contacts *x, uint64_t who)
{
    size_t at = x->n_gave_up < RECENT ? x->n_gave_up++ : ko_rng_below(&x->rng, RECENT);
    x->gave_up[at] = who;
}

static const char *yes(bool x)
{
    return x ? "yes" : "no";
}

static void put_contact(struct contacts *x, const struct ko_drill *d, size_t second,
                        size_t region, uint32_t node)
{
    const struct ko_node_second *s = ko_flow_node(&d->run, second, region, node);
    struct ko_rng *r = &x->rng;
    double wait = s->wait > 1 ? ko_rng_duration(r, s->wait) : ko_rng_between(r, 1, 8);
    double patience = ko_rng_duration(r, d->platform.nodes.v[node].patience_s);
    bool gone = wait > patience;
    double handle = gone ? 0 : ko_rng_duration(r, s->hold);
    double repeats = s->arrivals > s->fresh ? s->lost * 0.5 / s->arrivals : 0;
    uint64_t who = customer(x, ko_rng_unit(r) < repeats);
    bool moved = !gone && ko_rng_unit(r) < misrouted(d, second);
    bool voice = ko_rng_unit(r) < 0.65;
    bool solved = !gone && !moved && ko_rng_unit(r) < 0.85;
    double at = (double)second + ko_rng_unit(r);
    if (gone)
        remember(x, who);
    if (ko_export_lost(d, r))
        return;
    ko_buf_printf(x->out, "k-%06llu,", (unsigned long long)++x->n);
    ko_time_put(x->out, ko_export_time(d, node, at));
    ko_buf_printf(x->out, ",c-%04llu,%s,%.*s,%s,%d,%d,%s,%s,%s\n",
                  (unsigned long long)who, voice ? "voice" : "chat",
                  KO_ARG(d->platform.nodes.v[node].name), ko_region_names[region],
                  (int)(gone ? patience : wait), (int)handle, yes(gone), yes(moved),
                  yes(solved));
}

void ko_drill_put_contacts(const struct ko_drill *d, struct ko_buf *out)
{
    struct contacts x = {.rng = ko_rng_of(d->opt.seed, KO_STREAM_CONTACTS), .out = out};
    ko_buf_puts(out, "contact_id,initiated_at,customer_id,channel,queue,region,"
                     "queue_seconds,handle_seconds,abandoned,transferred,resolved\n");
    for (size_t t = 0; t < d->run.seconds; t++) {
        for (size_t r = 0; r < KO_DRILL_REGIONS; r++) {
            for (uint32_t i = 0; i < d->platform.nodes.n; i++) {
                if (d->platform.nodes.v[i].kind != KO_NODE_QUEUE)
                    continue;
                uint64_t n =
                    ko_rng_poisson(&x.rng, ko_flow_node(&d->run, t, r, i)->arrivals);
                for (uint64_t k = 0; k < n; k++)
                    put_contact(&x, d, t, r, i);
            }
        }
    }
}
