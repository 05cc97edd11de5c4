/* baseline.c: what is ordinary for a signal, learnt from its history. */
#include "spread/baseline.h"

#include "base/stat.h"

#include <math.h>

/* Interquartile range of a normal variable, in standard deviations. */
static const double IQR_SIGMAS = 1.349;
/* The outer tenth of a normal variable begins so many standard deviations off; a skewed
 * signal is measured by its longer side. */
static const double TENTH_SIGMAS = 1.2816;
/* A change under 1 % of the level is nobody's incident (RCA practice of PRISM). */
static const double FLOOR_SHARE = 0.01;
/* Latency is never steadier than this share of itself. */
static const double RATIO_FLOOR = 0.03;
/* Nothing under four deviations is called unusual for a single bucket: among 1e4 normal
 * numbers one is beyond it. */
static const double PEAK_FLOOR = 4.0;
/* The largest residual that a signal can reach whose history is all zero: there is no
 * unit to measure it by, so "it moved" is worth three times the worst ordinary. */
static const double ZERO_HISTORY_PEAK = 12.0;
/* However long nothing happened, a few together are no surprise: things come in clumps.
 */
static const double COUNT_FLOOR = 0.05;
/* Lag of the differences that tell noise from slow drift. */
enum { DIFFERENCE_LAG = 3 };
/* Fewer numbers tell nothing of autocorrelation. */
enum { MEMORY_NUMBERS = 12 };
static const double MEMORY_MAX = 0.9;
/* One number in so many may be an old incident and does not set the worst ordinary. */
enum { OLD_INCIDENT_SHARE = 50, COUNT_TRIM_SHARE = 20 };
/* What is 0 in one bucket of so many is counted in its own least unit. */
enum { RARE_SHARE = 4 };

static bool is_whole(const ko_nums *v)
{
    for (size_t i = 0; i < v->n; i++) {
        double x = v->v[i];
        if (!isnan(x) && (x < 0 || x != floor(x)))
            return false;
    }
    return true;
}

/* The least number above 0 of a signal that is 0 often and never below; else 0. */
static double rare_event(const ko_nums *v)
{
    double least = INFINITY;
    size_t zeros = 0;
    size_t n = 0;
    for (size_t i = 0; i < v->n; i++) {
        double x = v->v[i];
        if (isnan(x))
            continue;
        n++;
        zeros += x == 0;
        if (x != 0)
            least = fmin(least, x);
    }
    return zeros * RARE_SHARE >= n && least > 0 && least < INFINITY ? least : 0;
}

double ko_baseline_event(const struct ko_series *s)
{
    if (ko_str_eq(s->stat, KO_STR("sum")))
        return is_whole(&s->v) ? 1 : 0;
    bool counted = s->cls == KO_CLASS_ERROR || s->cls == KO_CLASS_RETRY;
    return counted ? rare_event(&s->v) : 0;
}

/* Signed square root of the Poisson deviance of ${x} where ${e} > 0 is expected. */
static double deviance(double x, double e)
{
    double d = x > 0 ? x * log(x / e) - (x - e) : e;
    double root = sqrt(2.0 * (d > 0 ? d : 0));
    return x < e ? -root : root;
}

static double raw_residual(const struct ko_baseline *b, double x)
{
    if (b->ratio)
        return x > 0 && b->centre > 0 ? log(x / b->centre) : NAN;
    return b->event > 0 ? deviance(x / b->event, b->centre / b->event) : x - b->centre;
}

double ko_baseline_residual(const struct ko_baseline *b, double x)
{
    return raw_residual(b, x) / b->scale;
}

/* History in order of time, NaN left out: the healthy time, then the window. */
struct history {
    double *v;
    size_t n;
    double *scratch; /* room for n */
};

static size_t positive_only(double *v, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (v[i] > 0)
            v[kept++] = v[i];
    }
    return kept;
}

static enum ko_status collect(const struct ko_baseline_in *in, struct ko_arena *scratch,
                              struct history *h)
{
    size_t room = in->before + (in->normal != NULL ? in->n_normal : 0);
    h->v = ko_arena_alloc(scratch, room + 1, sizeof *h->v);
    h->scratch = ko_arena_alloc(scratch, room + 1, sizeof *h->v);
    if (h->v == NULL || h->scratch == NULL)
        return KO_ENOMEM;
    h->n = in->normal != NULL ? ko_stat_present(in->normal, in->n_normal, h->v) : 0;
    h->n += ko_stat_present(in->v, in->before, h->v + h->n);
    if (in->ratio)
        h->n = positive_only(h->v, h->n);
    return KO_OK;
}

/* Half a thing more in one bucket more: a history of zeros expects few, not none. */
static double expected_count(const double *sorted, size_t n, double event)
{
    size_t kept = n - n / COUNT_TRIM_SHARE;
    double sum = 0;
    for (size_t i = 0; i < kept; i++)
        sum += sorted[i];
    return fmax(COUNT_FLOOR * event, (sum + 0.5 * event) / ((double)kept + 1));
}

static double resolution(const double *sorted, size_t n)
{
    double least = 0;
    for (size_t i = 1; i < n; i++) {
        double gap = sorted[i] - sorted[i - 1];
        if (gap > 0 && (least == 0 || gap < least))
            least = gap;
    }
    return least;
}

/* Robust spread of differences at a lag, as of one number: blind to slow drift, awake to
 * a signal whose quartiles coincide. */
static double difference_spread(const double *r, size_t n, size_t lag, double *scratch)
{
    if (n <= lag)
        return 0;
    for (size_t i = lag; i < n; i++)
        scratch[i - lag] = fabs(r[i] - r[i - lag]);
    ko_stat_sort(scratch, n - lag);
    return 1.4826 * ko_stat_sorted_quantile(scratch, n - lag, 0.5) / sqrt(2.0);
}

/* Autocorrelation at lag 1, from differences: their variance is 2 (1 - rho); less its
 * standard error, for few numbers easily look related. */
static double memory_of(const struct history *h, double scale)
{
    double spread = difference_spread(h->v, h->n, 1, h->scratch);
    double rho = 1.0 - spread * spread / (scale * scale) - 1.0 / sqrt((double)h->n + 1);
    return h->n < MEMORY_NUMBERS || spread == 0 || rho < 0 ? 0 : fmin(rho, MEMORY_MAX);
}

static double spread_of(const double *r, size_t n, double *scratch)
{
    double spread = difference_spread(r, n, DIFFERENCE_LAG, scratch);
    (void)ko_stat_present(r, n, scratch);
    ko_stat_sort(scratch, n);
    double median = ko_stat_sorted_quantile(scratch, n, 0.5);
    double above = ko_stat_sorted_quantile(scratch, n, 0.9) - median;
    double below = median - ko_stat_sorted_quantile(scratch, n, 0.1);
    double iqr = ko_stat_sorted_quantile(scratch, n, 0.75) -
                 ko_stat_sorted_quantile(scratch, n, 0.25);
    spread = fmax(spread, iqr / IQR_SIGMAS);
    spread = fmax(spread, fmax(above, below) / TENTH_SIGMAS);
    return fmax(spread, ko_stat_mad(r, n, median, scratch));
}

static double largest_of(const struct ko_baseline_in *in)
{
    double largest = 0;
    for (size_t i = 0; i < in->n; i++) {
        if (fabs(in->v[i]) > largest)
            largest = fabs(in->v[i]);
    }
    return largest;
}

/* Leaves sorted history in h->scratch unchanged; sets centre and what kind of history. */
static void fit_centre(const struct history *h, struct ko_baseline *b)
{
    double lowest = h->scratch[0];
    double highest = h->scratch[h->n - 1];
    b->constant = lowest == highest;
    b->zero = b->constant && lowest == 0;
    b->centre = b->event > 0 ? expected_count(h->scratch, h->n, b->event)
                             : ko_stat_sorted_quantile(h->scratch, h->n, 0.5);
}

static double fit_floor(const struct ko_baseline_in *in, const struct history *h,
                        const struct ko_baseline *b)
{
    if (b->event > 0)
        return 1.0;
    if (b->ratio)
        return fmax(RATIO_FLOOR, resolution(h->scratch, h->n) / b->centre);
    double floor_scale =
        fmax(FLOOR_SHARE * fabs(b->centre), resolution(h->scratch, h->n));
    if (floor_scale == 0)
        floor_scale = largest_of(in) / ZERO_HISTORY_PEAK;
    return floor_scale > 0 ? floor_scale : 1.0;
}

/* The worst ordinary deviation on each side, in scales, from the residuals in h->v. */
static void fit_worst(struct history *h, struct ko_baseline *b)
{
    size_t spared = h->n / OLD_INCIDENT_SHARE;
    ko_stat_sort(h->v, h->n);
    b->worst_up = fmax(PEAK_FLOOR, h->v[h->n - 1 - spared] / b->scale);
    b->worst_down = fmax(PEAK_FLOOR, -h->v[spared] / b->scale);
}

enum ko_status ko_baseline_fit(const struct ko_baseline_in *in, struct ko_arena *scratch,
                               struct ko_baseline *ret)
{
    struct history h;
    if (collect(in, scratch, &h) != KO_OK)
        return KO_ENOMEM;
    struct ko_baseline b = {.centre = NAN,
                            .scale = 1.0,
                            .worst_up = PEAK_FLOOR,
                            .worst_down = PEAK_FLOOR,
                            .n = h.n,
                            .event = in->event,
                            .ratio = in->ratio};
    if (h.n > 0) {
        (void)ko_stat_present(h.v, h.n, h.scratch);
        ko_stat_sort(h.scratch, h.n);
        fit_centre(&h, &b);
        double floor_scale = fit_floor(in, &h, &b);
        for (size_t i = 0; i < h.n; i++)
            h.v[i] = raw_residual(&b, h.v[i]);
        b.scale = fmax(floor_scale, spread_of(h.v, h.n, h.scratch));
        b.memory = memory_of(&h, b.scale);
        fit_worst(&h, &b);
    }
    *ret = b;
    return KO_OK;
}
