/* stretch.c: what a stretch of a series shows against its baseline. */
#include "spread/stretch.h"

#include "base/stat.h"

#include <math.h>

/* Sum of n clipped residuals over root n: 1e-9 for normal noise, so that a day of a
 * thousand series passes. Near a hint few places are searched. */
static const double STRONG = 6.0;
static const double STRONG_DECLARED = 4.5;
/* A scale learnt from n numbers may be too small by about so many n-ths. */
static const double SMALL_SAMPLE = 5.0;
static const double SMALL_SAMPLE_COUNT = 2.0;
/* Two buckets are enough when both are so many times beyond the worst ordinary; more
 * buckets when their median is. */
static const double PAIR_EXTREME = 2.0;
static const double RUN_EXTREME = 1.1;
/* A step shows within so many buckets before and after; what takes longer is the day's
 * curve. In scales, and as a share of the level before. */
enum { STEP_SPAN = 8 };
static const double STEP_MIN = 2.5;
static const double STEP_SHARE = 0.15;
/* Fewer counts a bucket have no day's curve to speak of, nor a level within a step. */
static const double SPARSE = 1.0;
/* An ordinary bucket, in scales. */
static const double CALM = 2.0;

enum ko_status ko_stretch_fit(struct ko_detector *d, size_t to)
{
    size_t from = to > KO_REFERENCE_MAX ? to - KO_REFERENCE_MAX : 0;
    const struct ko_detect_in *in = d->in;
    struct ko_baseline_in b = {.v = d->work + from,
                               .n = in->n - from,
                               .before = to - from,
                               .normal = in->normal,
                               .n_normal = in->n_normal,
                               .event = in->event,
                               .ratio = in->ratio};
    enum ko_status st = ko_baseline_fit(&b, &d->fits, &d->base);
    ko_arena_reset(&d->fits);
    double small = in->event > 0 ? SMALL_SAMPLE_COUNT : SMALL_SAMPLE;
    d->small = 1.0 + small / (double)(d->base.n + 1);
    d->strong = (in->healthy > 0 ? STRONG_DECLARED : STRONG) * d->small *
                sqrt((1.0 + d->base.memory) / (1.0 - d->base.memory));
    return st;
}

double ko_stretch_residual(const struct ko_detector *d, size_t i, double sign)
{
    return sign * ko_baseline_residual(&d->base, d->work[i]);
}

double ko_stretch_clipped(const struct ko_detector *d, size_t i, double sign)
{
    double z = ko_stretch_residual(d, i, sign);
    return fmax(-KO_CLIP, fmin(KO_CLIP, z));
}

/* Numbers of from..last: their residuals, sorted, in room; and the sum of clipped ones.
 */
static size_t residuals(struct ko_detector *d, size_t from, size_t last, double sign,
                        double *ret_sum)
{
    double sum = 0;
    size_t n = 0;
    for (size_t i = from; i <= last; i++) {
        double z = ko_stretch_residual(d, i, sign);
        if (isnan(z))
            continue;
        sum += ko_stretch_clipped(d, i, sign);
        d->room[n++] = z;
    }
    ko_stat_sort(d->room, n);
    *ret_sum = sum;
    return n;
}

bool ko_stretch_is_extreme(struct ko_detector *d, size_t from, size_t last, double sign)
{
    double sum;
    size_t n = residuals(d, from, last, sign, &sum);
    double worst = d->small * (sign > 0 ? d->base.worst_up : d->base.worst_down);
    if (n < KO_RUN_MIN)
        return n == KO_RUN_MIN - 1 && d->room[0] >= PAIR_EXTREME * worst;
    return ko_stat_sorted_quantile(d->room, n, 0.5) >= RUN_EXTREME * worst;
}

bool ko_stretch_is_strong(struct ko_detector *d, size_t from, size_t last, double sign)
{
    double sum;
    size_t n = residuals(d, from, last, sign, &sum);
    double error = sqrt((double)n * (1.0 + (double)n / (double)(d->base.n + 1)));
    return n >= KO_RUN_MIN && sum / error >= d->strong;
}

struct mean {
    double residual, value;
};

static struct mean mean_of(const struct ko_detector *d, size_t from, size_t to,
                           double sign)
{
    struct mean m = {0, 0};
    size_t n = 0;
    for (size_t i = from; i < to; i++) {
        double z = ko_stretch_clipped(d, i, sign);
        if (isnan(z))
            continue;
        m.residual += z;
        m.value += d->work[i];
        n++;
    }
    m.residual = n > 0 ? m.residual / (double)n : NAN;
    m.value = n > 0 ? m.value / (double)n : NAN;
    return m;
}

bool ko_stretch_is_step(const struct ko_detector *d, size_t at, size_t last, double sign)
{
    size_t from = at > STEP_SPAN ? at - STEP_SPAN : 0;
    size_t to = last + 1 < at + STEP_SPAN ? last + 1 : at + STEP_SPAN;
    struct mean before = mean_of(d, from, at, sign);
    struct mean after = mean_of(d, at, to, sign);
    if (isnan(before.residual) ||
        (d->base.event > 0 && d->base.centre < SPARSE * d->base.event))
        return true;
    return after.residual - before.residual >= STEP_MIN &&
           ko_stretch_matters(before.value, after.value);
}

bool ko_stretch_matters(double before, double after)
{
    return fabs(after - before) >= STEP_SHARE * fabs(before);
}

size_t ko_stretch_end(const struct ko_detector *d, size_t last, double sign)
{
    size_t calm = 0;
    size_t begin = last + 1;
    for (size_t i = last + 1; i < d->in->n; i++) {
        double z = ko_stretch_residual(d, i, sign);
        if (isnan(z))
            continue;
        if (z >= CALM) {
            calm = 0;
            begin = i + 1;
        } else if (++calm >= KO_CALM_MIN) {
            return begin;
        }
    }
    return d->in->n;
}
