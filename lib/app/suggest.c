/* suggest.c: the known word that a mistyped one was probably meant to be. */
#include "app/suggest.h"

#include <stdint.h>

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t ko_suggest_distance(struct ko_str a, struct ko_str b)
{
    if (a.n > KO_SUGGEST_BYTES || b.n > KO_SUGGEST_BYTES)
        return SIZE_MAX;
    /* Three rows of the table: two up, one up, and the one being filled. */
    size_t rows[3][KO_SUGGEST_BYTES + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.n; j++)
        above[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t replace = above[j - 1] + (a.p[i - 1] != b.p[j - 1]);
            row[j] = least(replace, 1 + least(above[j], row[j - 1]));
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *free_row = before;
        before = above;
        above = row;
        row = free_row;
    }
    return above[b.n];
}

void ko_suggest_try(struct ko_suggest *s, struct ko_str typed, struct ko_str known)
{
    size_t d = ko_suggest_distance(typed, known);
    if (d > (known.n + 2) / 3 || (s->best.n && d >= s->distance))
        return;
    s->best = known;
    s->distance = d;
}
