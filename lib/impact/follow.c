/* follow.c: does one series follow another? */
#include "impact/follow.h"

#include <math.h>

enum { PAIRS_MIN = 12, SIDE_MIN = 4 };
/* A border holds when at most one in so many of the rarer side are on the wrong one. */
enum { WRONG_PART = 4 };
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

/* How well "the second is at least ${high} where the first is at least ${border}" fits. */
struct fit {
    size_t high, low, wrong;
    double below; /* the highest value of the first under the border */
};

static struct fit fit_of(const ko_nums *first, const ko_nums *second, size_t lag,
                         double high, double border)
{
    struct fit f = {.below = -INFINITY};
    double a, b;
    for (size_t i = 0; i < first->n; i++) {
        if (!pair_at(first, second, lag, i, &a, &b))
            continue;
        f.high += b >= high;
        f.low += b < high;
        f.wrong += (a >= border) != (b >= high);
        f.below = a < border ? fmax(f.below, a) : f.below;
    }
    return f;
}

bool ko_follow_border(const ko_nums *first, const ko_nums *second, size_t lag,
                      double high, double *ret_from, double *ret_below)
{
    struct fit best = {.wrong = SIZE_MAX};
    double from = NAN;
    for (size_t i = 0; i < first->n; i++) {
        if (isnan(first->v[i]))
            continue;
        struct fit f = fit_of(first, second, lag, high, first->v[i]);
        if (f.wrong > best.wrong || (f.wrong == best.wrong && first->v[i] >= from))
            continue;
        best = f;
        from = first->v[i];
    }
    size_t fewer = best.high < best.low ? best.high : best.low;
    if (isnan(from) || fewer < SIDE_MIN || best.wrong * WRONG_PART > fewer ||
        best.below < 0)
        return false;
    *ret_from = from;
    *ret_below = best.below;
    return true;
}

bool ko_follow_find(const ko_nums *first, const ko_nums *second, size_t lag_min,
                    size_t lag_max, struct ko_follow *ret)
{
    struct ko_follow best = {.r = -2};
    for (size_t lag = lag_min; lag <= lag_max; lag++) {
        size_t n;
        double r = correlation(first, second, lag, &n);
        if (!isnan(r) && r > best.r + 1e-9)
            best = (struct ko_follow){.lag = lag, .r = r, .n = n};
    }
    if (best.r < -1)
        return false;
    set_interval(first, second, &best);
    *ret = best;
    return true;
}
