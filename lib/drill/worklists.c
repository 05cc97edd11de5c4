/* worklists.c: what an incident leaves to do, by the exported records alone. */
#include "base/json.h"
#include "drill/aftermath.h"

#include <math.h>

struct lists {
    const struct ko_drill *d;
    struct ko_aftermath x;
    struct ko_buf *b;
};

static bool counts(const struct lists *l, double at_s)
{
    return at_s >= l->d->plan.start_s;
}

static void open_list(const struct lists *l, const char *name, bool first)
{
    ko_buf_puts(l->b, first ? "\n  \"" : ",\n  \"");
    ko_buf_puts(l->b, name);
    ko_buf_puts(l->b, "\":[");
}

static void put_id(const struct lists *l, const char *format_prefix, int width,
                   uint64_t id)
{
    ko_json_sep(l->b);
    ko_buf_printf(l->b, "\"%s%0*llu\"", format_prefix, width, (unsigned long long)id);
}

/* What is known of an order. */
struct order {
    bool paid, pending, failed;
};

static struct order *orders(struct lists *l, uint64_t *ret_n)
{
    uint64_t n = 0;
    for (size_t i = 0; i < l->x.payments.n; i++)
        n = l->x.payments.v[i].order > n ? l->x.payments.v[i].order : n;
    struct order *v = ko_arena_alloc(&l->x.arena, (size_t)n + 1, sizeof *v);
    if (v == NULL)
        l->b->status = KO_ENOMEM;
    *ret_n = v == NULL ? 0 : n;
    return v;
}

/* In order of time: that of an attempt's end. */
static void put_payments(struct lists *l)
{
    uint64_t n;
    struct order *v = orders(l, &n);
    open_list(l, "failed-payments", true);
    for (size_t i = 0; n > 0 && i < l->x.payments.n; i++) {
        const struct ko_payment *p = &l->x.payments.v[i];
        struct order *o = &v[p->order];
        o->paid = o->paid || p->status == KO_PAID;
        o->pending = o->pending || p->status == KO_PAY_PENDING;
        o->failed = o->failed || (p->status == KO_PAY_FAILED && counts(l, p->at_s));
    }
    for (uint64_t i = 1; i <= n; i++) {
        if (v[i].failed && !v[i].paid && !v[i].pending)
            put_id(l, "o-", 6, i);
        v[i].paid = false;
    }
    ko_buf_putc(l->b, ']');
    open_list(l, "duplicate-payments", false);
    for (size_t i = 0; n > 0 && i < l->x.payments.n; i++) {
        const struct ko_payment *p = &l->x.payments.v[i];
        if (p->status != KO_PAID)
            continue;
        if (v[p->order].paid && counts(l, p->at_s))
            put_id(l, "p-", 6, p->id);
        v[p->order].paid = true;
    }
    ko_buf_putc(l->b, ']');
}

static void put_contacts(struct lists *l)
{
    ko_aftermath_by_time(&l->x);
    const struct ko_contact **last =
        ko_arena_alloc(&l->x.arena, KO_DRILL_CUSTOMERS, sizeof(void *));
    open_list(l, "repeat-contacts", false);
    for (size_t i = 0; last != NULL && i < l->x.contacts.n; i++) {
        const struct ko_contact *k = &l->x.contacts.v[i];
        if (last[k->customer] != NULL && counts(l, k->at_s))
            put_id(l, "k-", 6, k->id);
        last[k->customer] = k;
    }
    ko_buf_putc(l->b, ']');
    open_list(l, "unresolved-contacts", false);
    for (uint64_t i = 0; last != NULL && i < KO_DRILL_CUSTOMERS; i++) {
        if (last[i] != NULL && !last[i]->solved && counts(l, last[i]->at_s))
            put_id(l, "c-", 4, i);
    }
    ko_buf_putc(l->b, ']');
    if (last == NULL)
        l->b->status = KO_ENOMEM;
}

static void put_cases(struct lists *l, const char *name, bool complaints)
{
    open_list(l, name, false);
    for (size_t i = 0; i < l->x.cases.n; i++) {
        const struct ko_case_file *f = &l->x.cases.v[i];
        bool in = complaints ? f->complaint : isnan(f->closed_s);
        if (in && counts(l, f->opened_s))
            put_id(l, "case-", 5, f->id);
    }
    ko_buf_putc(l->b, ']');
}

static void put_callbacks(struct lists *l)
{
    open_list(l, "missed-callbacks", false);
    for (size_t i = 0; i < l->x.callbacks.n; i++) {
        const struct ko_callback *c = &l->x.callbacks.v[i];
        if (isnan(c->done_s) && c->due_s < l->d->opt.duration_s &&
            counts(l, c->requested_s))
            put_id(l, "cb-", 5, c->id);
    }
    ko_buf_putc(l->b, ']');
}

static void put_answers(struct lists *l)
{
    open_list(l, "stale-answers", false);
    for (size_t i = 0; i < l->x.answers.n; i++) {
        const struct ko_bot_answer *a = &l->x.answers.v[i];
        if (a->stale && counts(l, a->at_s))
            put_id(l, "a-", 6, a->id);
    }
    ko_buf_putc(l->b, ']');
}

void ko_drill_put_worklists(const struct ko_drill *d, struct ko_buf *out)
{
    struct lists l = {.d = d, .b = out};
    if (ko_aftermath_make(d, &l.x) != KO_OK)
        out->status = KO_ENOMEM;
    ko_buf_puts(out, ",\n \"worklists\":{");
    put_payments(&l);
    put_contacts(&l);
    put_cases(&l, "open-cases", false);
    put_cases(&l, "complaints", true);
    put_callbacks(&l);
    put_answers(&l);
    ko_buf_putc(out, '}');
    ko_aftermath_release(&l.x);
}
