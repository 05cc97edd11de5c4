#include "unit.h"

#include "show/escape.h"

typedef void escape_fn(struct ko_buf *out, struct ko_str s);

static void term(struct ko_buf *out, struct ko_str s)
{
    ko_escape_term(out, s, false);
}

static void ascii(struct ko_buf *out, struct ko_str s)
{
    ko_escape_term(out, s, true);
}

/* assert_escaped(fn, "in", "out"): the exact bytes that ${fn} writes. */
#define assert_escaped(fn, in, out) check((fn), KO_STR(in), KO_STR(out))

static void check(escape_fn *fn, struct ko_str in, struct ko_str want)
{
    struct ko_buf out;
    ko_buf_init(&out, 1 << 20);
    fn(&out, in);
    assert_int_equal(out.status, KO_OK);
    assert_slice(ko_buf_str(&out), want);
    ko_buf_release(&out);
}

static void a_terminal_gets_no_control(void **state)
{
    (void)state;
    assert_escaped(term, "", "");
    assert_escaped(term, "plain Grüße 漢字 😀", "plain Grüße 漢字 😀");
    assert_escaped(term, "\x1b]0;x\x07", "\\x1b]0;x\\x07");
    assert_escaped(term, "a\nb\rc\td\0e\x7f", "a\\nb\\rc\\td\\x00e\\x7f");
    assert_escaped(term, "\xc2\x80\xc2\x9b\xc2\x9f\xc2\xa0", "\\x80\\x9b\\x9f\xc2\xa0");
}

static void hidden_code_points_become_visible(void **state)
{
    (void)state;
    assert_escaped(term, "user\u202egnp", "user\\u202egnp");
    assert_escaped(term, "\u200b\u2060\ufeff\u00ad", "\\u200b\\u2060\\ufeff\\xad");
    assert_escaped(term, "\u2028\u2029\u2066\u061c", "\\u2028\\u2029\\u2066\\u061c");
    assert_escaped(term, "\U000e0041\U000e01ef", "\\U000e0041\\U000e01ef");
    assert_escaped(term, "\ufff9\uffff\u3164", "\\ufff9\\uffff\\u3164");
}

static void broken_bytes_become_replacement_characters(void **state)
{
    (void)state;
    assert_escaped(term, "\x9b[31m", "\ufffd[31m");
    assert_escaped(term, "a\xe2\x82", "a\ufffd");
    assert_escaped(term, "\xc0\xaf", "\ufffd\ufffd");
    assert_escaped(term, "\xed\xa0\x80", "\ufffd\ufffd\ufffd");
    assert_escaped(ascii, "a\xffz", "a?z");
}

static void an_ascii_page_has_no_byte_over_7e(void **state)
{
    (void)state;
    assert_escaped(ascii, "14:04 ±30 s … – — · × →", "14:04 +/-30 s ... - - - x ->");
    assert_escaped(ascii, "é漢😀", "\\xe9\\u6f22\\U0001f600");
    assert_escaped(ascii, "\x1b\u202e", "\\x1b\\u202e");
}

static void html_keeps_markup_as_text(void **state)
{
    (void)state;
    assert_escaped(ko_escape_html, "<script>alert(\"x\")&'y'</script>",
                   "&lt;script&gt;alert(&quot;x&quot;)&amp;&#39;y&#39;&lt;/script&gt;");
    assert_escaped(ko_escape_html, "a\x1b\u202e\xff", "a\\x1b\\u202e\ufffd");
    assert_escaped(ko_escape_html, "naïve 漢", "naïve 漢");
}

static void dot_labels_cannot_be_left(void **state)
{
    (void)state;
    assert_escaped(ko_escape_dot, "a\"];x[\"", "a\\\"];x[\\\"");
    assert_escaped(ko_escape_dot, "a\\N\\", "a\\\\N\\\\");
    assert_escaped(ko_escape_dot, "<b>&amp;", "&lt;b&gt;&amp;amp;");
    assert_escaped(ko_escape_dot, "a\nb", "a\\\\nb");
}

static void markdown_marks_are_escaped_where_they_mark(void **state)
{
    (void)state;
    assert_escaped(ko_escape_md, "", "");
    assert_escaped(ko_escape_md, "plain text, 5-7; (x) a.b!",
                   "plain text, 5-7; (x) a.b!");
    assert_escaped(ko_escape_md, "*a* `b` [c](d) \\ ~e~ $f$",
                   "\\*a\\* \\`b\\` \\[c\\](d) \\\\ \\~e\\~ \\$f\\$");
    assert_escaped(ko_escape_md, "a|b | c", "a\\|b \\| c");
    assert_escaped(ko_escape_md, "<b>&amp;</b>", "&lt;b>&amp;amp;&lt;/b>");
    assert_escaped(ko_escape_md, "latency_p95 _x_ a_", "latency_p95 \\_x\\_ a\\_");
    assert_escaped(ko_escape_md, "a\nb\x1b", "a\\\\nb\\\\x1b");
    assert_escaped(ko_escape_md, "\xff", "\ufffd");
}

static void markdown_blocks_cannot_be_opened(void **state)
{
    (void)state;
    assert_escaped(ko_escape_md, "# x # y", "\\# x # y");
    assert_escaped(ko_escape_md, "- x", "\\- x");
    assert_escaped(ko_escape_md, "+ x", "\\+ x");
    assert_escaped(ko_escape_md, "=== ", "\\=== ");
    assert_escaped(ko_escape_md, "12. x", "12\\. x");
    assert_escaped(ko_escape_md, "12) x", "12\\) x");
    assert_escaped(ko_escape_md, "12", "12");
    assert_escaped(ko_escape_md, "12 x", "12 x");
    assert_escaped(ko_escape_md, "12x 12,", "12x 12,");
    assert_escaped(ko_escape_md, "12,", "12,");
    assert_escaped(ko_escape_md, "2.5 min", "2.5 min");
    assert_escaped(ko_escape_md, "> x -> y", "&gt; x -> y");
    assert_escaped(ko_escape_md, "     code", "code");
    assert_escaped(ko_escape_md, "a 1. b", "a 1. b");
}

static void markdown_links_and_mentions_stand_in_code(void **state)
{
    (void)state;
    assert_escaped(ko_escape_md, "see https://x.y/z now", "see `https://x.y/z` now");
    assert_escaped(ko_escape_md, "WWW.evil.example", "`WWW.evil.example`");
    assert_escaped(ko_escape_md, "ask @admin or a@b.c", "ask `@admin` or `a@b.c`");
    assert_escaped(ko_escape_md, "fix #12 GH-3 #x", "fix `#12` `GH-3` #x");
    assert_escaped(ko_escape_md, "x#", "x#");
    assert_escaped(ko_escape_md, "a``@`b", "``` a``@`b ```");
    assert_escaped(ko_escape_md, "a@b|c@d", "`a@b`\\|`c@d`");
    assert_escaped(ko_escape_md, "@\xff\x1b", "`@\ufffd\\x1b`");
}

static void csv_cells_are_no_formulas(void **state)
{
    (void)state;
    assert_escaped(ko_escape_csv, "=1+1", "\"'=1+1\"");
    assert_escaped(ko_escape_csv, "+cmd|' /C calc'!A0", "\"'+cmd|' /C calc'!A0\"");
    assert_escaped(ko_escape_csv, "-x", "\"'-x\"");
    assert_escaped(ko_escape_csv, "@SUM(1)", "\"'@SUM(1)\"");
    assert_escaped(ko_escape_csv, "\t=1", "\"'\\t=1\"");
    assert_escaped(ko_escape_csv, "\r1", "\"'\\r1\"");
    assert_escaped(ko_escape_csv, "  =1", "\"'  =1\"");
    assert_escaped(ko_escape_csv, "＝1", "\"'＝1\"");
    assert_escaped(ko_escape_csv, "＋1", "\"'＋1\"");
    assert_escaped(ko_escape_csv, "－1", "\"'－1\"");
    assert_escaped(ko_escape_csv, "＠1", "\"'＠1\"");
    assert_escaped(ko_escape_csv, "–x", "\"'–x\"");
    assert_escaped(ko_escape_csv, "−x", "\"'−x\"");
    assert_escaped(ko_escape_csv, "--1", "\"'--1\"");
}

static void csv_numbers_are_unchanged(void **state)
{
    (void)state;
    static const char *const numbers[] = {"-1", "-1.00", "-1E2",  "-1E+02",
                                          "-0", "-0.0",  "+0",    "+0.0",
                                          "0",  "1e9",   "-1E02", "12.5"};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        check(ko_escape_csv, ko_str(numbers[i]), ko_str(numbers[i]));
}

static void csv_quotes_what_would_split(void **state)
{
    (void)state;
    assert_escaped(ko_escape_csv, "", "");
    assert_escaped(ko_escape_csv, "plain", "plain");
    assert_escaped(ko_escape_csv, "a,b", "\"a,b\"");
    assert_escaped(ko_escape_csv, "a;b", "\"a;b\"");
    assert_escaped(ko_escape_csv, "say \"x\"", "\"say \"\"x\"\"\"");
    assert_escaped(ko_escape_csv, "it's", "\"it's\"");
    assert_escaped(ko_escape_csv, " a", "\" a\"");
    assert_escaped(ko_escape_csv, "a ", "\"a \"");
    assert_escaped(ko_escape_csv, "a\nb\x1b", "a\\nb\\x1b");
    assert_escaped(ko_escape_csv, "\xff", "\ufffd");
}

static void a_full_buffer_keeps_its_status(void **state)
{
    (void)state;
    struct ko_buf out;
    ko_buf_init(&out, 4);
    ko_escape_html(&out, KO_STR("<<<<\x1b"));
    assert_int_equal(out.status, KO_ELIMIT);
    ko_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_terminal_gets_no_control),
        cmocka_unit_test(hidden_code_points_become_visible),
        cmocka_unit_test(broken_bytes_become_replacement_characters),
        cmocka_unit_test(an_ascii_page_has_no_byte_over_7e),
        cmocka_unit_test(html_keeps_markup_as_text),
        cmocka_unit_test(dot_labels_cannot_be_left),
        cmocka_unit_test(markdown_marks_are_escaped_where_they_mark),
        cmocka_unit_test(markdown_blocks_cannot_be_opened),
        cmocka_unit_test(markdown_links_and_mentions_stand_in_code),
        cmocka_unit_test(csv_cells_are_no_formulas),
        cmocka_unit_test(csv_numbers_are_unchanged),
        cmocka_unit_test(csv_quotes_what_would_split),
        cmocka_unit_test(a_full_buffer_keeps_its_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
