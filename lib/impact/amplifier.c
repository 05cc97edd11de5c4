/* amplifier.c: which part of the cascade makes it worse. */
#include "impact/amplifier.h"

#include "impact/facts.h"

#include <math.h>
#include <stdlib.h>

/* Retries are an amplifier when they pass the budget and have grown by this much. */
static const double RETRY_BUDGET = 0.1;
static const double RETRY_GROWTH = 1.3;
/* Load is an amplifier from this factor on: below it is the swing of an ordinary hour. */
static const double LOAD_FACTOR_MIN = 1.3;

/* The entity's own series of class ${cls} with the largest sum during; NULL if none. */
static const struct ko_series *largest(const struct ko_case *c, const struct ko_window *w,
                                       uint32_t entity, enum ko_class cls)
{
    const struct ko_series *best = NULL;
    double most = -1;
    for (size_t i = 0; i < c->series.n; i++) {
        const struct ko_series *s = &c->series.v[i];
        if (s->entity != entity || s->normal || s->cls != (int)cls)
            continue;
        double sum = ko_span_sum(&s->v, w->during);
        if (sum > most) {
            most = sum;
            best = s;
        }
    }
    return best;
}

bool ko_amplifier_retries(const struct ko_case *c, const struct ko_window *w,
                          uint32_t entity, struct ko_amplifier *ret)
{
    const struct ko_series *retries = largest(c, w, entity, KO_CLASS_RETRY);
    const struct ko_series *load = largest(c, w, entity, KO_CLASS_LOAD);
    if (retries == NULL || load == NULL || !ko_str_eq(retries->unit, load->unit))
        return false;
    double all = ko_span_sum(&load->v, w->during);
    double all_before = ko_span_sum(&load->v, w->before);
    if (!(all > 0))
        return false;
    *ret = (struct ko_amplifier){
        .kind = KO_AMPLIFIER_RETRY,
        .entity = entity,
        .before = all_before > 0 ? ko_span_sum(&retries->v, w->before) / all_before : NAN,
        .during = ko_span_sum(&retries->v, w->during) / all,
        .onset = ko_fact_onset(c, entity, KO_CLASS_RETRY)};
    return true;
}

/* Retries that are counted while the requests they belong to are not. */
static bool bare_retries(const struct ko_case *c, uint32_t entity,
                         struct ko_amplifier *ret)
{
    const struct ko_onset *o = ko_fact_onset(c, entity, KO_CLASS_RETRY);
    if (o == NULL || !o->rise || o->after < o->before * RETRY_GROWTH)
        return false;
    *ret = (struct ko_amplifier){KO_AMPLIFIER_RETRY, entity, NAN, NAN, o, NULL};
    return true;
}

static bool is_retry_storm(const struct ko_amplifier *a)
{
    double before = isnan(a->before) ? 0 : a->before;
    return a->during >= RETRY_BUDGET && a->during >= before * RETRY_GROWTH;
}

static enum ko_status add(struct ko_case *c, ko_amplifiers *list,
                          const struct ko_amplifier *a)
{
    struct ko_amplifier *item;
    KO_LIST_ADD(&c->arena, list, item);
    if (item == NULL)
        return KO_ENOMEM;
    *item = *a;
    return KO_OK;
}

/* Calls per request as the stage before measured them on ${link}. */
static struct ko_amplifier calls_of(const struct ko_case *c, const struct ko_link *link)
{
    struct ko_amplifier a = {KO_AMPLIFIER_CALLS, link->from, NAN, NAN, NULL, link};
    for (size_t i = 0; i < link->evidence.n; i++) {
        const struct ko_evidence *e = ko_case_find_evidence(c, link->evidence.v[i]);
        if (e == NULL || e->entity != link->to || e->caller != link->from)
            continue;
        a.before = e->before;
        a.during = e->after;
    }
    return a;
}

/* The links that carry retries, also those that lead back into the cascade. */
static enum ko_status add_calls(struct ko_case *c, ko_amplifiers *list)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < c->links.n && st == KO_OK; i++) {
        const struct ko_link *l = &c->links.v[i];
        if (!ko_str_eq(l->mechanism, KO_STR("retry-amplification")) ||
            !ko_fact_in_chain(c, l->from) || !ko_fact_in_chain(c, l->to))
            continue;
        struct ko_amplifier a = calls_of(c, l);
        st = add(c, list, &a);
    }
    return st;
}

static bool load_of(const struct ko_case *c, uint32_t entity, struct ko_amplifier *ret)
{
    const struct ko_onset *o = ko_fact_onset(c, entity, KO_CLASS_LOAD);
    if (o == NULL || !o->rise || !(o->before > 0) ||
        o->after < o->before * LOAD_FACTOR_MIN)
        return false;
    *ret = (struct ko_amplifier){KO_AMPLIFIER_LOAD,    entity, 1,
                                 o->after / o->before, o,      NULL};
    return true;
}

/* Only what others wait for holds anything: a latency without a caller is a symptom. */
static bool has_caller(const struct ko_case *c, uint32_t entity)
{
    for (size_t i = 0; i < c->edges.n; i++) {
        if (c->edges.v[i].callee == entity && !c->edges.v[i].async)
            return true;
    }
    return false;
}

static bool wait_of(const struct ko_case *c, uint32_t entity, struct ko_amplifier *ret)
{
    const struct ko_onset *o = ko_fact_onset(c, entity, KO_CLASS_LATENCY);
    if (o == NULL || !o->rise || !has_caller(c, entity))
        return false;
    *ret = (struct ko_amplifier){KO_AMPLIFIER_WAIT, entity, o->before, o->after, o, NULL};
    return true;
}

static enum ko_status add_of(struct ko_case *c, const struct ko_window *w,
                             uint32_t entity, ko_amplifiers *list)
{
    struct ko_amplifier a;
    enum ko_status st = KO_OK;
    bool retries = ko_amplifier_retries(c, w, entity, &a) ? is_retry_storm(&a)
                                                          : bare_retries(c, entity, &a);
    if (retries)
        st = add(c, list, &a);
    if (st == KO_OK && load_of(c, entity, &a))
        st = add(c, list, &a);
    if (st == KO_OK && wait_of(c, entity, &a))
        st = add(c, list, &a);
    return st;
}

static double strength(const struct ko_amplifier *a)
{
    switch (a->kind) {
    case KO_AMPLIFIER_RETRY:
    case KO_AMPLIFIER_CALLS:
    case KO_AMPLIFIER_LOAD:
        return isnan(a->during) ? 0 : a->during;
    default:
        return a->onset->score;
    }
}

/* Total: an entity has one amplifier of a kind, but of calls one a link. */
static int by_strength(const void *x, const void *y)
{
    const struct ko_amplifier *a = x, *b = y;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    double sa = strength(a), sb = strength(b);
    if (sa != sb)
        return sa > sb ? -1 : 1;
    if (a->entity != b->entity)
        return a->entity < b->entity ? -1 : 1;
    return a->link < b->link ? -1 : a->link > b->link;
}

enum ko_status ko_amplifiers_find(struct ko_case *c, const struct ko_window *w,
                                  ko_amplifiers *ret)
{
    ko_amplifiers list = {0};
    enum ko_status st = add_calls(c, &list);
    for (uint32_t e = 0; e < c->entities.n && st == KO_OK; e++) {
        if (ko_fact_in_chain(c, e))
            st = add_of(c, w, e, &list);
    }
    if (st != KO_OK)
        return st;
    if (list.n > 0)
        qsort(list.v, list.n, sizeof *list.v, by_strength);
    *ret = list;
    return KO_OK;
}
