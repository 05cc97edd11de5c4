/* channel_external.c: latency, errors and load as the entity itself sees them: what a
 * victim shows as much as a culprit. */
#include "blame/clue.h"
#include "blame/family.h"

static bool is_symptom(const struct ko_series *s)
{
    if (s->normal || s->caller != KO_NO_ENTITY || ko_str_starts(s->signal, KO_STR("op:")))
        return false;
    return s->cls != KO_CLASS_RESOURCE && s->cls != KO_CLASS_HEALTH;
}

enum ko_status ko_channel_external(const struct ko_scene *scene, ko_clues *clues)
{
    struct ko_family family;
    size_t from = clues->n;
    enum ko_status st = ko_family_init(scene, &family);
    for (size_t i = 0; i < scene->c->series.n && st == KO_OK; i++) {
        const struct ko_series *s = &scene->c->series.v[i];
        if (is_symptom(s))
            st = ko_clue_score_series(scene, s, KO_CHANNEL_EXTERNAL, &family, clues);
    }
    return st == KO_OK ? ko_family_divide(&family, clues, from, scene->scratch) : st;
}
