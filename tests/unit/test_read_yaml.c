/* YAML: its bounds, and whose lines are lost when it is broken. */
#include "read_events.h"

#include "base/buf.h"

#define ENTITY(name)                                                                     \
    "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: " name "\n"

static void each_document_stands_at_its_own_line(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r,
              "# é, which is two bytes\n---\n" ENTITY("a") "---\n" ENTITY("b") "...\n");
    assert_int_equal(r.events.n, 2);
    assert_str(r.ledger.format, "backstage");
    assert_int_equal(r.events.v[0].place.line, 1);
    assert_int_equal(r.events.v[1].place.line, 7);
    assert_int_equal(r.ledger.lines, 12);
    assert_int_equal(r.ledger.lines_accepted + r.ledger.lines_header, 12);
    release_result(&r);
}

static void documents_before_a_broken_one_are_used(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, ENTITY("a") "---\n" ENTITY("b") "spec: [\n---\n" ENTITY("c"));
    assert_int_equal(r.events.n, 1);
    assert_str(r.events.v[0].entity, "a");
    assert_true(r.ledger.damaged);
    assert_int_equal(r.ledger.rejects[KO_REJECT_YAML_SYNTAX], 11);
    assert_int_equal(r.ledger.remarks.n, 1);
    size_t at;
    assert_true(ko_str_find(r.ledger.remarks.v[0], KO_STR("line 11:"), &at));
    release_result(&r);
}

static void aliases_mean_what_their_anchors_do(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: &m\n"
                  "  name: &n crm\nspec:\n  owner: *n\n");
    assert_int_equal(r.events.n, 1);
    assert_str(r.events.v[0].owner, "crm");
    release_result(&r);
}

static void a_bomb_of_anchors_is_refused(void **state)
{
    (void)state;
    struct reading_result r;
    struct ko_buf b;
    ko_buf_init(&b, 1 << 20);
    ko_buf_puts(&b, ENTITY("a") "x0: &x0 [1, 2, 3, 4, 5, 6, 7, 8, 9]\n");
    for (int i = 1; i < 12; i++)
        ko_buf_printf(&b, "x%d: &x%d [*x%d, *x%d, *x%d, *x%d, *x%d, *x%d, *x%d]\n", i, i,
                      i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
    read_text_with(&r, ko_buf_str(&b), NULL);
    assert_int_equal(r.events.n, 0);
    assert_true(r.ledger.rejects[KO_REJECT_EXPANDED_LIMIT] > 0);
    release_result(&r);
    ko_buf_release(&b);
}

static void nesting_stops_at_64(void **state)
{
    (void)state;
    for (int depth = 62; depth <= 64; depth++) {
        struct reading_result r;
        struct ko_buf b;
        ko_buf_init(&b, 1 << 20);
        ko_buf_puts(&b, ENTITY("a") "x: ");
        ko_buf_fill(&b, '[', (size_t)depth);
        ko_buf_fill(&b, ']', (size_t)depth);
        ko_buf_putc(&b, '\n');
        read_text_with(&r, ko_buf_str(&b), NULL);
        assert_int_equal(r.events.n, depth < 64 ? 1 : 0); /* the mapping is one level */
        release_result(&r);
        ko_buf_release(&b);
    }
}

static void an_alias_of_nothing_and_a_nul_are_refused(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, ENTITY("a") "x: *nobody\n");
    assert_int_equal(r.events.n, 0);
    assert_int_equal(r.ledger.rejects[KO_REJECT_YAML_SYNTAX], 5);
    release_result(&r);
    read_text(&r, ENTITY("a") "x: \"a\\0b\"\n");
    assert_int_equal(r.ledger.rejects[KO_REJECT_YAML_SYNTAX], 5);
    release_result(&r);
}

static void our_own_map_may_be_yaml(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r,
              "journeys:\n- name: pay\n  steps:\n  - entity: crm\n    owner: '@a/crm'\n");
    assert_int_equal(r.events.n, 1);
    assert_int_equal(r.events.v[0].kind, KO_EVENT_STEP);
    assert_str(r.events.v[0].owner, "crm");
    release_result(&r);
}

static void logs_with_colons_are_no_yaml(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "service: started\nERROR: pool is empty\nservice: stopped, why?\n");
    assert_false(ko_str_eq(r.ledger.format, KO_STR("backstage")));
    assert_int_equal(r.events.n, 0);
    release_result(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_document_stands_at_its_own_line),
        cmocka_unit_test(documents_before_a_broken_one_are_used),
        cmocka_unit_test(aliases_mean_what_their_anchors_do),
        cmocka_unit_test(a_bomb_of_anchors_is_refused),
        cmocka_unit_test(nesting_stops_at_64),
        cmocka_unit_test(an_alias_of_nothing_and_a_nul_are_refused),
        cmocka_unit_test(our_own_map_may_be_yaml),
        cmocka_unit_test(logs_with_colons_are_no_yaml),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
