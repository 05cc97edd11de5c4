#include "unit.h"

#include "app/io.h"
#include "base/file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

static struct ko_io io;

static int begin(void **state)
{
    (void)state;
    io = (struct ko_io){
        .program = "t", .out = memfd_create("out", 0), .err = memfd_create("err", 0)};
    return io.out < 0 || io.err < 0;
}

static int end(void **state)
{
    (void)state;
    return close(io.out) != 0 || close(io.err) != 0;
}

static void check_err(const char *want)
{
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    assert_int_equal(lseek(io.err, 0, SEEK_SET), 0);
    assert_int_equal(ko_file_slurp(io.err, &b, NULL), KO_OK);
    assert_slice(ko_buf_str(&b), ko_str(want));
    ko_buf_release(&b);
}

static void a_message_is_one_line_that_a_terminal_does_not_obey(void **state)
{
    (void)state;
    ko_io_say(&io, "cannot open '%s'", "a\033]0;x\a\n\xc2\x9b\xe2\x80\xae\xff\xc3\xa9");
    check_err(
        "t: cannot open 'a\\x1b]0;x\\x07 \\xc2\\x9b\\xe2\\x80\\xae\\xff\xc3\xa9'\n");
}

static void the_place_of_an_error_is_said_as_far_as_it_is_known(void **state)
{
    (void)state;
    struct ko_err err = {0};
    (void)ko_err_set(&err, KO_ESYNTAX, "bad");
    ko_io_say_err(&io, &err);
    ko_err_at(&err, KO_STR("f"), 0, 0);
    ko_io_say_err(&io, &err);
    ko_err_at(&err, KO_STR("f"), 3, 0);
    ko_io_say_err(&io, &err);
    ko_err_at(&err, KO_STR("f"), 3, 7);
    ko_io_say_err(&io, &err);
    check_err("t: bad\nt: f: bad\nt: f:3: bad\nt: f:3:7: bad\n");
}

static void an_overlong_message_is_cut_and_still_a_line(void **state)
{
    (void)state;
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    ko_buf_fill(&b, 'x', 5000);
    ko_buf_putc(&b, '\0');
    ko_io_say(&io, "%s", b.p);
    ko_buf_reset(&b);
    assert_int_equal(lseek(io.err, 0, SEEK_SET), 0);
    assert_int_equal(ko_file_slurp(io.err, &b, NULL), KO_OK);
    assert_true(b.n < 3000);
    assert_int_equal(b.p[b.n - 1], '\n');
    ko_buf_release(&b);
}

static void a_full_device_is_an_output_error(void **state)
{
    (void)state;
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    ko_buf_puts(&b, "text");
    assert_int_equal(ko_io_write(&io, "/dev/full", &b), KO_EXIT_OUTPUT);
    assert_int_equal(ko_io_write(&io, "-", &b), KO_EXIT_DONE);
    ko_buf_release(&b);
}

static void an_incomplete_output_is_not_written_at_all(void **state)
{
    (void)state;
    struct ko_buf b;
    ko_buf_init(&b, 3);
    ko_buf_puts(&b, "four");
    assert_int_equal(ko_io_write(&io, NULL, &b), KO_EXIT_OUTPUT);
    assert_int_equal(lseek(io.out, 0, SEEK_END), 0);
    ko_buf_release(&b);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        T(a_message_is_one_line_that_a_terminal_does_not_obey),
        T(the_place_of_an_error_is_said_as_far_as_it_is_known),
        T(an_overlong_message_is_cut_and_still_a_line),
        T(a_full_device_is_an_output_error),
        T(an_incomplete_output_is_not_written_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
