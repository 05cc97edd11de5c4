/* score.c: how far a stretch of a signal is from ordinary, by an empirical null. */
#include "spread/baseline.h"

#include "base/stat.h"

#include <math.h>

/* Fewer stretches of the history than this have no tail to speak of. */
enum { POSITIONS_MIN = 5 };
/* The tail of the null that counts as the worst ordinary; calibrated families: the q90 of
 * window maxima gave .800 on Nezha-TT where q50 gave .58-.71 and q75 .62-.67. */
static const double ORDINARY_TAIL = 0.9;
/* Deviations of the median of n numbers, in standard errors, that are never unusual. */
static const double LEVEL_SIGMAS = 5.0;
/* A median has 1.25 times the standard error of a mean. */
static const double MEDIAN_ERROR = 1.2533;
/* A level nearer than one ordinary deviation is never unusual, however long it lasts. */
static const double LEVEL_FLOOR = 1.0;

/* One stretch, in scales of the baseline. */
struct stretch {
    double up, down; /* the extreme residual on each side; 0 if none */
    double level;    /* the median residual; NaN if nothing is there */
    size_t up_at, down_at;
    size_t n; /* numbers that are there */
};

static void measure(const struct ko_baseline *b, const double *v, size_t n,
                    double *scratch, struct stretch *ret)
{
    *ret = (struct stretch){0};
    for (size_t i = 0; i < n; i++) {
        double r = ko_baseline_residual(b, v[i]);
        if (isnan(r))
            continue;
        scratch[ret->n++] = r;
        if (r > ret->up) {
            ret->up = r;
            ret->up_at = i;
        } else if (-r > ret->down) {
            ret->down = -r;
            ret->down_at = i;
        }
    }
    ko_stat_sort(scratch, ret->n);
    ret->level = ko_stat_sorted_quantile(scratch, ret->n, 0.5);
}

/* The null: what stretches of the history showed. */
struct null {
    double *up, *down, *high, *low; /* one a position; high and low: the level */
    size_t n;
    double *scratch; /* room for one stretch */
};

static size_t positions(size_t n, size_t length, size_t stride)
{
    return n < length ? 0 : (n - length) / stride + 1;
}

static void slide(const struct ko_baseline *b, const double *v, size_t n, size_t length,
                  struct null *null)
{
    size_t stride = length / 4 + 1;
    for (size_t at = 0; at + length <= n; at += stride) {
        struct stretch s;
        measure(b, v + at, length, null->scratch, &s);
        if (s.n == 0)
            continue;
        null->up[null->n] = s.up;
        null->down[null->n] = s.down;
        null->high[null->n] = s.level;
        null->low[null->n++] = -s.level;
    }
}

static double tail(double *v, size_t n, double floor_value)
{
    if (n < POSITIONS_MIN)
        return floor_value;
    ko_stat_sort(v, n);
    return fmax(floor_value, ko_stat_sorted_quantile(v, n, ORDINARY_TAIL));
}

/* What the stretch is divided by, on each side. */
struct worst {
    double up, down, high, low;
};

static enum ko_status null_new(const struct ko_baseline_in *in, struct ko_arena *scratch,
                               struct null *ret)
{
    size_t length = in->to - in->from;
    size_t stride = length / 4 + 1;
    size_t n = positions(in->before, length, stride) +
               (in->normal != NULL ? positions(in->n_normal, length, stride) : 0);
    double *room = ko_arena_alloc(scratch, 4 * n + length + 1, sizeof *room);
    if (room == NULL)
        return KO_ENOMEM;
    *ret = (struct null){room, room + n, room + 2 * n, room + 3 * n, 0, room + 4 * n};
    return KO_OK;
}

static enum ko_status find_worst(const struct ko_baseline_in *in,
                                 const struct ko_baseline *b, size_t n_judged,
                                 struct ko_arena *scratch, struct worst *ret)
{
    struct null null;
    if (null_new(in, scratch, &null) != KO_OK)
        return KO_ENOMEM;
    slide(b, in->v, in->before, in->to - in->from, &null);
    if (in->normal != NULL)
        slide(b, in->normal, in->n_normal, in->to - in->from, &null);
    double error = MEDIAN_ERROR * sqrt(1.0 / (double)n_judged + 1.0 / (double)(b->n + 1));
    double level = fmax(LEVEL_FLOOR, LEVEL_SIGMAS * error);
    ret->up = tail(null.up, null.n, b->worst_up);
    ret->down = tail(null.down, null.n, b->worst_down);
    ret->high = tail(null.high, null.n, level);
    ret->low = tail(null.low, null.n, level);
    return KO_OK;
}

static double persistence(const struct ko_baseline_in *in, const struct ko_baseline *b,
                          bool rise, size_t n_judged)
{
    size_t beyond = 0;
    for (size_t i = in->from; i < in->to; i++) {
        double r = ko_baseline_residual(b, in->v[i]);
        beyond += rise ? r > b->worst_up : -r > b->worst_down;
    }
    return (double)beyond / (double)n_judged;
}

static void fill(const struct ko_baseline_in *in, const struct ko_baseline *b,
                 const struct stretch *s, const struct worst *worst,
                 struct ko_baseline_score *ret)
{
    double rise = fmax(s->up / worst->up, s->level / worst->high);
    double fall = fmax(s->down / worst->down, -s->level / worst->low);
    ret->rise = rise >= fall;
    ret->score = ret->rise ? rise : fall;
    ret->peak = ret->rise ? s->up / worst->up : s->down / worst->down;
    ret->level = ret->rise ? s->level / worst->high : -s->level / worst->low;
    ret->level = fmax(0, ret->level);
    ret->at = in->from + (ret->rise ? s->up_at : s->down_at);
    ret->extreme = in->v[ret->at];
    ret->persist = persistence(in, b, ret->rise, s->n);
}

enum ko_status ko_baseline_score(const struct ko_baseline_in *in,
                                 struct ko_arena *scratch, struct ko_baseline_score *ret)
{
    struct ko_baseline b;
    if (ko_baseline_fit(in, scratch, &b) != KO_OK)
        return KO_ENOMEM;
    size_t length = in->to - in->from;
    double *room = ko_arena_alloc(scratch, length + 1, sizeof *room);
    if (room == NULL)
        return KO_ENOMEM;
    struct ko_baseline_score out = {NAN, NAN,      NAN, b.centre, NAN,
                                    NAN, in->from, 0,   false,    b.constant};
    out.after = ko_stat_median(in->v + in->from, length, room);
    struct stretch s;
    measure(&b, in->v + in->from, length, room, &s);
    if (b.n > 0 && s.n > 0) {
        struct worst worst;
        if (find_worst(in, &b, s.n, scratch, &worst) != KO_OK)
            return KO_ENOMEM;
        fill(in, &b, &s, &worst, &out);
    }
    *ret = out;
    return KO_OK;
}
