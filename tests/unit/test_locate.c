/* test_locate.c: what the pain is confined to, and when it is confined to nothing. */
#include "unit.h"

#include "impact/locate.h"
#include "impact_case.h"

#include <math.h>

static void start(struct ko_case *c)
{
    build_case(c, 60);
    make_chain(c, "a", 20);
    make_chain_end(c, 50);
    make_fail(c, make_group(c, "all", "all"), 20, 50, 30);
}

static void run(struct ko_case *c)
{
    struct ko_window w;
    assert_true(ko_window_find(c, &w));
    assert_int_equal(ko_locate_run(c, &w), KO_OK);
}

static void one_region_is_named(void **state)
{
    (void)state;
    struct ko_case c;
    start(&c);
    make_fail(&c, make_group(&c, "region", "eu"), 20, 50, 30);
    (void)make_group(&c, "region", "us");
    (void)make_group(&c, "region", "ap");
    run(&c);
    const struct ko_impact *m = find_impact(&c, "confined", "region", "eu");
    assert_non_null(m);
    assert_true(fabs(m->share - 1) < 1e-9);
    assert_null(find_impact(&c, "confined", "region", "us"));
    assert_null(find_impact(&c, "confined", "region", ""));
    ko_case_release(&c);
}

static void two_of_three_values_make_a_set(void **state)
{
    (void)state;
    struct ko_case c;
    start(&c);
    make_fail(&c, make_group(&c, "queue", "billing"), 20, 50, 20);
    make_fail(&c, make_group(&c, "queue", "orders"), 20, 50, 18);
    (void)make_group(&c, "queue", "moves");
    run(&c);
    assert_non_null(find_impact(&c, "confined", "queue", "billing"));
    assert_non_null(find_impact(&c, "confined", "queue", "orders"));
    assert_null(find_impact(&c, "confined", "queue", "moves"));
    ko_case_release(&c);
}

static void pain_everywhere_is_not_confined(void **state)
{
    (void)state;
    struct ko_case c;
    start(&c);
    make_fail(&c, make_group(&c, "channel", "voice"), 20, 50, 15);
    make_fail(&c, make_group(&c, "channel", "chat"), 20, 50, 14);
    run(&c);
    const struct ko_impact *m = find_impact(&c, "confined", "channel", "");
    assert_non_null(m);
    assert_str(m->text, "not confined to any channel");
    assert_null(find_impact(&c, "confined", "channel", "voice"));
    ko_case_release(&c);
}

static void most_traffic_alone_does_not_confine(void **state)
{
    (void)state;
    struct ko_case c;
    start(&c);
    size_t big = make_group(&c, "region", "eu");
    for (size_t i = 0; i < 60; i++)
        c.groups.v[big].total.v[i] = 900;
    make_fail(&c, big, 20, 50, 90);
    make_fail(&c, make_group(&c, "region", "us"), 20, 50, 10);
    run(&c);
    assert_non_null(find_impact(&c, "confined", "region", ""));
    ko_case_release(&c);
}

static void always_failing_value_is_not_blamed(void **state)
{
    (void)state;
    struct ko_case c;
    start(&c);
    size_t old = make_group(&c, "version", "v1");
    make_fail(&c, old, 0, 60, 40);
    make_fail(&c, make_group(&c, "version", "v2"), 20, 50, 30);
    run(&c);
    assert_non_null(find_impact(&c, "confined", "version", "v2"));
    assert_null(find_impact(&c, "confined", "version", "v1"));
    ko_case_release(&c);
}

static void a_handful_of_failures_is_chance(void **state)
{
    (void)state;
    struct ko_case c;
    start(&c);
    size_t eu = make_group(&c, "region", "eu"), us = make_group(&c, "region", "us");
    for (size_t i = 0; i < 60; i++)
        c.groups.v[eu].total.v[i] = c.groups.v[us].total.v[i] = 1;
    make_fail(&c, eu, 20, 22, 1);
    run(&c);
    assert_null(find_impact(&c, "confined", "region", "eu"));
    ko_case_release(&c);
}

static void a_dimension_that_most_pain_does_not_name_is_silent(void **state)
{
    (void)state;
    struct ko_case c;
    start(&c);
    make_fail(&c, make_group(&c, "version", "v2"), 20, 50, 12);
    (void)make_group(&c, "version", "v1");
    run(&c);
    assert_int_equal(c.impacts.n, 0);
    ko_case_release(&c);
}

static void a_single_value_says_nothing(void **state)
{
    (void)state;
    struct ko_case c;
    start(&c);
    make_fail(&c, make_group(&c, "region", "eu"), 20, 50, 30);
    run(&c);
    assert_int_equal(c.impacts.n, 0);
    ko_case_release(&c);
}

static void order_of_groups_does_not_matter(void **state)
{
    (void)state;
    for (int flip = 0; flip < 2; flip++) {
        struct ko_case c;
        start(&c);
        make_fail(&c, make_group(&c, "region", flip ? "us" : "eu"), 20, 50,
                  flip ? 0 : 30);
        make_fail(&c, make_group(&c, "region", flip ? "eu" : "us"), 20, 50,
                  flip ? 30 : 0);
        run(&c);
        assert_int_equal(c.impacts.n, 1);
        assert_str(c.impacts.v[0].value, "eu");
        ko_case_release(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_region_is_named),
        cmocka_unit_test(two_of_three_values_make_a_set),
        cmocka_unit_test(pain_everywhere_is_not_confined),
        cmocka_unit_test(most_traffic_alone_does_not_confine),
        cmocka_unit_test(always_failing_value_is_not_blamed),
        cmocka_unit_test(a_handful_of_failures_is_chance),
        cmocka_unit_test(a_dimension_that_most_pain_does_not_name_is_silent),
        cmocka_unit_test(a_single_value_says_nothing),
        cmocka_unit_test(order_of_groups_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
