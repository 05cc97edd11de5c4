/* channel_silence.c: an entity that stopped saying anything: absence is a signal. */
#include "blame/clue.h"

#include <math.h>

/* Sampled by an agent, so that it has a number while the entity lives; counts of its own
 * records have one whatever happens. */
static bool is_sampled(const struct ko_series *s, uint32_t entity)
{
    return !s->normal && s->entity == entity && s->caller == KO_NO_ENTITY &&
           !ko_str_eq(s->stat, KO_STR("sum"));
}

/* A log that goes quiet while the entity is still measured is no silence. */
static bool is_still_measured(const struct ko_scene *scene, const struct ko_onset *o)
{
    int64_t from = ko_case_bucket(scene->c, o->time);
    for (size_t i = 0; i < scene->c->series.n; i++) {
        const struct ko_series *s = &scene->c->series.v[i];
        if (!is_sampled(s, o->entity))
            continue;
        for (size_t k = from < 0 ? 0 : (size_t)from + 1; k < s->v.n; k++) {
            if (!isnan(s->v.v[k]))
                return true;
        }
    }
    return false;
}

enum ko_status ko_channel_silence(const struct ko_scene *scene, ko_clues *clues)
{
    for (size_t i = 0; i < scene->c->onsets.n; i++) {
        const struct ko_onset *o = &scene->c->onsets.v[i];
        if (!ko_str_eq(o->kind, KO_STR("silence")) || is_still_measured(scene, o))
            continue;
        struct ko_clue *clue;
        KO_LIST_ADD(scene->scratch, clues, clue);
        if (clue == NULL)
            return KO_ENOMEM;
        *clue = (struct ko_clue){.channel = KO_CHANNEL_SILENCE,
                                 .entity = o->entity,
                                 .caller = o->caller,
                                 .signal = o->signal,
                                 .score = o->score,
                                 .before = o->before,
                                 .after = o->after};
    }
    return KO_OK;
}
