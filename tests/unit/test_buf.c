#include "unit.h"

#include "base/buf.h"

static void appends_stop_at_the_maximum_and_say_so(void **state)
{
    (void)state;
    struct ko_buf b;
    ko_buf_init(&b, 4);
    ko_buf_puts(&b, "abc");
    assert_int_equal(b.status, KO_OK);
    ko_buf_puts(&b, "de");
    assert_int_equal(b.status, KO_ELIMIT);
    ko_buf_putc(&b, 'x');
    assert_str(ko_buf_str(&b), "abc");
    ko_buf_reset(&b);
    ko_buf_puts(&b, "wxyz");
    assert_int_equal(b.status, KO_OK);
    assert_str(ko_buf_str(&b), "wxyz");
    ko_buf_release(&b);
}

static void printf_grows_for_long_texts(void **state)
{
    (void)state;
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    ko_buf_printf(&b, "%0500d", 7);
    assert_int_equal(b.n, 500);
    assert_int_equal(b.p[499], '7');
    ko_buf_fill(&b, '-', 3);
    assert_int_equal(b.n, 503);
    ko_buf_release(&b);
    ko_buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(appends_stop_at_the_maximum_and_say_so),
        cmocka_unit_test(printf_grows_for_long_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
