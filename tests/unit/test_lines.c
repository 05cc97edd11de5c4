#include "unit.h"

#include "app/lines.h"
#include "base/file.h"

#include <sys/mman.h>
#include <unistd.h>

static struct ko_line_source open_text(struct ko_str text)
{
    struct ko_line_source s;
    int fd = memfd_create("lines", 0);
    assert_true(fd >= 0);
    assert_int_equal(ko_file_write(fd, text, NULL), KO_OK);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    ko_line_source_init(&s, fd);
    return s;
}

static void close_text(struct ko_line_source *s)
{
    (void)close(s->fd);
    ko_line_source_release(s);
}

static void expect(struct ko_line_source *s, struct ko_str want)
{
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    assert_int_equal(ko_line_source_next(s, &b, NULL), KO_OK);
    assert_slice(ko_buf_str(&b), want);
    ko_buf_release(&b);
}

static void expect_status(struct ko_line_source *s, enum ko_status want)
{
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    assert_int_equal(ko_line_source_next(s, &b, NULL), want);
    ko_buf_release(&b);
}

static void lines_end_with_newline_crlf_or_the_input(void **state)
{
    (void)state;
    struct ko_line_source s = open_text(KO_STR("one\ntwo\r\n\nlast"));
    expect(&s, KO_STR("one"));
    expect(&s, KO_STR("two"));
    expect(&s, KO_STR(""));
    expect(&s, KO_STR("last"));
    expect_status(&s, KO_END);
    expect_status(&s, KO_END);
    close_text(&s);
}

static void an_empty_input_has_no_line(void **state)
{
    (void)state;
    struct ko_line_source s = open_text(KO_STR(""));
    expect_status(&s, KO_END);
    close_text(&s);
}

static void a_line_over_many_blocks_is_whole(void **state)
{
    (void)state;
    struct ko_buf text;
    ko_buf_init(&text, KO_BUF_MAX);
    ko_buf_fill(&text, 'x', 10000);
    struct ko_str line = {text.p, 10000};
    ko_buf_puts(&text, "\ny\n");
    struct ko_line_source s = open_text(ko_buf_str(&text));
    line.p = text.p;
    expect(&s, line);
    expect(&s, KO_STR("y"));
    expect_status(&s, KO_END);
    close_text(&s);
    ko_buf_release(&text);
}

static void an_endless_line_is_refused(void **state)
{
    (void)state;
    struct ko_buf text;
    ko_buf_init(&text, KO_BUF_MAX);
    ko_buf_fill(&text, 'x', (size_t)2 << 20);
    struct ko_line_source s = open_text(ko_buf_str(&text));
    expect_status(&s, KO_ELIMIT);
    close_text(&s);
    ko_buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_with_newline_crlf_or_the_input),
        cmocka_unit_test(an_empty_input_has_no_line),
        cmocka_unit_test(a_line_over_many_blocks_is_whole),
        cmocka_unit_test(an_endless_line_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
