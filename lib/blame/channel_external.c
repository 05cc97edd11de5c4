/* channel_external.c: latency and errors as the entity itself sees them, less what it
 * only hands on: what a victim shows as much as a culprit where no graph tells. */
#include "blame/clue.h"
#include "blame/family.h"
#include "blame/peers.h"
#include "blame/residual.h"
#include "spread/baseline.h"

#include <math.h>
#include <stdlib.h>

/* Traces measure the own time of entities: then other times say nothing more. */
static bool is_traced(const struct ko_case *c)
{
    for (size_t i = 0; i < c->series.n; i++) {
        if (ko_str_eq(c->series.v[i].signal, KO_STR("self_time_mean")))
            return true;
    }
    return false;
}

static bool is_symptom(const struct ko_series *s, bool traced)
{
    if (s->normal || s->caller != KO_NO_ENTITY || ko_str_starts(s->signal, KO_STR("op:")))
        return false;
    if (s->cls == KO_CLASS_LATENCY && traced)
        return ko_str_eq(s->signal, KO_STR("self_time_mean"));
    return s->cls != KO_CLASS_RESOURCE && s->cls != KO_CLASS_HEALTH &&
           s->cls != KO_CLASS_LOAD;
}

/* What an entity holds of one symptom above its level, by the requests that it meets. */
struct held {
    struct ko_clue *clue;
    size_t place;
    double mass; /* NaN unknown */
};

static int by_signal(const void *a, const void *b)
{
    const struct held *x = a, *y = b;
    int order = ko_str_cmp(x->clue->signal, y->clue->signal);
    return order != 0 ? order : x->place < y->place ? -1 : x->place > y->place;
}

static void weigh_one_signal(struct held *held, size_t n)
{
    double all = 0;
    for (size_t i = 0; i < n; i++)
        all += held[i].clue->score >= 1 && !isnan(held[i].mass) ? held[i].mass : 0;
    for (size_t i = 0; i < n; i++) {
        if (all > 0 && !isnan(held[i].mass))
            held[i].clue->score *= sqrt(fmin(1, held[i].mass / all));
    }
}

/* A component that few ask is easily unusual and hurts nobody: of what is unusual, that
 * counts more which holds more of the waiting.  Without a graph the callers hold most. */
static enum ko_status weigh_by_mass(const struct ko_scene *scene, size_t from,
                                    ko_clues *clues)
{
    size_t n = clues->n - from;
    struct held *held = ko_arena_alloc(scene->scratch, n + 1, sizeof *held);
    if (held == NULL)
        return KO_ENOMEM;
    if (scene->graph->n == 0)
        return KO_OK;
    for (size_t i = 0; i < n; i++) {
        struct ko_clue *clue = &clues->v[from + i];
        double load = ko_residual_load(scene, clue->entity);
        held[i] = (struct held){clue, i, fmax(0, clue->after - clue->before) * load};
    }
    qsort(held, n, sizeof *held, by_signal);
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && ko_str_eq(held[i].clue->signal, held[end].clue->signal))
            end++;
        weigh_one_signal(held + i, end - i);
        i = end;
    }
    return KO_OK;
}

enum ko_status ko_channel_external(const struct ko_scene *scene, ko_clues *clues)
{
    struct ko_family family;
    size_t from = clues->n;
    bool traced = is_traced(scene->c);
    enum ko_status st = ko_family_init(scene, &family);
    for (size_t i = 0; i < scene->c->series.n && st == KO_OK; i++) {
        struct ko_series own = scene->c->series.v[i];
        double event = ko_baseline_event(&own);
        if (!is_symptom(&own, traced))
            continue;
        st = ko_residual(scene, &scene->c->series.v[i], &own.v);
        if (st == KO_OK)
            st = ko_clue_score_series(scene, &own, event, KO_CHANNEL_EXTERNAL, &family,
                                      clues);
    }
    if (st == KO_OK)
        st = ko_peers_calibrate(clues, from, scene->scratch);
    if (st == KO_OK)
        st = ko_family_divide(&family, clues, from, scene->scratch);
    return st == KO_OK ? weigh_by_mass(scene, from, clues) : st;
}
