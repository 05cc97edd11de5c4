/* channel_internal.c: an entity's own capacity: a fault at home shows here first, and
 * victims of others show it least. */
#include "blame/clue.h"

static bool is_own_capacity(const struct ko_series *s)
{
    return !s->normal && s->caller == KO_NO_ENTITY &&
           (s->cls == KO_CLASS_RESOURCE || s->cls == KO_CLASS_HEALTH);
}

enum ko_status ko_channel_internal(const struct ko_scene *scene, ko_clues *clues)
{
    for (size_t i = 0; i < scene->c->series.n; i++) {
        const struct ko_series *s = &scene->c->series.v[i];
        if (!is_own_capacity(s))
            continue;
        enum ko_status st = ko_clue_score_series(scene, s, KO_CHANNEL_INTERNAL, clues);
        if (st != KO_OK)
            return st;
    }
    return KO_OK;
}
