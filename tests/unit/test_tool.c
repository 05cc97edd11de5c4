/* Whole tools over files in memory. */
#include "unit.h"

#include "app/stage.h"
#include "app_world.h"

typedef enum ko_exit stage_fn(int argc, char **argv, const struct ko_io *io);

static const struct {
    const char *name;
    stage_fn *run;
} tools[] = {{"ingest", ko_stage_ingest},
             {"correlate", ko_stage_correlate},
             {"blame", ko_stage_blame},
             {"report", ko_stage_report},
             {"triage", ko_stage_triage}};
enum { TOOLS = sizeof tools / sizeof *tools };

static const char quiet[] =
    "{\"type\":\"case\",\"format\":\"knockon/case\",\"version\":1,\"from\":0,"
    "\"step\":1000,\"buckets\":3}\n";

static struct world world;

static enum ko_exit run_at(stage_fn *stage, const char *name, const char *input, bool tty,
                           char **argv)
{
    int argc = 0;
    while (argv[argc] != NULL)
        argc++;
    if (world.io.program != NULL)
        world_close(&world);
    world_open(&world, name, ko_str(input));
    world.io.in_tty = tty;
    enum ko_exit code = stage(argc, argv, &world.io);
    world_collect(&world);
    return code;
}

static enum ko_exit run(stage_fn *stage, const char *input, char *arg1, char *arg2)
{
    char *argv[] = {"t", arg1, arg2, NULL};
    return run_at(stage, "t", input, false, argv);
}

static bool in(const struct ko_buf *b, const char *text)
{
    size_t at;
    return ko_str_find(ko_buf_str(b), ko_str(text), &at);
}

static void every_tool_has_help_version_and_completion(void **state)
{
    (void)state;
    for (size_t i = 0; i < TOOLS; i++) {
        assert_int_equal(run(tools[i].run, "", "--help", NULL), KO_EXIT_DONE);
        assert_true(in(&world.out, "usage: t [OPTION]"));
        assert_int_equal(run(tools[i].run, "", "--version", NULL), KO_EXIT_DONE);
        assert_true(in(&world.out, "t (knockon) " KO_VERSION "\njansson "));
        assert_int_equal(run(tools[i].run, "", "--completion", "fish"), KO_EXIT_DONE);
        assert_true(in(&world.out, "complete -c t "));
        assert_int_equal(world.err.n, 0);
    }
}

static void wrong_usage_is_2_with_one_line_that_helps(void **state)
{
    (void)state;
    for (size_t i = 0; i < TOOLS; i++) {
        assert_int_equal(run(tools[i].run, "", "--colour", NULL), KO_EXIT_USAGE);
        assert_str(
            ko_buf_str(&world.err),
            "t: unknown option '--colour'; did you mean --color?; try: t --help\n");
        assert_int_equal(world.out.n, 0);
    }
}

static void a_terminal_without_operand_gets_short_help(void **state)
{
    (void)state;
    for (size_t i = 0; i < TOOLS; i++) {
        char *argv[] = {"t", NULL};
        assert_int_equal(run_at(tools[i].run, "t", "", true, argv), KO_EXIT_USAGE);
        assert_true(in(&world.err, "usage: t "));
        assert_true(in(&world.err, "try: t --help\n"));
        assert_int_equal(world.out.n, 0);
    }
}

static void no_input_and_no_case_are_4(void **state)
{
    (void)state;
    for (size_t i = 1; i < TOOLS; i++) {
        assert_int_equal(run(tools[i].run, "", NULL, NULL), KO_EXIT_NO_INPUT);
        assert_true(in(&world.err, "is empty"));
        assert_int_equal(world.out.n, 0);
    }
    for (size_t i = 1; i < 4; i++) {
        assert_int_equal(run(tools[i].run, "hello\n", NULL, NULL), KO_EXIT_NO_INPUT);
        assert_int_equal(world.out.n, 0);
        assert_int_equal(run(tools[i].run, "", "/no/such/file", NULL), KO_EXIT_NO_INPUT);
        assert_true(in(&world.err, "/no/such/file"));
    }
}

static void two_cases_are_wrong_usage(void **state)
{
    (void)state;
    for (size_t i = 1; i < 4; i++)
        assert_int_equal(run(tools[i].run, quiet, "a", "b"), KO_EXIT_USAGE);
}

static void nothing_found_is_1_only_when_asked(void **state)
{
    (void)state;
    for (size_t i = 1; i < 3; i++) {
        assert_int_equal(run(tools[i].run, quiet, NULL, NULL), KO_EXIT_DONE);
        assert_int_equal(run(tools[i].run, quiet, "-e", NULL), KO_EXIT_NOTHING);
        assert_true(in(&world.out, "{\"type\":\"case\""));
    }
}

static void a_write_that_fails_is_5(void **state)
{
    (void)state;
    for (size_t i = 1; i < 4; i++) {
        assert_int_equal(run(tools[i].run, quiet, "-o", "/dev/full"), KO_EXIT_OUTPUT);
        assert_true(in(&world.err, "t: "));
    }
}

static void options_are_checked_before_anything_is_read(void **state)
{
    (void)state;
    assert_int_equal(run(ko_stage_blame, quiet, "--top", "0"), KO_EXIT_USAGE);
    assert_int_equal(run(ko_stage_blame, quiet, "--top", "many"), KO_EXIT_USAGE);
    assert_int_equal(run(ko_stage_ingest, "", "--at", "teatime"), KO_EXIT_USAGE);
    assert_int_equal(run(ko_stage_ingest, "", "--from", "14:05"), KO_EXIT_USAGE);
    assert_int_equal(run(ko_stage_ingest, "", "--step", "1500ms"), KO_EXIT_USAGE);
    assert_int_equal(run(ko_stage_ingest, "", "--tz", "Mars/Olympus"), KO_EXIT_USAGE);
    assert_int_equal(run(ko_stage_ingest, "", "--format", "no-such-format"),
                     KO_EXIT_USAGE);
    assert_int_equal(run(ko_stage_ingest, "", "--tz", "x.csv=UTC"), KO_EXIT_USAGE);
    assert_int_equal(run(ko_stage_report, quiet, "-f", "pdf"), KO_EXIT_USAGE);
}

static void the_commands_of_triage_run_in_their_order(void **state)
{
    (void)state;
    char *argv[] = {"t", "-c", "unknown", "-c", "nonsense", "-c", "help quit", NULL};
    assert_int_equal(run_at(ko_stage_triage, "t", quiet, false, argv), KO_EXIT_USAGE);
    assert_true(in(&world.out, "  quit "));
    assert_true(in(&world.err, "no command 'nonsense'"));
}

static int end(void **state)
{
    (void)state;
    world_close(&world);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_tool_has_help_version_and_completion),
        cmocka_unit_test(wrong_usage_is_2_with_one_line_that_helps),
        cmocka_unit_test(a_terminal_without_operand_gets_short_help),
        cmocka_unit_test(no_input_and_no_case_are_4),
        cmocka_unit_test(two_cases_are_wrong_usage),
        cmocka_unit_test(nothing_found_is_1_only_when_asked),
        cmocka_unit_test(a_write_that_fails_is_5),
        cmocka_unit_test(options_are_checked_before_anything_is_read),
        cmocka_unit_test(the_commands_of_triage_run_in_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, end);
}
