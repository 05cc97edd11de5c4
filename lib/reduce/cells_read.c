/* cells_read.c: the cells of a table in order of track and time. */
#include "reduce/cells_page.h"

#include <stdlib.h>

static int by_key(const void *a, const void *b)
{
    const struct ko_page *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

/* Pages of one track, mostly in order already, since exports are. */
static void sort_track(struct ko_page *v, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (v[i].key < v[i - 1].key) {
            qsort(v, n, sizeof *v, by_key);
            return;
        }
    }
}

/* Counting sort by track, then each track by time. */
enum ko_status ko_cells_sort(struct ko_cells *t)
{
    if (ko_cells_settle(t) != KO_OK)
        return KO_ENOMEM;
    size_t *end = ko_mem_alloc(t->n_tracks + 1, sizeof *end);
    struct ko_page *v = ko_mem_alloc(t->n, sizeof *v);
    enum ko_status st = end != NULL && v != NULL ? KO_OK : KO_ENOMEM;
    for (size_t i = 0; st == KO_OK && i < t->n; i++)
        end[ko_page_track(&t->pages[i]) + 1]++;
    for (size_t k = 0; st == KO_OK && k < t->n_tracks; k++)
        end[k + 1] += end[k];
    for (size_t i = 0; st == KO_OK && i < t->n; i++)
        v[end[ko_page_track(&t->pages[i])]++] = t->pages[i];
    for (size_t k = 0; st == KO_OK && k < t->n_tracks; k++) {
        size_t first = k > 0 ? end[k - 1] : 0;
        sort_track(v + first, end[k] - first);
        t->tracks[k].page = end[k] > first ? (uint32_t)first + 1 : KO_PAGE_NONE;
    }
    ko_mem_free(end);
    ko_mem_free(st == KO_OK ? t->pages : v);
    t->pages = st == KO_OK ? v : t->pages;
    t->cap = st == KO_OK ? t->n : t->cap;
    return st;
}

bool ko_cells_has(const struct ko_cells *t, uint32_t track)
{
    return track < t->n_tracks && t->tracks[track].page != KO_PAGE_NONE;
}

struct ko_cells_walk ko_cells_walk(const struct ko_cells *t, uint32_t track)
{
    size_t first = ko_cells_has(t, track) ? t->tracks[track].page - 1 : t->n;
    return (struct ko_cells_walk){t, track, first, 0};
}

static void read_cell(enum ko_page_kind kind, void *cell, struct ko_cell *ret)
{
    if (kind == KO_PAGE_SAMPLES) {
        const struct ko_samples *s = cell;
        ret->sum = s->sum;
        ret->last_time = s->last_time;
        ret->last = s->last;
    } else if (kind == KO_PAGE_DURATIONS) {
        struct ko_durations *d = cell;
        ret->sum = d->sum;
        ret->hist = &d->hist;
    }
}

bool ko_cells_next(struct ko_cells_walk *w, struct ko_cell *ret)
{
    const struct ko_cells *t = w->t;
    for (; w->page < t->n && ko_page_track(&t->pages[w->page]) == w->track;
         w->page++, w->at = 0) {
        const struct ko_page *p = &t->pages[w->page];
        enum ko_page_kind kind = t->tracks[w->track].kind;
        while (w->at < 1u << ko_page_shapes[kind].bits) {
            unsigned at = w->at++;
            uint64_t room;
            void *cell = ko_page_cell(p, kind, at, &room);
            uint64_t n = ko_page_count(kind, cell);
            if (n == 0)
                continue;
            int64_t grain =
                ko_page_number(p) * ((int64_t)1 << ko_page_shapes[kind].bits) + at;
            *ret = (struct ko_cell){
                .time = grain * t->grain_ns, .n = n, .last_time = KO_TIME_NONE};
            read_cell(kind, cell, ret);
            return true;
        }
    }
    return false;
}
