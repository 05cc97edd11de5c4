/* rhythm.c: what comes back at equal intervals is a job or a day's curve, no trouble. */
#include "spread/rhythm.h"

#include "base/stat.h"

#include <math.h>

enum { BEATS_MIN = 3 };
/* Longest over shortest interval of a rhythm. */
static const double EVEN = 1.25;
/* A beat so many times the median one is more than the rhythm. */
static const double LARGER = 1.5;

static double size_of(const struct ko_segment *s)
{
    return fabs(s->after - s->before);
}

/* Are the intervals between the stretches of one direction equal? */
static bool is_even(const ko_segments *list, size_t from, bool rise)
{
    size_t beats = 0;
    size_t last = 0;
    double least = INFINITY;
    double most = 0;
    for (size_t i = from; i < list->n; i++) {
        const struct ko_segment *s = &list->v[i];
        if (s->rise != rise)
            continue;
        if (beats++ > 0) {
            least = fmin(least, (double)(s->from - last));
            most = fmax(most, (double)(s->from - last));
        }
        last = s->from;
    }
    return beats >= BEATS_MIN && most <= EVEN * least;
}

static void drop(ko_segments *list, size_t from, bool rise, double *sizes)
{
    size_t n = 0;
    for (size_t i = from; i < list->n; i++) {
        if (list->v[i].rise == rise)
            sizes[n++] = size_of(&list->v[i]);
    }
    ko_stat_sort(sizes, n);
    double usual = ko_stat_sorted_quantile(sizes, n, 0.5);
    size_t kept = from;
    for (size_t i = from; i < list->n; i++) {
        const struct ko_segment *s = &list->v[i];
        if (s->rise != rise || size_of(s) > LARGER * usual)
            list->v[kept++] = *s;
    }
    list->n = kept;
}

enum ko_status ko_rhythm_drop(ko_segments *list, size_t from, struct ko_arena *scratch)
{
    if (list->n < from + BEATS_MIN)
        return KO_OK;
    double *sizes = ko_arena_alloc(scratch, list->n - from, sizeof *sizes);
    if (sizes == NULL)
        return KO_ENOMEM;
    if (is_even(list, from, true))
        drop(list, from, true, sizes);
    if (is_even(list, from, false))
        drop(list, from, false, sizes);
    return KO_OK;
}
