/* peers.c: what moves on many entities at once is the load or the platform, not a cause.
 */
#include "blame/peers.h"

#include "base/stat.h"

#include <math.h>
#include <stdlib.h>

/* From so many on the nine tenths leave room for a culprit and its neighbours. */
enum { MANY = 20 };

struct ref {
    struct ko_clue *clue;
    size_t place;
};

double ko_peers_ordinary(const double *v, size_t n)
{
    return n > 0 ? ko_stat_sorted_quantile(v, n, n >= MANY ? 0.9 : 0.75) : 0;
}

static int by_signal(const void *a, const void *b)
{
    const struct ref *x = a, *y = b;
    int order = ko_str_cmp(x->clue->signal, y->clue->signal);
    return order != 0 ? order : x->place < y->place ? -1 : x->place > y->place;
}

/* Movements of one signal on many entities: the two farthest. */
struct movements {
    double farthest, second;
};

static double size_of(double x)
{
    return isnan(x) ? 0 : fabs(x);
}

/* How far it moved: in its own unit, or beside its level, where small levels count as
 * the typical one. */
static double moved(const struct ko_clue *clue, double typical)
{
    double d = size_of(clue->after - clue->before);
    double level = typical > 0 ? size_of(clue->before) + typical : 1;
    return d / level;
}

static struct movements farthest(const struct ref *refs, size_t n, double typical)
{
    struct movements m = {0, 0};
    for (size_t i = 0; i < n; i++) {
        double d = moved(refs[i].clue, typical);
        m.second = fmax(m.second, fmin(d, m.farthest));
        m.farthest = fmax(m.farthest, d);
    }
    return m;
}

static double beside_others(const struct ko_clue *clue, const struct movements *m,
                            double typical)
{
    double d = moved(clue, typical), others = d < m->farthest ? m->farthest : m->second;
    return others > 0 ? d / (KO_PEERS_TIMES * others) : INFINITY;
}

/* From ${a} to ${b} by the ${part} of the way, as factors go. */
static double between(double a, double b, double part)
{
    return pow(a, 1 - part) * pow(b, part);
}

/* While the peers are more than the numbers of its history, they know better what is
 * ordinary. */
static void cap_by_others(struct ref *refs, size_t n, double *levels)
{
    for (size_t i = 0; i < n; i++)
        levels[i] = size_of(refs[i].clue->before);
    ko_stat_sort(levels, n);
    double typical = ko_stat_sorted_quantile(levels, n, 0.5);
    struct movements in_unit = farthest(refs, n, 0);
    struct movements in_part = farthest(refs, n, typical);
    for (size_t i = 0; i < n; i++) {
        struct ko_clue *clue = refs[i].clue;
        double cap = beside_others(clue, &in_unit, 0);
        if (typical > 0)
            cap = fmax(cap, beside_others(clue, &in_part, typical));
        if (clue->history < n && cap < clue->score)
            clue->score = between(cap, clue->score, (double)clue->history / (double)n);
        if (clue->history < n)
            clue->history = n;
    }
}

static void divide(struct ref *refs, size_t n, double *scores)
{
    for (size_t i = 0; i < n; i++)
        scores[i] = refs[i].clue->score;
    ko_stat_sort(scores, n);
    double ordinary = fmax(1, ko_peers_ordinary(scores, n));
    for (size_t i = 0; i < n; i++)
        refs[i].clue->score /= ordinary;
}

enum ko_status ko_peers_calibrate(ko_clues *clues, size_t from, struct ko_arena *scratch)
{
    size_t n = clues->n - from;
    struct ref *refs = ko_arena_alloc(scratch, n + 1, sizeof *refs);
    double *scores = ko_arena_alloc(scratch, n + 1, sizeof *scores);
    if (refs == NULL || scores == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < n; i++)
        refs[i] = (struct ref){&clues->v[from + i], i};
    qsort(refs, n, sizeof *refs, by_signal);
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && ko_str_eq(refs[i].clue->signal, refs[end].clue->signal))
            end++;
        if (end - i >= KO_PEERS_MIN) {
            divide(refs + i, end - i, scores);
            cap_by_others(refs + i, end - i, scores);
        }
        i = end;
    }
    return KO_OK;
}
