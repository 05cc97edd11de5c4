/* channel_edge.c: what callers wait for beyond the callee's own time: the network, the
 * connection, the queue before the door. */
#include "blame/clue.h"

static bool is_gap(const struct ko_series *s)
{
    return !s->normal && s->caller != KO_NO_ENTITY &&
           ko_str_eq(s->signal, KO_STR("gap_mean"));
}

enum ko_status ko_channel_edge(const struct ko_scene *scene, ko_clues *clues)
{
    for (size_t i = 0; i < scene->c->series.n; i++) {
        const struct ko_series *s = &scene->c->series.v[i];
        if (!is_gap(s))
            continue;
        enum ko_status st = ko_clue_score_series(scene, s, KO_CHANNEL_EDGE, clues);
        if (st != KO_OK)
            return st;
    }
    return KO_OK;
}
