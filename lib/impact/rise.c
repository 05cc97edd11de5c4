/* rise.c: did a series rise in the incident? */
#include "impact/rise.h"

#include <math.h>

enum { NUMBERS_MIN = 4 };
static const double Z_95 = 1.96;
static const double ORDINARY_DEVIATIONS = 3, ORDINARY = 0.2;

struct level {
    double n, mean, variance;
};

static bool has(const ko_nums *v, int64_t i)
{
    return i >= 0 && (size_t)i < v->n && !isnan(v->v[i]);
}

static struct level level_of(const ko_nums *v, struct ko_span s)
{
    struct level l = {0};
    double sum = 0, squares = 0;
    for (int64_t i = s.from; i < s.to; i++) {
        if (!has(v, i))
            continue;
        l.n++;
        sum += v->v[i];
    }
    l.mean = l.n > 0 ? sum / l.n : NAN;
    for (int64_t i = s.from; i < s.to; i++)
        squares += has(v, i) ? (v->v[i] - l.mean) * (v->v[i] - l.mean) : 0;
    l.variance = l.n > 1 ? squares / (l.n - 1) : 0;
    return l;
}

/* Correlation of neighbours; 0 where it is below. */
static double memory_of(const ko_nums *v, struct ko_span s, const struct level *l)
{
    double sum = 0, n = 0;
    for (int64_t i = s.from; i + 1 < s.to; i++) {
        if (!has(v, i) || !has(v, i + 1))
            continue;
        sum += (v->v[i] - l->mean) * (v->v[i + 1] - l->mean);
        n++;
    }
    double r = n > 0 && l->variance > 0 ? sum / n / l->variance : 0;
    return fmin(fmax(r, 0), 0.9);
}

/* The highest level of three buckets in a row. */
static double top_of(const ko_nums *v, struct ko_span s)
{
    double top = -INFINITY;
    for (int64_t i = s.from; i + 2 < s.to; i++) {
        if (has(v, i) && has(v, i + 1) && has(v, i + 2))
            top = fmax(top, fmin(v->v[i], fmin(v->v[i + 1], v->v[i + 2])));
    }
    return top;
}

/* Between the middles of the buckets on both sides of ${border}. */
static double crossing(const ko_nums *v, int64_t i, double border)
{
    double last = has(v, i - 1) ? v->v[i - 1] : NAN, now = v->v[i];
    bool between = last < border && now > last;
    return (double)i + 0.5 - (between ? (now - border) / (now - last) : 0);
}

/* The level that ordinary buckets stay below, but not more than half of the way up; that
 * where nothing ever moved before. */
static double border_of(const ko_nums *v, struct ko_span s, const struct level *before)
{
    double ordinary =
        fmax(ORDINARY_DEVIATIONS * sqrt(before->variance), ORDINARY * before->mean);
    double half = (top_of(v, s) - before->mean) / 2;
    return before->mean + (ordinary > 0 ? fmin(ordinary, half) : half);
}

static double leaving(const ko_nums *v, struct ko_span s, double border)
{
    for (int64_t i = s.from; i + 1 < s.to; i++) {
        if (has(v, i) && has(v, i + 1) && v->v[i] >= border && v->v[i + 1] >= border)
            return crossing(v, i, border);
    }
    return NAN;
}

bool ko_rise_find(const ko_nums *v, const struct ko_window *w, struct ko_rise *ret)
{
    struct level a = level_of(v, w->before), b = level_of(v, w->during);
    if (a.n < NUMBERS_MIN || b.n < NUMBERS_MIN)
        return false;
    double memory = memory_of(v, w->before, &a);
    double longer = (1 + memory) / (1 - memory);
    double wide = Z_95 * sqrt((a.variance / a.n + b.variance / b.n) * longer);
    *ret = (struct ko_rise){.before = a.mean, .during = b.mean, .at = NAN};
    ret->lo = b.mean - a.mean - wide;
    ret->hi = b.mean - a.mean + wide;
    ret->border = border_of(v, w->during, &a);
    if (ret->lo > 0 && ret->border > a.mean)
        ret->at = leaving(v, w->during, ret->border);
    return true;
}
