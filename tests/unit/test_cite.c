#include "unit.h"

#include "show/cite.h"

/* assert_cited("text", "plain|id|plain|…"): what the pieces of text are, for E1 and E12.
 */
static void assert_cited(struct ko_str text, const char *want)
{
    struct ko_case c;
    struct ko_map ids;
    struct ko_evidence *e;
    struct ko_buf got;
    struct ko_str plain, id;
    ko_case_init(&c);
    ko_map_init(&ids, 1);
    ko_buf_init(&got, 1 << 12);
    for (int i = 0; i < 12; i++)
        assert_int_equal(ko_case_add_evidence(&c, KO_STAGE_BLAME, &e), KO_OK);
    assert_int_equal(ko_cite_index(&c, &ids), KO_OK);
    while (ko_cite_next(&ids, &text, &plain, &id))
        ko_buf_printf(&got, "%.*s|%.*s|", KO_ARG(plain), KO_ARG(id));
    assert_slice(ko_buf_str(&got), ko_str(want));
    ko_buf_release(&got);
    ko_map_release(&ids);
    ko_case_release(&c);
}

static void ids_in_brackets_are_references(void **state)
{
    (void)state;
    assert_cited(KO_STR("rose [E1]."), "rose [|E1|].||");
    assert_cited(KO_STR("[E1 E12]"), "[|E1| |E12|]||");
    assert_cited(KO_STR("[E1, E12] x"), "[|E1|, |E12|] x||");
    assert_cited(KO_STR("a [E2] b [E3]"), "a [|E2|] b [|E3|]||");
}

static void what_a_log_says_is_no_reference(void **state)
{
    (void)state;
    assert_cited(KO_STR("error E1 in [E1x]"), "error E1 in [E1x]||");
    assert_cited(KO_STR("[E99]"), "[E99]||");
    assert_cited(KO_STR("[E1 pool]"), "[E1 pool]||");
    assert_cited(KO_STR("[]"), "[]||");
    assert_cited(KO_STR("[ ,"), "[ ,||");
    assert_cited(KO_STR("[E1"), "[E1||");
    assert_cited(KO_STR(""), "");
}

static void a_text_full_of_brackets_costs_little(void **state)
{
    (void)state;
    static char text[1 << 20];
    struct ko_map ids;
    struct ko_str rest = {text, sizeof text}, plain, id;
    memset(text, '[', sizeof text);
    ko_map_init(&ids, 1);
    assert_true(ko_cite_next(&ids, &rest, &plain, &id));
    assert_int_equal(plain.n, sizeof text);
    assert_int_equal(rest.n, 0);
    ko_map_release(&ids);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_in_brackets_are_references),
        cmocka_unit_test(what_a_log_says_is_no_reference),
        cmocka_unit_test(a_text_full_of_brackets_costs_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
