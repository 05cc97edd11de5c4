/* test_change.c: which change is blamed, and which only happened to be near. */
#include "blame/blame.h"

#include "case_builder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { N = 240, ONSET = 200 };

/* cart's cpu goes up at ONSET, with a new error that names the session table. */
static void make(struct ko_case *c)
{
    struct build_rng rng = {3};
    build_case(c, N);
    c->head.at = ko_case_time(c, ONSET);
    for (int k = 0; k < 2; k++) {
        double *v =
            build_series(c, k == 0 ? "cart" : "mail", "cpu", KO_CLASS_RESOURCE, 0);
        for (size_t i = 0; i < N; i++)
            v[i] = 10 + build_normal(&rng) + (k == 0 && i >= ONSET ? 50 : 0);
    }
    double *lines = build_template(c, "cart", "sessions table is missing", "error");
    for (size_t i = ONSET; i < N; i++)
        lines[i] = 20;
    build_template_seal(c);
}

static void change(struct ko_case *c, const char *entity, const char *kind,
                   const char *id, int64_t bucket, const char *summary)
{
    uint32_t e = entity != NULL ? build_entity(c, entity) : KO_NO_ENTITY;
    struct ko_change *x = ko_case_add(c, "change");
    assert_non_null(x);
    x->entity = e;
    x->time = ko_case_time(c, bucket);
    x->kind = ko_str(kind);
    x->id = ko_str(id);
    x->summary = ko_str(summary);
}

static void blame(struct ko_case *c)
{
    assert_int_equal(ko_blame_run(c, NULL, NULL), KO_OK);
    assert_string_equal(ko_case_name(c, c->suspects.v[0].entity).p, "cart");
}

#define VERDICT(c, i, text) assert_true(ko_str_eq((c).changes.v[i].verdict, KO_STR(text)))

static void deploy_of_the_origin_just_before_is_the_suspect(void **state)
{
    struct ko_case c;
    (void)state;
    make(&c);
    change(&c, "cart", "deploy", "v2", ONSET - 3, "v2");
    change(&c, "mail", "deploy", "v7", ONSET - 2, "v7");
    change(&c, "cart", "deploy", "v3", ONSET + 9, "v3");
    change(&c, "cart", "deploy", "v1", ONSET - 180, "v1");
    blame(&c);
    VERDICT(c, 0, "suspect");
    VERDICT(c, 1, "coincident");
    VERDICT(c, 2, "later");
    VERDICT(c, 3, "too early");
    for (size_t i = 0; i < c.changes.n; i++)
        assert_true(c.changes.v[i].why.n > 0);
    ko_case_release(&c);
}

static void change_that_happens_all_the_time_proves_nothing(void **state)
{
    struct ko_case c;
    (void)state;
    make(&c);
    for (int64_t b = 0; b < ONSET; b += 10)
        change(&c, "cart", "deploy", "", b, "again");
    blame(&c);
    for (size_t i = 0; i < c.changes.n; i++)
        assert_false(ko_str_eq(c.changes.v[i].verdict, KO_STR("suspect")));
    ko_case_release(&c);
}

static void of_two_deploys_the_one_that_names_what_failed_is_blamed(void **state)
{
    struct ko_case c;
    (void)state;
    make(&c);
    change(&c, "cart", "deploy", "aaaaaaa1", ONSET - 5, "release 1");
    change(&c, "cart", "deploy", "bbbbbbb2", ONSET - 2, "release 2");
    change(&c, NULL, "commit", "aaaaaaa1", ONSET - 9, "move sessions to a new table");
    change(&c, NULL, "commit", "bbbbbbb2", ONSET - 8, "restyle the button");
    blame(&c);
    VERDICT(c, 0, "suspect");
    VERDICT(c, 1, "coincident");
    VERDICT(c, 2, "shipped");
    ko_case_release(&c);
}

static void nothing_changed_blames_nothing(void **state)
{
    struct ko_case c;
    (void)state;
    make(&c);
    change(&c, "mail", "flag", "f", ONSET - 1, "banner on");
    blame(&c);
    VERDICT(c, 0, "coincident");
    ko_case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deploy_of_the_origin_just_before_is_the_suspect),
        cmocka_unit_test(change_that_happens_all_the_time_proves_nothing),
        cmocka_unit_test(of_two_deploys_the_one_that_names_what_failed_is_blamed),
        cmocka_unit_test(nothing_changed_blames_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
