#include "unit.h"

#include "app/completion.h"
#include "app/tools.h"

static struct ko_buf b;

static bool has(const char *text)
{
    size_t at;
    return ko_str_find(ko_buf_str(&b), ko_str(text), &at);
}

static void put(const char *shell)
{
    ko_buf_reset(&b);
    assert_true(ko_completion_put(&b, &ko_tool_report, "k-report", ko_str(shell)));
}

static void every_shell_offers_the_words_of_an_option(void **state)
{
    (void)state;
    put("bash");
    assert_true(has("--format|-f) COMPREPLY=($(compgen -W 'text md html json dot csv'"));
    assert_true(has("complete -o filenames -F _knockon_report k-report\n"));
    put("zsh");
    assert_true(has("#compdef k-report\n"));
    assert_true(has(":FORMAT:(text md html json dot csv)'"));
    put("fish");
    assert_true(
        has("complete -c k-report -s f -l format -x -a 'text md html json dot csv'"));
    assert_true(has("complete -c k-report -s o -l output -r"));
}

static void hidden_options_are_not_offered(void **state)
{
    (void)state;
    static const char *const shells[] = {"bash", "zsh", "fish"};
    for (size_t i = 0; i < 3; i++) {
        put(shells[i]);
        assert_false(has("dump-options"));
    }
}

static void an_unknown_shell_gets_nothing(void **state)
{
    (void)state;
    ko_buf_reset(&b);
    assert_false(ko_completion_put(&b, &ko_tool_ingest, "ingest", KO_STR("csh")));
    assert_false(ko_completion_put(&b, &ko_tool_ingest, "ingest", KO_STR("")));
    assert_int_equal(b.n, 0);
}

static int begin(void **state)
{
    (void)state;
    ko_buf_init(&b, KO_BUF_MAX);
    return 0;
}

static int end(void **state)
{
    (void)state;
    ko_buf_release(&b);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shell_offers_the_words_of_an_option),
        cmocka_unit_test(hidden_options_are_not_offered),
        cmocka_unit_test(an_unknown_shell_gets_nothing),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
