/* test_signals.c: the signals of spread, before and during, from series and from logs. */
#include "unit.h"

#include "impact/level.h"
#include "impact/signals.h"
#include "impact_case.h"

#include <math.h>

static void start(struct ko_case *c)
{
    build_case(c, 60);
    make_chain(c, "a", 20);
    make_chain_end(c, 50);
}

static void run(struct ko_case *c)
{
    struct ko_window w;
    assert_true(ko_window_find(c, &w));
    assert_int_equal(ko_signals_run(c, &w), KO_OK);
}

static void fill(double *v, int from, int to, double x)
{
    for (int i = from; i < to; i++)
        v[i] = x;
}

static void words_are_alternatives_of_all_parts(void **state)
{
    (void)state;
    assert_true(ko_words_in("auth+fail|login", KO_STR("Authentication FAILED")));
    assert_true(ko_words_in("auth+fail|login", KO_STR("bad login")));
    assert_false(ko_words_in("auth+fail|login", KO_STR("authenticated")));
    assert_false(ko_words_in("auth", KO_STR("")));
}

static void abandonment_is_a_share_of_the_offered(void **state)
{
    (void)state;
    struct ko_case c;
    start(&c);
    (void)build_series(&c, "billing", "offered", KO_CLASS_CUSTOMER, 10);
    fill(build_series(&c, "billing", "abandoned", KO_CLASS_CUSTOMER, 0), 20, 50, 9);
    run(&c);
    const struct ko_impact *m = find_impact(&c, "abandonment", "service", "billing");
    assert_non_null(m);
    assert_true(m->before == 0);
    assert_true(fabs(m->during - 0.9) < 1e-9);
    assert_str(m->text, "billing: abandonment 90%, 270 of 300 (was 0%)");
    assert_null(find_unknown(&c, "abandonment"));
    ko_case_release(&c);
}

static void several_queues_are_told_together_and_apart(void **state)
{
    (void)state;
    struct ko_case c;
    start(&c);
    (void)build_series(&c, "billing", "offered", KO_CLASS_CUSTOMER, 10);
    fill(build_series(&c, "billing", "abandoned", KO_CLASS_CUSTOMER, 0), 20, 50, 8);
    (void)build_series(&c, "moves", "offered", KO_CLASS_CUSTOMER, 10);
    (void)build_series(&c, "moves", "abandoned", KO_CLASS_CUSTOMER, 0);
    run(&c);
    assert_true(fabs(find_impact(&c, "abandonment", "", "")->during - 0.4) < 1e-9);
    assert_non_null(find_impact(&c, "abandonment", "service", "moves"));
    ko_case_release(&c);
}

static void wait_is_weighted_by_contacts(void **state)
{
    (void)state;
    struct ko_case c;
    start(&c);
    double *offered = build_series(&c, "billing", "offered", KO_CLASS_CUSTOMER, 0);
    double *wait = build_series(&c, "billing", "wait_mean", KO_CLASS_QUEUE, NAN);
    offered[5] = 1;
    wait[5] = 10;
    offered[30] = 9;
    wait[30] = 100;
    offered[40] = 1;
    wait[40] = 600;
    run(&c);
    const struct ko_impact *m = find_impact(&c, "queue wait", "service", "billing");
    assert_true(m->before == 10 && m->during == 150);
    ko_case_release(&c);
}

static void logs_stand_in_where_no_series_exists(void **state)
{
    (void)state;
    struct ko_case c;
    start(&c);
    (void)build_series(&c, "bot", "requests", KO_CLASS_LOAD, 10);
    fill(build_template(&c, "bot", "intent fallback: context missing", "warn"), 20, 50,
         6);
    build_template_seal(&c);
    run(&c);
    const struct ko_impact *m = find_impact(&c, "bot fallback", "service", "bot");
    assert_non_null(m);
    assert_true(fabs(m->during - 0.6) < 1e-9 && m->before == 0);
    ko_case_release(&c);
}

static void words_without_requests_are_a_rate(void **state)
{
    (void)state;
    struct ko_case c;
    start(&c);
    fill(build_template(&c, "acd", "handoff failed: no agent", "error"), 20, 50, 4);
    build_template_seal(&c);
    run(&c);
    const struct ko_impact *m = find_impact(&c, "failed hand-offs", "service", "acd");
    assert_non_null(m);
    assert_str(m->unit, "a minute");
    assert_true(m->during == 4);
    ko_case_release(&c);
}

static void healthy_exports_are_not_the_incident(void **state)
{
    (void)state;
    struct ko_case c;
    start(&c);
    fill(build_template(&c, "acd", "handoff failed", "error"), 0, 60, 4);
    build_template_seal(&c);
    c.templates.v[0].normal = true;
    run(&c);
    assert_null(find_impact(&c, "failed hand-offs", "service", "acd"));
    ko_case_release(&c);
}

static void look_up_latency_takes_the_series_that_rose_most(void **state)
{
    (void)state;
    struct ko_case c;
    start(&c);
    (void)build_series(&c, "crm-api", "latency_mean", KO_CLASS_LATENCY, 0.2);
    fill(build_series(&c, "crm-api", "latency_p95", KO_CLASS_LATENCY, 0.4), 20, 50, 4);
    run(&c);
    const struct ko_impact *m =
        find_impact(&c, "record look-up latency", "service", "crm-api");
    assert_true(fabs(m->during - 4) < 1e-9);
    ko_case_release(&c);
}

static void what_no_export_carries_is_unknown(void **state)
{
    (void)state;
    struct ko_case c;
    start(&c);
    run(&c);
    assert_int_equal(c.impacts.n, 0);
    const struct ko_unknown *u = find_unknown(&c, "abandonment");
    assert_non_null(u);
    assert_true(u->needs.n > 0);
    assert_non_null(find_unknown(&c, "agent search time"));
    ko_case_release(&c);
}

static void repeat_contact_is_not_ripe_in_an_hour(void **state)
{
    (void)state;
    struct ko_case c;
    start(&c);
    run(&c);
    const struct ko_unknown *u = find_unknown(&c, "repeat contact in 24-48 h");
    assert_non_null(u);
    assert_str(u->what, "repeat contact in 24-48 h: data ends 10 min after the incident");
    ko_case_release(&c);
}

static void a_service_counts_by_its_requests(void **state)
{
    (void)state;
    struct ko_case c;
    start(&c);
    double *requests = build_series(&c, "crm-api", "requests", KO_CLASS_LOAD, 1);
    double *latency = build_series(&c, "crm-api", "latency_mean", KO_CLASS_LATENCY, 1);
    fill(latency, 20, 50, 2);
    requests[30] = 71; /* of 100 in the incident */
    latency[30] = 12;
    fill(build_series(&c, "crm-db", "latency_mean", KO_CLASS_LATENCY, 1), 20, 50, 90);
    c.entities.v[build_entity(&c, "crm-db")].kind = KO_KIND_DATASTORE;
    run(&c);
    const struct ko_impact *m =
        find_impact(&c, "record look-up latency", "service", "crm-api");
    assert_non_null(m);
    assert_true(m->before == 1 && fabs(m->during - 9.1) < 1e-9 && m->after == 1);
    ko_case_release(&c);
}

static void failures_of_the_identity_service_are_failed_authentications(void **state)
{
    (void)state;
    struct ko_case c;
    start(&c);
    (void)build_series(&c, "sso", "requests", KO_CLASS_LOAD, 10);
    fill(build_series(&c, "sso", "errors", KO_CLASS_ERROR, 0), 20, 55, 5);
    run(&c);
    const struct ko_impact *m =
        find_impact(&c, "authentication failure", "service", "sso");
    assert_non_null(m);
    assert_true(m->before == 0 && m->during == 0.5 && m->after == 0.25);
    ko_case_release(&c);
}

static void a_log_of_good_hand_overs_alone_tells_that_none_failed(void **state)
{
    (void)state;
    struct ko_case c;
    start(&c);
    fill(build_template(&c, "bot", "handed over with transcript", "info"), 0, 60, 4);
    run(&c);
    const struct ko_impact *m = find_impact(&c, "failed hand-offs", "service", "bot");
    assert_non_null(m);
    assert_true(m->before == 0 && m->during == 0);
    ko_case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_alternatives_of_all_parts),
        cmocka_unit_test(abandonment_is_a_share_of_the_offered),
        cmocka_unit_test(several_queues_are_told_together_and_apart),
        cmocka_unit_test(wait_is_weighted_by_contacts),
        cmocka_unit_test(logs_stand_in_where_no_series_exists),
        cmocka_unit_test(words_without_requests_are_a_rate),
        cmocka_unit_test(healthy_exports_are_not_the_incident),
        cmocka_unit_test(look_up_latency_takes_the_series_that_rose_most),
        cmocka_unit_test(what_no_export_carries_is_unknown),
        cmocka_unit_test(repeat_contact_is_not_ripe_in_an_hour),
        cmocka_unit_test(a_service_counts_by_its_requests),
        cmocka_unit_test(failures_of_the_identity_service_are_failed_authentications),
        cmocka_unit_test(a_log_of_good_hand_overs_alone_tells_that_none_failed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
