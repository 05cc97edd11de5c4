#include "unit.h"

#include "show/wrap.h"

static void lines_break_at_blanks(void **state)
{
    (void)state;
    struct ko_str rest = KO_STR("  the queue swells  "), line;
    assert_true(ko_wrap_next(&rest, 9, &line));
    assert_str(line, "the queue");
    assert_true(ko_wrap_next(&rest, 9, &line));
    assert_str(line, "swells");
    assert_false(ko_wrap_next(&rest, 9, &line));
}

static void a_long_word_is_cut_where_the_line_ends(void **state)
{
    (void)state;
    struct ko_str rest = KO_STR("abcdefgh ij"), line;
    assert_true(ko_wrap_next(&rest, 3, &line));
    assert_str(line, "abc");
    assert_true(ko_wrap_next(&rest, 3, &line));
    assert_str(line, "def");
    assert_true(ko_wrap_next(&rest, 3, &line));
    assert_str(line, "gh");
    assert_true(ko_wrap_next(&rest, 3, &line));
    assert_str(line, "ij");
}

static void wide_code_points_make_progress_in_any_width(void **state)
{
    (void)state;
    struct ko_str rest = KO_STR("漢字"), line;
    assert_true(ko_wrap_next(&rest, 1, &line));
    assert_str(line, "漢");
    assert_true(ko_wrap_next(&rest, 0, &line));
    assert_str(line, "字");
    assert_false(ko_wrap_next(&rest, 1, &line));
}

static void check_pad(const char *in, size_t columns, const char *want)
{
    struct ko_buf out;
    ko_buf_init(&out, 256);
    ko_wrap_pad(&out, ko_str(in), columns, "…");
    assert_slice(ko_buf_str(&out), ko_str(want));
    ko_buf_release(&out);
}

static void padding_gives_exactly_the_columns(void **state)
{
    (void)state;
    check_pad("ab", 4, "ab  ");
    check_pad("abcd", 4, "abcd");
    check_pad("abcde", 4, "abc…");
    check_pad("漢字漢", 4, "漢… ");
    check_pad("abc", 0, "");
    assert_str(ko_wrap_cut(KO_STR("漢字"), 3), "漢");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_break_at_blanks),
        cmocka_unit_test(a_long_word_is_cut_where_the_line_ends),
        cmocka_unit_test(wide_code_points_make_progress_in_any_width),
        cmocka_unit_test(padding_gives_exactly_the_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
