/* test_answer.c: the six answers of a whole story, and of cases that cannot answer. */
#include "unit.h"

#include "base/buf.h"
#include "case/stream.h"
#include "impact/answer.h"
#include "impact/impact.h"
#include "impact/notice.h"
#include "impact_case.h"

static void run(struct ko_case *c)
{
    struct ko_err err = {0};
    assert_int_equal(ko_impact_run(c, &err), KO_OK);
    assert_int_equal(ko_answer_run(c, &err), KO_OK);
    assert_int_equal(c->answers.n, 6);
}

static void the_story_is_told(void **state)
{
    (void)state;
    struct ko_case c;
    make_story(&c);
    run(&c);
    const struct ko_answer *a = find_answer(&c, "where");
    assert_str(a->text, "identity  14:20:00 +/-30 s");
    assert_str(a->verdict, "likely");
    assert_true(says(a, "its latency rose first [E1]"));
    assert_true(says(a, "runner-up portal  14:24:00 +/-30 s - against: it waits"));
    a = find_answer(&c, "spread");
    assert_str(a->text, "identity -> portal -> billing in 5 min");
    assert_true(says(a, "from identity: slow dependency (declared)"));
    a = find_answer(&c, "who");
    assert_true(says(a, "30 customers met a failure; 1200 customer-minutes of failure"));
    assert_true(says(a, "confined to region eu"));
    assert_true(says(a, "reached: queue billing"));
    assert_true(says(a, "billing: abandonment 25%, 100 of 400 (was 0%); queue wait "));
    assert_true(says(a, "journey pay: prove identity: slow since 14:20:00"));
    a = find_answer(&c, "changed");
    assert_str(a->text, "14:18:00 deploy v4.12.0 of identity, 2 min before the onset");
    assert_true(says(a, "14:10:00 flag wallet of payments: coincident, not on the path"));
    a = find_answer(&c, "worse");
    assert_true(says(a, "portal: 23% of its requests are retries (was 2.0%)"));
    assert_true(says(a, "callers wait for identity: latency_mean 2.6 s (was 100 ms)"));
    a = find_answer(&c, "owner");
    assert_str(a->text, "team-identity owns identity (map.json)");
    assert_true(says(a, "next: roll back deploy v4.12.0 of identity"));
    assert_true(says(a, "paged: contact-centre for billing 14:30:00, "
                        "team-identity 14:43:00"));
    assert_true(says(a, "fallback of prove identity: knowledge questions"));
    ko_case_release(&c);
}

static void every_cited_id_exists(void **state)
{
    (void)state;
    struct ko_case c;
    make_story(&c);
    run(&c);
    for (size_t i = 0; i < c.answers.n; i++) {
        for (size_t k = 0; k < c.answers.v[i].evidence.n; k++)
            assert_non_null(ko_case_find_evidence(&c, c.answers.v[i].evidence.v[k]));
    }
    for (size_t i = 0; i < c.impacts.n; i++) {
        struct ko_str id = c.impacts.v[i].evidence;
        assert_true(id.n == 0 || ko_case_find_evidence(&c, id) != NULL);
    }
    ko_case_release(&c);
}

static void an_empty_case_knows_nothing_and_says_so(void **state)
{
    (void)state;
    struct ko_case c;
    build_case(&c, 60);
    run(&c);
    for (size_t i = 0; i < c.answers.n; i++) {
        assert_true(ko_str_starts(c.answers.v[i].text, KO_STR("not known: ")));
        assert_str(c.answers.v[i].verdict, "not known");
    }
    assert_non_null(find_unknown(&c, "what changed"));
    assert_non_null(find_unknown(&c, "which part calls which"));
    ko_case_release(&c);
}

static void a_weak_first_suspect_is_not_an_origin(void **state)
{
    (void)state;
    struct ko_case c;
    build_case(&c, 60);
    make_onset(&c, "a", "cpu", KO_CLASS_RESOURCE, 20, 1, 2, "");
    (void)make_suspect(&c, "a", 20, "insufficient evidence");
    run(&c);
    const struct ko_answer *a = find_answer(&c, "where");
    assert_str(a->verdict, "insufficient evidence");
    assert_true(ko_str_starts(a->text, KO_STR("not known: nothing stands out")));
    assert_true(says(a, "nearest is a"));
    assert_str(find_answer(&c, "owner")->verdict, "not known");
    ko_case_release(&c);
}

static void an_origin_without_owner_is_told_and_asked_for(void **state)
{
    (void)state;
    struct ko_case c;
    make_story(&c);
    c.entities.v[build_entity(&c, "identity")].owner = KO_STR("");
    run(&c);
    assert_str(find_answer(&c, "owner")->text,
               "not known: no export names an owner of identity");
    assert_non_null(find_unknown(&c, "owner of identity"));
    assert_true(says(find_answer(&c, "owner"), "next: roll back"));
    ko_case_release(&c);
}

static void a_cascade_that_starts_elsewhere_is_said(void **state)
{
    (void)state;
    struct ko_case c;
    make_story(&c);
    c.suspects.v[0].entity = build_entity(&c, "crm");
    run(&c);
    const struct ko_answer *a = find_answer(&c, "spread");
    assert_str(a->verdict, "possible");
    assert_true(says(a, "it starts at identity, not at the first suspect crm"));
    ko_case_release(&c);
}

static void inferred_links_call_for_no_step(void **state)
{
    (void)state;
    struct ko_case c;
    make_story(&c);
    for (size_t i = 0; i < c.links.n; i++)
        c.links.v[i].structure = KO_STR("inferred");
    run(&c);
    assert_str(find_answer(&c, "spread")->verdict, "possible");
    assert_false(says(find_answer(&c, "owner"), "cut the time-out"));
    ko_case_release(&c);
}

static void changes_without_a_suspect_are_listed_nearest_first(void **state)
{
    (void)state;
    struct ko_case c;
    make_story(&c);
    c.changes.v[0].verdict = KO_STR("coincident");
    run(&c);
    const struct ko_answer *a = find_answer(&c, "changed");
    assert_str(a->text, "none of 2 changes fits the onset and its place");
    assert_str(a->verdict, "not known");
    assert_true(ko_str_starts(a->more.v[0], KO_STR("14:18:00 deploy v4.12.0")));
    ko_case_release(&c);
}

static void a_rolled_back_change_is_not_rolled_back_again(void **state)
{
    (void)state;
    struct ko_case c;
    make_story(&c);
    (void)make_change(&c, "identity", "rollback", "v4.11.3", 48);
    make_chain_end(&c, 50);
    run(&c);
    const struct ko_answer *a = find_answer(&c, "owner");
    assert_true(says(a, "deploy v4.12.0 of identity was rolled back at 14:48:00, back to "
                        "normal at 14:50:00"));
    assert_false(says(a, "next: roll back"));
    ko_case_release(&c);
}

static void a_hash_is_not_what_people_call_a_change(void **state)
{
    (void)state;
    struct ko_case c;
    make_story(&c);
    c.changes.v[0].id = KO_STR("0000000000000000000000000000000000000abd");
    c.changes.v[0].summary = KO_STR("v4.12.0");
    struct ko_change *x = make_change(&c, "identity", "deploy",
                                      "0000000000000000000000000000000000000abc", 48);
    x->summary = KO_STR("back to what it was");
    make_chain_end(&c, 50);
    run(&c);
    assert_true(says(find_answer(&c, "changed"), "14:18:00 deploy v4.12.0 of identity"));
    assert_true(says(find_answer(&c, "owner"),
                     "deploy v4.12.0 of identity was followed by deploy 00000000 of "
                     "identity at 14:48:00, back to normal at 14:50:00"));
    ko_case_release(&c);
}

static void quiet_retries_are_no_amplifier(void **state)
{
    (void)state;
    struct ko_case c;
    build_case(&c, 60);
    make_chain(&c, "api", 20);
    (void)build_series(&c, "api", "requests", KO_CLASS_LOAD, 100);
    (void)build_series(&c, "api", "retries", KO_CLASS_RETRY, 2);
    run(&c);
    assert_str(find_answer(&c, "worse")->text,
               "no amplifier seen: retries of api are 2.0% of its requests (was 2.0%)");
    ko_case_release(&c);
}

static void retries_outside_the_cascade_are_not_blamed(void **state)
{
    (void)state;
    struct ko_case c;
    build_case(&c, 60);
    make_chain(&c, "api", 20);
    make_onset(&c, "payments", "retries", KO_CLASS_RETRY, 30, 0, 9, "1");
    run(&c);
    assert_false(says(find_answer(&c, "worse"), "payments"));
    ko_case_release(&c);
}

static void failed_requests_stand_in_for_uncounted_customers(void **state)
{
    (void)state;
    struct ko_case c;
    build_case(&c, 60);
    make_chain(&c, "api", 20);
    (void)build_series(&c, "api", "requests", KO_CLASS_LOAD, 100);
    double *errors = build_series(&c, "api", "errors", KO_CLASS_ERROR, 1);
    for (int i = 20; i < 60; i++)
        errors[i] = 25;
    run(&c);
    const struct ko_answer *a = find_answer(&c, "who");
    assert_str(a->text, "customers not counted; failed requests 25%, 1000 of 4000 "
                        "(was 1.0%)");
    assert_str(a->verdict, "possible");
    ko_case_release(&c);
}

static void retries_that_lead_back_are_an_amplifier(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_evidence *e;
    make_story(&c);
    uint32_t portal = build_entity(&c, "portal"), identity = build_entity(&c, "identity");
    assert_int_equal(ko_case_add_evidence(&c, KO_STAGE_CORRELATE, &e), KO_OK);
    e->entity = identity;
    e->caller = portal;
    e->before = 1;
    e->after = 2.5;
    struct ko_str id = e->id;
    struct ko_link *l = ko_case_add(&c, "link");
    assert_non_null(l);
    l->from = portal;
    l->to = identity;
    l->mechanism = KO_STR("retry-amplification");
    l->alternative = true;
    assert_int_equal(ko_case_add_str(&c, &l->evidence, id), KO_OK);
    run(&c);
    assert_true(says(find_answer(&c, "worse"),
                     "portal calls identity 2.5 times a request (was 1)"));
    assert_true(says(find_answer(&c, "owner"), "limit the retries of portal"));
    ko_case_release(&c);
}

static void running_twice_gives_the_same_bytes(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_buf first, second;
    ko_buf_init(&first, KO_BUF_MAX);
    ko_buf_init(&second, KO_BUF_MAX);
    make_story(&c);
    run(&c);
    ko_stream_write(&c, &first);
    c.impacts.n = c.answers.n = 0;
    size_t kept = 0;
    while (kept < c.evidence.n && c.evidence.v[kept].by != KO_STAGE_BLAME)
        kept++;
    c.evidence.n = kept;
    c.unknowns.n = 0;
    run(&c);
    ko_stream_write(&c, &second);
    assert_slice(ko_buf_str(&first), ko_buf_str(&second));
    ko_buf_release(&first);
    ko_buf_release(&second);
    ko_case_release(&c);
}

static void customers_are_told_in_one_sentence_without_our_names(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_buf b;
    make_story(&c);
    assert_int_equal(ko_answer_run(&c, NULL), KO_OK);
    ko_buf_init(&b, 4096);
    assert_true(ko_notice_say(&b, &c));
    struct ko_str text = ko_buf_str(&b);
    size_t at;
    assert_true(ko_str_starts(text, KO_STR("From 14:")) ||
                ko_str_starts(text, KO_STR("Since 14:")));
    assert_true(ko_str_find(text, KO_STR(" UTC pay "), &at));
    assert_false(ko_str_find(text, KO_STR("identity"), &at));
    assert_true(says(find_answer(&c, "owner"), "tell customers: \""));
    ko_buf_release(&b);
    ko_case_release(&c);
}

static void without_a_hurt_journey_customers_are_told_nothing(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_buf b;
    build_case(&c, 60);
    make_chain(&c, "a", 20);
    make_step(&c, "pay", "open", "web", "");
    ko_buf_init(&b, 4096);
    assert_false(ko_notice_say(&b, &c));
    assert_int_equal(ko_buf_str(&b).n, 0);
    ko_buf_release(&b);
    ko_case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_story_is_told),
        cmocka_unit_test(every_cited_id_exists),
        cmocka_unit_test(an_empty_case_knows_nothing_and_says_so),
        cmocka_unit_test(a_weak_first_suspect_is_not_an_origin),
        cmocka_unit_test(an_origin_without_owner_is_told_and_asked_for),
        cmocka_unit_test(a_cascade_that_starts_elsewhere_is_said),
        cmocka_unit_test(inferred_links_call_for_no_step),
        cmocka_unit_test(changes_without_a_suspect_are_listed_nearest_first),
        cmocka_unit_test(a_rolled_back_change_is_not_rolled_back_again),
        cmocka_unit_test(a_hash_is_not_what_people_call_a_change),
        cmocka_unit_test(quiet_retries_are_no_amplifier),
        cmocka_unit_test(retries_outside_the_cascade_are_not_blamed),
        cmocka_unit_test(failed_requests_stand_in_for_uncounted_customers),
        cmocka_unit_test(retries_that_lead_back_are_an_amplifier),
        cmocka_unit_test(running_twice_gives_the_same_bytes),
        cmocka_unit_test(customers_are_told_in_one_sentence_without_our_names),
        cmocka_unit_test(without_a_hurt_journey_customers_are_told_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
