/* test_sign.c: which onset dates a trouble. */
#include "spread/sign.h"

#include "case_builder.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { SIGNS_MAX = 8 };

struct fixture {
    struct ko_case c;
    struct ko_sign v[SIGNS_MAX];
    size_t n;
};

static struct ko_onset *add(struct fixture *f, enum ko_class cls, double score,
                            int64_t at)
{
    struct ko_onset *o = ko_case_add(&f->c, "onset");
    assert_non_null(o);
    assert_true(f->n < SIGNS_MAX);
    o->kind = KO_STR("signal");
    o->cls = (int)cls;
    o->score = score;
    o->rise = true;
    o->time = o->lo = ko_case_time(&f->c, at);
    o->hi = ko_case_time(&f->c, at + 1);
    f->v[f->n] = (struct ko_sign){.time = o->time, .at = f->n};
    f->n++;
    return o;
}

static void begin(struct fixture *f)
{
    *f = (struct fixture){.n = 0};
    build_case(&f->c, 60);
}

static void mild_sign_before_the_fault_does_not_date_it(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    add(&f, KO_CLASS_RESOURCE, 3, 30);
    add(&f, KO_CLASS_LATENCY, 9, 34);
    add(&f, KO_CLASS_ERROR, 9, 34);
    add(&f, KO_CLASS_RETRY, 9, 35);
    assert_int_equal(ko_sign_begin(&f.c, f.v, f.n), 1);
    ko_case_release(&f.c);
}

static void first_half_of_the_signs_dates_it(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    add(&f, KO_CLASS_RESOURCE, 9, 30);
    add(&f, KO_CLASS_LATENCY, 9, 34);
    add(&f, KO_CLASS_ERROR, 2, 34);
    assert_int_equal(ko_sign_begin(&f.c, f.v, f.n), 0);
    ko_case_release(&f.c);
}

static void silence_dates_it_however_loud_the_return_is(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    add(&f, KO_CLASS_HEALTH, 2, 30)->kind = KO_STR("silence");
    add(&f, KO_CLASS_LATENCY, 9, 40);
    add(&f, KO_CLASS_ERROR, 9, 40);
    add(&f, KO_CLASS_QUEUE, 9, 40);
    assert_int_equal(ko_sign_begin(&f.c, f.v, f.n), 0);
    ko_case_release(&f.c);
}

static void record_dates_it_only_within_what_the_others_allow(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    add(&f, KO_CLASS_LATENCY, 9, 30)->hi += ko_case_time(&f.c, 2) - ko_case_time(&f.c, 0);
    add(&f, KO_CLASS_ERROR, 9, 30);
    struct ko_onset *late = add(&f, KO_CLASS_RETRY, 9, 31);
    late->time = late->lo = late->hi = late->lo + KO_SECOND;
    f.v[2].time = late->time;
    assert_int_equal(ko_sign_begin(&f.c, f.v, f.n), 1);

    struct ko_onset *soon = add(&f, KO_CLASS_RETRY, 9, 30);
    soon->time = soon->lo = soon->hi = soon->lo + KO_SECOND;
    f.v[3].time = soon->time;
    assert_int_equal(ko_sign_begin(&f.c, f.v, f.n), 3);
    ko_case_release(&f.c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mild_sign_before_the_fault_does_not_date_it),
        cmocka_unit_test(first_half_of_the_signs_dates_it),
        cmocka_unit_test(silence_dates_it_however_loud_the_return_is),
        cmocka_unit_test(record_dates_it_only_within_what_the_others_allow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
