/* finish_group.c: interactions by region, channel, queue, journey …. */
#include "reduce/finish_people.h"

#include "reduce/mask.h"

#include <math.h>
#include <stdlib.h>

/* Instances come by the thousand; the largest are the ones that matter. */
enum { VALUES_MAX = 200 };

/* One value of one dimension, from all window exports. */
struct group {
    struct ko_str dim, value;
    double *total, *bad;
    struct ko_nameless nameless;
    bool *covered;
    double count;
};

/* A spot or a track of a table that is of a group, to be sorted. */
struct item {
    struct ko_str dim, value;
    uint32_t spot, track; /* one of both is KO_NO_ENTITY */
    double count;
};

struct tally {
    struct ko_finish *f;
    struct ko_spots spots;
    struct ko_spot_groups *of; /* by spot */
    KO_LIST(struct item) items;
    struct group *v;
    size_t n;
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

/* ---- what there is ---- */

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

static enum ko_status add_item(struct tally *t, struct item item)
{
    struct item *room;
    KO_LIST_ADD(&t->f->arena, &t->items, room);
    if (room == NULL)
        return KO_ENOMEM;
    *room = item;
    return KO_OK;
}

static enum ko_status list_spot(struct tally *t, uint32_t spot)
{
    const struct ko_spot *p = &t->spots.v.v[spot];
    struct item item = {KO_STR("all"), KO_STR("all"), spot, KO_NO_ENTITY,
                        ko_spot_size(t->f, p)};
    struct ko_str rest = p->parts, part;
    enum ko_status st = p->counts ? add_item(t, item) : KO_OK;
    while (p->counts && st == KO_OK && ko_str_cut(&rest, KO_CELL_BETWEEN, &part)) {
        item.value = part;
        if (ko_str_cut(&item.value, '=', &item.dim))
            st = add_item(t, item);
    }
    if (!p->counts || st != KO_OK || p->journey == KO_NO_ENTITY)
        return st;
    item.dim = KO_STR("journey");
    item.value = t->f->c->journeys.v[p->journey].name;
    return add_item(t, item);
}

static enum ko_status list_items(struct tally *t)
{
    const struct ko_reducer *r = t->f->r;
    enum ko_status st = KO_OK;
    for (uint32_t i = 0; i < t->spots.v.n && st == KO_OK; i++)
        st = list_spot(t, i);
    for (uint32_t i = 0; i < r->tracks.n && st == KO_OK; i++) {
        const struct ko_track *track = &r->tracks.v[i];
        bool wanted = track->key.family == KO_TRACK_TABLE_GROUP ||
                      track->key.family == KO_TRACK_TABLE_GROUP_BAD;
        if (!wanted || t->f->realm_of[track->key.export_index] != 0)
            continue;
        bool bad = ko_family_is_bad(track->key.family);
        st = add_item(t, (struct item){ko_state_said(r, track->key.signal),
                                       ko_state_said(r, track->key.text), KO_NO_ENTITY, i,
                                       bad ? 0 : count_in(t->f, i)});
    }
    return st;
}

/* Give all items of one value the count of that value. */
static void count_values(struct item *v, size_t n)
{
    for (size_t i = 0, end; i < n; i = end) {
        double sum = 0;
        for (end = i; end < n && by_value(&v[end], &v[i]) == 0; end++)
            sum += v[end].count;
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

/* Items by value, the rarest values of a dimension as one. */
static void sort_items(struct tally *t)
{
    struct item *v = t->items.v;
    size_t n = t->items.n;
    if (n < 2)
        return;
    qsort(v, n, sizeof *v, by_value);
    count_values(v, n);
    qsort(v, n, sizeof *v, by_count);
    fold_rest(v, n);
    qsort(v, n, sizeof *v, by_value);
}

/* ---- groups ---- */

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

static enum ko_status add_nameless(struct tally *t, const struct ko_spot *p,
                                   struct group *g)
{
    size_t n = t->f->grids[0].n;
    if (g->nameless.total == NULL) {
        g->nameless.total = ko_arena_alloc(&t->f->arena, n, sizeof(double));
        g->nameless.bad = ko_arena_alloc(&t->f->arena, n, sizeof(double));
    }
    if (g->nameless.total == NULL || g->nameless.bad == NULL)
        return KO_ENOMEM;
    ko_spot_add(t->f, p, g->nameless.total, g->nameless.bad);
    return KO_OK;
}

static enum ko_status add_spot(struct tally *t, uint32_t spot, struct group *g)
{
    const struct ko_spot *p = &t->spots.v.v[spot];
    struct ko_spot_groups *of = &t->of[spot];
    of->v[of->n++] = (uint32_t)(t->n - 1);
    ko_spot_add(t->f, p, g->total, g->bad);
    return p->nameless_heads ? add_nameless(t, p, g) : KO_OK;
}

static void add_table(struct tally *t, uint32_t track, struct group *g)
{
    const struct ko_finish *f = t->f;
    double *v = ko_family_is_bad(f->r->tracks.v[track].key.family) ? g->bad : g->total;
    struct ko_cells_walk w = ko_cells_walk(&f->r->cells, track);
    for (struct ko_cell c; ko_cells_next(&w, &c);) {
        size_t bucket;
        if (ko_grid_bucket(&f->grids[0], c.time, &bucket))
            v[bucket] += ko_take_number(&c);
    }
}

static enum ko_status add_to_group(struct tally *t, const struct item *item)
{
    const struct ko_finish *f = t->f;
    struct group *g = &t->v[t->n - 1];
    bool table = item->spot == KO_NO_ENTITY;
    uint32_t export_index = table ? f->r->tracks.v[item->track].key.export_index
                                  : t->spots.v.v[item->spot].export_index;
    const struct ko_cover *cover = &f->covers[f->group_of[export_index]];
    for (size_t i = 0; i < f->grids[0].n; i++)
        g->covered[i] |= cover->covered[i];
    g->count += item->count;
    if (!table)
        return add_spot(t, item->spot, g);
    add_table(t, item->track, g);
    return KO_OK;
}

static enum ko_status make_groups(struct tally *t)
{
    const struct item *v = t->items.v;
    enum ko_status st = KO_OK;
    t->v = ko_arena_alloc(&t->f->arena, t->items.n + 1, sizeof *t->v);
    if (t->v == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < t->items.n && st == KO_OK; i++) {
        if (i == 0 || by_value(&v[i], &v[i - 1]) != 0)
            st = new_group(t, &v[i]);
        if (st == KO_OK)
            st = add_to_group(t, &v[i]);
    }
    return st;
}

/* Each spot is of as many groups as it has items. */
static enum ko_status make_room(struct tally *t)
{
    struct ko_arena *arena = &t->f->arena;
    t->of = ko_arena_alloc(arena, t->spots.v.n + 1, sizeof *t->of);
    uint32_t *room = ko_arena_alloc(arena, t->items.n + 1, sizeof *room);
    size_t *need = ko_arena_alloc(arena, t->spots.v.n + 1, sizeof *need);
    if (t->of == NULL || room == NULL || need == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < t->items.n; i++) {
        if (t->items.v[i].spot != KO_NO_ENTITY)
            need[t->items.v[i].spot]++;
    }
    for (size_t i = 0; i < t->spots.v.n; room += need[i++])
        t->of[i].v = room;
    return KO_OK;
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

static enum ko_status write_group(struct tally *t, const struct group *g,
                                  struct ko_people *people)
{
    struct ko_group *out = ko_case_add(t->f->c, "group");
    if (out == NULL)
        return KO_ENOMEM;
    enum ko_status st = ko_str_copy(&t->f->c->arena, g->dim, &out->dim);
    if (st == KO_OK)
        st = ko_finish_masked(t->f, g->value, &out->value);
    if (st == KO_OK)
        st = put_numbers(t, g, out);
    return st == KO_OK ? ko_people_write(t->f, people, &g->nameless, out) : st;
}

static enum ko_status write_all(struct tally *t)
{
    struct ko_people *people = ko_arena_alloc(&t->f->arena, t->n + 1, sizeof *people);
    if (people == NULL)
        return KO_ENOMEM;
    ko_people_meet(t->f, &t->spots, t->of, people);
    enum ko_status st = KO_OK;
    for (size_t g = 0; g < t->n && st == KO_OK; g++) {
        if (t->v[g].count > 0)
            st = write_group(t, &t->v[g], &people[g]);
    }
    if (st == KO_OK)
        ko_people_count(t->f, &t->spots, t->of, people);
    return st;
}

enum ko_status ko_finish_groups(struct ko_finish *f)
{
    struct tally t = {.f = f};
    enum ko_status st = ko_finish_spots(f, &t.spots);
    if (st == KO_OK)
        st = list_items(&t);
    if (st == KO_OK)
        st = make_room(&t);
    if (st != KO_OK)
        return st;
    sort_items(&t);
    st = make_groups(&t);
    return st == KO_OK ? write_all(&t) : st;
}
