/* histogram.c: buckets, sums and counts gathered over time and told as quantiles and
 * means. */
#include "read/histogram.h"

#include "base/buf.h"
#include "base/list.h"
#include "base/map.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

enum { NAME_BYTES_MAX = 4096 };

struct ko_histogram_point {
    uint32_t series;
    uint8_t part; /* enum ko_histogram_part */
    double bound; /* upper bound of a bucket, else 0 */
    ko_time time;
    double value;
    uint64_t line;
};

struct ko_histogram_series {
    struct ko_str name, unit;
    struct ko_record labels; /* without "le" */
    bool delta;              /* values count since the one before, not since the start */
};

struct ko_histograms {
    struct ko_arena arena;
    struct ko_map index;
    KO_LIST(struct ko_histogram_series) series;
    KO_LIST(struct ko_histogram_point) points;
    uint64_t left_out;
};

static enum ko_status need(struct ko_histograms **io)
{
    if (*io != NULL)
        return KO_OK;
    *io = ko_mem_alloc(1, sizeof **io);
    if (*io == NULL)
        return KO_ENOMEM;
    ko_map_init(&(*io)->index, 0);
    return KO_OK;
}

void ko_histograms_free(struct ko_histograms *h)
{
    if (h == NULL)
        return;
    ko_map_release(&h->index);
    ko_arena_release(&h->arena);
    ko_mem_free(h);
}

/* ---- gathering ---- */

static enum ko_status copy_series(struct ko_histograms *h,
                                  const struct ko_histogram_series *from)
{
    struct ko_histogram_series *own;
    KO_LIST_ADD(&h->arena, &h->series, own);
    if (own == NULL)
        return KO_ENOMEM;
    own->delta = from->delta;
    enum ko_status st = ko_str_copy(&h->arena, from->name, &own->name);
    if (st == KO_OK)
        st = ko_str_copy(&h->arena, from->unit, &own->unit);
    for (size_t i = 0; i < from->labels.n && st == KO_OK; i++) {
        const struct ko_field_value *label = &from->labels.v[i];
        struct ko_str key, value;
        if (ko_str_eq(label->key, KO_STR("le")) ||
            ko_str_eq(label->key, KO_STR("__name__")))
            continue;
        st = ko_str_copy(&h->arena, label->key, &key);
        if (st == KO_OK)
            st = ko_str_copy(&h->arena, label->value, &value);
        if (st == KO_OK)
            st = ko_record_add(&h->arena, &own->labels, key, value, KO_VALUE_TEXT);
    }
    return st;
}

static enum ko_status find_series(struct ko_histograms *h, const struct ko_sample *s,
                                  bool delta, uint32_t *ret)
{
    struct ko_arena scratch = {0};
    struct ko_buf key;
    ko_buf_init(&key, KO_BUF_MAX);
    ko_buf_put(&key, s->name);
    enum ko_status st = ko_sample_series(&scratch, &key, s->labels, KO_STR("le"));
    if (st == KO_OK)
        st = key.status;
    uint32_t fresh = (uint32_t)h->series.n;
    if (st == KO_OK)
        st = ko_map_put(&h->index, ko_buf_str(&key), fresh, ret);
    ko_buf_release(&key);
    ko_arena_release(&scratch);
    if (st != KO_OK || *ret != fresh)
        return st;
    struct ko_histogram_series series = {s->name, s->unit, *s->labels, delta};
    return copy_series(h, &series);
}

enum ko_status ko_histograms_add(struct ko_reading *rd, const struct ko_sample *s,
                                 enum ko_histogram_part part, double bound, bool delta)
{
    uint32_t series = 0;
    struct ko_histogram_point *point;
    enum ko_status st = need(&rd->found.histograms);
    if (st != KO_OK)
        return st;
    struct ko_histograms *h = rd->found.histograms;
    if (h->points.n >= KO_HISTOGRAM_POINTS_MAX || s->time == KO_TIME_NONE ||
        !isfinite(s->value)) {
        h->left_out++;
        return KO_OK;
    }
    st = find_series(h, s, delta, &series);
    if (st != KO_OK)
        return st;
    KO_LIST_ADD(&h->arena, &h->points, point);
    if (point == NULL)
        return KO_ENOMEM;
    *point = (struct ko_histogram_point){.series = series,
                                         .part = (uint8_t)part,
                                         .bound = bound,
                                         .time = s->time,
                                         .value = s->value,
                                         .line = s->place.line};
    return KO_OK;
}

/* ---- parts ---- */

/* The number that series ${i} of ${part} has in ${h}. */
static enum ko_status merge_series(struct ko_histograms *h,
                                   const struct ko_histograms *part, size_t i,
                                   uint32_t *ret)
{
    uint32_t fresh = (uint32_t)h->series.n;
    enum ko_status st = ko_map_put(&h->index, part->index.entries[i].key, fresh, ret);
    return st == KO_OK && *ret == fresh ? copy_series(h, &part->series.v[i]) : st;
}

static enum ko_status merge_point(struct ko_histograms *h,
                                  const struct ko_histogram_point *from, uint32_t series)
{
    struct ko_histogram_point *point;
    if (h->points.n >= KO_HISTOGRAM_POINTS_MAX) {
        h->left_out++;
        return KO_OK;
    }
    KO_LIST_ADD(&h->arena, &h->points, point);
    if (point == NULL)
        return KO_ENOMEM;
    *point = *from;
    point->series = series;
    return KO_OK;
}

enum ko_status ko_histograms_merge(struct ko_histograms **io, struct ko_histograms **part)
{
    if (*part == NULL)
        return KO_OK;
    if (*io == NULL) {
        *io = *part;
        *part = NULL;
        return KO_OK;
    }
    size_t n = (*part)->series.n;
    uint32_t *series = ko_mem_alloc(n, sizeof *series);
    enum ko_status st = series != NULL || n == 0 ? KO_OK : KO_ENOMEM;
    for (size_t i = 0; i < n && st == KO_OK; i++)
        st = merge_series(*io, *part, i, &series[i]);
    for (size_t i = 0; i < (*part)->points.n && st == KO_OK; i++) {
        const struct ko_histogram_point *p = &(*part)->points.v[i];
        st = merge_point(*io, p, series[p->series]);
    }
    (*io)->left_out += (*part)->left_out;
    ko_mem_free(series);
    return st;
}

/* ---- telling ---- */

static int cmp_real(double a, double b)
{
    return (a > b) - (a < b);
}

/* A series, instant by instant: its buckets from the lowest bound, its sum, its count. */
static int by_place(const void *a, const void *b)
{
    const struct ko_histogram_point *x = a, *y = b;
    if (x->series != y->series)
        return x->series < y->series ? -1 : 1;
    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    if (x->part != y->part)
        return x->part < y->part ? -1 : 1;
    if (x->bound != y->bound)
        return cmp_real(x->bound, y->bound);
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return cmp_real(x->value, y->value);
}

/* All numbers of one series at one instant. */
struct instant {
    const struct ko_histogram_point *v;
    size_t n, buckets;
    const struct ko_histogram_point *sum, *count;
};

static struct instant instant_at(const struct ko_histogram_point *v, size_t n)
{
    struct instant t = {.v = v};
    while (t.n < n && v[t.n].series == v[0].series && v[t.n].time == v[0].time) {
        if (v[t.n].part == KO_HISTOGRAM_BUCKET)
            t.buckets++;
        else if (v[t.n].part == KO_HISTOGRAM_SUM)
            t.sum = &v[t.n];
        else
            t.count = &v[t.n];
        t.n++;
    }
    return t;
}

static bool same_bounds(const struct instant *a, const struct instant *b)
{
    for (size_t i = 0; i < a->buckets && a->buckets == b->buckets; i++) {
        if (a->v[i].bound != b->v[i].bound)
            return false;
    }
    return a->buckets == b->buckets;
}

/* What came between two instants; ${from} has nothing in it when all counts since then.
 */
struct step {
    const struct instant *from, *to;
    bool reset;
};

static double grown(const struct step *s, size_t i)
{
    double from = s->reset || s->from->buckets == 0 ? 0 : s->from->v[i].value;
    return s->to->v[i].value - from;
}

static bool has_fallen(const struct step *s)
{
    for (size_t i = 0; i < s->from->buckets && i < s->to->buckets; i++) {
        if (s->to->v[i].value < s->from->v[i].value)
            return true;
    }
    return s->from->count != NULL && s->to->count != NULL &&
           s->to->count->value < s->from->count->value;
}

/* NaN when nothing was counted or the buckets contradict each other. */
static double quantile(const struct step *s, double q)
{
    size_t n = s->to->buckets;
    if (n < 2 || !isinf(s->to->v[n - 1].bound))
        return NAN;
    double total = grown(s, n - 1), below = 0, low = 0;
    if (!(total > 0))
        return NAN;
    for (size_t i = 0; i < n; i++) {
        double up_to = grown(s, i), high = s->to->v[i].bound;
        if (up_to < below)
            return NAN;
        if (up_to >= q * total && up_to > below) {
            if (isinf(high))
                return s->to->v[n - 2].bound;
            if (i == 0 && high <= 0)
                return high;
            return low + (high - low) * (q * total - below) / (up_to - below);
        }
        below = up_to;
        low = high;
    }
    return NAN;
}

static double mean(const struct step *s)
{
    const struct instant *from = s->from, *to = s->to;
    if (to->sum == NULL || to->count == NULL)
        return NAN;
    bool since = !s->reset && from->sum != NULL && from->count != NULL;
    double count = to->count->value - (since ? from->count->value : 0);
    double sum = to->sum->value - (since ? from->sum->value : 0);
    return count > 0 ? sum / count : (double)NAN;
}

struct telling {
    const struct ko_histograms *h;
    struct ko_reading *rd;
};

static enum ko_status tell(const struct telling *t, const struct instant *at,
                           const char *suffix, double value)
{
    const struct ko_histogram_series *series = &t->h->series.v[at->v[0].series];
    struct ko_sample s = {.unit = series->unit,
                          .labels = &series->labels,
                          .value = value,
                          .kind = KO_METRIC_GAUGE,
                          .time = at->v[0].time,
                          .has_zone = true,
                          .place = ko_reading_place(t->rd)};
    struct ko_buf name;
    if (isnan(value))
        return KO_OK;
    s.place.line = at->v[0].line;
    ko_buf_init(&name, NAME_BYTES_MAX);
    ko_buf_put(&name, series->name);
    ko_buf_puts(&name, suffix);
    s.name = ko_buf_str(&name);
    enum ko_status st = name.status == KO_ENOMEM ? KO_ENOMEM : ko_sample_emit(t->rd, &s);
    ko_buf_release(&name);
    ko_arena_reset(t->rd->record);
    return st;
}

static enum ko_status tell_step(const struct telling *t, const struct instant *from,
                                const struct instant *to)
{
    struct step s = {from, to, false};
    s.reset = has_fallen(&s);
    enum ko_status st = KO_OK;
    if (from->buckets == 0 || same_bounds(from, to)) {
        st = tell(t, to, "_p50", quantile(&s, 0.5));
        if (st == KO_OK)
            st = tell(t, to, "_p95", quantile(&s, 0.95));
    }
    return st == KO_OK ? tell(t, to, "_mean", mean(&s)) : st;
}

static enum ko_status tell_series(const struct telling *t,
                                  const struct ko_histogram_point *v, size_t n)
{
    bool delta = t->h->series.v[v->series].delta, first = true;
    struct instant before = {0};
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < n && st == KO_OK;) {
        struct instant now = instant_at(v + i, n - i);
        const struct instant nothing = {0};
        if (delta)
            st = tell_step(t, &nothing, &now);
        else if (!first)
            st = tell_step(t, &before, &now);
        if (st == KO_OK && now.sum != NULL && now.count == NULL && now.buckets == 0)
            st = tell(t, &now, "_sum", now.sum->value);
        before = now;
        first = false;
        i += now.n;
    }
    return st;
}

static enum ko_status tell_all(struct ko_histograms *h, struct ko_reading *rd)
{
    struct telling t = {h, rd};
    enum ko_status st = KO_OK;
    struct ko_histogram_point *v = h->points.v;
    if (h->points.n > 1)
        qsort(v, h->points.n, sizeof *v, by_place);
    for (size_t i = 0, end; i < h->points.n && st == KO_OK; i = end) {
        for (end = i + 1; end < h->points.n && v[end].series == v[i].series; end++)
            ;
        st = tell_series(&t, v + i, end - i);
    }
    return st;
}

enum ko_status ko_histograms_emit(struct ko_reading *rd)
{
    struct ko_histograms *h = rd->found.histograms;
    if (h == NULL)
        return KO_OK;
    enum ko_status st = tell_all(h, rd);
    if (st == KO_OK && h->left_out > 0)
        st = ko_ledger_remark(rd->ledger,
                              "%llu numbers of histograms have no time or no value, or "
                              "are too many: left out",
                              (unsigned long long)h->left_out);
    return st;
}
