/* test_owners.c: owners, the response, journeys and single points of failure. */
#include "unit.h"

#include "impact/journeys.h"
#include "impact/owners.h"
#include "impact_case.h"

static void spellings_of_a_team_are_one(void **state)
{
    (void)state;
    assert_true(ko_owner_same(KO_STR("team-crm"), KO_STR("CRM team")));
    assert_true(ko_owner_same(KO_STR("@acme/team-crm"), KO_STR("acme crm")));
    assert_true(ko_owner_same(KO_STR("crm"), KO_STR("CRM")));
    assert_false(ko_owner_same(KO_STR("team-crm"), KO_STR("team-crm-desk")));
    assert_false(ko_owner_same(KO_STR("crm"), KO_STR("telephony")));
    assert_false(ko_owner_same(KO_STR(""), KO_STR("crm")));
}

static void the_entity_names_its_owner_before_the_journey(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_ownership o;
    build_case(&c, 60);
    make_step(&c, "pay", "check", "identity", "");
    uint32_t id = build_entity(&c, "identity");
    assert_false(ko_owner_of(&c, id, &o));
    c.journeys.v[0].steps.v[0].owner = KO_STR("digital");
    assert_true(ko_owner_of(&c, id, &o));
    assert_str(o.owner, "digital");
    c.entities.v[id].owner = KO_STR("team-identity");
    assert_true(ko_owner_of(&c, id, &o));
    assert_str(o.owner, "team-identity");
    assert_false(ko_owner_of(&c, KO_NO_ENTITY, &o));
    ko_case_release(&c);
}

static void times_count_from_the_onset_and_take_the_first_of_a_kind(void **state)
{
    (void)state;
    struct ko_case c;
    build_case(&c, 60);
    (void)make_milestone(&c, "opened", "queue", "ops", 17);
    (void)make_milestone(&c, "opened", "queue", "ops", 11);
    (void)make_milestone(&c, "resolved", "", "", 43);
    assert_int_equal(ko_owners_run(&c, BUILD_FROM + 4 * KO_MINUTE), KO_OK);
    const struct ko_impact *m = find_impact(&c, "time-to-detect", "", "");
    assert_true(m->total == 7 * 60);
    assert_str(ko_case_find_evidence(&c, m->evidence)->rows.v[0], "pages.csv:2");
    assert_true(find_impact(&c, "time-to-restore", "", "")->total == 39 * 60);
    assert_null(find_impact(&c, "time-to-assign", "", ""));
    assert_non_null(find_unknown(&c, "time to assign"));
    ko_case_release(&c);
}

static void other_incidents_are_not_this_response(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_response r;
    build_case(&c, 60);
    make_milestone(&c, "opened", "queue", "ops", -60 * 24 * 40)->id = KO_STR("INC-1");
    make_milestone(&c, "opened", "queue", "ops", 11)->id = KO_STR("INC-2");
    make_milestone(&c, "resolved", "queue", "ops", 15)->id = KO_STR("INC-3");
    make_milestone(&c, "resolved", "queue", "ops", 60 * 6)->id = KO_STR("INC-2");
    assert_true(ko_response_find(&c, &r));
    assert_str(r.opened->id, "INC-2");
    assert_str(r.resolved->id, "INC-2");
    assert_null(r.assigned);
    ko_case_release(&c);
}

static void no_page_is_unknown(void **state)
{
    (void)state;
    struct ko_case c;
    build_case(&c, 60);
    assert_int_equal(ko_owners_run(&c, BUILD_FROM), KO_OK);
    assert_int_equal(c.impacts.n, 0);
    assert_non_null(find_unknown(&c, "time to detect"));
    ko_case_release(&c);
}

static void a_step_is_as_bad_as_its_worst_onset(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_step_view view;
    build_case(&c, 60);
    uint32_t id = build_entity(&c, "identity");
    ko_journey_view(&c, id, &view);
    assert_int_equal(view.state, KO_STEP_NO_DATA);
    (void)build_series(&c, "identity", "requests", KO_CLASS_LOAD, 1);
    ko_journey_view(&c, id, &view);
    assert_int_equal(view.state, KO_STEP_FINE);
    make_onset(&c, "identity", "latency_mean", KO_CLASS_LATENCY, 20, 0.1, 2, "s");
    make_onset(&c, "identity", "errors", KO_CLASS_ERROR, 25, 0, 5, "1");
    make_onset(&c, "identity", "errors_5xx", KO_CLASS_ERROR, 23, 0, 5, "1");
    ko_journey_view(&c, id, &view);
    assert_int_equal(view.state, KO_STEP_BROKEN);
    assert_str(view.onset->signal, "errors_5xx");
    ko_case_release(&c);
}

static void a_falling_latency_is_no_harm(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_step_view view;
    build_case(&c, 60);
    (void)build_series(&c, "a", "latency_mean", KO_CLASS_LATENCY, 1);
    make_onset(&c, "a", "latency_mean", KO_CLASS_LATENCY, 20, 2, 0.1, "s");
    c.onsets.v[0].rise = false;
    ko_journey_view(&c, build_entity(&c, "a"), &view);
    assert_int_equal(view.state, KO_STEP_FINE);
    ko_case_release(&c);
}

static void a_hurt_step_names_its_fallback(void **state)
{
    (void)state;
    struct ko_case c;
    build_case(&c, 60);
    make_onset(&c, "identity", "errors", KO_CLASS_ERROR, 20, 0, 5, "1");
    make_onset(&c, "crm", "latency_mean", KO_CLASS_LATENCY, 21, 0.1, 2, "s");
    make_step(&c, "pay", "check", "identity", "ask questions");
    make_step(&c, "pay", "look up", "crm", "");
    assert_int_equal(ko_journeys_run(&c), KO_OK);
    assert_str(find_impact(&c, "journey-step", "pay", "check")->text,
               "check: broken since 14:20:00; fallback: ask questions");
    assert_str(find_impact(&c, "journey-step", "pay", "look up")->text,
               "look up: slow since 14:21:00; no fallback declared");
    ko_case_release(&c);
}

static void a_single_point_is_needed_twice_without_fallback(void **state)
{
    (void)state;
    struct ko_case c;
    build_case(&c, 60);
    make_onset(&c, "identity", "errors", KO_CLASS_ERROR, 20, 0, 5, "1");
    make_onset(&c, "crm", "errors", KO_CLASS_ERROR, 20, 0, 5, "1");
    make_step(&c, "pay", "check", "identity", "");
    make_step(&c, "move", "check", "identity", "");
    make_step(&c, "pay", "look up", "crm", "");
    make_step(&c, "move", "look up", "crm", "read-only copy");
    assert_int_equal(ko_journeys_run(&c), KO_OK);
    assert_non_null(find_impact(&c, "single-point-of-failure", "entity", "identity"));
    assert_null(find_impact(&c, "single-point-of-failure", "entity", "crm"));
    ko_case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_of_a_team_are_one),
        cmocka_unit_test(the_entity_names_its_owner_before_the_journey),
        cmocka_unit_test(times_count_from_the_onset_and_take_the_first_of_a_kind),
        cmocka_unit_test(other_incidents_are_not_this_response),
        cmocka_unit_test(no_page_is_unknown),
        cmocka_unit_test(a_step_is_as_bad_as_its_worst_onset),
        cmocka_unit_test(a_falling_latency_is_no_harm),
        cmocka_unit_test(a_hurt_step_names_its_fallback),
        cmocka_unit_test(a_single_point_is_needed_twice_without_fallback),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
