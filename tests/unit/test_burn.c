/* test_burn.c: burn rates against an objective, and when their alerts fire. */
#include "unit.h"

#include "impact/burn.h"
#include "impact_case.h"

#include <math.h>

/* ${buckets} minutes, 100 interactions each; ${bad} of each fail in from..to-1. */
static size_t start(struct ko_case *c, int64_t buckets, int64_t from, int64_t to,
                    double bad)
{
    build_case(c, buckets);
    make_chain(c, "web", from);
    make_chain_end(c, to);
    make_step(c, "pay", "open", "web", "");
    c->journeys.v[0].slo_target = 0.99;
    c->journeys.v[0].slo_days = 30;
    size_t g = make_group(c, "journey", "pay");
    make_fail(c, g, from, to, bad);
    return g;
}

static struct ko_burn burn(struct ko_case *c, size_t g)
{
    struct ko_window w;
    struct ko_burn b;
    assert_true(ko_window_find(c, &w));
    assert_int_equal(ko_burn_of(c, &w, &c->groups.v[g].total, &c->groups.v[g].bad,
                                &c->journeys.v[0], &b),
                     KO_OK);
    return b;
}

static int64_t minute(ko_time t)
{
    return (t - BUILD_FROM) / KO_MINUTE;
}

static void a_burn_of_one_is_what_the_objective_allows(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_burn b = burn(&c, start(&c, 120, 60, 120, 1));
    assert_true(fabs(b.during - 1) < 1e-9 && b.before == 0 && isnan(b.after));
    assert_true(b.fired[KO_BURN_PAGE_FAST] == KO_TIME_NONE);
    ko_case_release(&c);
}

static void the_fast_page_fires_when_a_fiftieth_of_the_budget_is_gone(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_burn b = burn(&c, start(&c, 240, 120, 180, 50));
    /* 14.4 % of an hour's 6000 are 864: more than that after the 18th minute of 50 */
    assert_int_equal(minute(b.fired[KO_BURN_PAGE_FAST]), 120 + 18);
    assert_false(b.assumed[KO_BURN_PAGE_FAST]);
    assert_true(fabs(b.during - 50) < 1e-9 && b.after == 0);
    /* 3000 of the 43,200 that 30 days of 100 a minute may lose */
    assert_true(fabs(b.used - 3000.0 / 43200) < 1e-9);
    ko_case_release(&c);
}

static void a_blip_that_is_over_pages_nobody(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_burn b = burn(&c, start(&c, 240, 120, 122, 100));
    assert_true(b.fired[KO_BURN_PAGE_FAST] == KO_TIME_NONE);
    ko_case_release(&c);
}

static void what_came_before_the_case_is_taken_to_be_healthy_and_said(void **state)
{
    (void)state;
    struct ko_case c;
    size_t g = start(&c, 120, 60, 120, 50);
    struct ko_burn b = burn(&c, g);
    struct ko_window w;
    /* 6 % of six hours' 36,000 are 2160: more than that after the 44th minute of 50 */
    assert_int_equal(minute(b.fired[KO_BURN_PAGE]), 60 + 44);
    assert_true(b.assumed[KO_BURN_PAGE] && !b.unknown[KO_BURN_PAGE]);
    assert_true(b.fired[KO_BURN_TICKET] == KO_TIME_NONE);
    assert_true(ko_window_find(&c, &w));
    assert_int_equal(ko_burn_run(&c, &w), KO_OK);
    assert_str(
        find_impact(&c, "error budget burn", "journey", "pay")->text,
        "pay: error budget of 99% over 30 d burnt 50 times as fast as allowed (was 0), "
        "6.9% of it used; page (14.4 over 1 h and 5 min) at 15:18:00; page (6 "
        "over 6 h and 30 min) at 15:44:00, if it was healthy before these 2 h");
    ko_case_release(&c);
}

static void without_a_healthy_time_longer_stretches_are_not_known(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_burn b = burn(&c, start(&c, 120, 0, 120, 50));
    assert_true(b.unknown[KO_BURN_PAGE] && b.fired[KO_BURN_PAGE] == KO_TIME_NONE);
    ko_case_release(&c);
}

static void a_journey_without_interactions_is_not_known(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_window w;
    size_t g = start(&c, 120, 60, 120, 50);
    c.groups.v[g].value = KO_STR("other");
    assert_true(ko_window_find(&c, &w));
    assert_int_equal(ko_burn_run(&c, &w), KO_OK);
    assert_null(find_impact(&c, "error budget burn", "journey", "pay"));
    assert_non_null(find_unknown(&c, "error budget of pay"));
    ko_case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_burn_of_one_is_what_the_objective_allows),
        cmocka_unit_test(the_fast_page_fires_when_a_fiftieth_of_the_budget_is_gone),
        cmocka_unit_test(a_blip_that_is_over_pages_nobody),
        cmocka_unit_test(what_came_before_the_case_is_taken_to_be_healthy_and_said),
        cmocka_unit_test(without_a_healthy_time_longer_stretches_are_not_known),
        cmocka_unit_test(a_journey_without_interactions_is_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
