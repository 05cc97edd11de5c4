#include "unit.h"

#include "app/lines.h"
#include "base/file.h"

#include <sys/mman.h>
#include <unistd.h>

static int open_text(struct ko_str text)
{
    int fd = memfd_create("lines", 0);
    assert_true(fd >= 0);
    assert_int_equal(ko_file_write(fd, text, NULL), KO_OK);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    return fd;
}

static void expect(int fd, struct ko_str want)
{
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    assert_int_equal(ko_line_read(fd, &b, NULL), KO_OK);
    assert_slice(ko_buf_str(&b), want);
    ko_buf_release(&b);
}

static void expect_status(int fd, enum ko_status want)
{
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    assert_int_equal(ko_line_read(fd, &b, NULL), want);
    ko_buf_release(&b);
}

static void lines_end_with_newline_crlf_or_the_input(void **state)
{
    (void)state;
    int fd = open_text(KO_STR("one\ntwo\r\n\nlast"));
    expect(fd, KO_STR("one"));
    expect(fd, KO_STR("two"));
    expect(fd, KO_STR(""));
    expect(fd, KO_STR("last"));
    expect_status(fd, KO_END);
    expect_status(fd, KO_END);
    assert_int_equal(close(fd), 0);
}

static void an_empty_input_has_no_line(void **state)
{
    (void)state;
    int fd = open_text(KO_STR(""));
    expect_status(fd, KO_END);
    assert_int_equal(close(fd), 0);
}

static void a_line_over_many_blocks_is_whole(void **state)
{
    (void)state;
    struct ko_buf text;
    ko_buf_init(&text, KO_BUF_MAX);
    ko_buf_fill(&text, 'x', 10000);
    struct ko_str line = {text.p, 10000};
    ko_buf_puts(&text, "\ny\n");
    int fd = open_text(ko_buf_str(&text));
    line.p = text.p;
    expect(fd, line);
    expect(fd, KO_STR("y"));
    expect_status(fd, KO_END);
    assert_int_equal(close(fd), 0);
    ko_buf_release(&text);
}

static void an_endless_line_is_refused(void **state)
{
    (void)state;
    struct ko_buf text;
    ko_buf_init(&text, KO_BUF_MAX);
    ko_buf_fill(&text, 'x', (size_t)2 << 20);
    int fd = open_text(ko_buf_str(&text));
    expect_status(fd, KO_ELIMIT);
    assert_int_equal(close(fd), 0);
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
