/* test_customers.c: customer-impact minutes and customers touched. */
#include "unit.h"

#include "impact/customers.h"
#include "impact_case.h"

#include <math.h>

static struct ko_window start(struct ko_case *c, int64_t from, int64_t to)
{
    struct ko_window w;
    build_case(c, 60);
    make_chain(c, "a", from);
    make_chain_end(c, to);
    assert_true(ko_window_find(c, &w));
    return w;
}

static void minutes_are_distinct_customers_summed_by_minute(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_harm h;
    struct ko_window w = start(&c, 20, 50);
    size_t g = make_group(&c, "all", "all");
    make_fail(&c, g, 20, 50, 7);
    assert_true(ko_harm_of(&c, &c.groups.v[g], &w, &h));
    assert_true(h.lo == 210 && h.hi == 210);
    assert_true(h.touched == 7);
    assert_str(h.counted, "customers");
    ko_case_release(&c);
}

static void normal_failures_are_taken_off(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_harm h;
    struct ko_window w = start(&c, 20, 50);
    size_t g = make_group(&c, "all", "all");
    make_fail(&c, g, 0, 20, 2);
    make_fail(&c, g, 20, 50, 7);
    assert_true(ko_harm_of(&c, &c.groups.v[g], &w, &h));
    assert_true(fabs(h.hi - 150) < 1e-9);
    assert_true(fabs(h.before - 2) < 1e-9);
    ko_case_release(&c);
}

static void more_traffic_is_no_harm(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_harm h;
    struct ko_window w = start(&c, 20, 50);
    size_t g = make_group(&c, "all", "all");
    make_fail(&c, g, 0, 20, 2);
    make_fail(&c, g, 20, 50, 6);
    for (int64_t i = 20; i < 50; i++)
        c.groups.v[g].total.v[i] = c.groups.v[g].ids.v[i] = 300;
    assert_true(ko_harm_of(&c, &c.groups.v[g], &w, &h));
    assert_true(h.hi < 1e-9);
    ko_case_release(&c);
}

static void retries_of_the_hurt_are_not_normal(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_harm h;
    struct ko_window w = start(&c, 20, 50);
    size_t g = make_group(&c, "all", "all");
    struct ko_group *all = &c.groups.v[g];
    double usual = all->ids.v[0];
    make_fail(&c, g, 0, 20, 2);
    make_fail(&c, g, 20, 50, 40);
    for (int64_t i = 20; i < 50; i++)
        all->total.v[i] = all->ids.v[i] = 3 * usual;
    assert_true(ko_harm_of(&c, all, &w, &h));
    assert_true(fabs(h.hi - (40 - 2) * 30) < 1e-9);
    ko_case_release(&c);
}

static void short_buckets_bound_the_minutes(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_harm h;
    struct ko_window w;
    build_case(&c, 60);
    c.head.step = 30 * KO_SECOND;
    c.head.at = BUILD_FROM + 10 * KO_MINUTE;
    assert_true(ko_window_find(&c, &w));
    size_t g = make_group(&c, "all", "all");
    make_fail(&c, g, 20, 60, 5); /* the same five in both halves of a minute, or ten */
    assert_true(ko_harm_of(&c, &c.groups.v[g], &w, &h));
    assert_true(h.lo == 100 && h.hi == 200);
    ko_case_release(&c);
}

static void long_buckets_bound_the_minutes_by_the_failures(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_harm h;
    struct ko_window w;
    build_case(&c, 60);
    c.head.step = 5 * KO_MINUTE;
    c.head.at = BUILD_FROM + 100 * KO_MINUTE;
    assert_true(ko_window_find(&c, &w));
    size_t g = make_group(&c, "all", "all");
    make_fail(&c, g, 20, 60, 5);
    for (int64_t i = 20; i < 60; i++)
        c.groups.v[g].bad.v[i] = 8; /* eight failures cannot fill 25 customer-minutes */
    assert_true(ko_harm_of(&c, &c.groups.v[g], &w, &h));
    assert_true(h.lo == 200 && h.hi == 320);
    ko_case_release(&c);
}

static void interactions_without_ids_are_called_so(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_window w = start(&c, 20, 50);
    size_t g = make_group(&c, "all", "all");
    make_fail(&c, g, 20, 50, 7);
    make_without_ids(&c, g);
    assert_int_equal(ko_customers_run(&c, &w), KO_OK);
    assert_null(find_impact(&c, "customer-impact-minutes", "", ""));
    const struct ko_impact *m = find_impact(&c, "interaction-minutes", "", "");
    assert_non_null(m);
    assert_true(m->total == 210);
    assert_non_null(find_unknown(&c, "distinct customers"));
    ko_case_release(&c);
}

static void no_healthy_time_is_said(void **state)
{
    (void)state;
    struct ko_case c;
    size_t at;
    struct ko_window w = start(&c, 0, 50);
    make_fail(&c, make_group(&c, "all", "all"), 0, 50, 7);
    assert_int_equal(ko_customers_run(&c, &w), KO_OK);
    const struct ko_impact *m = find_impact(&c, "customer-impact-minutes", "", "");
    assert_non_null(m);
    assert_true(m->total == 350);
    assert_true(isnan(m->before));
    assert_true(ko_str_find(m->text, KO_STR("no healthy time"), &at));
    ko_case_release(&c);
}

static void harm_is_shared_out_over_the_values(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_window w = start(&c, 20, 50);
    make_fail(&c, make_group(&c, "all", "all"), 20, 50, 10);
    make_fail(&c, make_group(&c, "region", "eu"), 20, 50, 9);
    make_fail(&c, make_group(&c, "region", "us"), 20, 50, 1);
    (void)make_group(&c, "region", "ap");
    assert_int_equal(ko_customers_run(&c, &w), KO_OK);
    const struct ko_impact *eu =
        find_impact(&c, "customer-impact-minutes", "region", "eu");
    assert_non_null(eu);
    assert_true(fabs(eu->share - 0.9) < 1e-9);
    assert_null(find_impact(&c, "customer-impact-minutes", "region", "ap"));
    assert_non_null(ko_case_find_evidence(&c, eu->evidence));
    ko_case_release(&c);
}

static void no_interactions_are_unknown_not_zero(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_window w = start(&c, 20, 50);
    assert_int_equal(ko_customers_run(&c, &w), KO_OK);
    assert_int_equal(c.impacts.n, 0);
    assert_non_null(find_unknown(&c, "customers affected"));
    ko_case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(minutes_are_distinct_customers_summed_by_minute),
        cmocka_unit_test(normal_failures_are_taken_off),
        cmocka_unit_test(more_traffic_is_no_harm),
        cmocka_unit_test(retries_of_the_hurt_are_not_normal),
        cmocka_unit_test(short_buckets_bound_the_minutes),
        cmocka_unit_test(long_buckets_bound_the_minutes_by_the_failures),
        cmocka_unit_test(interactions_without_ids_are_called_so),
        cmocka_unit_test(no_healthy_time_is_said),
        cmocka_unit_test(harm_is_shared_out_over_the_values),
        cmocka_unit_test(no_interactions_are_unknown_not_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
