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

static bool only_symptoms(const ko_clues *clues)
{
    for (size_t i = 0; i < clues->n; i++) {
        if (clues->v[i].channel != KO_CHANNEL_EXTERNAL)
            return false;
    }
    return true;
}

static double together(const struct ko_standing *s, bool symptoms)
{
    double logs = 0;
    for (int k = 0; k < KO_CHANNELS; k++) {
        if (k != KO_CHANNEL_EXTERNAL || symptoms)
            logs += log1p(s->channel[k] * s->channel[k]);
    }
    return sqrt(expm1(logs));
}

void ko_fuse(const struct ko_scene *scene, const ko_clues *clues,
             struct ko_standing *standings)
{
    size_t n = scene->c->entities.n;
    clear(scene, standings);
    keep_strongest(clues, standings);
    take_strongest(clues, n, standings);
    bool symptoms = only_symptoms(clues);
    for (size_t i = 0; i < n; i++)
        standings[i].score = together(&standings[i], symptoms);
}
