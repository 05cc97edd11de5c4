/* aftermath.c: the books of the business after an incident, part by part. */
#include "drill/aftermath.h"

#include "drill/export_csv.h"

#include <math.h>
#include <stdlib.h>

static const double COMPLAINS = 0.4, ASKS = 0.5;
static const double CLOSED_AFTER_S = 900;

/* Bots answer about one thing of a few. */
static const char *const intents[] = {"balance", "opening hours", "delivery", "invoice",
                                      "password"};
enum { INTENTS = sizeof intents / sizeof *intents };
static const double ANSWERS_KEPT = 0.2, FRESH_S = 120;

static double of_old_data(const struct ko_drill *d, const struct ko_planned **ret,
                          size_t second, size_t region, uint32_t node)
{
    for (size_t i = 0; i < d->plan.n; i++) {
        if (d->plan.faults[i].kind == KO_FAULT_STALE)
            *ret = &d->plan.faults[i];
    }
    return ko_flow_node(&d->run, second, region, node)->stale;
}

static enum ko_status answer(const struct ko_drill *d, struct ko_aftermath *x,
                             struct ko_rng *r, size_t second, size_t region,
                             uint32_t node)
{
    const struct ko_planned *fault = NULL;
    double share = of_old_data(d, &fault, second, region, node);
    struct ko_bot_answer a = {.at_s = (double)second + ko_rng_unit(r)};
    a.customer = ko_rng_below(r, KO_DRILL_CUSTOMERS);
    a.intent = intents[ko_rng_below(r, INTENTS)];
    a.data_s = a.at_s - ko_rng_unit(r) * FRESH_S;
    a.stale = ko_rng_unit(r) < share;
    if (a.stale && fault != NULL)
        a.data_s = fault->from_s - FRESH_S;
    if (ko_export_lost(d, r))
        return KO_OK;
    struct ko_bot_answer *room;
    KO_LIST_ADD(&x->arena, &x->answers, room);
    if (room == NULL)
        return KO_ENOMEM;
    a.id = x->answers.n;
    *room = a;
    return KO_OK;
}

enum ko_status ko_aftermath_answers(const struct ko_drill *d, struct ko_aftermath *x)
{
    struct ko_rng r = ko_rng_of(d->opt.seed, KO_STREAM_ANSWERS);
    enum ko_status st = KO_OK;
    for (size_t t = 0; t < d->run.seconds; t++) {
        for (size_t region = 0; region < KO_DRILL_REGIONS; region++) {
            for (uint32_t i = 0; i < d->platform.nodes.n && st == KO_OK; i++) {
                if (d->platform.nodes.v[i].kind != KO_NODE_BOT)
                    continue;
                const struct ko_node_second *s = ko_flow_node(&d->run, t, region, i);
                uint64_t n =
                    ko_rng_poisson(&r, ANSWERS_KEPT * s->served * (1 - s->error));
                for (uint64_t k = 0; k < n && st == KO_OK; k++)
                    st = answer(d, x, &r, t, region, i);
            }
        }
    }
    return st;
}

static enum ko_status open_case(const struct ko_drill *d, struct ko_aftermath *x,
                                struct ko_rng *r, struct ko_case_file f)
{
    f.closed_s = f.opened_s + ko_rng_duration(r, CLOSED_AFTER_S);
    if (ko_export_lost(d, r) || f.opened_s >= d->opt.duration_s)
        return KO_OK;
    if (f.closed_s >= d->opt.duration_s)
        f.closed_s = NAN;
    struct ko_case_file *room;
    KO_LIST_ADD(&x->arena, &x->cases, room);
    if (room == NULL)
        return KO_ENOMEM;
    f.id = x->cases.n;
    *room = f;
    return KO_OK;
}

enum ko_status ko_aftermath_cases(const struct ko_drill *d, struct ko_aftermath *x)
{
    struct ko_rng r = ko_rng_of(d->opt.seed, KO_STREAM_CASES);
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < x->payments.n && st == KO_OK; i++) {
        const struct ko_payment *p = &x->payments.v[i];
        if (p->status != KO_PAY_FAILED || ko_rng_unit(&r) > COMPLAINS)
            continue;
        st = open_case(d, x, &r,
                       (struct ko_case_file){.opened_s = p->at_s + 60,
                                             .customer = p->customer,
                                             .complaint = true,
                                             .subject = "payment failed"});
    }
    for (size_t i = 0; i < x->contacts.n && st == KO_OK; i++) {
        const struct ko_contact *k = &x->contacts.v[i];
        if (k->solved || k->gone || ko_rng_unit(&r) > ASKS)
            continue;
        st =
            open_case(d, x, &r,
                      (struct ko_case_file){.opened_s = k->at_s + k->wait_s + k->handle_s,
                                            .customer = k->customer,
                                            .subject = "not solved at first contact"});
    }
    return st;
}

enum ko_status ko_aftermath_make(const struct ko_drill *d, struct ko_aftermath *ret)
{
    *ret = (struct ko_aftermath){0};
    enum ko_status st = ko_aftermath_payments(d, ret);
    if (st == KO_OK)
        st = ko_aftermath_contacts(d, ret);
    if (st == KO_OK)
        st = ko_aftermath_cases(d, ret);
    return st == KO_OK ? ko_aftermath_answers(d, ret) : st;
}

/* Those of one second are made in no order. */
static int by_time(const void *a, const void *b)
{
    const struct ko_contact *x = a, *y = b;
    if (x->at_s != y->at_s)
        return x->at_s < y->at_s ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

void ko_aftermath_by_time(struct ko_aftermath *x)
{
    if (x->contacts.n > 0)
        qsort(x->contacts.v, x->contacts.n, sizeof *x->contacts.v, by_time);
}

void ko_aftermath_release(struct ko_aftermath *x)
{
    ko_arena_release(&x->arena);
    *x = (struct ko_aftermath){0};
}
