/* finish_group.c: interactions by region, channel, queue …, and how many people they are.
 */
#include "reduce/finish.h"

#include "reduce/mask.h"

#include <math.h>
#include <stdlib.h>

/* Instances come by the thousand; the largest are the ones that matter. */
enum { VALUES_MAX = 200 };

/* One value of one dimension, from all window exports. */
struct group {
    struct ko_str dim, value;
    double *total, *bad;
    bool *covered;
    double count;
    bool customers; /* some interaction names a customer, not only a session */
    bool people;    /* some interaction names somebody */
};

struct tally {
    struct ko_finish *f;
    struct group *v;
    size_t n;
    uint32_t *group_of; /* by track of a group */
};

/* A group track, to be sorted. */
struct item {
    struct ko_str dim, value;
    uint32_t track;
    double count;
};

static int by_value(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    int order = ko_str_cmp(x->dim, y->dim);
    return order != 0 ? order : ko_str_cmp(x->value, y->value);
}

/* Dimension, then count down, then value: what is past VALUES_MAX is folded. */
static int by_count(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    int order = ko_str_cmp(x->dim, y->dim);
    if (order == 0)
        order = (x->count < y->count) - (x->count > y->count);
    return order != 0 ? order : ko_str_cmp(x->value, y->value);
}

static double count_in(const struct ko_finish *f, uint32_t track)
{
    struct ko_cells_walk w = ko_cells_walk(&f->r->cells, track);
    double n = 0;
    for (struct ko_cell c; ko_cells_next(&w, &c);) {
        size_t bucket;
        if (ko_grid_bucket(&f->grids[0], c.time, &bucket))
            n += ko_take_number(&c);
    }
    return n;
}

static struct item *list_items(struct ko_finish *f, size_t *ret_n)
{
    const struct ko_reducer *r = f->r;
    struct item *v = ko_arena_alloc(&f->arena, r->tracks.n, sizeof *v);
    *ret_n = 0;
    for (uint32_t i = 0; v != NULL && i < r->tracks.n; i++) {
        const struct ko_track *t = &r->tracks.v[i];
        if (ko_family_is_group(t->key.family) && f->realm_of[t->key.export_index] == 0)
            v[(*ret_n)++] = (struct item){ko_state_said(r, t->key.signal),
                                          ko_state_said(r, t->key.text), i, 0};
    }
    return v;
}

/* Give all tracks of one value the count of that value over all exports. */
static void count_values(const struct ko_finish *f, struct item *v, size_t n)
{
    for (size_t i = 0, end; i < n; i = end) {
        double sum = 0;
        for (end = i; end < n && by_value(&v[end], &v[i]) == 0; end++) {
            if (!ko_family_is_bad(f->r->tracks.v[v[end].track].key.family))
                sum += count_in(f, v[end].track);
        }
        for (size_t k = i; k < end; k++)
            v[k].count = sum;
    }
}

static void fold_rest(struct item *v, size_t n)
{
    size_t values = 0;
    struct ko_str last = {NULL, 0};
    for (size_t i = 0; i < n; i++) {
        bool new_dim = i == 0 || !ko_str_eq(v[i].dim, v[i - 1].dim);
        bool new_value = new_dim || !ko_str_eq(v[i].value, last);
        values = new_dim ? 1 : values + (new_value ? 1 : 0);
        last = v[i].value;
        if (values > VALUES_MAX)
            v[i].value = KO_MASK_OTHER;
    }
}

static enum ko_status new_group(struct tally *t, const struct item *item)
{
    size_t n = t->f->grids[0].n;
    struct group *g = &t->v[t->n++];
    *g = (struct group){.dim = item->dim,
                        .value = item->value,
                        .total = ko_arena_alloc(&t->f->arena, n, sizeof *g->total),
                        .bad = ko_arena_alloc(&t->f->arena, n, sizeof *g->bad),
                        .covered = ko_arena_alloc(&t->f->arena, n, sizeof *g->covered)};
    return g->total != NULL && g->bad != NULL && g->covered != NULL ? KO_OK : KO_ENOMEM;
}

static void add_track(struct tally *t, uint32_t track)
{
    struct ko_finish *f = t->f;
    struct group *g = &t->v[t->n - 1];
    struct ko_cells_walk w = ko_cells_walk(&f->r->cells, track);
    const struct ko_track *info = &f->r->tracks.v[track];
    double *v = ko_family_is_bad(info->key.family) ? g->bad : g->total;
    t->group_of[track] = (uint32_t)(t->n - 1);
    for (struct ko_cell c; ko_cells_next(&w, &c);) {
        size_t bucket;
        if (ko_grid_bucket(&f->grids[0], c.time, &bucket))
            v[bucket] += ko_take_number(&c);
    }
    const struct ko_cover *cover = &f->covers[f->group_of[info->key.export_index]];
    for (size_t i = 0; i < f->grids[0].n; i++)
        g->covered[i] |= cover->covered[i];
    if (!ko_family_is_bad(info->key.family))
        g->count += count_in(f, track);
}

static enum ko_status add_tracks(struct tally *t, struct item *items, size_t n)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < n && st == KO_OK; i++) {
        if (i == 0 || by_value(&items[i], &items[i - 1]) != 0)
            st = new_group(t, &items[i]);
        if (st == KO_OK)
            add_track(t, items[i].track);
    }
    return st;
}

/* ---- people ---- */

/* An id in a second of a group. */
struct visit {
    uint64_t id;
    int64_t second;
    uint32_t group, bucket;
    bool bad;
};

static int by_visit(const void *a, const void *b)
{
    const struct visit *x = a, *y = b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    if (x->second != y->second)
        return x->second < y->second ? -1 : 1;
    return (int)y->bad - (int)x->bad;
}

static uint32_t group_of(const struct tally *t, const struct ko_seen *s)
{
    return t->group_of[s->track];
}

/* Customers are counted where any are named, else sessions: never both. */
static void choose_kind(struct tally *t)
{
    const struct ko_ids *ids = &t->f->r->ids;
    for (size_t i = 0; i < ids->n; i++) {
        uint32_t g = group_of(t, &ids->v[i]);
        if (g == KO_NO_ENTITY)
            continue;
        t->v[g].people = true;
        t->v[g].customers |= !ids->v[i].session;
    }
}

static size_t list_visits(const struct tally *t, struct visit *v)
{
    const struct ko_ids *ids = &t->f->r->ids;
    size_t n = 0;
    for (size_t i = 0; i < ids->n; i++) {
        const struct ko_seen *s = &ids->v[i];
        uint32_t g = group_of(t, s);
        size_t bucket;
        if (g == KO_NO_ENTITY || s->session == t->v[g].customers ||
            !ko_grid_bucket(&t->f->grids[0], s->second * KO_SECOND, &bucket))
            continue;
        v[n++] = (struct visit){s->id, s->second, g, (uint32_t)bucket, s->bad};
    }
    if (n > 1)
        qsort(v, n, sizeof *v, by_visit);
    return n;
}

/* Where an id was counted last; -1 nowhere. */
struct last {
    int64_t bucket, bad_bucket, minute, bad_minute;
};

static void add_if_new(double *v, size_t bucket, double weight, int64_t *last, int64_t at)
{
    if (*last != at)
        v[bucket] += weight;
    *last = at;
}

static void count_visit(struct ko_group *out, const struct visit *x, double weight,
                        struct last *last)
{
    int64_t minute = ko_time_floor(x->second * KO_SECOND, KO_MINUTE) / KO_MINUTE;
    add_if_new(out->ids.v, x->bucket, weight, &last->bucket, x->bucket);
    add_if_new(out->minutes.v, x->bucket, weight, &last->minute, minute);
    if (!x->bad)
        return;
    if (last->bad_bucket < 0)
        out->ids_bad_first.v[x->bucket] += weight;
    add_if_new(out->ids_bad.v, x->bucket, weight, &last->bad_bucket, x->bucket);
    add_if_new(out->minutes_bad.v, x->bucket, weight, &last->bad_minute, minute);
}

static enum ko_status write_people(struct tally *t, struct ko_group *out,
                                   const struct visit *v, size_t n)
{
    static const struct last nowhere = {-1, -1, INT64_MIN, INT64_MIN};
    ko_nums *lists[] = {&out->ids, &out->ids_bad, &out->ids_bad_first, &out->minutes,
                        &out->minutes_bad};
    double weight = (double)((uint64_t)1 << t->f->r->ids.shift);
    struct last last = nowhere;
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < sizeof lists / sizeof *lists && st == KO_OK; i++)
        st = ko_finish_nums(t->f, lists[i], t->f->grids[0].n, 0);
    for (size_t i = 0; i < n && st == KO_OK; i++) {
        if (i == 0 || v[i].id != v[i - 1].id)
            last = nowhere;
        count_visit(out, &v[i], weight, &last);
    }
    if (t->f->grids[0].step == KO_MINUTE)
        out->minutes.n = out->minutes_bad.n = 0;
    return st;
}

/* ---- writing ---- */

static enum ko_status put_numbers(struct tally *t, const struct group *g,
                                  struct ko_group *out)
{
    size_t n = t->f->grids[0].n;
    enum ko_status st = ko_finish_nums(t->f, &out->total, n, NAN);
    if (st == KO_OK)
        st = ko_finish_nums(t->f, &out->bad, n, NAN);
    for (size_t i = 0; st == KO_OK && i < n; i++) {
        if (!g->covered[i] && g->total[i] == 0)
            continue;
        out->total.v[i] = g->total[i];
        out->bad.v[i] = g->bad[i];
    }
    return st;
}

static enum ko_status write_group(struct tally *t, uint32_t index,
                                  const struct visit *visits, size_t n_visits)
{
    const struct group *g = &t->v[index];
    struct ko_group *out = ko_case_add(t->f->c, "group");
    if (out == NULL)
        return KO_ENOMEM;
    enum ko_status st = ko_str_copy(&t->f->c->arena, g->dim, &out->dim);
    if (st == KO_OK)
        st = ko_finish_masked(t->f, g->value, &out->value);
    if (st == KO_OK)
        st = put_numbers(t, g, out);
    if (st != KO_OK || !g->people)
        return st;
    out->id_kind = g->customers ? KO_STR("customer") : KO_STR("session");
    return write_people(t, out, visits, n_visits);
}

static enum ko_status write_all(struct tally *t, const struct visit *v, size_t n)
{
    enum ko_status st = KO_OK;
    for (size_t g = 0, at = 0; g < t->n && st == KO_OK; g++) {
        size_t from = at;
        while (at < n && v[at].group == g)
            at++;
        if (t->v[g].count > 0)
            st = write_group(t, (uint32_t)g, v + from, at - from);
    }
    return st;
}

enum ko_status ko_finish_groups(struct ko_finish *f)
{
    size_t n, n_tracks = f->r->tracks.n;
    struct tally t = {.f = f};
    struct item *items = list_items(f, &n);
    t.v = ko_arena_alloc(&f->arena, n, sizeof *t.v);
    t.group_of = ko_arena_alloc(&f->arena, n_tracks, sizeof *t.group_of);
    struct visit *visits = ko_arena_alloc(&f->arena, f->r->ids.n, sizeof *visits);
    if (items == NULL || t.v == NULL || t.group_of == NULL || visits == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < n_tracks; i++)
        t.group_of[i] = KO_NO_ENTITY;
    if (n > 1)
        qsort(items, n, sizeof *items, by_value);
    count_values(f, items, n);
    if (n > 1)
        qsort(items, n, sizeof *items, by_count);
    fold_rest(items, n);
    if (n > 1)
        qsort(items, n, sizeof *items, by_value);
    enum ko_status st = add_tracks(&t, items, n);
    if (st != KO_OK)
        return st;
    choose_kind(&t);
    return write_all(&t, visits, list_visits(&t, visits));
}
