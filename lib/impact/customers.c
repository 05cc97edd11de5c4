/* customers.c: customer-impact minutes and the number of customers touched. */
#include "impact/customers.h"

#include "base/buf.h"
#include "base/num.h"
#include "impact/reply.h"

#include <math.h>
#include <stdlib.h>

/* Values of a dimension that get a record: as many as a reader looks at. */
enum { VALUES_MAX = 8 };
enum { TEXT_MAX_BYTES = 4096 };
/* A share that is this far beyond chance is another one. */
static const double ROSE_DEVIATIONS = 3;

#define LESS                                                                             \
    ", less those of a healthy time: the share that has one there, of as many as usual " \
    "if that share rose, else of all; an interaction of a part that names nobody "       \
    "counts "                                                                            \
    "one minute"
static const char minutes_definition[] =
    "sum over the minutes of the incident of the distinct ids with an interaction that "
    "failed" LESS;
static const char late_minutes_definition[] =
    "sum over the minutes of the incident of the distinct ids with an interaction that "
    "failed or took longer than slow_after of its step in the map" LESS;
static const char touched_definition[] =
    "distinct ids whose first such interaction of the window is in the incident";

/* Whose minutes are counted. */
static const struct head {
    const char *id_kind, *plural, *minutes;
} kinds[] = {
    {"customer", "customers", "customer-minutes"},
    {"session", "sessions", "session-minutes"},
    {"customer or session", "customers or sessions", "minutes of customers or sessions"},
    {"interaction", "interactions", ""}};
enum { KINDS = sizeof kinds / sizeof *kinds, NAMELESS = KINDS - 1 };

static const struct head *head_of(const struct ko_group *g)
{
    for (size_t i = 0; i < NAMELESS; i++) {
        if (g->ids_bad.n > 0 && ko_str_eq(g->id_kind, ko_str(kinds[i].id_kind)))
            return &kinds[i];
    }
    return &kinds[NAMELESS];
}

static bool is_nameless(const struct ko_group *g)
{
    return head_of(g) == &kinds[NAMELESS];
}

/* Does a map say how long customers put up with anything? */
static bool counts_late(const struct ko_case *c)
{
    for (size_t i = 0; i < c->journeys.n; i++) {
        for (size_t k = 0; k < c->journeys.v[i].steps.n; k++) {
            if (c->journeys.v[i].steps.v[k].slow_after > 0)
                return true;
        }
    }
    return false;
}

static double at(const ko_nums *v, int64_t i)
{
    return (size_t)i < v->n && !isnan(v->v[i]) ? v->v[i] : 0;
}

/* The numbers that count heads a minute, and those that they are a part of. */
static const ko_nums *heads_bad(const struct ko_group *g)
{
    if (g->minutes_bad.n > 0)
        return &g->minutes_bad;
    return g->ids_bad.n > 0 ? &g->ids_bad : &g->bad;
}
static const ko_nums *heads_all(const struct ko_group *g)
{
    if (g->minutes_bad.n > 0)
        return &g->minutes;
    return g->ids_bad.n > 0 && g->ids.n > 0 ? &g->ids : &g->total;
}

/*
 * Of a stream without pairs, and buckets that are no minutes: bounds of the (head,
 * minute) pairs with a failure, before normal ones are taken off. Buckets shorter than a
 * minute: a head seen in two buckets of a minute counts once, so the largest bucket is
 * the least and the sum the most.  Longer buckets: a head failed in at least one of their
 * minutes and at most in all, and never in more than its failures.
 */
static void pair_bounds(const struct ko_case *c, const struct ko_group *g,
                        struct ko_span s, double *ret_lo, double *ret_hi)
{
    double lo = 0, hi = 0, most = 0;
    double minutes_a_bucket = (double)c->head.step / (double)KO_MINUTE;
    double longer = minutes_a_bucket > 1 ? minutes_a_bucket : 1;
    ko_time minute = KO_TIME_NONE;
    for (int64_t i = s.from; i < s.to && (size_t)i < g->bad.n; i++) {
        double heads = at(heads_bad(g), i);
        ko_time m = ko_time_floor(ko_case_time(c, i), KO_MINUTE);
        if (m != minute) {
            lo += most;
            most = 0;
            minute = m;
        }
        most = heads > most ? heads : most;
        hi += fmax(heads, fmin(heads * longer, at(&g->bad, i)));
    }
    *ret_lo = lo + most;
    *ret_hi = hi;
}

static double share(const ko_nums *part, const ko_nums *all, struct ko_span s)
{
    double n = ko_span_sum(all, s);
    return n > 0 ? ko_span_sum(part, s) / n : NAN;
}

/*
 * How many of the heads of the incident a healthy time would have had bad; NaN without
 * one.  Of more heads than usual more are bad when the share stays what it was: then it
 * is the traffic.  When the share rose, those beyond the usual came because of it: they
 * retry, or call instead.
 */
static double normal_of(const struct ko_group *g, const struct ko_window *w, double bad)
{
    double usual = share(heads_bad(g), heads_all(g), w->before);
    double heads = ko_span_sum(heads_all(g), w->during);
    double before = ko_span_mean(heads_all(g), w->before);
    double expected = usual * heads;
    double usual_heads = before * (double)(w->during.to - w->during.from);
    bool rose = bad > expected + ROSE_DEVIATIONS * sqrt(expected + 1);
    return rose && usual_heads < heads ? usual * usual_heads : expected;
}

bool ko_harm_of(const struct ko_case *c, const struct ko_group *group,
                const struct ko_window *w, struct ko_harm *ret)
{
    struct ko_harm h = {.counted = ko_str(head_of(group)->plural)};
    h.total = ko_span_sum(&group->total, w->during);
    h.bad = ko_span_sum(&group->bad, w->during);
    if (!(h.total > 0) || isnan(h.bad))
        return false;
    h.ratio_before = share(&group->bad, &group->total, w->before);
    h.touched = is_nameless(group) ? NAN : ko_span_sum(&group->ids_bad_first, w->during);
    if (group->minutes_bad.n > 0 || c->head.step == KO_MINUTE)
        h.lo = h.hi = fmax(ko_span_sum(heads_bad(group), w->during), 0);
    else
        pair_bounds(c, group, w->during, &h.lo, &h.hi);
    if (group->ids_bad.n == 0)
        h.lo = h.hi = h.bad;
    double minutes = (double)(w->during.to - w->during.from) * (double)c->head.step /
                     (double)KO_MINUTE;
    double normal = normal_of(group, w, (h.lo + h.hi) / 2);
    h.before = normal / minutes;
    double off = isnan(normal) ? 0 : normal;
    h.lo = fmax(h.lo - off, 0);
    h.hi = fmax(h.hi - off, 0);
    *ret = h;
    return true;
}

const struct ko_group *ko_customers_group(const struct ko_case *c)
{
    const struct ko_group *best = NULL;
    double most = -1;
    for (size_t i = 0; i < c->groups.n; i++) {
        const struct ko_group *g = &c->groups.v[i];
        if (!ko_str_eq(g->dim, KO_STR("all")))
            continue;
        if (g->entity == KO_NO_ENTITY)
            return g;
        double bad = ko_span_sum(&g->bad, (struct ko_span){0, c->head.buckets});
        if (bad > most) {
            most = bad;
            best = g;
        }
    }
    return best;
}

static void say_minutes(struct ko_buf *b, const struct ko_case *c,
                        const struct ko_group *g, const struct ko_harm *h)
{
    bool late = counts_late(c);
    if (h->hi < 0.5) {
        ko_buf_printf(b, "no more failures%s than in a healthy time",
                      late ? " or delays" : "");
        return;
    }
    if (h->hi - h->lo >= 1) {
        ko_num_human(b, round(h->lo));
        ko_buf_puts(b, " to ");
    }
    ko_num_human(b, round(h->hi));
    if (is_nameless(g))
        ko_buf_printf(b, " failed%s interactions beyond the normal number",
                      late ? " or late" : "");
    else
        ko_buf_printf(b, " %s of failure%s", head_of(g)->minutes,
                      late ? " or delay" : "");
    if (isnan(h->before))
        ko_buf_puts(b, ", nothing taken off: no healthy time to compare with");
}

static enum ko_status add_minutes(struct ko_case *c, const struct ko_group *g,
                                  const struct ko_harm *h, const struct ko_window *w,
                                  double whole)
{
    struct ko_buf b;
    struct ko_str text, evidence;
    ko_buf_init(&b, TEXT_MAX_BYTES);
    say_minutes(&b, c, g, h);
    enum ko_status st = ko_say_keep(c, &b, &text);
    ko_buf_release(&b);
    if (st == KO_OK)
        st = ko_say_failing(c, g->entity, text, h->ratio_before, h->bad / h->total,
                            &evidence);
    if (st != KO_OK)
        return st;
    struct ko_impact *m = ko_case_add(c, "impact");
    if (m == NULL)
        return KO_ENOMEM;
    double minutes = (double)(w->during.to - w->during.from) * (double)c->head.step /
                     (double)KO_MINUTE;
    m->measure = is_nameless(g) ? KO_STR("interaction-minutes")
                                : KO_STR("customer-impact-minutes");
    if (!ko_str_eq(g->dim, KO_STR("all"))) {
        m->dim = g->dim;
        m->value = g->value;
    }
    m->unit = KO_STR("min");
    m->before = h->before;
    m->total = (h->lo + h->hi) / 2;
    m->during = m->total / minutes + (isnan(h->before) ? 0 : h->before);
    m->share = whole > 0 ? m->total / whole : NAN;
    m->text = text;
    m->definition = ko_str(counts_late(c) ? late_minutes_definition : minutes_definition);
    m->evidence = evidence;
    return KO_OK;
}

static enum ko_status add_touched(struct ko_case *c, const struct ko_harm *h)
{
    struct ko_str evidence = c->impacts.v[c->impacts.n - 1].evidence;
    struct ko_str text;
    enum ko_status st =
        ko_case_print(c, &text, "%.0f %.*s met a failure%s", h->touched,
                      KO_ARG(h->counted), counts_late(c) ? " or a delay" : "");
    if (st != KO_OK)
        return st;
    struct ko_impact *m = ko_case_add(c, "impact");
    if (m == NULL)
        return KO_ENOMEM;
    m->measure = h->counted;
    m->unit = KO_STR("1");
    m->total = h->touched;
    m->text = text;
    m->definition = ko_str(touched_definition);
    m->evidence = evidence;
    return KO_OK;
}

/* A value of a dimension with its harm, for ranking. */
struct part {
    const struct ko_group *group;
    struct ko_harm harm;
};

/* By dimension, then most harm first, then by value: total, for values are distinct. */
static int by_harm(const void *x, const void *y)
{
    const struct part *a = x, *b = y;
    int dim = ko_str_cmp(a->group->dim, b->group->dim);
    if (dim != 0)
        return dim;
    double ha = a->harm.lo + a->harm.hi, hb = b->harm.lo + b->harm.hi;
    if (ha != hb)
        return ha > hb ? -1 : 1;
    return ko_str_cmp(a->group->value, b->group->value);
}

static size_t collect(const struct ko_case *c, const struct ko_group *all,
                      const struct ko_window *w, struct part *parts)
{
    size_t n = 0;
    for (size_t i = 0; i < c->groups.n; i++) {
        const struct ko_group *g = &c->groups.v[i];
        if (g == all || g->entity != all->entity || ko_str_eq(g->dim, KO_STR("all")))
            continue;
        if (ko_harm_of(c, g, w, &parts[n].harm) && parts[n].harm.hi > 0)
            parts[n++].group = g;
    }
    qsort(parts, n, sizeof *parts, by_harm);
    return n;
}

static enum ko_status add_parts(struct ko_case *c, const struct ko_group *all,
                                const struct ko_window *w, double whole)
{
    struct part *parts = ko_mem_alloc(c->groups.n, sizeof *parts);
    if (parts == NULL)
        return KO_ENOMEM;
    size_t n = collect(c, all, w, parts);
    enum ko_status st = KO_OK;
    for (size_t i = 0, same = 0; i < n && st == KO_OK; i++) {
        bool next = i == 0 || !ko_str_eq(parts[i].group->dim, parts[i - 1].group->dim);
        same = next ? 0 : same + 1;
        if (same < VALUES_MAX)
            st = add_minutes(c, parts[i].group, &parts[i].harm, w, whole);
    }
    ko_mem_free(parts);
    return st;
}

enum ko_status ko_customers_run(struct ko_case *c, const struct ko_window *w)
{
    const struct ko_group *all = ko_customers_group(c);
    struct ko_harm h;
    if (all == NULL || !ko_harm_of(c, all, w, &h))
        return ko_say_unknown(
            c, KO_STR("customers affected"),
            KO_STR("logs or contact records with outcome and customer id"));
    double whole = (h.lo + h.hi) / 2;
    enum ko_status st = add_minutes(c, all, &h, w, whole);
    if (st == KO_OK && !isnan(h.touched))
        st = add_touched(c, &h);
    if (st == KO_OK && isnan(h.touched))
        st = ko_say_unknown(
            c, KO_STR("distinct customers affected"),
            KO_STR("logs or contact records with a customer or session id"));
    return st == KO_OK ? add_parts(c, all, w, whole) : st;
}
