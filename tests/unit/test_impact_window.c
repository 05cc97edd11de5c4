/* test_impact_window.c: the incident interval and the healthy part before it. */
#include "unit.h"

#include "impact/window.h"
#include "impact_case.h"

#include <math.h>

static void nothing_known_gives_no_window(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_window w;
    build_case(&c, 60);
    assert_false(ko_window_find(&c, &w));
    ko_case_release(&c);
}

static void chain_sets_start_end_and_uncertainty(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_window w;
    build_case(&c, 60);
    make_chain(&c, "a", 20);
    make_chain_end(&c, 50);
    assert_true(ko_window_find(&c, &w));
    assert_str(w.source, "chain");
    assert_int_equal(w.before.to, 19); /* minute 19 may hold the onset: 20 less 30 s */
    assert_int_equal(w.during.from, 20);
    assert_int_equal(w.during.to, 50);
    assert_int_equal(w.after.to, 60);
    ko_case_release(&c);
}

static void open_end_lasts_to_the_end_of_the_data(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_window w;
    build_case(&c, 60);
    make_chain(&c, "a", 20);
    assert_true(ko_window_find(&c, &w));
    assert_int_equal(w.during.to, 60);
    assert_true(w.end == KO_TIME_NONE);
    ko_case_release(&c);
}

static void hint_is_used_without_a_chain(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_window w;
    build_case(&c, 60);
    make_onset(&c, "a", "errors", KO_CLASS_ERROR, 40, 0, 9, "1");
    c.head.at = BUILD_FROM + 30 * KO_MINUTE;
    assert_true(ko_window_find(&c, &w));
    assert_str(w.source, "--at");
    assert_int_equal(w.during.from, 30);
    ko_case_release(&c);
}

static void earliest_onset_is_the_last_resort(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_window w;
    build_case(&c, 60);
    make_onset(&c, "a", "errors", KO_CLASS_ERROR, 40, 0, 9, "1");
    make_onset(&c, "b", "errors", KO_CLASS_ERROR, 35, 0, 9, "1");
    assert_true(ko_window_find(&c, &w));
    assert_str(w.source, "onset");
    assert_int_equal(w.during.from, 35);
    ko_case_release(&c);
}

static void declared_healthy_time_ends_before(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_window w;
    build_case(&c, 60);
    make_chain(&c, "a", 20);
    c.head.normal_to = BUILD_FROM + 10 * KO_MINUTE;
    assert_true(ko_window_find(&c, &w));
    assert_int_equal(w.before.to, 10);
    ko_case_release(&c);
}

static void incident_outside_the_window_is_no_window(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_window w;
    build_case(&c, 60);
    c.head.at = BUILD_FROM - KO_HOUR;
    assert_false(ko_window_find(&c, &w));
    c.head.at = BUILD_FROM + KO_HOUR;
    assert_false(ko_window_find(&c, &w));
    ko_case_release(&c);
}

static void sums_leave_missing_numbers_out(void **state)
{
    (void)state;
    double v[] = {1, NAN, 3, 4};
    ko_nums nums = {v, 4, 4};
    assert_true(ko_span_sum(&nums, (struct ko_span){0, 3}) == 4);
    assert_true(ko_span_mean(&nums, (struct ko_span){0, 3}) == 2);
    assert_true(isnan(ko_span_sum(&nums, (struct ko_span){1, 2})));
    assert_true(isnan(ko_span_mean(&nums, (struct ko_span){3, 3})));
    assert_true(ko_span_sum(&nums, (struct ko_span){-5, 99}) == 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_known_gives_no_window),
        cmocka_unit_test(chain_sets_start_end_and_uncertainty),
        cmocka_unit_test(open_end_lasts_to_the_end_of_the_data),
        cmocka_unit_test(hint_is_used_without_a_chain),
        cmocka_unit_test(earliest_onset_is_the_last_resort),
        cmocka_unit_test(declared_healthy_time_ends_before),
        cmocka_unit_test(incident_outside_the_window_is_no_window),
        cmocka_unit_test(sums_leave_missing_numbers_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
