/* export_contacts.c: the customers who wanted people, and whom to call back. */
#include "drill/aftermath.h"
#include "drill/export_csv.h"

#include <math.h>

enum { CUSTOMERS = 4000, RECENT = 64 };

/* Who waits longer may ask to be called back, within so long. */
static const double CALLBACK_AFTER_S = 45, ASKS_FOR_CALL = 0.3, DUE_S = 480;
/* Agents with no time to spare do not call. */
static const double TOO_BUSY = 0.95, CALLED_AFTER_S = 200;

struct contacts {
    const struct ko_drill *d;
    struct ko_aftermath *x;
    struct ko_rng rng;
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

static bool too_busy(const struct ko_drill *d, double at_s, size_t region, uint32_t node)
{
    size_t last = d->run.seconds - 1;
    size_t second = (size_t)at_s;
    return ko_flow_node(&d->run, second < last ? second : last, region, node)->busy >
           TOO_BUSY;
}

static enum ko_status call_back(struct contacts *x, const struct ko_contact *k)
{
    struct ko_callback c = {.customer = k->customer, .queue = k->queue};
    c.requested_s = k->at_s + k->wait_s;
    c.due_s = c.requested_s + DUE_S;
    c.done_s = c.requested_s + ko_rng_duration(&x->rng, CALLED_AFTER_S);
    if (c.done_s >= x->d->opt.duration_s || c.done_s > c.due_s ||
        too_busy(x->d, c.done_s, k->region, k->queue))
        c.done_s = NAN;
    if (ko_export_lost(x->d, &x->rng) || c.requested_s >= x->d->opt.duration_s)
        return KO_OK;
    struct ko_callback *room;
    KO_LIST_ADD(&x->x->arena, &x->x->callbacks, room);
    if (room == NULL)
        return KO_ENOMEM;
    c.id = x->x->callbacks.n;
    *room = c;
    return KO_OK;
}

static enum ko_status take_contact(struct contacts *x, size_t second, size_t region,
                                   uint32_t node)
{
    const struct ko_node_second *s = ko_flow_node(&x->d->run, second, region, node);
    struct ko_rng *r = &x->rng;
    struct ko_contact k = {.queue = node, .region = region};
    double wait = s->wait > 1 ? ko_rng_duration(r, s->wait) : ko_rng_between(r, 1, 8);
    double patience = ko_rng_duration(r, x->d->platform.nodes.v[node].patience_s);
    double repeats = s->arrivals > s->fresh ? s->lost * 0.5 / s->arrivals : 0;
    k.gone = wait > patience;
    k.wait_s = k.gone ? patience : wait;
    k.handle_s = k.gone ? 0 : ko_rng_duration(r, s->hold);
    k.customer = customer(x, ko_rng_unit(r) < repeats);
    k.moved = !k.gone && ko_rng_unit(r) < misrouted(x->d, second);
    k.voice = ko_rng_unit(r) < 0.65;
    k.solved = !k.gone && !k.moved && ko_rng_unit(r) < 0.85;
    k.at_s = (double)second + ko_rng_unit(r);
    if (k.gone)
        remember(x, k.customer);
    if (!ko_export_lost(x->d, r)) {
        struct ko_contact *room;
        KO_LIST_ADD(&x->x->arena, &x->x->contacts, room);
        if (room == NULL)
            return KO_ENOMEM;
        k.id = x->x->contacts.n;
        *room = k;
    }
    bool asks = k.wait_s > CALLBACK_AFTER_S && ko_rng_unit(r) < ASKS_FOR_CALL;
    return asks ? call_back(x, &k) : KO_OK;
}

enum ko_status ko_aftermath_contacts(const struct ko_drill *d, struct ko_aftermath *a)
{
    struct contacts x = {.d = d, .x = a};
    x.rng = ko_rng_of(d->opt.seed, KO_STREAM_CONTACTS);
    for (size_t t = 0; t < d->run.seconds; t++) {
        for (size_t r = 0; r < KO_DRILL_REGIONS; r++) {
            for (uint32_t i = 0; i < d->platform.nodes.n; i++) {
                if (d->platform.nodes.v[i].kind != KO_NODE_QUEUE)
                    continue;
                uint64_t n =
                    ko_rng_poisson(&x.rng, ko_flow_node(&d->run, t, r, i)->arrivals);
                for (uint64_t k = 0; k < n; k++) {
                    if (take_contact(&x, t, r, i) != KO_OK)
                        return KO_ENOMEM;
                }
            }
        }
    }
    return KO_OK;
}

struct ko_str ko_drill_way(const struct ko_contact *contact)
{
    return contact->voice ? KO_STR("voice") : KO_STR("chat");
}

static const char *yes(bool x)
{
    return x ? "yes" : "no";
}

void ko_drill_put_contacts(const struct ko_drill *d, struct ko_buf *out)
{
    struct ko_aftermath a = {0};
    if (ko_aftermath_contacts(d, &a) != KO_OK)
        out->status = KO_ENOMEM;
    ko_buf_puts(out, "contact_id,initiated_at,customer_id,channel,queue,region,"
                     "queue_seconds,handle_seconds,abandoned,transferred,resolved\n");
    for (size_t i = 0; i < a.contacts.n; i++) {
        const struct ko_contact *k = &a.contacts.v[i];
        ko_buf_printf(out, "k-%06llu,", (unsigned long long)k->id);
        ko_time_put(out, ko_export_time(d, k->queue, k->at_s));
        ko_buf_printf(out, ",c-%04llu,%.*s,%.*s,%s,%d,%d,%s,%s,%s\n",
                      (unsigned long long)k->customer, KO_ARG(ko_drill_way(k)),
                      KO_ARG(d->platform.nodes.v[k->queue].name),
                      ko_region_names[k->region], (int)k->wait_s, (int)k->handle_s,
                      yes(k->gone), yes(k->moved), yes(k->solved));
    }
    ko_aftermath_release(&a);
}
