/* board.c: the event signals of a case while they are added up, bucket by bucket. */
#include "reduce/board.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void ko_board_release(struct ko_board *b)
{
    for (size_t i = 0; i < b->rows.n; i++) {
        struct ko_row *row = b->rows.v[i];
        for (size_t k = 0; row->hist != NULL && k < row->grid->n; k++)
            ko_hist_release(&row->hist[k]);
    }
    ko_map_release(&b->map);
    ko_arena_release(&b->arena);
}

/* How a signal is written: as counts, as a mean, or as a mean with quantiles. */
enum shape { COUNTS, MEAN, QUANTILES };

static const struct {
    const char *name, *p50, *p95;
    enum shape shape;
    enum ko_class cls;
} signals[] = {
    [KO_SIGNAL_REQUESTS] = {"requests", NULL, NULL, COUNTS, KO_CLASS_LOAD},
    [KO_SIGNAL_ERRORS] = {"errors", NULL, NULL, COUNTS, KO_CLASS_ERROR},
    [KO_SIGNAL_LATENCY] = {"latency_mean", "latency_p50", "latency_p95", QUANTILES,
                           KO_CLASS_LATENCY},
    [KO_SIGNAL_SELF_TIME] = {"self_time_mean", NULL, NULL, MEAN, KO_CLASS_LATENCY},
    [KO_SIGNAL_RETRIES] = {"retries", NULL, NULL, COUNTS, KO_CLASS_RETRY},
    [KO_SIGNAL_LINES] = {"log_lines", NULL, NULL, COUNTS, KO_CLASS_LOAD},
    [KO_SIGNAL_LOG_ERRORS] = {"log_errors", NULL, NULL, COUNTS, KO_CLASS_ERROR},
    [KO_SIGNAL_OFFERED] = {"offered", NULL, NULL, COUNTS, KO_CLASS_LOAD},
    [KO_SIGNAL_ABANDONED] = {"abandoned", NULL, NULL, COUNTS, KO_CLASS_CUSTOMER},
    [KO_SIGNAL_WAIT] = {"wait_mean", NULL, NULL, MEAN, KO_CLASS_QUEUE},
    [KO_SIGNAL_HANDLE] = {"handle_mean", NULL, NULL, MEAN, KO_CLASS_CUSTOMER},
    [KO_SIGNAL_TRANSFERRED] = {"transferred", NULL, NULL, COUNTS, KO_CLASS_CUSTOMER},
    [KO_SIGNAL_REPEATS] = {"repeat_contacts", NULL, NULL, COUNTS, KO_CLASS_CUSTOMER},
    [KO_SIGNAL_FALLBACK] = {"fallback", NULL, NULL, COUNTS, KO_CLASS_CUSTOMER},
    [KO_SIGNAL_HANDOFF_FAILED] = {"handoff_failed", NULL, NULL, COUNTS,
                                  KO_CLASS_CUSTOMER},
    [KO_SIGNAL_AUTH_FAILED] = {"auth_failed", NULL, NULL, COUNTS, KO_CLASS_CUSTOMER}};

static enum ko_status add_row(struct ko_board *b, struct ko_row_key key,
                              uint32_t export_index)
{
    struct ko_row **slot, *row = ko_arena_alloc(&b->arena, 1, sizeof *row);
    KO_LIST_ADD(&b->arena, &b->rows, slot);
    if (row == NULL || slot == NULL)
        return KO_ENOMEM;
    size_t n = b->grids[key.realm].n;
    *row = (struct ko_row){.key = key,
                           .grid = &b->grids[key.realm],
                           .count = ko_arena_alloc(&b->arena, n, sizeof *row->count),
                           .sum = ko_arena_alloc(&b->arena, n, sizeof *row->sum),
                           .covered = ko_arena_alloc(&b->arena, n, sizeof *row->covered),
                           .fed = ko_arena_alloc(&b->arena, b->n_groups, 1),
                           .export_index = export_index};
    if (signals[key.signal].shape == QUANTILES)
        row->hist = ko_arena_alloc(&b->arena, n, sizeof *row->hist);
    *slot = row;
    bool whole = row->count != NULL && row->sum != NULL && row->covered != NULL &&
                 row->fed != NULL &&
                 (row->hist != NULL || signals[key.signal].shape != QUANTILES);
    return whole ? KO_OK : KO_ENOMEM;
}

static void feed(const struct ko_board *b, struct ko_row *row, uint32_t export_index)
{
    uint32_t group = b->group_of[export_index];
    if (b->export_rank[export_index] < b->export_rank[row->export_index])
        row->export_index = export_index;
    if (row->fed[group])
        return;
    row->fed[group] = 1;
    for (size_t i = 0; i < row->grid->n; i++)
        row->covered[i] |= b->covers[group].covered[i];
}

enum ko_status ko_board_row(struct ko_board *b, struct ko_row_key key,
                            uint32_t export_index, struct ko_row **ret)
{
    uint32_t fields[] = {b->realm_of[export_index], key.entity, key.caller,
                         (uint32_t)key.signal, (uint32_t)key.source};
    key.realm = fields[0];
    uint32_t fresh = (uint32_t)b->rows.n, index;
    struct ko_str bytes = {(const char *)fields, sizeof fields};
    enum ko_status st = ko_map_put(&b->map, bytes, fresh, &index);
    if (st == KO_OK && index == fresh)
        st = add_row(b, key, export_index);
    if (st != KO_OK)
        return st;
    *ret = b->rows.v[index];
    feed(b, *ret, export_index);
    return KO_OK;
}

void ko_row_count(struct ko_row *row, ko_time t, uint64_t n)
{
    ko_row_sum(row, t, n, 0);
}

void ko_row_sum(struct ko_row *row, ko_time t, uint64_t n, ko_fixed sum)
{
    size_t bucket;
    if (!ko_grid_bucket(row->grid, t, &bucket))
        return;
    row->count[bucket] += n;
    row->sum[bucket] = ko_fixed_add(row->sum[bucket], sum);
}

enum ko_status ko_row_dur(struct ko_row *row, ko_time t, ko_dur dur)
{
    size_t bucket;
    if (!ko_grid_bucket(row->grid, t, &bucket))
        return KO_OK;
    ko_row_sum(row, t, 1, dur);
    return row->hist != NULL ? ko_hist_add(&row->hist[bucket], dur) : KO_OK;
}

/* ---- writing ---- */

struct writer {
    struct ko_case *c;
    const double *weights;
    const struct ko_str *files;
};

static int cmp_u32(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int by_key(const void *a, const void *b)
{
    const struct ko_row_key *x = &(*(struct ko_row *const *)a)->key;
    const struct ko_row_key *y = &(*(struct ko_row *const *)b)->key;
    int order = cmp_u32(x->entity, y->entity);
    if (order == 0) /* no caller, the largest number, comes first */
        order = cmp_u32(x->caller + 1, y->caller + 1);
    if (order == 0)
        order = cmp_u32((uint32_t)x->signal, (uint32_t)y->signal);
    if (order == 0)
        order = cmp_u32(x->realm, y->realm);
    return order != 0 ? order : cmp_u32((uint32_t)x->source, (uint32_t)y->source);
}

/*
 * A count means something where an export covers the bucket.  A bucket at the edge of
 * what is covered holds only part of its records and is left out; one without a covered
 * neighbour is all there is and stays.
 */
static double count_at(const struct ko_row *row, size_t i, double weight)
{
    if (row->covered[i])
        return (double)row->count[i] * weight;
    bool edge =
        (i > 0 && row->covered[i - 1]) || (i + 1 < row->grid->n && row->covered[i + 1]);
    return row->count[i] > 0 && !edge ? (double)row->count[i] * weight : NAN;
}

static double mean_at(const struct ko_row *row, size_t i)
{
    if (row->count[i] == 0)
        return NAN;
    return (double)row->sum[i] / (double)row->count[i] / (double)KO_SECOND;
}

static double number_at(const struct ko_row *row, size_t i, double weight, double q)
{
    if (signals[row->key.signal].shape == COUNTS)
        return count_at(row, i, weight);
    if (isnan(q))
        return mean_at(row, i);
    return ko_hist_quantile(&row->hist[i], q) / (double)KO_SECOND;
}

/* One series of a row: its counts or mean for q NaN, else a quantile. */
static enum ko_status write_series(const struct writer *w, const struct ko_row *row,
                                   const char *name, double q)
{
    bool counts = signals[row->key.signal].shape == COUNTS;
    struct ko_series *s = ko_case_add(w->c, "series");
    double *v = ko_arena_alloc(&w->c->arena, row->grid->n, sizeof *v);
    if (s == NULL || v == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < row->grid->n; i++)
        v[i] = number_at(row, i, w->weights[row->key.source], q);
    s->entity = row->key.entity;
    s->caller = row->key.caller;
    s->signal = ko_str(name);
    s->unit = counts ? KO_STR("1") : KO_STR("s");
    s->stat = counts ? KO_STR("sum") : KO_STR("mean");
    if (!isnan(q))
        s->stat = q < 0.9 ? KO_STR("p50") : KO_STR("p95");
    s->cls = (int)signals[row->key.signal].cls;
    s->normal = row->key.realm != 0;
    s->from = row->grid->from;
    s->v.v = v;
    s->v.n = s->v.cap = row->grid->n;
    return ko_str_copy(&w->c->arena, w->files[row->export_index], &s->source);
}

static enum ko_status write_row(const struct writer *w, const struct ko_row *row)
{
    enum ko_signal signal = row->key.signal;
    enum ko_status st = write_series(w, row, signals[signal].name, NAN);
    if (st != KO_OK || signals[signal].shape != QUANTILES)
        return st;
    if (row->key.caller == KO_NO_ENTITY)
        st = write_series(w, row, signals[signal].p50, 0.5);
    return st == KO_OK ? write_series(w, row, signals[signal].p95, 0.95) : st;
}

/* Logs that repeat what spans of the window, or of the same healthy export, measure are
 * not written. */
static bool is_overruled(struct ko_board *b, const struct ko_row *row)
{
    if (row->key.source != KO_SOURCE_LOG || row->key.signal > KO_SIGNAL_LATENCY)
        return false;
    uint32_t fields[] = {0, row->key.entity, row->key.caller, KO_SIGNAL_REQUESTS,
                         KO_SOURCE_SPAN};
    struct ko_str bytes = {(const char *)fields, sizeof fields};
    uint32_t index;
    if (ko_map_get(&b->map, bytes, &index))
        return true;
    fields[0] = row->key.realm;
    return ko_map_get(&b->map, bytes, &index);
}

enum ko_status ko_board_write(struct ko_board *b, struct ko_case *c,
                              const double *weights, const struct ko_str *files)
{
    struct writer w = {c, weights, files};
    struct ko_row **sorted = ko_arena_alloc(&b->arena, b->rows.n, sizeof *sorted);
    if (sorted == NULL)
        return KO_ENOMEM;
    if (b->rows.n > 0)
        memcpy(sorted, b->rows.v, b->rows.n * sizeof(struct ko_row *));
    if (b->rows.n > 1)
        qsort(sorted, b->rows.n, sizeof(struct ko_row *), by_key);
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < b->rows.n && st == KO_OK; i++) {
        if (!is_overruled(b, sorted[i]))
            st = write_row(&w, sorted[i]);
    }
    return st;
}
