/* finish_combination.c: interactions, and numbers of tables, by the combination of the
 * values of all their dimensions. */
#include "reduce/finish_spot.h"

#include "reduce/mask.h"

#include <math.h>
#include <stdlib.h>

/* With time each combination has a number a bucket; a table of one moment has two. */
enum { TIMED_MAX = 1000, SNAPSHOT_MAX = 1 << 16 };

/* A spot, or a track of a table, that is of a combination. */
struct item {
    struct ko_str key;
    const struct ko_spot *spot; /* else NULL */
    uint32_t track;             /* the first of the spot */
    bool snapshot;
    double count; /* of all items of the key */
};

struct job {
    struct ko_finish *f;
    struct ko_spots spots;
    struct item *v;
    size_t n;
};

static int by_key(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    if (x->snapshot != y->snapshot)
        return x->snapshot ? 1 : -1;
    int order = ko_str_cmp(x->key, y->key);
    return order != 0 ? order : (x->track > y->track) - (x->track < y->track);
}

static int by_count(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    if (x->snapshot != y->snapshot)
        return x->snapshot ? 1 : -1;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return by_key(a, b);
}

static double count_of(const struct ko_finish *f, const struct item *item)
{
    if (item->spot != NULL)
        return ko_spot_size(f, item->spot);
    struct ko_cells_walk w = ko_cells_walk(&f->r->cells, item->track);
    double n = 0;
    for (struct ko_cell c; ko_cells_next(&w, &c);) {
        size_t bucket;
        if (item->snapshot || ko_grid_bucket(&f->grids[0], c.time, &bucket))
            n += fabs(ko_take_number(&c));
    }
    return n;
}

static bool same(const struct item *a, const struct item *b)
{
    return a->snapshot == b->snapshot && ko_str_eq(a->key, b->key);
}

static void list_spots(struct job *j)
{
    for (size_t i = 0; i < j->spots.v.n; i++) {
        const struct ko_spot *p = &j->spots.v.v[i];
        size_t at;
        if (p->counts && ko_str_chr(p->parts, KO_CELL_BETWEEN, &at))
            j->v[j->n++] = (struct item){
                .key = p->parts, .spot = p, .track = p->tracks[KO_SPOT_ALL]};
    }
}

static enum ko_status list(struct job *j)
{
    const struct ko_reducer *r = j->f->r;
    j->v = ko_arena_alloc(&j->f->arena, r->tracks.n, sizeof *j->v);
    if (j->v == NULL)
        return KO_ENOMEM;
    list_spots(j);
    for (uint32_t i = 0; i < r->tracks.n; i++) {
        const struct ko_track *t = &r->tracks.v[i];
        if (t->key.family < KO_TRACK_TABLE_COMBINATION ||
            j->f->realm_of[t->key.export_index] != 0)
            continue;
        j->v[j->n++] = (struct item){.key = ko_state_said(r, t->key.text),
                                     .track = i,
                                     .snapshot = t->key.family >= KO_TRACK_ACTUAL};
    }
    return KO_OK;
}

static void count(struct job *j)
{
    for (size_t i = 0, end; i < j->n; i = end) {
        double sum = 0;
        for (end = i; end < j->n && same(&j->v[end], &j->v[i]); end++)
            sum += count_of(j->f, &j->v[end]);
        for (size_t k = i; k < end; k++)
            j->v[k].count = sum;
    }
}

/* The rarest beyond the bound are one. */
static void fold(struct job *j)
{
    size_t keys = 0;
    struct item last = {.track = 0};
    for (size_t i = 0; i < j->n; i++) {
        struct item *item = &j->v[i];
        if (i == 0 || item->snapshot != last.snapshot)
            keys = 0;
        if (i == 0 || !same(item, &last))
            keys++;
        last = *item;
        if (keys > (item->snapshot ? SNAPSHOT_MAX : TIMED_MAX))
            item->key = KO_MASK_OTHER;
    }
}

static enum ko_status put_parts(struct ko_finish *f, struct ko_str key, ko_strs *of)
{
    struct ko_str part;
    enum ko_status st = KO_OK;
    while (st == KO_OK && ko_str_cut(&key, KO_CELL_BETWEEN, &part)) {
        struct ko_str masked;
        st = ko_finish_masked(f, part, &masked);
        if (st == KO_OK)
            st = ko_case_add_str(f->c, of, masked);
    }
    return st;
}

static void add_timed(struct ko_finish *f, uint32_t track, struct ko_combination *out)
{
    struct ko_cells_walk w = ko_cells_walk(&f->r->cells, track);
    bool bad = ko_family_is_bad(f->r->tracks.v[track].key.family);
    double *v = bad ? out->bad.v : out->total.v;
    for (struct ko_cell c; ko_cells_next(&w, &c);) {
        size_t at;
        if (ko_grid_bucket(&f->grids[0], c.time, &at))
            v[at] += ko_take_number(&c);
    }
}

static void add_snapshot(struct ko_finish *f, uint32_t track, struct ko_combination *out)
{
    bool expected = f->r->tracks.v[track].key.family == KO_TRACK_EXPECTED;
    double *to = expected ? &out->expected : &out->actual;
    struct ko_cells_walk w = ko_cells_walk(&f->r->cells, track);
    for (struct ko_cell c; ko_cells_next(&w, &c);)
        *to += ko_take_number(&c);
}

/* Write the ${n} items at ${item}, which are one combination. */
static enum ko_status write(struct ko_finish *f, const struct item *item, size_t n)
{
    struct ko_combination *out = ko_case_add(f->c, "combination");
    if (out == NULL)
        return KO_ENOMEM;
    enum ko_status st = put_parts(f, item->key, &out->of);
    size_t buckets = item->snapshot ? 0 : f->grids[0].n;
    if (st == KO_OK && !item->snapshot)
        st = ko_finish_nums(f, &out->total, buckets, 0);
    if (st == KO_OK && !item->snapshot)
        st = ko_finish_nums(f, &out->bad, buckets, 0);
    if (st != KO_OK)
        return st;
    out->actual = out->expected = item->snapshot ? 0 : NAN;
    for (size_t i = 0; i < n; i++) {
        if (item->snapshot)
            add_snapshot(f, item[i].track, out);
        else if (item[i].spot != NULL)
            ko_spot_add(f, item[i].spot, out->total.v, out->bad.v);
        else
            add_timed(f, item[i].track, out);
    }
    return KO_OK;
}

enum ko_status ko_finish_combinations(struct ko_finish *f)
{
    struct job j = {.f = f};
    enum ko_status st = ko_finish_spots(f, &j.spots);
    if (st == KO_OK)
        st = list(&j);
    if (st != KO_OK || j.n == 0)
        return st;
    qsort(j.v, j.n, sizeof *j.v, by_key);
    count(&j);
    qsort(j.v, j.n, sizeof *j.v, by_count);
    fold(&j);
    qsort(j.v, j.n, sizeof *j.v, by_key);
    for (size_t i = 0, end; i < j.n && st == KO_OK; i = end) {
        for (end = i; end < j.n && same(&j.v[end], &j.v[i]); end++)
            ;
        if (j.v[i].count > 0)
            st = write(f, &j.v[i], end - i);
    }
    return st;
}
