/* residual.c: a symptom less what an entity only hands on from those it waits for. */
#include "blame/residual.h"

#include "base/stat.h"
#include "blame/unit.h"
#include "spread/baseline.h"

#include <math.h>
#include <string.h>

/* No caller asks one callee more often than this for one request of its own. */
static const double CALLS_MAX = 50;

static const struct ko_series *requests_of(const struct ko_scene *scene, uint32_t entity)
{
    return entity < scene->c->entities.n ? scene->requests[entity] : NULL;
}

static double mean_between(const ko_nums *v, size_t from, size_t to)
{
    double sum = 0, n = 0;
    for (size_t i = from; i < to && i < v->n; i++) {
        sum += isnan(v->v[i]) ? 0 : v->v[i];
        n += !isnan(v->v[i]);
    }
    return n > 0 ? sum / n : NAN;
}

double ko_residual_load(const struct ko_scene *scene, uint32_t entity)
{
    const struct ko_series *s = requests_of(scene, entity);
    return s != NULL ? mean_between(&s->v, scene->cut.from, scene->cut.to) : NAN;
}

/* How often the caller asks, for each request of its own. */
static double calls_each(const struct ko_scene *scene, const struct ko_call *call)
{
    const struct ko_series *a = requests_of(scene, call->caller);
    const struct ko_series *b = requests_of(scene, call->callee);
    if (a == NULL || b == NULL || !ko_str_eq(a->signal, b->signal))
        return 1;
    double caller = mean_between(&a->v, 0, a->v.n),
           callee = mean_between(&b->v, 0, b->v.n);
    double calls = caller > 0 ? call->share * callee / caller : 1;
    return isnan(calls) ? 1 : fmin(calls, CALLS_MAX);
}

static void take_away(const struct ko_scene *scene, const ko_nums *callee, double calls,
                      double *scratch, ko_nums *r)
{
    size_t before = scene->cut.before < callee->n ? scene->cut.before : callee->n;
    double level = ko_stat_median(callee->v, before, scratch);
    for (size_t i = 0; i < r->n && i < callee->n; i++) {
        if (!isnan(callee->v[i]) && !isnan(level))
            r->v[i] -= calls * (callee->v[i] - level);
    }
}

static enum ko_status copy(const struct ko_scene *scene, const ko_nums *v, ko_nums *ret)
{
    ret->n = v->n;
    ret->v = ko_arena_alloc(scene->scratch, v->n + 1, sizeof *ret->v);
    if (ret->v == NULL)
        return KO_ENOMEM;
    memcpy(ret->v, v->v, v->n * sizeof *ret->v);
    return KO_OK;
}

enum ko_status ko_residual(const struct ko_scene *scene, const struct ko_series *s,
                           ko_nums *ret)
{
    const struct ko_graph *g = scene->graph;
    double *scratch = ko_arena_alloc(scene->scratch, s->v.n + 1, sizeof *scratch);
    ko_nums r = s->v;
    if (scratch == NULL)
        return KO_ENOMEM;
    for (size_t i = g->from[s->entity]; i < g->from[s->entity + 1]; i++) {
        const struct ko_call *call = &g->calls[i];
        const struct ko_series *callee =
            ko_index_series(scene->index, call->callee, KO_NO_ENTITY, s->signal, false);
        if (call->async || callee == NULL ||
            ko_str_eq(s->signal, KO_STR("self_time_mean")))
            continue;
        if (r.v == s->v.v && copy(scene, &s->v, &r) != KO_OK)
            return KO_ENOMEM;
        take_away(scene, &callee->v, calls_each(scene, call), scratch, &r);
    }
    for (size_t i = 0; r.v != s->v.v && ko_baseline_event(s) > 0 && i < r.n; i++)
        r.v[i] = r.v[i] < 0 ? 0 : r.v[i];
    *ret = r;
    return KO_OK;
}
