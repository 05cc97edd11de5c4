/* test_past.c: an incident against those of past cases. */
#include "unit.h"

#include "impact/past.h"
#include "impact_case.h"

#include <math.h>

/* A cascade of three from minute ${minute} on. */
static void incident(struct ko_case *c, const char *origin, const char *mechanism,
                     int64_t minute)
{
    build_case(c, 120);
    make_chain(c, origin, minute);
    make_node(c, "crm", origin, minute + 1, mechanism);
    make_node(c, "queue", "crm", minute + 2, "queue-pressure");
    make_node(c, "desk", "crm", minute + 3, "slow-dependency");
    make_chain_end(c, minute + 30);
}

static void remember(struct ko_pasts *p, const char *file, const char *origin,
                     const char *mechanism, int64_t minute)
{
    struct ko_case c;
    incident(&c, origin, mechanism, minute);
    assert_int_equal(ko_past_add(p, &c, ko_str(file)), KO_OK);
    ko_case_release(&c);
}

static void the_same_chain_is_named_with_its_time_and_length(void **state)
{
    (void)state;
    struct ko_pasts p = {0};
    struct ko_case c;
    remember(&p, "a.jsonl", "identity", "slow-dependency", 5);
    remember(&p, "b.jsonl", "mail", "lost-context", 6);
    incident(&c, "identity", "slow-dependency", 60);
    assert_int_equal(ko_past_run(&c, &p), KO_OK);
    const struct ko_impact *m = find_impact(&c, "past incident", "case", "a.jsonl");
    assert_non_null(m);
    assert_str(m->text, "2026-03-14T14:05:00Z: same origin, same chain; back to normal "
                        "after 30 min");
    m = find_impact(&c, "repeat incident rate", "", "");
    assert_non_null(m);
    assert_true(m->total == 2 && fabs(m->during - 2.0 / 3) < 1e-9 && m->before == 0.5);
    ko_case_release(&c);
    ko_past_release(&p);
}

static void another_origin_that_spreads_alike_counts(void **state)
{
    (void)state;
    struct ko_pasts p = {0};
    struct ko_case c;
    remember(&p, "a.jsonl", "mail", "slow-dependency", 5);
    incident(&c, "identity", "slow-dependency", 60);
    assert_int_equal(ko_past_run(&c, &p), KO_OK);
    assert_str(find_impact(&c, "past incident", "case", "a.jsonl")->text,
               "2026-03-14T14:05:00Z: origin mail, 2 of 3 steps the same; back to normal "
               "after 30 min");
    ko_case_release(&c);
    ko_past_release(&p);
}

static void what_is_not_earlier_is_no_past(void **state)
{
    (void)state;
    struct ko_pasts p = {0};
    struct ko_case c;
    remember(&p, "now.jsonl", "identity", "slow-dependency", 60);
    remember(&p, "later.jsonl", "identity", "slow-dependency", 80);
    incident(&c, "identity", "slow-dependency", 60);
    assert_int_equal(ko_past_run(&c, &p), KO_OK);
    assert_null(find_impact(&c, "repeat incident rate", "", ""));
    assert_non_null(find_unknown(&c, "repeat incident rate"));
    ko_case_release(&c);
    ko_past_release(&p);
}

static void one_incident_in_two_files_counts_once(void **state)
{
    (void)state;
    struct ko_pasts p = {0};
    remember(&p, "a.jsonl", "identity", "slow-dependency", 5);
    remember(&p, "b.jsonl", "identity", "slow-dependency", 5);
    assert_int_equal(p.list.n, 1);
    ko_past_release(&p);
}

static void without_past_cases_the_rate_is_not_known(void **state)
{
    (void)state;
    struct ko_case c, quiet;
    struct ko_pasts p = {0};
    incident(&c, "identity", "slow-dependency", 60);
    assert_int_equal(ko_past_run(&c, NULL), KO_OK);
    assert_non_null(find_unknown(&c, "repeat incident rate"));
    ko_case_release(&c);
    build_case(&quiet, 10);
    assert_int_equal(ko_past_add(&p, &quiet, KO_STR("q")), KO_ENOTFOUND);
    assert_int_equal(ko_past_run(&quiet, &p), KO_OK);
    ko_case_release(&quiet);
    ko_past_release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_chain_is_named_with_its_time_and_length),
        cmocka_unit_test(another_origin_that_spreads_alike_counts),
        cmocka_unit_test(what_is_not_earlier_is_no_past),
        cmocka_unit_test(one_incident_in_two_files_counts_once),
        cmocka_unit_test(without_past_cases_the_rate_is_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
