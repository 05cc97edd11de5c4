#include "unit.h"

#include "base/utf8.h"
#include "show/show.h"
#include "show_case.h"

#include <jansson.h>

/* Text that drives every target that it can reach. */
#define HOSTILE                                                                          \
    "\x1b]0;x\x07<script>alert(1)</script>|`\"'\n\xc2\x9b\xff[a](javascript:1) @x "      \
    "https://e.example =1+1"

static const char *const formats[] = {"text", "md", "html", "json", "dot", "csv"};
enum { FORMATS = 6 };

static struct ko_str write(const struct ko_case *c, const char *format,
                           const struct ko_show_options *opt, struct ko_buf *out)
{
    ko_buf_init(out, 1 << 24);
    assert_int_equal(ko_show(c, format, opt, out, NULL), KO_OK);
    return ko_buf_str(out);
}

static size_t count(struct ko_str s, const char *what)
{
    size_t n = 0, at;
    while (ko_str_find(s, ko_str(what), &at)) {
        n++;
        s = ko_str_skip(s, at + 1);
    }
    return n;
}

static size_t widest_line(struct ko_str s)
{
    struct ko_str line;
    size_t widest = 0;
    while (ko_str_cut(&s, '\n', &line)) {
        size_t width = ko_utf8_width(line);
        widest = width > widest ? width : widest;
    }
    return widest;
}

static void every_format_is_listed_and_no_other_is_written(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_buf out;
    struct ko_err err = {0};
    ko_case_init(&c);
    ko_buf_init(&out, 1 << 20);
    for (size_t i = 0; i < FORMATS; i++)
        assert_string_equal(ko_show_formats[i].name, formats[i]);
    assert_null(ko_show_formats[FORMATS].name);
    assert_int_equal(ko_show(&c, "pdf", NULL, &out, &err), KO_ENOTFOUND);
    assert_string_equal(err.text, "no report format 'pdf'");
    assert_int_equal(out.n, 0);
    ko_buf_release(&out);
    ko_case_release(&c);
}

static void an_empty_case_gives_whole_documents_that_say_so(void **state)
{
    (void)state;
    for (size_t i = 0; i < FORMATS; i++) {
        struct ko_case c;
        struct ko_buf out;
        ko_case_init(&c);
        struct ko_str doc = write(&c, formats[i], NULL, &out);
        assert_true(doc.n > 50);
        assert_true(ko_str_ends(doc, KO_STR("\n")));
        if (i < 3)
            assert_true(count(doc, "not known: no export was read") >= 6);
        ko_buf_release(&out);
        ko_case_release(&c);
    }
}

static void a_case_gives_the_same_bytes_every_time(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_buf bytes, a, b;
    show_case_example(&c, &bytes);
    for (size_t i = 0; i < FORMATS; i++) {
        assert_slice(write(&c, formats[i], NULL, &a), write(&c, formats[i], NULL, &b));
        ko_buf_release(&a);
        ko_buf_release(&b);
    }
    ko_case_release(&c);
    ko_buf_release(&bytes);
}

static void the_screen_fits_and_asks_all_questions_in_order(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_buf bytes, out;
    size_t last = 0, at;
    static const char *const headings[] = {"1 WHERE",   "2 HOW",           "3 WHO",
                                           "4 WHAT",    "5 WHICH",         "6 WHO",
                                           "NOT KNOWN", "next, in triage:"};
    show_case_example(&c, &bytes);
    struct ko_str doc = write(&c, "text", NULL, &out);
    assert_true(widest_line(doc) <= 80);
    assert_true(count(doc, "\n") <= 40);
    for (size_t i = 0; i < 8; i++) {
        assert_true(ko_str_find(doc, ko_str(headings[i]), &at));
        assert_true(at > last);
        last = at;
    }
    ko_buf_release(&out);
    ko_case_release(&c);
    ko_buf_release(&bytes);
}

/* Long names, many warnings, many lines: the page stays a page. */
static void the_screen_fits_any_case(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_buf out, text;
    ko_buf_init(&text, 1 << 16);
    for (int i = 0; i < 200; i++)
        ko_buf_puts(&text, "long-name and more \xe6\xbc\xa2 ");
    show_case_of(&c, ko_buf_str(&text));
    for (size_t width = 40; width <= 200; width += 40) {
        struct ko_show_options opt = {.width = width};
        struct ko_str doc = write(&c, "text", &opt, &out);
        assert_true(widest_line(doc) <= (width < 80 ? 80 : width));
        assert_true(count(doc, "\n") <= 40);
        ko_buf_release(&out);
    }
    ko_case_release(&c);
    ko_buf_release(&text);
}

static void colour_changes_no_word(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_buf bytes, plain, colour, stripped;
    struct ko_show_options opt = {.colour = true};
    show_case_example(&c, &bytes);
    struct ko_str p = write(&c, "text", NULL, &plain),
                  k = write(&c, "text", &opt, &colour);
    ko_buf_init(&stripped, 1 << 20);
    assert_true(k.n > p.n);
    for (size_t i = 0; i < k.n; i++) {
        if (k.p[i] == '\x1b')
            while (k.p[++i] != 'm')
                ;
        else
            ko_buf_putc(&stripped, k.p[i]);
    }
    assert_slice(ko_buf_str(&stripped), p);
    ko_buf_release(&stripped);
    ko_buf_release(&colour);
    ko_buf_release(&plain);
    ko_case_release(&c);
    ko_buf_release(&bytes);
}

static void an_ascii_screen_has_no_byte_over_7e(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_buf bytes, out;
    struct ko_show_options opt = {.ascii = true};
    show_case_example(&c, &bytes);
    struct ko_str doc = write(&c, "text", &opt, &out);
    for (size_t i = 0; i < doc.n; i++)
        assert_true(doc.p[i] == '\n' || (doc.p[i] >= 0x20 && doc.p[i] <= 0x7e));
    ko_buf_release(&out);
    ko_case_release(&c);
    ko_buf_release(&bytes);
}

static void no_document_obeys_the_text_of_an_export(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_buf out;
    show_case_of(&c, KO_STR(HOSTILE));
    for (size_t i = 0; i < FORMATS; i++) {
        struct ko_str doc = write(&c, formats[i], NULL, &out);
        assert_int_equal(count(doc, "\x1b"), 0);
        assert_int_equal(count(doc, "\x07"), 0);
        assert_int_equal(count(doc, "\xc2\x9b"), 0);
        assert_int_equal(count(doc, "\xff"), 0);
        assert_true(ko_utf8_valid(doc));
        if (i == 1 || i == 2)
            assert_int_equal(count(doc, "<script"), 0);
        ko_buf_release(&out);
    }
    ko_case_release(&c);
}

static void the_page_loads_and_runs_nothing(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_buf bytes, out;
    show_case_example(&c, &bytes);
    struct ko_str doc = write(&c, "html", NULL, &out);
    static const char *const banned[] = {
        "<script",        "<link",   "<img",     "<iframe", "<object",
        "src=",           "http://", "https://", "url(",    "@import",
        "<foreignObject", " onload", " onclick", " style="};
    for (size_t i = 0; i < sizeof banned / sizeof banned[0]; i++)
        assert_int_equal(count(doc, banned[i]), 0);
    assert_int_equal(count(doc, "Content-Security-Policy"), 1);
    assert_int_equal(count(doc, "href="), count(doc, "href=\"#"));
    ko_buf_release(&out);
    ko_case_release(&c);
    ko_buf_release(&bytes);
}

static void every_reference_of_the_page_has_its_target(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_buf bytes, out, target;
    show_case_example(&c, &bytes);
    struct ko_str doc = write(&c, "html", NULL, &out), rest = doc;
    size_t at, found = 0;
    ko_buf_init(&target, 256);
    while (ko_str_find(rest, KO_STR("href=\"#"), &at)) {
        struct ko_str name;
        rest = ko_str_skip(rest, at + 7);
        struct ko_str tail = rest;
        assert_true(ko_str_cut(&tail, '"', &name));
        ko_buf_reset(&target);
        ko_buf_printf(&target, "id=\"%.*s\"", KO_ARG(name));
        assert_true(ko_str_find(doc, ko_buf_str(&target), &at));
        found++;
    }
    assert_true(found > 30);
    ko_buf_release(&target);
    ko_buf_release(&out);
    ko_case_release(&c);
    ko_buf_release(&bytes);
}

static void json_has_a_key_for_every_question(void **state)
{
    (void)state;
    static const char *const keys[] = {"where", "spread",  "who",      "changed", "worse",
                                       "owner", "unknown", "evidence", "ledger"};
    struct ko_case c;
    struct ko_buf bytes, out;
    show_case_example(&c, &bytes);
    struct ko_str doc = write(&c, "json", NULL, &out);
    json_t *root = json_loadb(doc.p, doc.n, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        assert_non_null(json_object_get(root, keys[i]));
    json_t *suspects = json_object_get(json_object_get(root, "where"), "suspects");
    assert_int_equal(json_array_size(suspects), 3);
    json_decref(root);
    ko_buf_release(&out);
    ko_case_release(&c);
    ko_buf_release(&bytes);
}

static void the_draft_asks_people_and_invents_nothing(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_buf bytes, out;
    show_case_example(&c, &bytes);
    struct ko_str doc = write(&c, "md", NULL, &out);
    assert_true(count(doc, "\n> *") >= 8);
    assert_int_equal(count(doc, "| draft | | | |"), 1);
    assert_int_equal(count(doc, "| | | | | |"), 1);
    assert_int_equal(count(doc, "### E1\n"), 1);
    assert_true(count(doc, "[E1](#e1)") > 3);
    assert_true(count(doc, "identity.jsonl:2188") == 1);
    ko_buf_release(&out);
    ko_case_release(&c);
    ko_buf_release(&bytes);
}

static void a_table_row_of_csv_has_all_columns(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_buf out;
    show_case_of(&c, KO_STR("plain"));
    struct ko_str doc = write(&c, "csv", NULL, &out), line;
    while (ko_str_cut(&doc, '\n', &line)) {
        if (line.n)
            assert_int_equal(count(line, ","), 15);
    }
    ko_buf_release(&out);
    ko_case_release(&c);
}

static void a_document_over_the_limit_is_an_error(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_buf out;
    struct ko_err err = {0};
    ko_case_init(&c);
    ko_buf_init(&out, 100);
    assert_int_equal(ko_show(&c, "html", NULL, &out, &err), KO_ELIMIT);
    ko_buf_release(&out);
    ko_case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_is_listed_and_no_other_is_written),
        cmocka_unit_test(an_empty_case_gives_whole_documents_that_say_so),
        cmocka_unit_test(a_case_gives_the_same_bytes_every_time),
        cmocka_unit_test(the_screen_fits_and_asks_all_questions_in_order),
        cmocka_unit_test(the_screen_fits_any_case),
        cmocka_unit_test(colour_changes_no_word),
        cmocka_unit_test(an_ascii_screen_has_no_byte_over_7e),
        cmocka_unit_test(no_document_obeys_the_text_of_an_export),
        cmocka_unit_test(the_page_loads_and_runs_nothing),
        cmocka_unit_test(every_reference_of_the_page_has_its_target),
        cmocka_unit_test(json_has_a_key_for_every_question),
        cmocka_unit_test(the_draft_asks_people_and_invents_nothing),
        cmocka_unit_test(a_table_row_of_csv_has_all_columns),
        cmocka_unit_test(a_document_over_the_limit_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
