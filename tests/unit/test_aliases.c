#include "unit.h"

#include "app/aliases.h"

static struct ko_arena arena;

static enum ko_status read(struct ko_reduce_options *opt, const char *text,
                           struct ko_err *err)
{
    *opt = (struct ko_reduce_options){0};
    return ko_aliases_read(opt, ko_str(text), KO_STR("a.csv"), &arena, err);
}

static void commas_tabs_and_equal_signs_part_alias_and_name(void **state)
{
    (void)state;
    struct ko_reduce_options opt;
    assert_int_equal(read(&opt, "alias,name\r\n# x\n\n a , b \nc\td\ne=f", NULL), KO_OK);
    assert_int_equal(opt.aliases.n, 3);
    assert_str(opt.aliases.v[0].alias, "a");
    assert_str(opt.aliases.v[0].name, "b");
    assert_str(opt.aliases.v[2].name, "f");
}

static void a_line_without_two_names_is_named(void **state)
{
    (void)state;
    struct ko_reduce_options opt;
    struct ko_err err = {0};
    assert_int_equal(read(&opt, "a,b\nlonely\n", &err), KO_ESYNTAX);
    assert_int_equal(err.line, 2);
    assert_string_equal(err.source, "a.csv");
    assert_int_equal(read(&opt, "a,\n", NULL), KO_ESYNTAX);
    assert_int_equal(read(&opt, ",b\n", NULL), KO_ESYNTAX);
}

static int release(void **state)
{
    (void)state;
    ko_arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_tabs_and_equal_signs_part_alias_and_name),
        cmocka_unit_test(a_line_without_two_names_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, release);
}
