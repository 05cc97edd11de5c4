#include "unit.h"

#include "base/mem.h"
#include "read/input.h"
#include "read/read.h"

/* A source that gives the bytes of a slice. */
static enum ko_status pull(void *ctx, char *bytes, size_t n, size_t *ret_n,
                           struct ko_err *err)
{
    struct ko_str *left = ctx;
    (void)err;
    *ret_n = n < left->n ? n : left->n;
    memcpy(bytes, left->n ? left->p : "", *ret_n);
    *left = ko_str_skip(*left, *ret_n);
    return KO_OK;
}

/* Gives a little and breaks off. */
static enum ko_status pull_broken(void *ctx, char *bytes, size_t n, size_t *ret_n,
                                  struct ko_err *err)
{
    (void)ctx;
    (void)n;
    memcpy(bytes, "a\nb", 3);
    *ret_n = 3;
    return ko_err_set(err, KO_EIO, "device gone");
}

static void line_is(struct ko_input *in, const char *text, uint64_t number,
                    uint64_t offset)
{
    struct ko_line line;
    assert_int_equal(ko_input_line(in, &line), KO_OK);
    assert_slice(line.text, ko_str(text));
    assert_int_equal(line.number, number);
    assert_int_equal(line.offset, offset);
    assert_int_equal(line.flaw, KO_LINE_GOOD);
}

static void lines_end_with_lf_crlf_or_the_end(void **state)
{
    (void)state;
    struct ko_input in;
    struct ko_line line;
    ko_input_init_bytes(&in, KO_STR("a\r\n\nb\rc\nlast"), 0);
    line_is(&in, "a", 1, 0);
    line_is(&in, "", 2, 3);
    line_is(&in, "b\rc", 3, 4);
    line_is(&in, "last", 4, 8);
    assert_int_equal(ko_input_line(&in, &line), KO_END);
    struct ko_weight w = ko_input_weight(&in);
    assert_int_equal(w.content, 8);
    assert_int_equal(w.terminators, 4);
    assert_int_equal(w.lines, 4);
    ko_input_release(&in);
}

static void lines_count_from_where_the_piece_stands(void **state)
{
    (void)state;
    struct ko_input in;
    ko_input_init_bytes(&in, KO_STR("x\ny"), 0);
    ko_input_at(&in, 7, 100);
    line_is(&in, "x", 7, 100);
    line_is(&in, "y", 8, 102);
    ko_input_release(&in);
}

static void pending_lines_stand_side_by_side_and_can_be_given_back(void **state)
{
    (void)state;
    struct ko_input in;
    struct ko_line line;
    ko_input_init_bytes(&in, KO_STR("a\nb\nc\n"), 0);
    for (int i = 0; i < 3; i++)
        assert_int_equal(ko_input_line(&in, &line), KO_OK);
    assert_str(ko_input_record(&in), "a\nb\nc");
    ko_input_back(&in, 1);
    assert_str(ko_input_record(&in), "a");
    assert_int_equal(ko_input_weight(&in).lines, 1);
    ko_input_take(&in);
    line_is(&in, "b", 2, 2);
    ko_input_release(&in);
}

static void nul_bytes_are_a_flaw(void **state)
{
    (void)state;
    struct ko_input in;
    struct ko_line line;
    ko_input_init_bytes(&in, KO_STR("a\0b\nc"), 0);
    assert_int_equal(ko_input_line(&in, &line), KO_OK);
    assert_int_equal(line.flaw, KO_LINE_NUL);
    ko_input_take(&in);
    line_is(&in, "c", 2, 4);
    ko_input_release(&in);
}

/* ${n} bytes of 'x' in one line, then "tail": counted in full, kept in part. */
static void check_long_line(size_t n, size_t line_max, enum ko_line_flaw flaw)
{
    char *text = ko_mem_alloc(n + 6, 1);
    struct ko_input in;
    struct ko_line line;
    memset(text, 'x', n);
    memcpy(text + n, "\ntail", 5);
    struct ko_str left = {text, n + 5};
    assert_int_equal(ko_input_init(&in, (struct ko_source){pull, &left}, line_max),
                     KO_OK);
    assert_int_equal(ko_input_line(&in, &line), KO_OK);
    assert_int_equal(line.flaw, flaw);
    assert_int_equal(ko_input_weight(&in).content, n);
    if (flaw == KO_LINE_TOO_LONG)
        assert_true(line.text.n <= KO_READ_LINE_KEPT);
    ko_input_take(&in);
    line_is(&in, "tail", 2, n + 1);
    ko_input_release(&in);
    ko_mem_free(text);
}

static void overlong_lines_are_counted_whole_and_kept_in_part(void **state)
{
    (void)state;
    enum { MAX = 200000 };
    check_long_line(MAX - 1, MAX, KO_LINE_GOOD);
    check_long_line(MAX, MAX, KO_LINE_GOOD);
    check_long_line(MAX + 1, MAX, KO_LINE_TOO_LONG);
    check_long_line(5 * MAX, MAX, KO_LINE_TOO_LONG);
}

static void what_came_before_a_read_error_is_kept(void **state)
{
    (void)state;
    struct ko_input in;
    struct ko_line line;
    assert_int_equal(ko_input_init(&in, (struct ko_source){pull_broken, NULL}, 0), KO_OK);
    line_is(&in, "a", 1, 0);
    line_is(&in, "b", 2, 2);
    assert_int_equal(ko_input_line(&in, &line), KO_END);
    ko_input_release(&in);
}

static void a_document_is_taken_in_pieces_with_their_weight(void **state)
{
    (void)state;
    struct ko_input in;
    struct ko_str rest;
    ko_input_init_bytes(&in, KO_STR("[\r\n1,\n2]"), 0);
    assert_int_equal(ko_input_rest(&in, 100, &rest), KO_OK);
    struct ko_weight w = ko_input_take_bytes(&in, 6);
    assert_int_equal(w.lines, 2);
    assert_int_equal(w.terminators, 3);
    assert_int_equal(w.content, 3);
    assert_int_equal(ko_input_line_number(&in), 3);
    assert_int_equal(ko_input_offset(&in), 6);
    assert_int_equal(ko_input_rest(&in, 1, &rest), KO_ELIMIT);
    ko_input_release(&in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_with_lf_crlf_or_the_end),
        cmocka_unit_test(lines_count_from_where_the_piece_stands),
        cmocka_unit_test(pending_lines_stand_side_by_side_and_can_be_given_back),
        cmocka_unit_test(nul_bytes_are_a_flaw),
        cmocka_unit_test(overlong_lines_are_counted_whole_and_kept_in_part),
        cmocka_unit_test(what_came_before_a_read_error_is_kept),
        cmocka_unit_test(a_document_is_taken_in_pieces_with_their_weight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
