/* test_carry.c: how much of what a caller suffers each callee hands up. */
#include "spread/carry.h"

#include "case_builder.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { BUCKETS = 60, ONSET = 40 };

/* 100 calls a minute, of which ${failed} fail after the onset. */
static void call(struct ko_case *c, const char *callee, double slow, double failed)
{
    double *calls =
        build_caller_series(c, callee, "shop", "requests", KO_CLASS_LOAD, 100);
    double *errors = build_caller_series(c, callee, "shop", "errors", KO_CLASS_ERROR, 1);
    double *latency =
        build_caller_series(c, callee, "shop", "latency_mean", KO_CLASS_LATENCY, 0.1);
    for (size_t i = ONSET; i < BUCKETS; i++) {
        calls[i] = 100;
        latency[i] = slow;
        errors[i] = failed;
    }
}

static void complain(struct ko_case *c, const char *text, double many)
{
    double *v = build_template(c, "shop", text, "error");
    for (size_t i = ONSET; i < BUCKETS; i++)
        v[i] = many;
}

static ko_felts weighed(struct ko_case *c, struct ko_arena *scratch)
{
    ko_felts felts = {0};
    ko_troubles troubles = {0};
    struct ko_trouble *t;
    KO_LIST_ADD(scratch, &troubles, t);
    assert_non_null(t);
    *t = (struct ko_trouble){.entity = build_entity(c, "shop"),
                             .time = ko_case_time(c, ONSET)};
    assert_int_equal(ko_felt_find(c, scratch, &felts), KO_OK);
    assert_int_equal(ko_carry_weigh(c, &troubles, scratch, &felts), KO_OK);
    return felts;
}

static double share_of(struct ko_case *c, const ko_felts *felts, const char *callee)
{
    const struct ko_felt *f =
        ko_felt_get(felts, build_entity(c, "shop"), build_entity(c, callee));
    assert_non_null(f);
    return f->share;
}

static void callee_that_takes_most_of_the_time_carries_it(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_arena scratch = {0};
    build_case(&c, BUCKETS);
    call(&c, "crm", 1.0, 1);
    call(&c, "login", 0.2, 1);
    ko_felts felts = weighed(&c, &scratch);
    assert_float_equal(share_of(&c, &felts, "crm"), 0.9, 1e-9);
    assert_true(share_of(&c, &felts, "login") < KO_CARRY_MIN);
    ko_arena_release(&scratch);
    ko_case_release(&c);
}

static void failures_carry_as_time_does(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_arena scratch = {0};
    build_case(&c, BUCKETS);
    call(&c, "crm", 1.0, 1);
    call(&c, "login", 0.1, 31);
    ko_felts felts = weighed(&c, &scratch);
    assert_float_equal(share_of(&c, &felts, "login"), 1, 1e-9);
    ko_arena_release(&scratch);
    ko_case_release(&c);
}

static void messages_tell_where_nothing_is_measured(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_arena scratch = {0};
    build_case(&c, BUCKETS);
    uint32_t shop = build_entity(&c, "shop");
    build_entity(&c, "crm");
    build_entity(&c, "login");
    complain(&c, "call to crm failed", 36);
    complain(&c, "call to login failed", 4);
    build_template_seal(&c);
    for (size_t i = 0; i < c.templates.n; i++) {
        struct ko_onset *o = ko_case_add(&c, "onset");
        assert_non_null(o);
        *o = (struct ko_onset){.entity = shop,
                               .caller = KO_NO_ENTITY,
                               .signal = c.templates.v[i].text,
                               .kind = KO_STR("template"),
                               .cls = KO_CLASS_ERROR,
                               .score = 3,
                               .rise = true};
    }
    ko_felts felts = weighed(&c, &scratch);
    assert_float_equal(share_of(&c, &felts, "crm"), 0.9, 1e-9);
    ko_arena_release(&scratch);
    ko_case_release(&c);
}

static void nothing_carried_is_unknown(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_arena scratch = {0};
    build_case(&c, BUCKETS);
    call(&c, "crm", 0.1, 1);
    ko_felts felts = weighed(&c, &scratch);
    assert_true(isnan(share_of(&c, &felts, "crm")));
    ko_arena_release(&scratch);
    ko_case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(callee_that_takes_most_of_the_time_carries_it),
        cmocka_unit_test(failures_carry_as_time_does),
        cmocka_unit_test(messages_tell_where_nothing_is_measured),
        cmocka_unit_test(nothing_carried_is_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
