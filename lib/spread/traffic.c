/* traffic.c: the requests and failures of an entity, or of one caller's calls to it. */
#include "spread/traffic.h"

#include <math.h>
#include <stdlib.h>

/* Lines of a log are no requests. */
static bool is_traffic(const struct ko_series *s)
{
    bool lines = ko_str_eq(s->signal, KO_STR("log_lines"));
    return !s->normal && !lines &&
           (s->cls == KO_CLASS_LOAD || s->cls == KO_CLASS_ERROR ||
            s->cls == KO_CLASS_LATENCY);
}

/* The file of "file:column". */
static struct ko_str export_of(const struct ko_series *s)
{
    size_t n = s->source.n;
    for (size_t i = 0; i < s->source.n; i++) {
        if (s->source.p[i] == ':')
            n = i;
    }
    return ko_str_sub(s->source, 0, n);
}

static int cmp_place(const struct ko_series *s, uint32_t entity, uint32_t caller)
{
    if (s->entity != entity)
        return s->entity < entity ? -1 : 1;
    return s->caller < caller ? -1 : s->caller > caller;
}

static int cmp_series(const void *a, const void *b)
{
    const struct ko_series *const *x = a;
    const struct ko_series *const *y = b;
    int order = cmp_place(*x, (*y)->entity, (*y)->caller);
    order = order != 0 ? order : ko_str_cmp((*x)->source, (*y)->source);
    order = order != 0 ? order : ko_str_cmp((*x)->signal, (*y)->signal);
    return order != 0 ? order : (*x > *y) - (*x < *y);
}

enum ko_status ko_traffic_index_make(const struct ko_case *c, struct ko_arena *scratch,
                                     struct ko_traffic_index *ret)
{
    struct ko_traffic_index x = {.c = c};
    x.v = ko_arena_alloc(scratch, c->series.n + 1, sizeof(void *));
    if (x.v == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < c->series.n; i++) {
        if (is_traffic(&c->series.v[i]))
            x.v[x.n++] = &c->series.v[i];
    }
    if (x.n > 1)
        qsort(x.v, x.n, sizeof *x.v, cmp_series);
    *ret = x;
    return KO_OK;
}

/* The first of an entity and caller. */
static size_t first_of(const struct ko_traffic_index *x, uint32_t entity, uint32_t caller)
{
    size_t lo = 0;
    size_t hi = x->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (cmp_place(x->v[mid], entity, caller) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* 0: none of that class; more is better. */
static int fitness(const struct ko_series *s, enum ko_class cls, struct ko_str name,
                   struct ko_str export, bool needed)
{
    bool same = ko_str_eq(export_of(s), export);
    if (s->cls != (int)cls || (needed && !same))
        return 0;
    return 1 + 2 * ko_str_eq(s->signal, name) + 4 * same;
}

static const struct ko_series *best_of(const struct ko_traffic_index *x, size_t from,
                                       enum ko_class cls, struct ko_str name,
                                       struct ko_str export, bool needed)
{
    const struct ko_series *best = NULL;
    int most = 0;
    for (size_t i = from; i < x->n; i++) {
        const struct ko_series *s = x->v[i];
        if (cmp_place(s, x->v[from]->entity, x->v[from]->caller) != 0)
            break;
        int fit = fitness(s, cls, name, export, needed);
        if (fit > most) {
            most = fit;
            best = s;
        }
    }
    return best;
}

struct ko_traffic ko_traffic_find(const struct ko_traffic_index *x, uint32_t entity,
                                  uint32_t caller, const struct ko_series *beside)
{
    struct ko_traffic t = {0};
    size_t from = first_of(x, entity, caller);
    if (from == x->n || cmp_place(x->v[from], entity, caller) != 0)
        return t;
    struct ko_str export = beside != NULL ? export_of(beside) : KO_STR("");
    t.requests = best_of(x, from, KO_CLASS_LOAD, KO_STR("requests"), export, false);
    if (t.requests != NULL)
        t.errors = best_of(x, from, KO_CLASS_ERROR, KO_STR("errors"),
                           export_of(t.requests), true);
    t.latency = best_of(x, from, KO_CLASS_LATENCY, KO_STR("latency_mean"), export, false);
    return t;
}

struct ko_traffic_sum ko_traffic_sum(const struct ko_traffic *t, struct ko_buckets span)
{
    struct ko_traffic_sum sum = {0};
    for (size_t i = span.from; t->requests != NULL && i < span.to; i++) {
        double requests = i < t->requests->v.n ? t->requests->v.v[i] : (double)NAN;
        double errors = 0;
        if (t->errors != NULL)
            errors = i < t->errors->v.n ? t->errors->v.v[i] : (double)NAN;
        if (isnan(requests) || isnan(errors))
            continue;
        sum.requests += requests;
        sum.errors += errors;
        sum.n++;
    }
    return sum;
}

double ko_traffic_failing(const struct ko_traffic *t, struct ko_buckets span)
{
    struct ko_traffic_sum sum = ko_traffic_sum(t, span);
    if (t->errors == NULL || !(sum.requests > 0))
        return NAN;
    double share = sum.errors / sum.requests;
    return share < 1 ? share : 1;
}
