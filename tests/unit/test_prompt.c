#include "unit.h"

#include "app/prompt.h"
#include "app_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct world world;
static struct ko_case c;
static struct ko_buf out;
static const struct ko_show_options show;
static struct ko_prompt prompt;

static void add_series(const char *entity, const char *signal)
{
    uint32_t index;
    assert_int_equal(ko_case_entity(&c, ko_str(entity), &index), KO_OK);
    struct ko_series *s = ko_case_add(&c, "series");
    assert_non_null(s);
    s->entity = index;
    s->signal = ko_str(signal);
}

static int begin(void **state)
{
    (void)state;
    world_open(&world, "triage", KO_STR(""));
    ko_case_init(&c);
    ko_buf_init(&out, KO_BUF_MAX);
    c.head.from = 1000 * KO_DAY + 14 * KO_HOUR;
    c.head.step = 10 * KO_SECOND;
    c.head.buckets = 6;
    add_series("crm-api", "requests");
    add_series("crm-api", "errors");
    add_series("ivr auth", "requests");
    add_series("evil\033[31m", "requests");
    prompt = (struct ko_prompt){.io = &world.io, .c = &c, .show = &show, .out = &out};
    return 0;
}

static int end(void **state)
{
    (void)state;
    ko_buf_release(&out);
    ko_case_release(&c);
    world_close(&world);
    return 0;
}

static void run(const char *line)
{
    ko_buf_reset(&out);
    prompt.mistaken = false;
    ko_prompt_run(&prompt, ko_str(line));
    world_collect(&world);
}

static void expect_mistake(const char *line, const char *said)
{
    run(line);
    assert_true(prompt.mistaken);
    assert_true(ko_str_ends(ko_buf_str(&world.err), ko_str(said)));
}

static bool printed(const char *text)
{
    size_t at;
    return ko_str_find(ko_buf_str(&out), ko_str(text), &at);
}

static void every_command_is_in_the_help(void **state)
{
    (void)state;
    run("help");
    for (const struct ko_prompt_command *k = ko_prompt_commands; k->name != NULL; k++)
        assert_true(printed(k->name));
    run("help plot");
    assert_true(printed("plot [ENTITY] [SIGNAL]"));
    assert_false(printed("where"));
}

static void a_beginning_is_enough_when_it_means_one_command(void **state)
{
    (void)state;
    run("q");
    assert_true(prompt.ended);
    expect_mistake("wh", "triage: 'wh' may mean: where who why\n");
    const struct ko_prompt_command *found = NULL;
    assert_int_equal(ko_prompt_find(KO_STR("whe"), &found), 1);
    assert_string_equal(found->name, "where");
}

static void mistakes_name_the_nearest_word(void **state)
{
    (void)state;
    expect_mistake("wheer", "no command 'wheer'; did you mean where?\n");
    expect_mistake("zzz", "no command 'zzz'; help lists them\n");
    expect_mistake("7", "no command '7'; help lists them\n");
    expect_mistake("show crm-apo", "no entity 'crm-apo'; did you mean crm-api?\n");
    expect_mistake("show", "which entity? TAB lists them\n");
    expect_mistake("where now", "where takes no argument\n");
    expect_mistake("why E99", "no evidence 'E99'\n");
    expect_mistake("why", "why what? give an evidence id such as E1\n");
    expect_mistake("plot crm-api colour", "no signal 'crm-api colour' to plot\n");
    expect_mistake("report pdf", "no format 'pdf'\n");
    expect_mistake("save", "save where? give a file for the case\n");
    assert_int_equal(out.n, 0);
}

static void comments_do_nothing(void **state)
{
    (void)state;
    run("# where");
    assert_false(prompt.mistaken);
    assert_int_equal(out.n, 0);
}

static void a_name_with_blanks_can_be_shown_and_plotted(void **state)
{
    (void)state;
    run("show ivr auth");
    assert_false(prompt.mistaken);
    assert_true(printed("ivr auth"));
    run("plot ivr auth requests");
    assert_false(prompt.mistaken);
    run("plot errors");
    assert_false(prompt.mistaken);
}

static void nothing_that_a_terminal_obeys_is_printed(void **state)
{
    (void)state;
    static const char *const lines[] = {"show evil\033[31m",
                                        "plot evil\033[31m",
                                        "where",
                                        "spread",
                                        "files",
                                        "report",
                                        ""};
    size_t at;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        run(lines[i]);
        assert_false(printed("\033"));
        assert_false(ko_str_chr(ko_buf_str(&world.err), '\033', &at));
    }
}

static void a_note_may_begin_with_its_time(void **state)
{
    (void)state;
    run("note called the vendor");
    run("note 14:05 they answered");
    run("note 02:05 next day");
    run("note 2026-03-14T14:07:00Z full time");
    assert_int_equal(c.notes.n, 4);
    assert_true(c.notes.v[0].time == KO_TIME_NONE);
    assert_str(c.notes.v[1].text, "they answered");
    assert_true(c.notes.v[1].time == 1000 * KO_DAY + 14 * KO_HOUR + 5 * KO_MINUTE);
    assert_true(c.notes.v[2].time == 1001 * KO_DAY + 2 * KO_HOUR + 5 * KO_MINUTE);
    assert_str(c.notes.v[3].text, "full time");
    expect_mistake("note", "note what? e.g. note 14:11 called the vendor\n");
}

static void unsaved_notes_are_spoken_of_once(void **state)
{
    (void)state;
    prompt.interactive = true;
    run("note x");
    run("quit");
    assert_false(prompt.ended);
    run("quit");
    assert_true(prompt.ended);
}

static void save_and_report_write_files(void **state)
{
    (void)state;
    char folder[] = "/tmp/knockon-test-XXXXXX", line[64];
    assert_non_null(mkdtemp(folder));
    run("note x");
    (void)snprintf(line, sizeof line, "save %s/c", folder);
    run(line);
    assert_int_equal(prompt.unsaved, 0);
    assert_int_equal(unlink(line + strlen("save ")), 0);
    (void)snprintf(line, sizeof line, "report %s/r.html", folder);
    run(line);
    assert_false(prompt.mistaken);
    assert_int_equal(unlink(line + strlen("report ")), 0);
    (void)snprintf(line, sizeof line, "report md %s/r", folder);
    run(line);
    assert_int_equal(unlink(line + strlen("report md ")), 0);
    assert_int_equal(rmdir(folder), 0);
    assert_int_equal(prompt.code, KO_EXIT_DONE);
    (void)snprintf(line, sizeof line, "save %s/no/c", folder);
    run(line);
    assert_int_equal(prompt.code, KO_EXIT_OUTPUT);
}

static void check_offers(const char *typed, const char *want)
{
    struct ko_arena arena = {0};
    ko_candidates found = {0};
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    ko_prompt_complete(&prompt, ko_str(typed), &arena, &found);
    for (size_t i = 0; i < found.n; i++)
        ko_buf_printf(&b, "%s%.*s", i ? " " : "", KO_ARG(found.v[i]));
    assert_slice(ko_buf_str(&b), ko_str(want));
    ko_buf_release(&b);
    ko_arena_release(&arena);
}

static void completion_offers_what_can_be_typed_next(void **state)
{
    (void)state;
    check_offers("wh", "where who why");
    check_offers("show ", "crm-api");
    check_offers("show x", "");
    check_offers("plot crm-api ", "requests errors");
    check_offers("plot crm-api e", "errors");
    check_offers("report h", "html");
    check_offers("help pl", "plot");
    check_offers("nonsense ", "");
    check_offers("where ", "");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        T(every_command_is_in_the_help),
        T(a_beginning_is_enough_when_it_means_one_command),
        T(mistakes_name_the_nearest_word),
        T(comments_do_nothing),
        T(a_name_with_blanks_can_be_shown_and_plotted),
        T(nothing_that_a_terminal_obeys_is_printed),
        T(a_note_may_begin_with_its_time),
        T(unsaved_notes_are_spoken_of_once),
        T(save_and_report_write_files),
        T(completion_offers_what_can_be_typed_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
