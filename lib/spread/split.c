/* split.c: the first bucket of a stretch of trouble, by likelihood. */
#include "spread/stretch.h"

#include "base/stat.h"

#include <math.h>

/* A bucket counts for no more than this in the place of a split: half of it must be more
 * than noise reaches, yet a slow rise begins where it leaves the noise, not halfway up.
 */
static const double PLACE_CLIP = 6.0;
/* Log likelihood that an interval of 95 % gives away. */
static const double LIKELIHOOD_DROP = 1.92;
enum { SPLIT_TURNS = 3, PLACE_SPAN = 32 };

static double placed(const struct ko_detector *d, size_t i, double sign)
{
    double z = ko_stretch_residual(d, i, sign);
    return z > PLACE_CLIP ? PLACE_CLIP : z < -PLACE_CLIP ? -PLACE_CLIP : z;
}

/* How much more likely bucket i is inside the stretch, whose level is known. */
static double gain(const struct ko_detector *d, size_t i, double sign, double level)
{
    const struct ko_baseline *b = &d->base;
    double x = d->work[i];
    if (b->event > 0 && level > 0) {
        double per = b->scale * b->scale * b->event;
        return (x * log(level / b->centre) - (level - b->centre)) / per;
    }
    return level * (placed(d, i, sign) - level / 2);
}

/* Counts: the mean of the stretch; else its median residual. */
static double level_of(struct ko_detector *d, size_t from, size_t to, double sign)
{
    if (d->base.event > 0)
        return fmax(ko_stat_mean(d->work + from, to - from), d->base.centre / 50);
    for (size_t i = from; i < to; i++)
        d->room[i - from] = placed(d, i, sign);
    size_t n = ko_stat_present(d->room, to - from, d->room);
    ko_stat_sort(d->room, n);
    return ko_stat_sorted_quantile(d->room, n, 0.5);
}

/*
 * Fill room[i - first] with the log likelihood of a split before i, for i in first..last,
 * and return the best.
 */
static double split_likelihood(struct ko_detector *d, size_t first, size_t last,
                               double sign, double level)
{
    double sum = 0;
    double best = -INFINITY;
    for (size_t i = last + 1; i-- > first;) {
        double g = gain(d, i, sign, level);
        sum += isnan(g) ? 0 : g;
        d->room[i - first] = sum;
        if (!isnan(g) && sum > best)
            best = sum;
    }
    return best;
}

/* The largest residual of from..last. */
static double peak_of(const struct ko_detector *d, size_t from, size_t last, double sign)
{
    size_t at = from;
    for (size_t i = from; i <= last; i++) {
        if (!(ko_stretch_residual(d, i, sign) <= ko_stretch_residual(d, at, sign)))
            at = i;
    }
    return placed(d, at, sign);
}

/* The most likely split before the stretch from..last, and the level that makes it so.
 * Numbers from before the split drag the level down, so both are found in turns, from
 * above; few counts reach their level only in the mean, so theirs is taken as it is. */
static double best_split(struct ko_detector *d, size_t first, size_t last, double sign,
                         size_t *from)
{
    double best = 0;
    double level = d->base.event > 0 ? level_of(d, *from, last + 1, sign)
                                     : peak_of(d, *from, last, sign);
    for (int turn = 0; turn < SPLIT_TURNS; turn++) {
        if (turn > 0)
            level = level_of(d, *from, last + 1, sign);
        best = split_likelihood(d, first, last, sign, level);
        for (size_t i = first; i <= last; i++) {
            if (d->room[i - first] == best && !isnan(d->work[i]))
                *from = i;
        }
    }
    return best;
}

void ko_stretch_split(struct ko_detector *d, double sign, struct ko_segment *s)
{
    size_t last = s->to - s->from > PLACE_SPAN ? s->from + PLACE_SPAN : s->to - 1;
    size_t first = s->lo > KO_RUN_MIN ? s->lo - KO_RUN_MIN : 0;
    if (first < d->in->healthy && d->in->healthy <= s->from)
        first = d->in->healthy;
    double best = best_split(d, first, last, sign, &s->from);
    s->lo = s->hi = s->from;
    for (size_t i = first; i <= last; i++) {
        if (isnan(d->work[i]) || d->room[i - first] < best - LIKELIHOOD_DROP)
            continue;
        s->lo = i < s->lo ? i : s->lo;
        s->hi = i > s->hi ? i : s->hi;
    }
}
