#include "unit.h"

#include "base/stat.h"

#include <math.h>

static void missing_values_are_left_out(void **state)
{
    (void)state;
    const double v[] = {NAN, 3, 1, NAN, 2};
    double scratch[5];
    assert_int_equal(ko_stat_present(v, 5, scratch), 3);
    assert_true(ko_stat_median(v, 5, scratch) == 2);
    assert_true(ko_stat_mean(v, 5) == 2);
    assert_true(ko_stat_max(v, 5) == 3);
    assert_true(ko_stat_min(v, 5) == 1);
    assert_true(ko_stat_sum(v, 5) == 6);
    assert_true(fabs(ko_stat_mad(v, 5, 2, scratch) - 1.4826) < 1e-12);
}

static void nothing_gives_nan_not_zero(void **state)
{
    (void)state;
    const double v[] = {NAN, NAN};
    double scratch[2];
    assert_true(isnan(ko_stat_median(v, 2, scratch)));
    assert_true(isnan(ko_stat_mean(v, 2)));
    assert_true(isnan(ko_stat_max(v, 0)));
    assert_true(isnan(ko_stat_sum(v, 2)));
}

static void quantiles_interpolate_between_order_statistics(void **state)
{
    (void)state;
    const double v[] = {4, 1, 3, 2};
    double scratch[4];
    assert_true(ko_stat_quantile(v, 4, 0, scratch) == 1);
    assert_true(ko_stat_quantile(v, 4, 1, scratch) == 4);
    assert_true(ko_stat_quantile(v, 4, 0.5, scratch) == 2.5);
    assert_true(fabs(ko_stat_quantile(v, 4, 0.9, scratch) - 3.7) < 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(missing_values_are_left_out),
        cmocka_unit_test(nothing_gives_nan_not_zero),
        cmocka_unit_test(quantiles_interpolate_between_order_statistics),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
