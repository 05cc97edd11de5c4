/* demand.c: what an entity shows only because it is asked more, or less, often. */
#include "spread/demand.h"

#include <math.h>

/* A resource follows its load within this share; what moves more has a reason of its own.
 */
static const double FOLLOWS = 0.1;

/* Load series of one entity, chained by entity. */
struct loads {
    const struct ko_case *c;
    size_t *first; /* entity -> 1 + series; 0 none */
    size_t *next;  /* series -> 1 + series */
    bool *called;  /* entity: somebody calls it */
};

static bool is_load(const struct ko_series *s)
{
    return !s->normal && s->cls == KO_CLASS_LOAD && s->caller == KO_NO_ENTITY &&
           !ko_str_eq(s->signal, KO_STR("log_lines"));
}

static enum ko_status loads_new(const struct ko_case *c, struct ko_arena *scratch,
                                struct loads *ret)
{
    struct loads l = {.c = c};
    l.first = ko_arena_alloc(scratch, c->entities.n + 1, sizeof *l.first);
    l.next = ko_arena_alloc(scratch, c->series.n + 1, sizeof *l.next);
    l.called = ko_arena_alloc(scratch, c->entities.n + 1, sizeof *l.called);
    if (l.first == NULL || l.next == NULL || l.called == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < c->series.n; i++) {
        const struct ko_series *s = &c->series.v[i];
        if (!is_load(s) || s->entity >= c->entities.n)
            continue;
        l.next[i] = l.first[s->entity];
        l.first[s->entity] = i + 1;
    }
    for (size_t i = 0; i < c->edges.n; i++) {
        if (c->edges.v[i].callee < c->entities.n)
            l.called[c->edges.v[i].callee] = true;
    }
    *ret = l;
    return KO_OK;
}

static double mean(const ko_nums *v, size_t from, size_t to)
{
    double sum = 0;
    size_t n = 0;
    for (size_t i = from; i < to && i < v->n; i++) {
        if (isnan(v->v[i]))
            continue;
        sum += v->v[i];
        n++;
    }
    return n > 0 ? sum / (double)n : NAN;
}

static size_t bucket_of(const struct ko_case *c, ko_time t)
{
    int64_t b = t == KO_TIME_NONE ? c->head.buckets : ko_case_bucket(c, t);
    return b < 0 ? 0 : (size_t)b;
}

/* The ratio by which the load moved, the largest of its series the way the onset went. */
static double load_ratio(const struct loads *l, const struct ko_onset *o)
{
    size_t from = bucket_of(l->c, o->time);
    size_t to = bucket_of(l->c, o->end);
    double most = NAN;
    for (size_t at = l->first[o->entity]; at > 0; at = l->next[at - 1]) {
        const ko_nums *v = &l->c->series.v[at - 1].v;
        double ratio = mean(v, from, to > from ? to : from + 1) / mean(v, 0, from);
        most = o->rise ? fmax(most, ratio) : fmin(most, ratio);
    }
    return most;
}

static bool follows_load(const struct loads *l, const struct ko_onset *o)
{
    double moved = o->after / o->before;
    double load = load_ratio(l, o);
    return o->rise ? moved <= (1 + FOLLOWS) * load && load > 1 + FOLLOWS
                   : moved >= (1 - FOLLOWS) * load && load < 1 - FOLLOWS;
}

enum ko_status ko_demand_explain(const struct ko_case *c, struct ko_arena *scratch,
                                 bool **ret)
{
    struct loads l;
    bool *explained = ko_arena_alloc(scratch, c->onsets.n + 1, sizeof *explained);
    if (explained == NULL || loads_new(c, scratch, &l) != KO_OK)
        return KO_ENOMEM;
    for (size_t i = 0; i < c->onsets.n; i++) {
        const struct ko_onset *o = &c->onsets.v[i];
        if (o->entity >= c->entities.n || !ko_str_eq(o->kind, KO_STR("signal")))
            continue;
        explained[i] = (o->cls == KO_CLASS_RESOURCE && follows_load(&l, o)) ||
                       (o->cls == KO_CLASS_LOAD && !o->rise && l.called[o->entity]);
    }
    *ret = explained;
    return KO_OK;
}
