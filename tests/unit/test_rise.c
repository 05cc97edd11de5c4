/* Did a series rise beyond the chance of its history, and when? */
#include "impact/rise.h"
#include "unit.h"

#include <math.h>

enum { N = 60, START = 30 };

static const struct ko_window window = {
    .before = {0, START}, .during = {START, N}, .after = {N, N}};

static ko_nums nums(double *v)
{
    return (ko_nums){.v = v, .n = N, .cap = N};
}

/* 10 with a little of its own, ${high} from bucket ${at} on. */
static void fill(double *v, size_t at, double high)
{
    for (size_t i = 0; i < N; i++)
        v[i] = (i >= at ? high : 10) + 0.5 * (double)((i * 7) % 5) - 1;
}

static void a_step_rises_where_it_is(void **state)
{
    (void)state;
    double v[N];
    struct ko_rise r;
    fill(v, 34, 40);
    ko_nums x = nums(v);
    assert_true(ko_rise_find(&x, &window, &r));
    assert_true(r.at > 33.4 && r.at <= 34.5);
    assert_true(r.lo > 0 && r.lo < r.during - r.before && r.during - r.before < r.hi);
    assert_true(r.border >= 12 && r.border < 20);
}

static void what_stays_does_not_rise(void **state)
{
    (void)state;
    double v[N];
    struct ko_rise r;
    fill(v, N, 10);
    ko_nums x = nums(v);
    assert_true(ko_rise_find(&x, &window, &r));
    assert_true(isnan(r.at));
    fill(v, START, 8);
    assert_true(ko_rise_find(&x, &window, &r));
    assert_true(isnan(r.at) && r.hi < 0);
}

static void one_loud_bucket_is_not_where_it_rose(void **state)
{
    (void)state;
    double v[N];
    struct ko_rise r;
    fill(v, 45, 40);
    v[36] = 60;
    ko_nums x = nums(v);
    assert_true(ko_rise_find(&x, &window, &r));
    assert_true(r.at > 44 && r.at < 46);
}

/* The same values in an order that keeps its level for long are fewer numbers. */
static void memory_of_the_history_widens(void **state)
{
    (void)state;
    double v[N];
    struct ko_rise quick, slow;
    ko_nums x = nums(v);
    for (size_t i = 0; i < N; i++)
        v[i] = i >= START ? 14 : i % 2 == 0 ? 8 : 12;
    assert_true(ko_rise_find(&x, &window, &quick));
    for (size_t i = 0; i < START; i++)
        v[i] = i < START / 2 ? 8 : 12;
    assert_true(ko_rise_find(&x, &window, &slow));
    assert_true(slow.hi - slow.lo > 2 * (quick.hi - quick.lo));
}

static void what_never_happened_before_rises(void **state)
{
    (void)state;
    double v[N];
    struct ko_rise r;
    for (size_t i = 0; i < N; i++)
        v[i] = i < 40 ? 0 : 0.3 + 0.01 * (double)(i % 3);
    ko_nums x = nums(v);
    assert_true(ko_rise_find(&x, &window, &r));
    assert_true(r.at > 39 && r.at <= 40.5);
}

static void few_numbers_tell_nothing(void **state)
{
    (void)state;
    double v[N];
    struct ko_rise r;
    fill(v, START, 40);
    for (size_t i = 3; i < START; i++)
        v[i] = NAN;
    ko_nums x = nums(v);
    assert_false(ko_rise_find(&x, &window, &r));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_rises_where_it_is),
        cmocka_unit_test(what_stays_does_not_rise),
        cmocka_unit_test(one_loud_bucket_is_not_where_it_rose),
        cmocka_unit_test(memory_of_the_history_widens),
        cmocka_unit_test(what_never_happened_before_rises),
        cmocka_unit_test(few_numbers_tell_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
