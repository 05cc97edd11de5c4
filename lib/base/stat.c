/* stat.c: order statistics over doubles that may hold NaN for "missing". */
#include "base/stat.h"

#include <math.h>

/* Factor that makes the MAD of a normal sample estimate its standard deviation. */
static const double MAD_TO_SIGMA = 1.4826;

size_t ko_stat_present(const double *v, size_t n, double *scratch)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(v[i]))
            scratch[m++] = v[i];
    }
    return m;
}

/*
 * Shell sort over Ciura's gaps ("Best increments for the average case of shellsort",
 * 2001), each next one 2.25 times the last: no call for a comparison, no recursion, no
 * second array; on the 8 to 1,000 numbers that are sorted here several times as fast as
 * qsort.
 */
void ko_stat_sort(double *v, size_t n)
{
    static const size_t gaps[] = {5243285, 2330349, 1035711, 460316, 204585, 90927, 40412,
                                  17961,   7983,    3548,    1577,   701,    301,   132,
                                  57,      23,      10,      4,      1};
    for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++) {
        size_t gap = gaps[g];
        for (size_t i = gap; i < n; i++) {
            double x = v[i];
            size_t at = i;
            for (; at >= gap && v[at - gap] > x; at -= gap)
                v[at] = v[at - gap];
            v[at] = x;
        }
    }
}

double ko_stat_sorted_quantile(const double *v, size_t n, double q)
{
    if (n == 0)
        return NAN;
    double at = q * (double)(n - 1);
    size_t lo = (size_t)at;
    size_t hi = lo + 1 < n ? lo + 1 : n - 1;
    return v[lo] + (v[hi] - v[lo]) * (at - (double)lo);
}

double ko_stat_quantile(const double *v, size_t n, double q, double *scratch)
{
    size_t m = ko_stat_present(v, n, scratch);
    ko_stat_sort(scratch, m);
    return ko_stat_sorted_quantile(scratch, m, q);
}

double ko_stat_median(const double *v, size_t n, double *scratch)
{
    return ko_stat_quantile(v, n, 0.5, scratch);
}

double ko_stat_mad(const double *v, size_t n, double median, double *scratch)
{
    size_t m = ko_stat_present(v, n, scratch);
    for (size_t i = 0; i < m; i++)
        scratch[i] = fabs(scratch[i] - median);
    ko_stat_sort(scratch, m);
    return MAD_TO_SIGMA * ko_stat_sorted_quantile(scratch, m, 0.5);
}

double ko_stat_sum(const double *v, size_t n)
{
    double sum = NAN;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(v[i]))
            sum = isnan(sum) ? v[i] : sum + v[i];
    }
    return sum;
}

double ko_stat_mean(const double *v, size_t n)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        m += isnan(v[i]) ? 0 : 1;
    return m ? ko_stat_sum(v, n) / (double)m : NAN;
}

double ko_stat_max(const double *v, size_t n)
{
    double best = NAN;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(v[i]) && !(v[i] <= best))
            best = v[i];
    }
    return best;
}

double ko_stat_min(const double *v, size_t n)
{
    double best = NAN;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(v[i]) && !(v[i] >= best))
            best = v[i];
    }
    return best;
}
