/* stat.h: order statistics over doubles that may hold NaN for "missing". */
#ifndef KO_BASE_STAT_H
#define KO_BASE_STAT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Missing values are NaN and are left out everywhere here.  Results are NaN where nothing
 * is left. Scratch arrays have room for n values and may be overwritten; inputs stay
 * unchanged.
 */

/* ko_stat_present(v, n, scratch): Copy the values that are there to ${scratch}; returns
 * how many. */
size_t ko_stat_present(const double *v, size_t n, double *scratch);

/* ko_stat_sort(v, n): Sort ${v}, free of NaN, ascending. */
void ko_stat_sort(double *v, size_t n);

/*
 * ko_stat_sorted_quantile(v, n, q):
 * Quantile ${q} in 0..1 of sorted ${v}, by linear interpolation between order statistics
 * (type 7 of Hyndman and Fan, "Sample quantiles in statistical packages", 1996).
 */
double ko_stat_sorted_quantile(const double *v, size_t n, double q);

double ko_stat_quantile(const double *v, size_t n, double q, double *scratch);
double ko_stat_median(const double *v, size_t n, double *scratch);

/* ko_stat_mad(v, n, median, scratch): Median absolute deviation times 1.4826 (1 sigma if
 * normal). */
double ko_stat_mad(const double *v, size_t n, double median, double *scratch);

double ko_stat_sum(const double *v, size_t n);
double ko_stat_mean(const double *v, size_t n);
double ko_stat_max(const double *v, size_t n);
double ko_stat_min(const double *v, size_t n);

#endif
