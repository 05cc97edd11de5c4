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
        if (end - i >= KO_PEERS_MIN)
            divide(refs + i, end - i, scores);
        i = end;
    }
    return KO_OK;
}
