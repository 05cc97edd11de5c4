/* Does one series follow another? */
#include "impact/follow.h"
#include "unit.h"

#include <math.h>

enum { N = 60 };

static ko_nums nums(double *v)
{
    return (ko_nums){.v = v, .n = N, .cap = N};
}

/* A step up from bucket 20 to 39, with a little of its own on top. */
static void step(double *v, size_t late, double low, double high)
{
    for (size_t i = 0; i < N; i++) {
        bool up = i >= 20 + late && i < 40 + late;
        v[i] = (up ? high : low) * (1 + 0.05 * (double)((i * 7 + late * 3) % 5));
    }
}

static void lag_is_that_of_the_copy(void **state)
{
    (void)state;
    double a[N], b[N];
    struct ko_follow f;
    step(a, 0, 0.1, 2);
    step(b, 3, 0.02, 0.3);
    ko_nums x = nums(a), y = nums(b);
    assert_true(ko_follow_find(&x, &y, 0, 10, &f));
    assert_int_equal(f.lag, 3);
    assert_true(f.r > 0.95 && f.lo < f.r && f.r < f.hi && f.lo > 0);
}

static void border_is_the_lowest_level_with_more(void **state)
{
    (void)state;
    double a[N], b[N], from, below;
    step(a, 0, 0.1, 2);
    step(b, 3, 0.02, 0.3);
    ko_nums x = nums(a), y = nums(b);
    assert_true(ko_follow_border(&x, &y, 3, 0.1, &from, &below));
    assert_true(from >= 2 && from <= 2.4 && below <= 0.12);
    assert_false(ko_follow_border(&x, &y, 3, 1, &from, &below));
    for (size_t i = 0; i < N; i++)
        b[i] = i % 2 == 0 ? 1 : 0; /* whatever the first does */
    assert_false(ko_follow_border(&x, &y, 0, 0.5, &from, &below));
}

/* Twelve pairs in which y = x, and all four corners of a square apart from it: the sums
 * give r = 0.8, and without memory atanh 0.8 -+ 1.96 / sqrt(n - 3). */
static void interval_is_fishers(void **state)
{
    (void)state;
    double a[N], b[N];
    struct ko_follow f;
    for (size_t i = 0; i < N; i++)
        a[i] = b[i] = NAN;
    for (size_t i = 0; i < 16; i++) {
        a[i * 2] = i % 2 == 0 ? 1 : -1;
        b[i * 2] = a[i * 2];
    }
    b[0] = -1; /* of 16 pairs one of each sign is turned round: r = (14 - 2) / 16 */
    b[2] = 1;
    ko_nums x = nums(a), y = nums(b);
    assert_true(ko_follow_find(&x, &y, 0, 0, &f));
    assert_int_equal(f.n, 16);
    assert_float_equal(f.r, 0.75, 1e-9);
    assert_float_equal(f.lo, tanh(atanh(0.75) - 1.96 / sqrt(13)), 1e-9);
    assert_float_equal(f.hi, tanh(atanh(0.75) + 1.96 / sqrt(13)), 1e-9);
}

static void nothing_to_say_of_a_constant_or_of_few(void **state)
{
    (void)state;
    double a[N], b[N];
    struct ko_follow f;
    step(a, 0, 0.1, 2);
    for (size_t i = 0; i < N; i++)
        b[i] = 5;
    ko_nums x = nums(a), y = nums(b);
    assert_false(ko_follow_find(&x, &y, 0, 5, &f));
    for (size_t i = 0; i < N; i++)
        b[i] = i < 11 ? a[i] : NAN;
    assert_false(ko_follow_find(&x, &y, 0, 0, &f));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lag_is_that_of_the_copy),
        cmocka_unit_test(border_is_the_lowest_level_with_more),
        cmocka_unit_test(interval_is_fishers),
        cmocka_unit_test(nothing_to_say_of_a_constant_or_of_few),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
