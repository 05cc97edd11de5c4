/* mass.c: excess mass: how much pain an entity holds above its baseline, and how much of
 * it is its own. */
#include "blame/mass.h"

#include "base/stat.h"
#include "blame/unit.h"

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

/* Series that count lines or operations, or parts of a latency, are no pain. */
static bool is_derived(const struct ko_series *s)
{
    return ko_str_starts(s->signal, KO_STR("op:")) ||
           ko_str_starts(s->signal, KO_STR("log_")) ||
           ko_str_eq(s->signal, KO_STR("self_time_mean")) ||
           ko_str_eq(s->signal, KO_STR("gap_mean"));
}

static bool is_better_count(const struct ko_series *s, const struct ko_series *than,
                            struct ko_str best, ko_dur step)
{
    return !isnan(ko_unit_a_bucket(s, step)) &&
           (than == NULL || ko_str_eq(s->signal, best));
}

static void take(struct pain *p, const struct ko_series *s, ko_dur step)
{
    if (is_derived(s))
        return;
    if (s->cls == KO_CLASS_LATENCY) {
        if (!isnan(ko_unit_seconds(s)) && is_better_latency(s, p->latency))
            p->latency = s;
    } else if (s->cls == KO_CLASS_LOAD) {
        if (is_better_count(s, p->requests, KO_STR("requests"), step))
            p->requests = s;
    } else if (s->cls == KO_CLASS_ERROR) {
        if (is_better_count(s, p->errors, KO_STR("errors"), step))
            p->errors = s;
    }
}

static double level(const struct ko_scene *scene, const struct ko_series *s,
                    double *scratch)
{
    size_t n = scene->cut.before < s->v.n ? scene->cut.before : s->v.n;
    double m = ko_stat_median(s->v.v, n, scratch);
    return isnan(m) ? 0 : m;
}

/* Sum of the excess of ${s} over its level, each bucket weighed; NaN: nothing measured.
 */
static double excess(const struct ko_scene *scene, const struct ko_series *s,
                     const struct ko_series *weight, double *scratch)
{
    double base = level(scene, s, scratch), total = NAN;
    for (size_t i = scene->cut.from; i < scene->cut.to && i < s->v.n; i++) {
        double w = weight == NULL ? 1 : i < weight->v.n ? weight->v.v[i] : NAN;
        double x = w * fmax(0, s->v.v[i] - base);
        if (!isnan(s->v.v[i]) && !isnan(w))
            total = isnan(total) ? x : total + x;
    }
    return total;
}

/* NaN when it is not measured here in both units. */
static double mass_of(const struct ko_scene *scene, const struct pain *p, bool by_latency,
                      double *scratch)
{
    ko_dur step = scene->c->head.step;
    if (!by_latency)
        return p->errors == NULL ? NAN
                                 : ko_unit_a_bucket(p->errors, step) *
                                       excess(scene, p->errors, NULL, scratch);
    if (p->latency == NULL || p->requests == NULL)
        return NAN;
    return ko_unit_seconds(p->latency) * ko_unit_a_bucket(p->requests, step) *
           excess(scene, p->latency, p->requests, scratch);
}

static void gather(const struct ko_scene *scene, struct pain *pains)
{
    for (size_t i = 0; i < scene->c->series.n; i++) {
        const struct ko_series *s = &scene->c->series.v[i];
        if (!s->normal && s->caller == KO_NO_ENTITY)
            take(&pains[s->entity], s, scene->c->head.step);
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

/* Requests of a metric and requests counted from a log, which may be a sample, do not
 * share one volume. */
static bool is_one_volume(const struct pain *a, const struct pain *b)
{
    if (a->requests == NULL || b->requests == NULL)
        return true;
    return ko_str_eq(a->requests->signal, b->requests->signal) &&
           ko_str_eq(a->requests->stat, b->requests->stat);
}

static double volume(const struct ko_scene *scene, const struct pain *p)
{
    const struct ko_series *s = p->requests;
    double total = 0;
    for (size_t i = scene->cut.from; i < scene->cut.to && i < s->v.n; i++)
        total += isnan(s->v.v[i]) ? 0 : s->v.v[i];
    return total * ko_unit_a_bucket(s, scene->c->head.step);
}

/* Every mass of the case, and what it was made of. */
struct masses {
    const struct pain *pains;
    double *mass;
    bool by_latency;
    bool one_volume; /* a share of their sum tells something */
    double *scratch;
};

static double handed_up(const struct ko_scene *scene, const struct ko_call *call,
                        const struct masses *all)
{
    struct pain seen = of_call(scene, call);
    const struct pain *callee = &all->pains[call->callee];
    const struct pain *caller = &all->pains[call->caller];
    double m = call->async ? 0 : mass_of(scene, &seen, all->by_latency, all->scratch);
    if (!isnan(m))
        return m;
    m = all->mass[call->callee];
    if (isnan(m))
        return 0;
    if (all->by_latency && !is_one_volume(caller, callee))
        return m / fmax(volume(scene, callee), 1) * volume(scene, caller);
    return m * call->share;
}

/* Do all that have a mass count the same requests? */
static bool are_one_volume(const struct masses *all, size_t n)
{
    const struct pain *first = NULL;
    for (size_t e = 0; e < n; e++) {
        if (isnan(all->mass[e]))
            continue;
        if (first == NULL)
            first = &all->pains[e];
        if (!is_one_volume(first, &all->pains[e]))
            return false;
    }
    return true;
}

static void settle(const struct ko_scene *scene, const struct ko_graph *g,
                   const struct masses *all, struct ko_standing *standings)
{
    for (size_t e = 0; e < g->n_entities; e++) {
        struct ko_standing *s = &standings[e];
        double mass = all->mass[e];
        if (isnan(mass))
            continue;
        s->waited = 0;
        for (size_t i = g->from[e]; i < g->from[e + 1]; i++)
            s->waited += handed_up(scene, &g->calls[i], all);
        s->own = fmax(0, mass - s->waited);
        s->waited = fmin(s->waited, mass);
        s->one_volume = all->one_volume;
        s->mass_unit = all->by_latency ? "s of waiting" : "failed requests";
    }
}

enum ko_status ko_mass(const struct ko_scene *scene, const struct ko_graph *graph,
                       struct ko_standing *standings)
{
    size_t n = graph->n_entities;
    struct pain *pains = ko_arena_alloc(scene->scratch, n + 1, sizeof *pains);
    struct masses all = {.pains = pains};
    all.mass = ko_arena_alloc(scene->scratch, n + 1, sizeof *all.mass);
    all.scratch = ko_arena_alloc(scene->scratch, scene->cut.to + 1, sizeof *all.scratch);
    if (pains == NULL || all.mass == NULL || all.scratch == NULL)
        return KO_ENOMEM;
    gather(scene, pains);
    for (size_t e = 0; e < n; e++)
        all.by_latency |= pains[e].latency != NULL && pains[e].requests != NULL;
    for (size_t e = 0; e < n; e++)
        all.mass[e] = mass_of(scene, &pains[e], all.by_latency, all.scratch);
    all.one_volume = are_one_volume(&all, n);
    settle(scene, graph, &all, standings);
    return KO_OK;
}

enum ko_status ko_mass_requests(const struct ko_case *c, struct ko_arena *arena,
                                const struct ko_series *const **ret)
{
    const struct ko_series **best =
        ko_arena_alloc(arena, c->entities.n + 1, sizeof *best);
    if (best == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < c->series.n; i++) {
        const struct ko_series *s = &c->series.v[i];
        if (s->normal || s->caller != KO_NO_ENTITY || s->cls != KO_CLASS_LOAD ||
            is_derived(s))
            continue;
        if (is_better_count(s, best[s->entity], KO_STR("requests"), c->head.step))
            best[s->entity] = s;
    }
    *ret = best;
    return KO_OK;
}
