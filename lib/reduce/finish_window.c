/* finish_window.c: the window, the healthy exports beside it, and what is covered. */
#include "reduce/finish.h"

#include <stdlib.h>

/* A bucket counts as covered when an export spans so much of it. */
static const double COVERED_SHARE = 0.9;
/* A healthy export gives at most so many numbers, or so many times the window: a month of
 * baseline tells no more than a week, and every stage has to read it. */
enum { NORMAL_NUMBERS_MAX = 1000000, NORMAL_WINDOWS_MAX = 4 };

struct moments {
    KO_LIST(struct ko_moment) list;
};

static int by_time(const void *a, const void *b)
{
    const struct ko_moment *x = a, *y = b;
    return (x->time > y->time) - (x->time < y->time);
}

static enum ko_status add_moments(struct ko_finish *f, uint32_t export_index,
                                  struct moments *m)
{
    uint32_t track = f->r->exports.v[export_index].time_track;
    struct ko_cells_walk w = ko_cells_walk(&f->r->cells, track);
    for (struct ko_cell c; ko_cells_next(&w, &c);) {
        struct ko_moment *moment;
        KO_LIST_ADD(&f->arena, &m->list, moment);
        if (moment == NULL)
            return KO_ENOMEM;
        *moment = (struct ko_moment){c.time, c.n};
    }
    return KO_OK;
}

/* One entry a grain, in order of time. */
static void settle(struct moments *m)
{
    if (m->list.n == 0)
        return;
    qsort(m->list.v, m->list.n, sizeof *m->list.v, by_time);
    size_t kept = 0;
    for (size_t i = 1; i < m->list.n; i++) {
        if (m->list.v[i].time == m->list.v[kept].time)
            m->list.v[kept].n += m->list.v[i].n;
        else
            m->list.v[++kept] = m->list.v[i];
    }
    m->list.n = kept + 1;
}

/* Without any timed record the window is that of the options, or empty. */
static enum ko_status window_grid(struct ko_finish *f, const struct moments *m)
{
    const struct ko_reduce_options *opt = &f->r->opt;
    ko_dur grain = f->r->cells.grain_ns;
    ko_time from = 0, to = 0;
    if (m->list.n > 0)
        ko_window_core(m->list.v, m->list.n, grain, &from, &to);
    from = opt->from != KO_TIME_NONE ? opt->from : from;
    to = opt->to != KO_TIME_NONE ? opt->to : to;
    if (m->list.n > 0 && to <= from)
        return ko_err_set(f->err, KO_ERANGE,
                          "the window is empty; no record lies between --from and --to");
    to = to < from ? from : to;
    f->grids[0] =
        ko_window_grid(from, to, opt->step, grain, ko_window_gap(m->list.v, m->list.n));
    return KO_OK;
}

static enum ko_status find_window(struct ko_finish *f)
{
    struct moments m = {.list = {.n = 0}};
    enum ko_status st = KO_OK;
    for (uint32_t i = 0; i < f->r->exports.n && st == KO_OK; i++) {
        if (!f->r->exports.v[i].normal)
            st = add_moments(f, i, &m);
    }
    settle(&m);
    return st == KO_OK ? window_grid(f, &m) : st;
}

static size_t normal_buckets_max(const struct ko_finish *f, uint32_t export_index)
{
    size_t tracks = 1;
    for (size_t i = 0; i < f->r->tracks.n; i++) {
        const struct ko_track *t = &f->r->tracks.v[i];
        tracks += t->key.family == KO_TRACK_METRIC && t->key.export_index == export_index
                      ? 1
                      : 0;
    }
    size_t windows = f->grids[0].n * NORMAL_WINDOWS_MAX;
    size_t fair = NORMAL_NUMBERS_MAX / tracks;
    fair = fair > windows ? fair : windows;
    return fair < KO_BUCKETS_MAX ? fair : KO_BUCKETS_MAX;
}

/* A healthy export has the steps of the window, so that both compare. */
static enum ko_status find_normal(struct ko_finish *f, uint32_t export_index,
                                  struct ko_grid *ret)
{
    struct moments m = {.list = {.n = 0}};
    ko_time from = 0, to = 0;
    enum ko_status st = add_moments(f, export_index, &m);
    settle(&m);
    if (m.list.n > 0)
        ko_window_core(m.list.v, m.list.n, f->r->cells.grain_ns, &from, &to);
    ko_dur step = f->grids[0].step;
    from = ko_time_floor(from, step);
    size_t n = (size_t)((to - from + step - 1) / step);
    size_t max = normal_buckets_max(f, export_index);
    *ret = (struct ko_grid){from, step, n < max ? n : max};
    return st;
}

/* Exports in order of their names, so that realms and groups are numbered the same. */
static uint32_t *in_order(struct ko_finish *f)
{
    uint32_t *order = ko_arena_alloc(&f->arena, f->r->exports.n, sizeof *order);
    for (uint32_t i = 0; order != NULL && i < f->r->exports.n; i++)
        order[f->export_rank[i]] = i;
    return order;
}

static enum ko_status find_realms(struct ko_finish *f, const uint32_t *order)
{
    size_t n = f->r->exports.n;
    f->grids = ko_arena_alloc(&f->arena, n + 1, sizeof *f->grids);
    f->realm_of = ko_arena_alloc(&f->arena, n, sizeof *f->realm_of);
    if (f->grids == NULL || f->realm_of == NULL)
        return KO_ENOMEM;
    enum ko_status st = find_window(f);
    f->n_realms = 1;
    for (size_t i = 0; i < n && st == KO_OK; i++) {
        if (!f->r->exports.v[order[i]].normal)
            continue;
        f->realm_of[order[i]] = (uint32_t)f->n_realms;
        st = find_normal(f, order[i], &f->grids[f->n_realms++]);
    }
    return st;
}

/* ---- what is covered ---- */

/*
 * The name of an export without digits and compression: app.log, app.log.1 and
 * app-2026-03-14.log.gz are one log, so that silence in one part of it is a 0.
 */
static void put_stem(struct ko_buf *b, struct ko_str file, uint32_t realm)
{
    if (ko_str_ends(file, KO_STR(".gz")))
        file.n -= 3;
    else if (ko_str_ends(file, KO_STR(".zst")))
        file.n -= 4;
    for (size_t i = 0; i < file.n; i++) {
        char c = file.p[i];
        if (!ko_char_is_digit(c) && c != '.' && c != '-' && c != '_')
            ko_buf_putc(b, c);
    }
    ko_buf_printf(b, ":%u", realm);
}

static enum ko_status group_exports(struct ko_finish *f, const uint32_t *order)
{
    struct ko_map stems;
    ko_map_init(&stems, 0);
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < f->r->exports.n && st == KO_OK; i++) {
        ko_buf_reset(&f->r->scratch);
        put_stem(&f->r->scratch, f->r->exports.v[order[i]].file, f->realm_of[order[i]]);
        st = f->r->scratch.status;
        if (st == KO_OK)
            st = ko_map_put(&stems, ko_buf_str(&f->r->scratch), (uint32_t)stems.n,
                            &f->group_of[order[i]]);
    }
    f->n_groups = stems.n;
    ko_map_release(&stems);
    return st;
}

/*
 * What an export covers of its grid: from its first to its last grain, and as much longer
 * on both sides as its records usually lie apart, since the next one was not due. Records
 * outside the grid are counted.
 */
static bool inside(struct ko_finish *f, uint32_t export_index, ko_time *ret_from,
                   ko_time *ret_to)
{
    const struct ko_cells *t = &f->r->cells;
    const struct ko_grid *g = &f->grids[f->realm_of[export_index]];
    struct ko_cells_walk w = ko_cells_walk(t, f->r->exports.v[export_index].time_track);
    int64_t n = 0;
    ko_time first = 0, last = 0;
    for (struct ko_cell c; ko_cells_next(&w, &c);) {
        size_t bucket;
        if (!ko_grid_bucket(g, c.time, &bucket)) {
            f->outside[export_index] += c.n;
            continue;
        }
        first = n++ == 0 ? c.time : first;
        last = c.time;
    }
    ko_dur apart = n > 1 ? (last - first) / (n - 1) - t->grain_ns : 0;
    *ret_from = first - apart;
    *ret_to = last + t->grain_ns + apart;
    return n > 0;
}

static void add_cover(const struct ko_grid *g, ko_time from, ko_time to, ko_dur *covered)
{
    for (size_t i = 0; i < g->n; i++) {
        ko_time start = g->from + (ko_time)i * g->step;
        ko_time lo = from > start ? from : start;
        ko_time hi = to < start + g->step ? to : start + g->step;
        if (hi > lo)
            covered[i] += hi - lo;
    }
}

static enum ko_status cover_group(struct ko_finish *f, uint32_t group,
                                  const uint32_t *order)
{
    ko_dur *sum = NULL;
    const struct ko_grid *g = NULL;
    for (size_t i = 0; i < f->r->exports.n; i++) {
        ko_time from, to;
        if (f->group_of[order[i]] != group)
            continue;
        g = &f->grids[f->realm_of[order[i]]];
        if (sum == NULL)
            sum = ko_arena_alloc(&f->arena, g->n, sizeof *sum);
        if (sum == NULL)
            return KO_ENOMEM;
        if (inside(f, order[i], &from, &to))
            add_cover(g, from, to, sum);
    }
    bool *covered = ko_arena_alloc(&f->arena, g != NULL ? g->n : 0, sizeof *covered);
    if (covered == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; g != NULL && i < g->n; i++)
        covered[i] = (double)sum[i] >= COVERED_SHARE * (double)g->step;
    f->covers[group].covered = covered;
    return KO_OK;
}

static enum ko_status find_covers(struct ko_finish *f, const uint32_t *order)
{
    f->group_of = ko_arena_alloc(&f->arena, f->r->exports.n, sizeof *f->group_of);
    f->outside = ko_arena_alloc(&f->arena, f->r->exports.n, sizeof *f->outside);
    if (f->group_of == NULL || f->outside == NULL)
        return KO_ENOMEM;
    enum ko_status st = group_exports(f, order);
    f->covers = ko_arena_alloc(&f->arena, f->n_groups, sizeof *f->covers);
    if (st == KO_OK && f->covers == NULL)
        return KO_ENOMEM;
    for (uint32_t i = 0; i < f->n_groups && st == KO_OK; i++)
        st = cover_group(f, i, order);
    return st;
}

/* A time of day is meant on the last day of the window that holds it. */
static ko_time date_of(ko_time at, ko_time end)
{
    if (at < 0 || at >= KO_DAY)
        return at;
    ko_time t = ko_time_floor(end - 1, KO_DAY) + at;
    return t < end ? t : t - KO_DAY;
}

static enum ko_status write_head(struct ko_finish *f)
{
    struct ko_head *head = &f->c->head;
    const struct ko_reduce_options *opt = &f->r->opt;
    head->from = f->grids[0].from;
    head->step = f->grids[0].step;
    head->buckets = (int64_t)f->grids[0].n;
    head->at = date_of(opt->at, head->from + head->buckets * head->step);
    head->normal_to = opt->normal_to;
    struct ko_arena *arena = &f->c->arena;
    enum ko_status st = ko_str_copy(arena, opt->tool, &head->tool);
    if (st == KO_OK)
        st = ko_str_copy(arena, opt->symptom_signal, &head->symptom_signal);
    uint32_t symptom = ko_finish_entity(f, opt->symptom_entity);
    struct ko_str name =
        symptom != KO_NO_ENTITY ? ko_case_name(f->c, symptom) : opt->symptom_entity;
    return st == KO_OK ? ko_str_copy(arena, name, &head->symptom_entity) : st;
}

enum ko_status ko_finish_window(struct ko_finish *f)
{
    uint32_t *order = in_order(f);
    enum ko_status st = order != NULL ? find_realms(f, order) : KO_ENOMEM;
    if (st == KO_OK)
        st = find_covers(f, order);
    return st == KO_OK ? write_head(f) : st;
}
