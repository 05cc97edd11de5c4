#include "unit.h"

#include "case/case.h"

#include <math.h>

static void new_records_say_nothing_yet(void **state)
{
    (void)state;
    struct ko_case c;
    ko_case_init(&c);
    struct ko_onset *o = ko_case_add(&c, "onset");
    assert_non_null(o);
    assert_true(isnan(o->score));
    assert_true(o->time == KO_TIME_NONE);
    assert_int_equal(o->entity, KO_NO_ENTITY);
    assert_int_equal(c.onsets.n, 1);
    ko_case_release(&c);
}

static void an_entity_has_one_index(void **state)
{
    (void)state;
    struct ko_case c;
    ko_case_init(&c);
    uint32_t a, b, again;
    assert_int_equal(ko_case_entity(&c, KO_STR("crm"), &a), KO_OK);
    assert_int_equal(ko_case_entity(&c, KO_STR("bot"), &b), KO_OK);
    assert_int_equal(ko_case_entity(&c, KO_STR("crm"), &again), KO_OK);
    assert_int_equal(a, again);
    assert_int_not_equal(a, b);
    assert_str(ko_case_name(&c, b), "bot");
    assert_str(ko_case_name(&c, KO_NO_ENTITY), "");
    ko_case_release(&c);
}

static void times_before_the_window_have_negative_buckets(void **state)
{
    (void)state;
    struct ko_case c;
    ko_case_init(&c);
    c.head.from = 100 * KO_SECOND;
    c.head.step = 10 * KO_SECOND;
    assert_int_equal(ko_case_bucket(&c, 100 * KO_SECOND), 0);
    assert_int_equal(ko_case_bucket(&c, 109 * KO_SECOND), 0);
    assert_int_equal(ko_case_bucket(&c, 99 * KO_SECOND), -1);
    assert_int_equal(ko_case_bucket(&c, 90 * KO_SECOND), -1);
    assert_int_equal(ko_case_bucket(&c, 89 * KO_SECOND), -2);
    assert_true(ko_case_time(&c, -1) == 90 * KO_SECOND);
    ko_case_release(&c);
}

static void dropping_a_stage_keeps_what_others_wrote(void **state)
{
    (void)state;
    struct ko_case c;
    ko_case_init(&c);
    struct ko_evidence *e;
    assert_int_equal(ko_case_add_evidence(&c, KO_STAGE_CORRELATE, &e), KO_OK);
    assert_int_equal(ko_case_add_evidence(&c, KO_STAGE_BLAME, &e), KO_OK);
    assert_str(e->id, "E2");
    assert_non_null(ko_case_add(&c, "suspect"));
    assert_non_null(ko_case_add(&c, "onset"));
    struct ko_change *change = ko_case_add(&c, "change");
    assert_non_null(change);
    change->verdict = KO_STR("suspect");
    ko_case_drop_stage(&c, KO_STAGE_BLAME);
    assert_int_equal(c.suspects.n, 0);
    assert_int_equal(c.onsets.n, 1);
    assert_int_equal(c.evidence.n, 1);
    assert_int_equal(c.changes.n, 1);
    assert_int_equal(c.changes.v[0].verdict.n, 0);
    assert_int_equal(ko_case_add_evidence(&c, KO_STAGE_BLAME, &e), KO_OK);
    assert_str(e->id, "E2");
    assert_non_null(ko_case_find_evidence(&c, KO_STR("E1")));
    assert_null(ko_case_find_evidence(&c, KO_STR("E9")));
    ko_case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_records_say_nothing_yet),
        cmocka_unit_test(an_entity_has_one_index),
        cmocka_unit_test(times_before_the_window_have_negative_buckets),
        cmocka_unit_test(dropping_a_stage_keeps_what_others_wrote),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
