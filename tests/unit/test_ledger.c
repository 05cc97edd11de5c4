#include "event/ledger.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static void every_reason_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < KO_REJECT_COUNT; i++) {
        for (int j = 0; j < i; j++)
            assert_string_not_equal(ko_reject_name((enum ko_reject)i),
                                    ko_reject_name((enum ko_reject)j));
    }
}

static void rejects_keep_the_account_and_the_first_samples(void **state)
{
    (void)state;
    struct ko_arena a = {0};
    struct ko_ledger l;
    char longer[300];
    memset(longer, 'x', sizeof longer);
    assert_int_equal(ko_ledger_init(&l, &a, KO_STR("app.log")), KO_OK);
    assert_true(ko_ledger_check(&l));
    for (uint64_t i = 1; i <= 10; i++)
        assert_int_equal(ko_ledger_reject(&l, KO_REJECT_NO_TIMESTAMP, i, i * 301,
                                          (struct ko_str){longer, sizeof longer}, 1),
                         KO_OK);
    assert_false(ko_ledger_check(&l));
    l.lines = 10;
    l.bytes = 3000;
    assert_true(ko_ledger_check(&l));
    assert_int_equal(l.samples.n, KO_LEDGER_SAMPLES);
    assert_int_equal(l.samples.v[0].text.n, KO_LEDGER_SAMPLE_BYTES);
    assert_int_equal(l.samples.v[4].line, 5);
    l.bytes++;
    assert_false(ko_ledger_check(&l));
    ko_arena_release(&a);
}

static void the_same_remark_is_kept_once(void **state)
{
    (void)state;
    struct ko_arena a = {0};
    struct ko_ledger l;
    assert_int_equal(ko_ledger_init(&l, &a, KO_STR("x")), KO_OK);
    assert_int_equal(ko_ledger_remark(&l, "%d rows", 500), KO_OK);
    assert_int_equal(ko_ledger_remark(&l, "%d rows", 500), KO_OK);
    assert_int_equal(ko_ledger_remark(&l, "%d rows", 501), KO_OK);
    assert_int_equal(l.remarks.n, 2);
    ko_arena_release(&a);
}

static void first_and_last_ignore_the_order_of_arrival(void **state)
{
    (void)state;
    struct ko_arena a = {0};
    struct ko_ledger l;
    assert_int_equal(ko_ledger_init(&l, &a, KO_STR("x")), KO_OK);
    ko_ledger_time(&l, KO_TIME_NONE);
    assert_true(l.first == KO_TIME_NONE);
    ko_ledger_time(&l, 30);
    ko_ledger_time(&l, 10);
    ko_ledger_time(&l, 20);
    assert_int_equal(l.first, 10);
    assert_int_equal(l.last, 30);
    ko_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reason_has_a_name_of_its_own),
        cmocka_unit_test(rejects_keep_the_account_and_the_first_samples),
        cmocka_unit_test(the_same_remark_is_kept_once),
        cmocka_unit_test(first_and_last_ignore_the_order_of_arrival),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
