#include "unit.h"

static void slices_compare_by_bytes_then_length(void **state)
{
    (void)state;
    assert_true(ko_str_cmp(KO_STR("ab"), KO_STR("abc")) < 0);
    assert_true(ko_str_cmp(KO_STR("b"), KO_STR("abc")) > 0);
    assert_int_equal(ko_str_cmp(KO_STR("a\0b"), KO_STR("a\0b")), 0);
    assert_true(ko_str_cmp((struct ko_str){NULL, 0}, KO_STR("a")) < 0);
    assert_true(ko_str_eq((struct ko_str){NULL, 0}, KO_STR("")));
    assert_true(ko_str_ieq(KO_STR("CRM-api"), KO_STR("crm-API")));
    assert_false(ko_str_ieq(KO_STR("crm"), KO_STR("crm2")));
}

static void cut_gives_empty_parts_and_ends(void **state)
{
    (void)state;
    struct ko_str rest = KO_STR("a,,b"), part;
    assert_true(ko_str_cut(&rest, ',', &part));
    assert_str(part, "a");
    assert_true(ko_str_cut(&rest, ',', &part));
    assert_str(part, "");
    assert_true(ko_str_cut(&rest, ',', &part));
    assert_str(part, "b");
    assert_false(ko_str_cut(&rest, ',', &part));
    rest = KO_STR("x,");
    assert_true(ko_str_cut(&rest, ',', &part));
    assert_true(ko_str_cut(&rest, ',', &part));
    assert_str(part, "");
    assert_false(ko_str_cut(&rest, ',', &part));
}

static void searching_finds_first_last_and_nothing(void **state)
{
    (void)state;
    size_t at;
    assert_true(ko_str_find(KO_STR("upstream crm-api"), KO_STR("crm"), &at));
    assert_int_equal(at, 9);
    assert_false(ko_str_find(KO_STR("cr"), KO_STR("crm"), &at));
    assert_true(ko_str_ifind(KO_STR("Pool EXHAUSTED"), KO_STR("exhausted"), &at));
    assert_int_equal(at, 5);
    assert_true(ko_str_chr(KO_STR("a/b/c"), '/', &at));
    assert_int_equal(at, 1);
    assert_true(ko_str_rchr(KO_STR("a/b/c"), '/', &at));
    assert_int_equal(at, 3);
    assert_false(ko_str_rchr(KO_STR("abc"), '/', &at));
}

static void sub_and_skip_never_leave_the_slice(void **state)
{
    (void)state;
    assert_str(ko_str_sub(KO_STR("abc"), 1, 9), "bc");
    assert_str(ko_str_sub(KO_STR("abc"), 7, 2), "");
    assert_str(ko_str_skip(KO_STR("abc"), 3), "");
    assert_str(ko_str_trim(KO_STR(" \t a b \r\n")), "a b");
    assert_str(ko_str_trim(KO_STR(" \n ")), "");
}

static void copies_end_with_a_nul(void **state)
{
    (void)state;
    struct ko_arena a = {0};
    struct ko_str copy;
    assert_int_equal(ko_str_copy(&a, KO_STR("ab"), &copy), KO_OK);
    assert_string_equal(copy.p, "ab");
    assert_int_equal(ko_str_copy(&a, (struct ko_str){NULL, 0}, &copy), KO_OK);
    assert_string_equal(copy.p, "");
    ko_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slices_compare_by_bytes_then_length),
        cmocka_unit_test(cut_gives_empty_parts_and_ends),
        cmocka_unit_test(searching_finds_first_last_and_nothing),
        cmocka_unit_test(sub_and_skip_never_leave_the_slice),
        cmocka_unit_test(copies_end_with_a_nul),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
