#include "unit.h"

#include "base/utf8.h"

static void check(struct ko_str s, uint32_t want, size_t bytes)
{
    uint32_t cp;
    assert_int_equal(ko_utf8_next(s, &cp), bytes);
    assert_int_equal(cp, want);
}

static void code_points_of_every_length_are_read(void **state)
{
    (void)state;
    check(KO_STR("a"), 'a', 1);
    check(KO_STR("\xc3\xa9x"), 0xe9, 2);
    check(KO_STR("\xe2\x96\x81"), 0x2581, 3);
    check(KO_STR("\xf0\x9f\x98\x80"), 0x1f600, 4);
}

static void broken_bytes_end_at_the_maximal_part(void **state)
{
    (void)state;
    check(KO_STR("\x80"), KO_UTF8_BAD, 1);
    check(KO_STR("\xc0\xaf"), KO_UTF8_BAD, 1);
    check(KO_STR("\xed\xa0\x80"), KO_UTF8_BAD, 1);
    check(KO_STR("\xe2\x96"), KO_UTF8_BAD, 2);
    check(KO_STR("\xf0\x9f\x98z"), KO_UTF8_BAD, 3);
    check(KO_STR("\xf4\x90\x80\x80"), KO_UTF8_BAD, 1);
    check(KO_STR("\xff"), KO_UTF8_BAD, 1);
    assert_false(ko_utf8_valid(KO_STR("ok\xff")));
    assert_true(ko_utf8_valid(KO_STR("caf\xc3\xa9")));
}

static void width_counts_columns(void **state)
{
    (void)state;
    assert_int_equal(ko_utf8_width(KO_STR("abc")), 3);
    assert_int_equal(ko_utf8_width(KO_STR("e\xcc\x81")), 1);
    assert_int_equal(ko_utf8_width(KO_STR("\xe6\xbc\xa2")), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_points_of_every_length_are_read),
        cmocka_unit_test(broken_bytes_end_at_the_maximal_part),
        cmocka_unit_test(width_counts_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
