#include "unit.h"

#include "show/axis.h"

static void times_outside_lie_on_the_nearer_end(void **state)
{
    (void)state;
    struct ko_axis a = {0, 100 * KO_SECOND, 10, 20};
    assert_true(ko_axis_at(&a, -KO_DAY) == 10);
    assert_true(ko_axis_at(&a, 50 * KO_SECOND) == 15);
    assert_true(ko_axis_at(&a, KO_DAY) == 20);
    assert_true(ko_axis_at(&a, KO_TIME_NONE) == 10);
    assert_false(ko_axis_inside(&a, KO_TIME_NONE));
    assert_true(ko_axis_inside(&a, 100 * KO_SECOND));
}

static void ticks_are_few_and_round(void **state)
{
    (void)state;
    struct ko_axis a = {7 * KO_MINUTE, 97 * KO_MINUTE, 0, 1};
    assert_true(ko_axis_step(&a, 10) == 10 * KO_MINUTE);
    assert_true(ko_axis_first(&a, 10 * KO_MINUTE) == 10 * KO_MINUTE);
    a.to = a.from + 100 * 365 * KO_DAY;
    assert_true((a.to - a.from) / ko_axis_step(&a, 10) <= 10);
    a.from = -5 * KO_MINUTE;
    assert_true(ko_axis_first(&a, 10 * KO_MINUTE) == 0);
}

static void a_case_without_a_window_has_an_axis_too(void **state)
{
    (void)state;
    struct ko_case c;
    ko_case_init(&c);
    struct ko_axis a = ko_axis_of_case(&c, 0, 1);
    assert_true(a.to > a.from);
    c.head.from = 0;
    c.head.step = KO_MINUTE;
    c.head.buckets = 3;
    a = ko_axis_of_case(&c, 0, 1);
    assert_true(a.to == 3 * KO_MINUTE);
    ko_case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_outside_lie_on_the_nearer_end),
        cmocka_unit_test(ticks_are_few_and_round),
        cmocka_unit_test(a_case_without_a_window_has_an_axis_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
