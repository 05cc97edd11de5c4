/* channel_silence.c: an entity that stopped saying anything: absence is a signal. */
#include "blame/clue.h"

enum ko_status ko_channel_silence(const struct ko_scene *scene, ko_clues *clues)
{
    for (size_t i = 0; i < scene->c->onsets.n; i++) {
        const struct ko_onset *o = &scene->c->onsets.v[i];
        if (!ko_str_eq(o->kind, KO_STR("silence")))
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
