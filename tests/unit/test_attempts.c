/* test_attempts.c: calls that nobody counts, by what their caller says of them. */
#include "spread/attempts.h"

#include "case_builder.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { BUCKETS = 60, ONSET = 40 };

/* From the onset on ${first} calls a minute fail, and ${again} repeated ones. */
static double growth(double first, double again, double usual)
{
    struct ko_case c;
    struct ko_arena scratch = {0};
    build_case(&c, BUCKETS);
    build_series(&c, "shop", "requests", KO_CLASS_LOAD, 100);
    build_entity(&c, "crm");
    double *once = build_template(&c, "shop", "call to crm failed", "error");
    double *twice = build_template(&c, "shop", "retry call to crm failed", "error");
    for (size_t i = ONSET; i < BUCKETS; i++) {
        once[i] = first;
        twice[i] = again;
    }
    build_template_seal(&c);
    struct ko_attempts_in in = {build_entity(&c, "shop"), build_entity(&c, "crm"), ONSET,
                                &c.series.v[0], usual};
    double factor = 0;
    assert_int_equal(ko_attempts_growth(&c, &in, &scratch, &factor), KO_OK);
    ko_arena_release(&scratch);
    ko_case_release(&c);
    return factor;
}

static void half_of_the_calls_failing_twice_makes_half_as_many_more(void **state)
{
    (void)state;
    assert_float_equal(growth(40, 20, 0.8), 1.5, 1e-9);
}

static void third_attempts_count_where_repetitions_outnumber_the_first(void **state)
{
    (void)state;
    assert_float_equal(growth(72, 72 * (0.9 + 0.81), 0.8), 2.71, 1e-9);
}

static void repetitions_of_calls_that_became_rare_are_no_amplifier(void **state)
{
    (void)state;
    assert_true(isnan(growth(20, 18, 0.8)));
}

static void without_failures_nothing_grows(void **state)
{
    (void)state;
    assert_true(isnan(growth(0, 0, 0.8)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_of_the_calls_failing_twice_makes_half_as_many_more),
        cmocka_unit_test(third_attempts_count_where_repetitions_outnumber_the_first),
        cmocka_unit_test(repetitions_of_calls_that_became_rare_are_no_amplifier),
        cmocka_unit_test(without_failures_nothing_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
