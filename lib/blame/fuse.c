/* fuse.c: the clues of all channels as one score an entity. */
#include "blame/fuse.h"

#include <math.h>

static void clear(const struct ko_scene *scene, struct ko_standing *standings)
{
    for (size_t i = 0; i < scene->c->entities.n; i++)
        standings[i] = (struct ko_standing){.entity = (uint32_t)i,
                                            .own = NAN,
                                            .waited = NAN,
                                            .mass_unit = "",
                                            .explained_by = KO_NO_ENTITY};
}

/* Stronger first; equal ones by the order of the case. */
static void keep_strongest(const ko_clues *clues, struct ko_standing *standings)
{
    for (size_t i = 0; i < clues->n; i++) {
        const struct ko_clue *clue = &clues->v[i];
        size_t *best = &standings[clue->entity].best[clue->channel];
        if (*best == 0 || clue->score > clues->v[*best - 1].score)
            *best = i + 1;
    }
}

static void take_strongest(const ko_clues *clues, size_t n, struct ko_standing *standings)
{
    for (size_t i = 0; i < n; i++) {
        for (int k = 0; k < KO_CHANNELS; k++) {
            size_t best = standings[i].best[k];
            if (best > 0)
                standings[i].channel[k] = clues->v[best - 1].score;
        }
    }
}

/* Beside a stronger channel another one adds what it has beyond the ordinary. */
static double beyond(double y)
{
    return fmax(0, y * y - 1);
}

/* Of all channels but the symptoms. */
static double together(const struct ko_standing *s)
{
    double most = 0, logs = 0;
    for (int k = 0; k < KO_CHANNELS; k++) {
        if (k == KO_CHANNEL_EXTERNAL)
            continue;
        most = fmax(most, s->channel[k]);
        logs += log1p(beyond(s->channel[k]));
    }
    return sqrt(expm1(logs - log1p(beyond(most)) + log1p(most * most)));
}

static double with_symptoms(double score, double symptom)
{
    double most = fmax(score, symptom), least = fmin(score, symptom);
    return sqrt(expm1(log1p(most * most) + log1p(beyond(least))));
}

void ko_fuse_channels(const struct ko_scene *scene, const ko_clues *clues,
                      struct ko_standing *standings)
{
    clear(scene, standings);
    keep_strongest(clues, standings);
    take_strongest(clues, scene->c->entities.n, standings);
}

void ko_fuse_scores(struct ko_standing *standings, size_t n)
{
    double best = 1;
    for (size_t i = 0; i < n; i++) {
        standings[i].score = together(&standings[i]);
        best = fmax(best, standings[i].score);
    }
    for (size_t i = 0; i < n; i++)
        standings[i].score = with_symptoms(
            standings[i].score, standings[i].channel[KO_CHANNEL_EXTERNAL] / best);
}
