/* test_mechanism.c: what speaks for trouble going from one entity to another. */
#include "spread/mechanism.h"

#include "spread/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct ko_felt UNNOTICED = {.caller = 1, .callee = 0, .measured = true};
static const struct ko_felt NOTICED = {
    .caller = 1, .callee = 0, .measured = true, .score = 3};

static double up(const struct ko_trouble *from, const struct ko_trouble *to, bool async,
                 const struct ko_felt *felt)
{
    return ko_mechanism_support(from, to, KO_WAY_UP, async, felt);
}

static void call_that_shows_the_trouble_speaks_for_the_callee(void **state)
{
    struct ko_trouble callee = {0}, caller = {.entity = 1};
    (void)state;
    assert_true(up(&callee, &caller, false, &NOTICED) >
                5 * up(&callee, &caller, false, &UNNOTICED));
}

static void who_does_not_wait_feels_next_to_nothing(void **state)
{
    struct ko_trouble callee = {0}, caller = {.entity = 1};
    (void)state;
    assert_true(up(&callee, &caller, true, NULL) <
                0.1 * up(&callee, &caller, false, NULL));
    assert_true(up(&callee, &caller, true, &NOTICED) <
                up(&callee, &caller, false, &NOTICED));
}

static void stale_answers_go_up_though_no_call_shows_them(void **state)
{
    struct ko_trouble callee = {.themes = KO_THEME_STALE};
    struct ko_trouble caller = {.entity = 1, .themes = KO_THEME_STALE};
    struct ko_trouble other = {.entity = 2};
    (void)state;
    assert_true(up(&callee, &caller, false, &UNNOTICED) >
                5 * up(&callee, &other, false, &UNNOTICED));
    assert_true(up(&callee, &caller, true, &UNNOTICED) < 0.1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(call_that_shows_the_trouble_speaks_for_the_callee),
        cmocka_unit_test(who_does_not_wait_feels_next_to_nothing),
        cmocka_unit_test(stale_answers_go_up_though_no_call_shows_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
