/* mass.c: excess mass: how much pain an entity holds above its baseline, and how much of
 * it is its own. */
#include "blame/mass.h"

#include "base/stat.h"

#include <math.h>

/* The series that tell of one entity, or of one caller's calls to it. */
struct pain {
    const struct ko_series *requests, *latency, *errors;
};

/* Better: the mean, since it adds up; then any other latency, by order of the case. */
static bool is_better_latency(const struct ko_series *s, const struct ko_series *than)
{
    return than == NULL ||
           (ko_str_eq(s->stat, KO_STR("mean")) && !ko_str_eq(than->stat, KO_STR("mean")));
}

static bool is_load(const struct ko_series *s)
{
    return s->cls == KO_CLASS_LOAD && !ko_str_starts(s->signal, KO_STR("op:"));
}

static void take(struct pain *p, const struct ko_series *s)
{
    if (ko_str_eq(s->signal, KO_STR("self_time_mean")) ||
        ko_str_eq(s->signal, KO_STR("gap_mean")))
        return;
    if (s->cls == KO_CLASS_LATENCY && is_better_latency(s, p->latency))
        p->latency = s;
    else if (is_load(s) &&
             (p->requests == NULL || ko_str_eq(s->signal, KO_STR("requests"))))
        p->requests = s;
    else if (s->cls == KO_CLASS_ERROR && p->errors == NULL)
        p->errors = s;
}

static double level(const struct ko_scene *scene, const struct ko_series *s,
                    double *scratch)
{
    size_t n = scene->cut.before < s->v.n ? scene->cut.before : s->v.n;
    double m = ko_stat_median(s->v.v, n, scratch);
    return isnan(m) ? 0 : m;
}

static double at(const struct ko_series *s, size_t i, double otherwise)
{
    if (s == NULL || i >= s->v.n || isnan(s->v.v[i]))
        return otherwise;
    return s->v.v[i];
}

static double waiting(const struct ko_scene *scene, const struct pain *p, double *scratch)
{
    double base = level(scene, p->latency, scratch), total = 0;
    for (size_t i = scene->cut.from; i < scene->cut.to; i++)
        total += at(p->requests, i, 1) * fmax(0, at(p->latency, i, base) - base);
    return total;
}

static double failed(const struct ko_scene *scene, const struct pain *p, double *scratch)
{
    double base = level(scene, p->errors, scratch), total = 0;
    for (size_t i = scene->cut.from; i < scene->cut.to; i++)
        total += fmax(0, at(p->errors, i, base) - base);
    return total;
}

/* NaN when the unit is not measured here. */
static double mass_of(const struct ko_scene *scene, const struct pain *p, bool by_latency,
                      double *scratch)
{
    if (by_latency)
        return p->latency == NULL ? NAN : waiting(scene, p, scratch);
    return p->errors == NULL ? NAN : failed(scene, p, scratch);
}

static void gather(const struct ko_scene *scene, struct pain *pains)
{
    for (size_t i = 0; i < scene->c->series.n; i++) {
        const struct ko_series *s = &scene->c->series.v[i];
        if (!s->normal && s->caller == KO_NO_ENTITY)
            take(&pains[s->entity], s);
    }
}

/* What the caller itself measured on its calls. */
static struct pain of_call(const struct ko_scene *scene, const struct ko_call *call)
{
    const struct ko_index *ix = scene->index;
    return (struct pain){.requests = ko_index_series(ix, call->callee, call->caller,
                                                     KO_STR("requests"), false),
                         .latency = ko_index_series(ix, call->callee, call->caller,
                                                    KO_STR("latency_mean"), false),
                         .errors = ko_index_series(ix, call->callee, call->caller,
                                                   KO_STR("errors"), false)};
}

static double handed_up(const struct ko_scene *scene, const struct ko_call *call,
                        const double *mass, bool by_latency, double *scratch)
{
    struct pain seen = of_call(scene, call);
    double m = call->async ? 0 : mass_of(scene, &seen, by_latency, scratch);
    if (isnan(m))
        m = mass[call->callee] * call->share;
    return isnan(m) ? 0 : m;
}

static void settle(const struct ko_scene *scene, const struct ko_graph *g,
                   const double *mass, bool by_latency, double *scratch,
                   struct ko_standing *standings)
{
    for (size_t e = 0; e < g->n_entities; e++) {
        struct ko_standing *s = &standings[e];
        if (isnan(mass[e]))
            continue;
        s->waited = 0;
        for (size_t i = g->from[e]; i < g->from[e + 1]; i++)
            s->waited += handed_up(scene, &g->calls[i], mass, by_latency, scratch);
        s->own = fmax(0, mass[e] - s->waited);
        s->waited = fmin(s->waited, mass[e]);
        s->mass_unit = by_latency ? "s of waiting" : "failed requests";
    }
}

enum ko_status ko_mass(const struct ko_scene *scene, const struct ko_graph *graph,
                       struct ko_standing *standings)
{
    size_t n = graph->n_entities;
    struct pain *pains = ko_arena_alloc(scene->scratch, n + 1, sizeof *pains);
    double *mass = ko_arena_alloc(scene->scratch, n + 1, sizeof *mass);
    double *scratch = ko_arena_alloc(scene->scratch, scene->cut.to + 1, sizeof *scratch);
    if (pains == NULL || mass == NULL || scratch == NULL)
        return KO_ENOMEM;
    gather(scene, pains);
    bool by_latency = false;
    for (size_t e = 0; e < n; e++)
        by_latency |= pains[e].latency != NULL;
    for (size_t e = 0; e < n; e++)
        mass[e] = mass_of(scene, &pains[e], by_latency, scratch);
    settle(scene, graph, mass, by_latency, scratch, standings);
    return KO_OK;
}
