/* chance.c: how often chance alone brings the farthest of many healthy signals so far. */
#include "blame/chance.h"

#include <math.h>

/* Deviations that a score of 1 stands for at least. */
static const double SIGMAS = 4.0;
static const double LOG_SIGMAS = 3.0;

/* P(|t| > x), within 1 % of its logarithm. */
static double tail(double x, double freedom)
{
    double z = (1 - 2 / (8 * freedom + 3)) * sqrt(freedom * log1p(x * x / freedom));
    return erfc(z / sqrt(2));
}

static double chance_of(const struct ko_clue *clue, double score)
{
    if (clue->channel == KO_CHANNEL_LOG)
        return erfc(score * LOG_SIGMAS / sqrt(2));
    if (clue->channel == KO_CHANNEL_SILENCE)
        return erfc(score * SIGMAS / sqrt(2));
    return clue->history > 0 ? tail(score * SIGMAS, (double)clue->history / 2) : 1;
}

/* A deviation of one bucket is as good as any; a shift of a log is one of the window. */
static double looks_of(const struct ko_scene *scene, enum ko_channel channel)
{
    const struct ko_cut *cut = &scene->cut;
    double judged = cut->to > cut->from ? (double)(cut->to - cut->from) : 1;
    bool told = scene->c->head.at != KO_TIME_NONE;
    bool by_bucket = channel == KO_CHANNEL_INTERNAL || channel == KO_CHANNEL_EXTERNAL;
    return (by_bucket ? judged : 1) * (told ? 1 : (double)cut->to / judged);
}

void ko_chance(const struct ko_scene *scene, const ko_clues *clues,
               struct ko_standing *standings)
{
    double looks[KO_CHANNELS] = {0};
    for (size_t i = 0; i < clues->n; i++)
        looks[clues->v[i].channel] += looks_of(scene, clues->v[i].channel);
    for (size_t i = 0; i < scene->c->entities.n; i++) {
        struct ko_standing *s = &standings[i];
        s->chance = 1;
        for (int k = 0; k < KO_CHANNELS; k++) {
            if (s->best[k] > 0)
                s->chance =
                    fmin(s->chance,
                         looks[k] * chance_of(&clues->v[s->best[k] - 1], s->channel[k]));
        }
    }
}
