#include "unit.h"

#include "base/json.h"

static void check(struct ko_str s, const char *want)
{
    struct ko_buf b;
    ko_buf_init(&b, 1024);
    ko_json_put_str(&b, s);
    assert_slice(ko_buf_str(&b), ko_str(want));
    ko_buf_release(&b);
}

static void strings_are_escaped_so_that_a_terminal_is_safe(void **state)
{
    (void)state;
    check(KO_STR("a\"b\\c\n"), "\"a\\\"b\\\\c\\n\"");
    check(KO_STR("\x1b]0;x\x07"), "\"\\u001b]0;x\\u0007\"");
    check(KO_STR("\x7f\xc2\x9b"), "\"\\u007f\\u009b\"");
    check(KO_STR("a\0b"), "\"a\\u0000b\"");
    check(KO_STR("\xe2\x80\xa8"), "\"\\u2028\"");
    check(KO_STR("caf\xc3\xa9"), "\"caf\xc3\xa9\"");
}

static void broken_utf8_becomes_a_replacement_character(void **state)
{
    (void)state;
    check(KO_STR("a\xffz"), "\"a\xef\xbf\xbdz\"");
    check(KO_STR("\xe2\x96"), "\"\xef\xbf\xbd\"");
}

static void keys_get_their_commas(void **state)
{
    (void)state;
    struct ko_buf b;
    ko_buf_init(&b, 1024);
    ko_buf_putc(&b, '{');
    ko_json_key(&b, "a");
    ko_buf_puts(&b, "[");
    ko_json_sep(&b);
    ko_buf_puts(&b, "1");
    ko_json_sep(&b);
    ko_buf_puts(&b, "2]");
    ko_json_key(&b, "b");
    ko_buf_puts(&b, "3}");
    assert_str(ko_buf_str(&b), "{\"a\":[1,2],\"b\":3}");
    ko_buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_escaped_so_that_a_terminal_is_safe),
        cmocka_unit_test(broken_utf8_becomes_a_replacement_character),
        cmocka_unit_test(keys_get_their_commas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
