/* test_felt.c: names in texts, what callers noticed, and parents beside the first. */
#include "spread/felt.h"

#include "spread/joint.h"
#include "spread/names.h"

#include "case_builder.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static size_t find(const char *text, uint32_t found[KO_NAMES_MAX])
{
    struct ko_case c;
    struct ko_arena scratch = {0};
    struct ko_names names;
    build_case(&c, 10);
    (void)build_entity(&c, "crm");
    (void)build_entity(&c, "crm-db");
    (void)build_entity(&c, "Voice Bot");
    assert_int_equal(ko_names_init(&c, &scratch, &names), KO_OK);
    size_t n = ko_names_find(&names, ko_str(text), found);
    ko_names_release(&names);
    ko_arena_release(&scratch);
    ko_case_release(&c);
    return n;
}

static void a_name_is_a_whole_word_in_any_case(void **state)
{
    (void)state;
    uint32_t v[KO_NAMES_MAX];
    assert_int_equal(find("call to CRM-DB timed out", v), 1);
    assert_int_equal(v[0], 1);
    assert_int_equal(find("crm_old and scrm", v), 0);
    assert_int_equal(find("crm, then crm-db, then crm", v), 2);
    assert_int_equal(v[0], 0);
    assert_int_equal(find("the voice bot of crm", v), 2);
    assert_int_equal(v[1], 2);
    assert_int_equal(find("", v), 0);
}

static void add_onset(struct ko_case *c, const char *who, const char *caller,
                      const char *signal, enum ko_class cls)
{
    struct ko_onset *o = ko_case_add(c, "onset");
    assert_non_null(o);
    o->entity = build_entity(c, who);
    o->caller = caller != NULL ? build_entity(c, caller) : KO_NO_ENTITY;
    o->kind = caller != NULL ? KO_STR("signal") : KO_STR("template");
    o->signal = ko_str(signal);
    o->cls = (int)cls;
    o->rise = true;
    o->score = 3;
}

static void callers_notice_by_their_numbers_and_by_what_they_say(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_arena scratch = {0};
    ko_felts felts = {0};
    build_case(&c, 10);
    uint32_t web = build_entity(&c, "web");
    uint32_t crm = build_entity(&c, "crm");
    uint32_t auth = build_entity(&c, "auth");
    (void)build_caller_series(&c, "crm", "web", "latency_p95", KO_CLASS_LATENCY, 0.1);
    (void)build_caller_series(&c, "auth", "web", "latency_p95", KO_CLASS_LATENCY, 0.1);
    add_onset(&c, "crm", "web", "latency_p95", KO_CLASS_LATENCY);
    add_onset(&c, "auth", NULL, "call to crm timed out", KO_CLASS_ERROR);
    add_onset(&c, "auth", NULL, "hello crm", KO_CLASS_OTHER);
    assert_int_equal(ko_felt_find(&c, &scratch, &felts), KO_OK);
    assert_int_equal(felts.n, 3);
    const struct ko_felt *slow = ko_felt_get(&felts, web, crm);
    const struct ko_felt *fine = ko_felt_get(&felts, web, auth);
    const struct ko_felt *said = ko_felt_get(&felts, auth, crm);
    assert_true(slow != NULL && slow->numbers == 0 && slow->score == 3);
    assert_true(fine != NULL && fine->measured && fine->score == 0);
    assert_true(said != NULL && said->complaint == 1);
    assert_null(ko_felt_get(&felts, crm, web));
    ko_arena_release(&scratch);
    ko_case_release(&c);
}

/* Calls 0 -> 1, 0 -> 2, 1 -> 2, all felt: trouble 0 has two parents, but the way back
 * from 0 to 2 would be a circle. */
static void several_callees_are_parents_but_never_in_a_circle(void **state)
{
    (void)state;
    struct ko_felt felt = {.score = 2, .share = NAN};
    struct ko_relation known = {.kind = KO_RELATION_OBSERVED, .felt = &felt};
    struct ko_path v[] = {{1, 0, &known, KO_WAY_UP, 0.9},
                          {2, 0, &known, KO_WAY_UP, 0.5},
                          {2, 1, &known, KO_WAY_UP, 0.8},
                          {0, 2, &known, KO_WAY_UP, 0.4}};
    ko_paths paths = {v, 4, 4};
    struct ko_arena scratch = {0};
    bool joint[4];
    size_t chosen[] = {0, 2, KO_NO_PATH};
    assert_int_equal(ko_joint_find(3, &paths, chosen, &scratch, joint), KO_OK);
    assert_true(!joint[0] && joint[1] && !joint[2] && !joint[3]);
    felt.score = 0;
    assert_int_equal(ko_joint_find(3, &paths, chosen, &scratch, joint), KO_OK);
    assert_false(joint[1]);
    ko_arena_release(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_a_whole_word_in_any_case),
        cmocka_unit_test(callers_notice_by_their_numbers_and_by_what_they_say),
        cmocka_unit_test(several_callees_are_parents_but_never_in_a_circle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
