#include "unit.h"

#include "show/warning.h"

static struct ko_account *add_account(struct ko_case *c, struct ko_str file)
{
    struct ko_account *a = ko_case_add(c, "ledger");
    assert_non_null(a);
    a->file = file;
    return a;
}

static void a_clean_ledger_warns_of_nothing(void **state)
{
    (void)state;
    struct ko_case c;
    ko_warnings list = {0};
    struct ko_arena arena = {0};
    ko_case_init(&c);
    add_account(&c, KO_STR("a.log"))->zone = KO_STR("UTC (Z in the data)");
    assert_int_equal(ko_warning_list(&c, &arena, &list), KO_OK);
    assert_int_equal(list.n, 0);
    ko_arena_release(&arena);
    ko_case_release(&c);
}

static void the_gravest_comes_first(void **state)
{
    (void)state;
    struct ko_case c;
    ko_warnings list = {0};
    struct ko_arena arena = {0};
    ko_case_init(&c);
    c.head.incomplete = true;
    add_account(&c, KO_STR("b.log"))->zone = KO_STR("UTC (assumed)");
    struct ko_account *a = add_account(&c, KO_STR("a.log"));
    a->damaged = a->capped = a->repeated = true;
    a->lines = 12;
    a->rejected = 2;
    a->no_time = 1;
    assert_int_equal(ko_case_add_str(&c, &a->rejects, KO_STR("nul_byte 2")), KO_OK);
    assert_int_equal(ko_case_add_str(&c, &a->remarks, KO_STR("odd")), KO_OK);
    assert_int_equal(ko_warning_list(&c, &arena, &list), KO_OK);
    assert_int_equal(list.n, 8);
    for (size_t i = 0; i < list.n; i++)
        assert_int_equal(list.v[i].kind, i);
    assert_str(list.v[KO_WARNING_REJECTED].text, "2 of 12 lines not used: nul_byte 2");
    assert_str(list.v[KO_WARNING_ZONE].file, "b.log");
    ko_arena_release(&arena);
    ko_case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clean_ledger_warns_of_nothing),
        cmocka_unit_test(the_gravest_comes_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
