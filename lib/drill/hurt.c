/* hurt.c: the customer-impact minutes of the exported records, counted before any of them
 * go missing. */
#include "base/json.h"
#include "base/num.h"
#include "drill/aftermath.h"
#include "drill/export_csv.h"
#include "drill/walk.h"

#include <string.h>

enum { CUSTOMERS = 4000, MINUTE_S = 60 };

/* A record of a customer who was hurt. */
struct hurt {
    uint64_t customer;
    unsigned minute; /* of the drill, in which the record is stamped */
    uint32_t node;   /* that the customer dealt with */
    size_t region;
    struct ko_str channel; /* empty: the record names none */
};

struct hurts {
    struct ko_arena arena;
    KO_LIST(struct hurt) v;
    const struct ko_platform *p;
    unsigned from_minute, minutes; /* counted; `minutes` is past the last */
    enum ko_status status;
};

/* What customers put up with at ${node}; of several journeys the most patient. */
static double slow_after(const struct ko_platform *p, uint32_t node)
{
    double most = 0;
    for (size_t i = 0; i < p->journeys.n; i++) {
        for (size_t k = 0; k < p->journeys.v[i].steps.n; k++) {
            const struct ko_journey_step *s = &p->journeys.v[i].steps.v[k];
            if (s->node == node && s->slow_after_s > most)
                most = s->slow_after_s;
        }
    }
    return most;
}

static bool too_slow(const struct hurts *x, uint32_t node, double took_s)
{
    double limit = slow_after(x->p, node);
    return limit > 0 && took_s > limit;
}

static void add(struct hurts *x, struct hurt h, double at_s)
{
    struct hurt *room;
    h.minute = (unsigned)(at_s / MINUTE_S);
    if (h.minute < x->from_minute)
        return;
    KO_LIST_ADD(&x->arena, &x->v, room);
    if (room == NULL) {
        x->status = KO_ENOMEM;
        return;
    }
    *room = h;
    x->minutes = h.minute >= x->minutes ? h.minute + 1 : x->minutes;
}

static void take_hop(void *ctx, const struct ko_drill *d, const struct ko_hop *h)
{
    struct hurts *x = ctx;
    const struct ko_sim_node *n = &d->platform.nodes.v[h->node];
    if (h->caller != UINT32_MAX || (h->ok && !too_slow(x, h->node, h->took_s)))
        return;
    struct hurt hurt = {h->customer, 0, h->node, h->region, ko_drill_channel(n)};
    add(x, hurt, h->at_s + h->took_s);
}

static void take_books(struct hurts *x, const struct ko_drill *d)
{
    struct ko_aftermath a = {0};
    uint32_t till;
    bool pays = ko_drill_till(&d->platform, &till);
    if (ko_aftermath_payments(d, &a) != KO_OK || ko_aftermath_contacts(d, &a) != KO_OK)
        x->status = KO_ENOMEM;
    for (size_t i = 0; i < a.contacts.n; i++) {
        const struct ko_contact *k = &a.contacts.v[i];
        if (!k->solved || too_slow(x, k->queue, (int)k->wait_s))
            add(x, (struct hurt){k->customer, 0, k->queue, k->region, ko_drill_way(k)},
                k->at_s);
    }
    for (size_t i = 0; pays && i < a.payments.n; i++) {
        const struct ko_payment *p = &a.payments.v[i];
        if (p->status == KO_PAY_FAILED)
            add(x,
                (struct hurt){.customer = p->customer, .node = till, .region = p->region},
                p->at_s);
    }
    ko_aftermath_release(&a);
}

static void collect(struct hurts *x, const struct ko_drill *d, const struct ko_flow *run)
{
    struct ko_drill whole = *d;
    whole.run = *run;
    whole.opt.missing_percent = 0;
    if (run != &d->run)
        whole.plan.n = 0;
    *x = (struct hurts){.p = &d->platform, .from_minute = d->plan.start_s / MINUTE_S};
    ko_walk_all(&whole, ko_export_hops(&whole), take_hop, x);
    take_books(x, &whole);
}

/* ---- counting ---- */

enum dim { ALL, REGION, CHANNEL, QUEUE, JOURNEY };

/* One value of a dimension. */
struct cut {
    enum dim dim;
    size_t index; /* region, node or journey */
    struct ko_str name;
};

/* Of the journey that begins at ${node}, or else of the only one that passes it. */
static size_t journey_of(const struct ko_platform *p, uint32_t node)
{
    size_t only = SIZE_MAX, n = 0;
    for (size_t i = 0; i < p->journeys.n; i++) {
        for (size_t k = 0; k < p->journeys.v[i].steps.n; k++) {
            if (p->journeys.v[i].steps.v[k].node != node)
                continue;
            if (k == 0)
                return i;
            n++;
            only = i;
        }
    }
    return n == 1 ? only : SIZE_MAX;
}

static bool is_in(const struct cut *c, const struct ko_platform *p, const struct hurt *h)
{
    switch (c->dim) {
    case REGION:
        return h->region == c->index;
    case CHANNEL:
        return ko_str_eq(h->channel, c->name);
    case QUEUE:
        return h->node == c->index;
    case JOURNEY:
        return journey_of(p, h->node) == c->index;
    default:
        return true;
    }
}

/* Pairs of a customer and a minute. */
static size_t pairs(struct hurts *x, const struct cut *c)
{
    size_t n = 0;
    size_t minutes = x->minutes > x->from_minute ? x->minutes - x->from_minute : 0;
    bool *met = ko_mem_alloc(minutes * CUSTOMERS + 1, sizeof *met);
    if (met == NULL) {
        x->status = KO_ENOMEM;
        return 0;
    }
    for (size_t i = 0; i < x->v.n; i++) {
        const struct hurt *h = &x->v.v[i];
        size_t at = (size_t)(h->minute - x->from_minute) * CUSTOMERS + h->customer;
        if (!is_in(c, x->p, h) || met[at])
            continue;
        met[at] = true;
        n++;
    }
    ko_mem_free(met);
    return n;
}

struct writer {
    struct hurts run, twin;
    struct ko_buf *b;
};

static void put_pairs(struct writer *w, const struct cut *c)
{
    ko_num_put(w->b, (double)pairs(&w->run, c) - (double)pairs(&w->twin, c));
}

static void put_cut(struct writer *w, const struct cut *c)
{
    ko_json_sep(w->b);
    ko_json_put_str(w->b, c->name);
    ko_buf_putc(w->b, ':');
    put_pairs(w, c);
}

static void open_dim(struct writer *w, const char *name)
{
    ko_json_key(w->b, name);
    ko_buf_putc(w->b, '{');
}

static void put_regions(struct writer *w)
{
    open_dim(w, "region");
    for (size_t r = 0; r < KO_DRILL_REGIONS; r++)
        put_cut(w, &(struct cut){REGION, r, ko_str(ko_region_names[r])});
    ko_buf_putc(w->b, '}');
}

/* The first node that has the channel stands for it. */
static bool is_first(const struct ko_platform *p, size_t node)
{
    struct ko_str name = ko_drill_channel(&p->nodes.v[node]);
    for (size_t i = 0; i < node; i++) {
        if (ko_str_eq(ko_drill_channel(&p->nodes.v[i]), name))
            return false;
    }
    return name.n > 0;
}

static void put_channels(struct writer *w)
{
    const struct ko_platform *p = w->run.p;
    open_dim(w, "channel");
    put_cut(w, &(struct cut){CHANNEL, 0, KO_STR("voice")});
    put_cut(w, &(struct cut){CHANNEL, 0, KO_STR("chat")});
    for (size_t i = 0; i < p->nodes.n; i++) {
        struct ko_str name = ko_drill_channel(&p->nodes.v[i]);
        if (ko_walk_enters(&p->nodes.v[i]) && is_first(p, i) &&
            !ko_str_eq(name, KO_STR("chat")))
            put_cut(w, &(struct cut){CHANNEL, i, name});
    }
    ko_buf_putc(w->b, '}');
}

static void put_queues(struct writer *w)
{
    const struct ko_platform *p = w->run.p;
    open_dim(w, "queue");
    for (size_t i = 0; i < p->nodes.n; i++) {
        if (p->nodes.v[i].kind == KO_NODE_QUEUE)
            put_cut(w, &(struct cut){QUEUE, i, p->nodes.v[i].name});
    }
    ko_buf_putc(w->b, '}');
}

static void put_journeys(struct writer *w)
{
    const struct ko_platform *p = w->run.p;
    open_dim(w, "journey");
    for (size_t i = 0; i < p->journeys.n; i++)
        put_cut(w, &(struct cut){JOURNEY, i, p->journeys.v[i].name});
    ko_buf_putc(w->b, '}');
}

void ko_drill_put_impact(const struct ko_drill *d, struct ko_buf *out)
{
    struct writer w = {.b = out};
    collect(&w.run, d, &d->run);
    collect(&w.twin, d, d->twin.seconds > 0 ? &d->twin : &d->run);
    ko_buf_puts(out, ",\n \"impact\":{\"customer_impact_minutes\":");
    put_pairs(&w, &(struct cut){.dim = ALL});
    ko_json_key(out, "normal");
    ko_num_put(out, (double)pairs(&w.twin, &(struct cut){.dim = ALL}));
    put_regions(&w);
    put_channels(&w);
    put_queues(&w);
    put_journeys(&w);
    ko_buf_putc(out, '}');
    if (w.run.status != KO_OK || w.twin.status != KO_OK)
        out->status = KO_ENOMEM;
    ko_arena_release(&w.run.arena);
    ko_arena_release(&w.twin.arena);
}
