/* follow.c: does one series follow another? */
#include "impact/follow.h"

#include <math.h>

enum { PAIRS_MIN = 12, SIDE_MIN = 4 };
/* Levels are two when they are this far apart, in deviations around them. */
static const double APART_MIN = 2;
static const double Z_95 = 1.96;

struct sums {
    double n, x, y, xx, yy, xy;
};

static bool pair_at(const ko_nums *x, const ko_nums *y, size_t lag, size_t i, double *a,
                    double *b)
{
    if (i + lag >= y->n || i >= x->n || isnan(x->v[i]) || isnan(y->v[i + lag]))
        return false;
    *a = x->v[i];
    *b = y->v[i + lag];
    return true;
}

static void add(struct sums *s, double a, double b)
{
    s->n++;
    s->x += a;
    s->y += b;
    s->xx += a * a;
    s->yy += b * b;
    s->xy += a * b;
}

/* NaN: too few pairs, or one of both does not move. */
static double correlation(const ko_nums *x, const ko_nums *y, size_t lag, size_t *ret_n)
{
    struct sums s = {0};
    double a, b;
    for (size_t i = 0; i < x->n; i++) {
        if (pair_at(x, y, lag, i, &a, &b))
            add(&s, a, b);
    }
    *ret_n = (size_t)s.n;
    if (s.n < PAIRS_MIN)
        return NAN;
    double vx = s.xx - s.x * s.x / s.n, vy = s.yy - s.y * s.y / s.n;
    if (!(vx > 1e-12 * s.xx) || !(vy > 1e-12 * s.yy))
        return NAN;
    return (s.xy - s.x * s.y / s.n) / sqrt(vx * vy);
}

static void set_interval(const ko_nums *first, const ko_nums *second, struct ko_follow *f)
{
    size_t n;
    double a = correlation(first, first, 1, &n), b = correlation(second, second, 1, &n);
    double memory = isnan(a) || isnan(b) ? 0 : fmax(a * b, 0);
    double count = (double)f->n * (1 - memory) / (1 + memory);
    double r = fmin(fmax(f->r, -0.999999), 0.999999);
    double wide = count > 4 ? Z_95 / sqrt(count - 3) : INFINITY;
    f->lo = tanh(atanh(r) - wide);
    f->hi = tanh(atanh(r) + wide);
}

/* The two levels of the second series on both sides of ${border}. */
static double gain_of(const ko_nums *first, const ko_nums *second, size_t lag,
                      double border, double *ret_below, bool *ret_apart)
{
    struct sums low = {0}, high = {0};
    double a, b, below = -INFINITY;
    for (size_t i = 0; i < first->n; i++) {
        if (!pair_at(first, second, lag, i, &a, &b))
            continue;
        add(a >= border ? &high : &low, a, b);
        if (a < border && a > below)
            below = a;
    }
    if (low.n < SIDE_MIN || high.n < SIDE_MIN)
        return -1;
    double step = high.y / high.n - low.y / low.n;
    double within = low.yy - low.y * low.y / low.n + high.yy - high.y * high.y / high.n;
    double deviation = sqrt(fmax(within, 0) / (low.n + high.n));
    *ret_below = below;
    *ret_apart = step > APART_MIN * deviation;
    return step > 0 ? step * step * low.n * high.n / (low.n + high.n) : -1;
}

static void set_border(const ko_nums *first, const ko_nums *second, struct ko_follow *f)
{
    double best = 0;
    f->from = f->below = NAN;
    for (size_t i = 0; i < first->n; i++) {
        double below = NAN;
        bool apart = false;
        if (isnan(first->v[i]))
            continue;
        double gain = gain_of(first, second, f->lag, first->v[i], &below, &apart);
        if (gain <= best)
            continue;
        best = gain;
        f->from = apart ? first->v[i] : NAN;
        f->below = apart ? below : NAN;
    }
}

bool ko_follow_find(const ko_nums *first, const ko_nums *second, size_t lag_max,
                    struct ko_follow *ret)
{
    struct ko_follow best = {.r = -2};
    for (size_t lag = 0; lag <= lag_max; lag++) {
        size_t n;
        double r = correlation(first, second, lag, &n);
        if (!isnan(r) && r > best.r + 1e-9)
            best = (struct ko_follow){.lag = lag, .r = r, .n = n};
    }
    if (best.r < -1)
        return false;
    set_interval(first, second, &best);
    set_border(first, second, &best);
    *ret = best;
    return true;
}
