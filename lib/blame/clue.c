/* clue.c: a series of the case as a clue. */
#include "blame/clue.h"

#include "blame/family.h"
#include "spread/baseline.h"

#include <math.h>

static const char *const channel_names[KO_CHANNELS] = {"internal", "edge", "log",
                                                       "silence", "external"};

const char *ko_channel_name(enum ko_channel channel)
{
    return channel_names[channel];
}

/* A yardstick made of fewer numbers than this is trusted in proportion. */
enum { HISTORY_MIN = 8 };

static size_t history_of(const struct ko_baseline_in *in)
{
    size_t n = 0;
    for (size_t i = 0; i < in->n_normal; i++)
        n += isnan(in->normal[i]) ? 0 : 1;
    for (size_t i = 0; i < in->before; i++)
        n += isnan(in->v[i]) ? 0 : 1;
    return n;
}

enum ko_status ko_clue_score_series(const struct ko_scene *scene,
                                    const struct ko_series *s, double event,
                                    enum ko_channel channel, struct ko_family *family,
                                    ko_clues *clues)
{
    const struct ko_series *twin =
        ko_index_series(scene->index, s->entity, s->caller, s->signal, true);
    struct ko_baseline_in in = {.v = s->v.v,
                                .n = s->v.n,
                                .before = scene->cut.before,
                                .from = scene->cut.from,
                                .to = scene->cut.to,
                                .event = event};
    if (s->v.n < in.to)
        return KO_OK;
    if (twin != NULL) {
        in.normal = twin->v.v;
        in.n_normal = twin->v.n;
    }
    struct ko_baseline_score r;
    enum ko_status st = ko_baseline_score(&in, scene->scratch, &r);
    if (st == KO_OK)
        st = ko_family_add(family, &in, scene->scratch);
    if (st != KO_OK || isnan(r.score))
        return st;
    size_t history = history_of(&in);
    struct ko_clue *clue;
    KO_LIST_ADD(scene->scratch, clues, clue);
    if (clue == NULL)
        return KO_ENOMEM;
    *clue = (struct ko_clue){.channel = channel,
                             .entity = s->entity,
                             .caller = s->caller,
                             .signal = s->signal,
                             .unit = s->unit,
                             .score = r.score * fmin(1, (double)history / HISTORY_MIN),
                             .history = history,
                             .before = r.before,
                             .after = r.after,
                             .rise = r.rise};
    return KO_OK;
}
