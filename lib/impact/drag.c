/* drag.c: how much of the longer handle time is waiting for systems, and how many of the
 * changes did harm. */
#include "impact/drag.h"

#include "base/buf.h"
#include "impact/level.h"
#include "impact/reply.h"

#include <math.h>

enum { TEXT_MAX_BYTES = 4096 };

/* Parts that agents wait for, by the words of their names. */
static const char lookups[] =
    "crm|lookup|look-up|customer|record|desktop|screen|knowledge|agent";

/* Sums of a straight line. */
struct line {
    double n, x, y, xx, xy, yy;
};

static void add_point(struct line *l, double x, double y)
{
    if (isnan(x) || isnan(y))
        return;
    l->n++;
    l->x += x;
    l->y += y;
    l->xx += x * x;
    l->xy += x * y;
    l->yy += y * y;
}

/* Handle times of bucket i + ${shift} against latencies of bucket i. */
static struct line fit(const ko_nums *latency, const ko_nums *handle, int64_t shift)
{
    struct line l = {0};
    for (size_t i = 0; i < latency->n && i + (size_t)shift < handle->n; i++)
        add_point(&l, latency->v[i], handle->v[i + (size_t)shift]);
    return l;
}

static double slope(const struct line *l)
{
    double spread = l->n * l->xx - l->x * l->x;
    return spread > 0 ? (l->n * l->xy - l->x * l->y) / spread : (double)NAN;
}

static double correlation(const struct line *l)
{
    double x = l->n * l->xx - l->x * l->x, y = l->n * l->yy - l->y * l->y;
    return x > 0 && y > 0 ? (l->n * l->xy - l->x * l->y) / sqrt(x * y) : (double)NAN;
}

/* One look-up against one queue. */
static bool try_pair(const struct ko_case *c, const struct ko_window *w,
                     const struct ko_series *latency, const struct ko_series *handle,
                     struct ko_drag *ret)
{
    double h_before = ko_span_mean(&handle->v, w->before);
    double h_during = ko_span_mean(&handle->v, w->during);
    double l_before = ko_span_mean(&latency->v, w->before);
    double l_during = ko_span_mean(&latency->v, w->during);
    int64_t shift = (int64_t)(h_before * (double)KO_SECOND / (double)c->head.step + 0.5);
    if (!(h_during > h_before) || !(l_during > l_before) || shift < 0)
        return false;
    struct line now = fit(&latency->v, &handle->v, 0);
    struct line later = fit(&latency->v, &handle->v, shift);
    const struct line *best = correlation(&later) > correlation(&now) ? &later : &now;
    double b = slope(best);
    if (best->n < KO_DRAG_BUCKETS_MIN || !(b > 0))
        return false;
    double share = b * (l_during - l_before) / (h_during - h_before);
    *ret = (struct ko_drag){.excess_s = h_during - h_before,
                            .share = share < 1 ? share : 1,
                            .r = correlation(best),
                            .n = (int64_t)best->n,
                            .lookup = latency->entity,
                            .queue = handle->entity};
    return true;
}

static bool is_handle(const struct ko_series *s)
{
    return !s->normal && s->caller == KO_NO_ENTITY &&
           ko_str_eq(s->signal, KO_STR("handle_mean"));
}

static bool is_lookup(const struct ko_case *c, const struct ko_series *s)
{
    return !s->normal && s->caller == KO_NO_ENTITY && s->cls == KO_CLASS_LATENCY &&
           (ko_words_in(lookups, ko_case_name(c, s->entity)) ||
            ko_words_in(lookups, s->signal));
}

/* The larger excess, then the closer fit. */
static bool is_better(const struct ko_drag *a, const struct ko_drag *b)
{
    if (a->queue != b->queue)
        return a->excess_s > b->excess_s;
    return a->r > b->r;
}

bool ko_drag_find(const struct ko_case *c, const struct ko_window *w, struct ko_drag *ret)
{
    bool found = false;
    for (size_t i = 0; i < c->series.n; i++) {
        for (size_t k = 0; k < c->series.n && is_handle(&c->series.v[i]); k++) {
            struct ko_drag d;
            if (!is_lookup(c, &c->series.v[k]) ||
                !try_pair(c, w, &c->series.v[k], &c->series.v[i], &d))
                continue;
            if (!found || is_better(&d, ret))
                *ret = d;
            found = true;
        }
    }
    return found;
}

static enum ko_status add_drag(struct ko_case *c, const struct ko_drag *d)
{
    struct ko_buf b;
    struct ko_str text;
    ko_buf_init(&b, TEXT_MAX_BYTES);
    ko_buf_printf(&b, "%.0f%% of the ", d->share * 100);
    ko_say_amount(&b, d->excess_s, KO_STR("s"));
    ko_buf_printf(&b, " that a contact takes longer goes with the latency of %.*s (r ",
                  KO_ARG(ko_case_name(c, d->lookup)));
    ko_buf_printf(&b, "%.2f over %lld buckets)", d->r, (long long)d->n);
    enum ko_status st = ko_say_keep(c, &b, &text);
    ko_buf_release(&b);
    struct ko_impact *m = st == KO_OK ? ko_case_add(c, "impact") : NULL;
    if (m == NULL)
        return st == KO_OK ? KO_ENOMEM : st;
    m->measure = KO_STR("handle time due to system drag");
    m->dim = KO_STR("queue");
    m->value = ko_case_name(c, d->queue);
    m->unit = KO_STR("ratio");
    m->during = d->share;
    m->text = text;
    m->definition = KO_STR(
        "share of the excess handle time that a straight line through handle time and "
        "look-up latency, bucket by bucket, lays to the latency");
    return KO_OK;
}

/* Undoing a change is no change that can fail. */
static bool undoes(const struct ko_change *x)
{
    return ko_words_in("rollback|roll back|rolled back|revert|undo", x->kind) ||
           ko_words_in("rolled back|roll back to|revert", x->summary);
}

static enum ko_status add_failure_rate(struct ko_case *c, size_t all, size_t failed)
{
    struct ko_str text;
    enum ko_status st =
        ko_case_print(c, &text, "%zu of %zu changes in these exports %s suspected",
                      failed, all, failed == 1 ? "is" : "are");
    struct ko_impact *m = st == KO_OK ? ko_case_add(c, "impact") : NULL;
    if (m == NULL)
        return st == KO_OK ? KO_ENOMEM : st;
    m->measure = KO_STR("change failure rate");
    m->unit = KO_STR("ratio");
    m->during = (double)failed / (double)all;
    m->total = (double)failed;
    m->text = text;
    m->definition = KO_STR("changes that blame suspects, of all changes in the exports "
                           "that undo none; over a window as short as an incident's it "
                           "is a count, not a habit");
    return KO_OK;
}

static enum ko_status change_failure_rate(struct ko_case *c)
{
    size_t all = 0, failed = 0;
    for (size_t i = 0; i < c->changes.n; i++) {
        const struct ko_change *x = &c->changes.v[i];
        if (undoes(x))
            continue;
        all++;
        failed += ko_str_eq(x->verdict, KO_STR("suspect"));
    }
    return all > 0 ? add_failure_rate(c, all, failed)
                   : ko_say_unknown(c, KO_STR("change failure rate"),
                                    KO_STR("a list of changes: deploys, config, flags"));
}

enum ko_status ko_drag_run(struct ko_case *c, const struct ko_window *w)
{
    struct ko_drag d;
    enum ko_status st =
        ko_drag_find(c, w, &d)
            ? add_drag(c, &d)
            : ko_say_unknown(c, KO_STR("handle time due to system drag"),
                             KO_STR("contact records with handle time, longer in the "
                                    "incident, and the latency of a look-up"));
    return st == KO_OK ? change_failure_rate(c) : st;
}
