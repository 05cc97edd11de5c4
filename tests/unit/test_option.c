#include "unit.h"

#include "app/help.h"
#include "app/option.h"

enum { FILE_OPT, LOUD_OPT, MANY_OPT, WHEN_OPT, SECRET_OPT };

static const struct ko_option table[] = {
    {.id = FILE_OPT,
     .letter = 'o',
     .name = "output",
     .arg = "FILE",
     .group = "G",
     .help = "h"},
    {.id = LOUD_OPT, .letter = 'l', .name = "loud", .group = "G", .help = "h"},
    {.id = MANY_OPT, .name = "map", .arg = "FILE", .group = "A", .help = "h"},
    {.id = WHEN_OPT,
     .name = "color",
     .arg = "WHEN",
     .words = "auto always never",
     .group = "G",
     .help = "h"},
    {.id = SECRET_OPT, .name = "dump", .group = "G", .help = "h", .hidden = true},
    {.name = NULL}};
static const struct ko_tool tool = {
    .name = "t",
    .what = "does it",
    .operands = "[FILE]",
    .tables = (const struct ko_option *const[]){table, NULL},
    .examples = (const struct ko_example[]){{"t x", "an example"}, {NULL, NULL}}};

static struct ko_args args;
static struct ko_err err;

/* Parse the words up to NULL. */
static enum ko_status parse(const char *first, ...)
{
    char *argv[16] = {"t"};
    int argc = 1;
    va_list ap;
    va_start(ap, first);
    for (const char *w = first; w != NULL; w = va_arg(ap, const char *))
        argv[argc++] = (char *)(uintptr_t)w;
    va_end(ap);
    ko_args_release(&args);
    err = (struct ko_err){0};
    return ko_args_parse(&args, &tool, argc, argv, &err);
}

static void long_and_short_forms_mean_the_same(void **state)
{
    (void)state;
    assert_int_equal(parse("--output", "a", NULL), KO_OK);
    assert_string_equal(ko_args_last(&args, FILE_OPT), "a");
    assert_int_equal(parse("--output=b=c", NULL), KO_OK);
    assert_string_equal(ko_args_last(&args, FILE_OPT), "b=c");
    assert_int_equal(parse("-o", "d", NULL), KO_OK);
    assert_string_equal(ko_args_last(&args, FILE_OPT), "d");
    assert_int_equal(parse("-loe", NULL), KO_OK);
    assert_string_equal(ko_args_last(&args, FILE_OPT), "e");
    assert_true(ko_args_has(&args, LOUD_OPT));
    assert_int_equal(parse("--output=", NULL), KO_OK);
    assert_string_equal(ko_args_last(&args, FILE_OPT), "");
}

static void options_may_follow_operands_until_two_dashes(void **state)
{
    (void)state;
    assert_int_equal(parse("x", "--loud", "-", "--", "-o", "--loud", NULL), KO_OK);
    assert_int_equal(args.operands.n, 4);
    assert_string_equal(args.operands.v[1], "-");
    assert_string_equal(args.operands.v[2], "-o");
    assert_int_equal(args.given.n, 1);
}

static void all_arguments_of_a_repeated_option_are_kept_in_order(void **state)
{
    (void)state;
    assert_int_equal(parse("--map", "a", "--map", "b", NULL), KO_OK);
    assert_int_equal(args.given.n, 2);
    assert_string_equal(args.given.v[0].value, "a");
    assert_string_equal(ko_args_last(&args, MANY_OPT), "b");
    assert_null(ko_args_last(&args, FILE_OPT));
}

static void a_beginning_of_a_name_is_no_option(void **state)
{
    (void)state;
    assert_int_equal(parse("--out", "x", NULL), KO_EUNSUPPORTED);
    assert_int_equal(parse("--lou", NULL), KO_EUNSUPPORTED);
    assert_string_equal(err.text, "unknown option '--lou'; did you mean --loud?");
    assert_int_equal(parse("--zzzzzz", NULL), KO_EUNSUPPORTED);
    assert_string_equal(err.text, "unknown option '--zzzzzz'");
    assert_int_equal(parse("-x", NULL), KO_EUNSUPPORTED);
    assert_string_equal(err.text, "unknown option '-x'");
}

static void hidden_options_are_not_suggested(void **state)
{
    (void)state;
    assert_int_equal(parse("--dumb", NULL), KO_EUNSUPPORTED);
    assert_string_equal(err.text, "unknown option '--dumb'");
    assert_int_equal(parse("--dump", NULL), KO_OK);
}

static void missing_and_needless_arguments_are_refused(void **state)
{
    (void)state;
    assert_int_equal(parse("--output", NULL), KO_EUNSUPPORTED);
    assert_string_equal(err.text, "--output needs FILE");
    assert_int_equal(parse("-o", NULL), KO_EUNSUPPORTED);
    assert_int_equal(parse("--loud=yes", NULL), KO_EUNSUPPORTED);
    assert_string_equal(err.text, "--loud takes no argument");
}

static void only_the_listed_words_are_taken(void **state)
{
    (void)state;
    assert_int_equal(parse("--color=never", NULL), KO_OK);
    assert_int_equal(parse("--color", "nev", NULL), KO_EUNSUPPORTED);
    assert_string_equal(err.text, "--color takes one of: auto always never; not 'nev'");
    assert_int_equal(parse("--color=", NULL), KO_EUNSUPPORTED);
}

static void help_shows_examples_first_and_hidden_options_never(void **state)
{
    (void)state;
    struct ko_buf b;
    size_t example, options;
    ko_buf_init(&b, KO_BUF_MAX);
    ko_help_put(&b, &tool, "k-t");
    assert_true(ko_str_starts(ko_buf_str(&b), KO_STR("usage: k-t [OPTION]")));
    assert_true(ko_str_find(ko_buf_str(&b), KO_STR("  t x\n"), &example));
    assert_true(ko_str_find(ko_buf_str(&b), KO_STR("  -o, --output FILE"), &options));
    assert_true(example < options);
    assert_false(ko_str_find(ko_buf_str(&b), KO_STR("--dump"), &options));
    ko_buf_reset(&b);
    ko_help_put_table(&b, &tool);
    assert_str(ko_buf_str(&b),
               "-\tcolor\tWHEN\nl\tloud\t-\n-\tmap\tFILE\no\toutput\tFILE\n");
    ko_buf_release(&b);
}

static int release(void **state)
{
    (void)state;
    ko_args_release(&args);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_and_short_forms_mean_the_same),
        cmocka_unit_test(options_may_follow_operands_until_two_dashes),
        cmocka_unit_test(all_arguments_of_a_repeated_option_are_kept_in_order),
        cmocka_unit_test(a_beginning_of_a_name_is_no_option),
        cmocka_unit_test(hidden_options_are_not_suggested),
        cmocka_unit_test(missing_and_needless_arguments_are_refused),
        cmocka_unit_test(only_the_listed_words_are_taken),
        cmocka_unit_test(help_shows_examples_first_and_hidden_options_never),
    };
    return cmocka_run_group_tests(tests, NULL, release);
}
