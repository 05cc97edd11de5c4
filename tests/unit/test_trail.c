#include "unit.h"

#include "show/trail.h"

/* A chain under construction. */
struct world {
    struct ko_case c;
    struct ko_arena arena;
    struct ko_trail trail;
    uint32_t id[26]; /* of the entities "a", "b" … */
};

static uint32_t entity(struct world *w, char name)
{
    uint32_t id;
    assert_int_equal(ko_case_entity(&w->c, (struct ko_str){&name, 1}, &id), KO_OK);
    return id;
}

/* node(w, 'b', 'a', 3): b hangs under a from second 3 on; '-' is no parent. */
static void node(struct world *w, char name, char parent, int64_t second)
{
    struct ko_chain *chain =
        w->c.chains.n ? &w->c.chains.v[0] : ko_case_add(&w->c, "chain");
    struct ko_node *n;
    assert_non_null(chain);
    KO_LIST_ADD(&w->c.arena, &chain->nodes, n);
    assert_non_null(n);
    *n = (struct ko_node){entity(w, name),
                          second * KO_SECOND,
                          KO_TIME_NONE,
                          KO_TIME_NONE,
                          parent == '-' ? KO_NO_ENTITY : entity(w, parent),
                          KO_STR("")};
}

static void begin(struct world *w)
{
    memset(w, 0, sizeof *w);
    ko_case_init(&w->c);
    w->c.head.from = 0;
    w->c.head.step = KO_SECOND;
    w->c.head.buckets = 10;
}

/* The trail as "a0 b1 c1": name and depth in order. */
static void assert_laid(struct world *w, const char *want)
{
    struct ko_buf got;
    ko_buf_init(&got, 1 << 16);
    assert_int_equal(ko_trail_lay(&w->c, ko_trail_chain(&w->c), &w->arena, &w->trail),
                     KO_OK);
    for (size_t i = 0; i < w->trail.steps.n; i++) {
        struct ko_str name = ko_case_name(&w->c, w->trail.steps.v[i].node->entity);
        ko_buf_printf(&got, "%s%.*s%zu", i ? " " : "", KO_ARG(name),
                      w->trail.steps.v[i].depth);
    }
    assert_slice(ko_buf_str(&got), ko_str(want));
    ko_buf_release(&got);
}

static void end(struct world *w)
{
    ko_arena_release(&w->arena);
    ko_case_release(&w->c);
}

static void children_follow_their_parent_by_onset_then_name(void **state)
{
    (void)state;
    struct world w;
    begin(&w);
    node(&w, 'a', '-', 0);
    node(&w, 'd', 'a', 2);
    node(&w, 'b', 'a', 1);
    node(&w, 'c', 'a', 2);
    node(&w, 'e', 'b', 5);
    assert_laid(&w, "a0 b1 e2 c1 d1");
    assert_false(w.trail.steps.v[1].last);
    assert_true(w.trail.steps.v[2].last);
    assert_true(w.trail.steps.v[4].last);
    end(&w);
}

static void a_loop_or_a_lost_parent_makes_a_root(void **state)
{
    (void)state;
    struct world w;
    begin(&w);
    node(&w, 'a', '-', 0);
    node(&w, 'b', 'c', 1);
    node(&w, 'c', 'b', 2);
    node(&w, 'd', 'z', 3);
    node(&w, 'e', 'e', 4);
    assert_laid(&w, "a0 b0 c1 d0 e0");
    end(&w);
}

static void an_empty_case_has_an_empty_trail(void **state)
{
    (void)state;
    struct world w;
    begin(&w);
    assert_null(ko_trail_chain(&w.c));
    assert_laid(&w, "");
    assert_true(ko_trail_next(&w.trail, SIZE_MAX) == SIZE_MAX);
    end(&w);
}

static void a_huge_chain_says_how_much_is_left_out(void **state)
{
    (void)state;
    struct world w;
    begin(&w);
    for (int i = 0; i < KO_TRAIL_MAX + 5; i++)
        node(&w, 'a', i ? 'b' : '-', i);
    assert_int_equal(ko_trail_lay(&w.c, ko_trail_chain(&w.c), &w.arena, &w.trail), KO_OK);
    assert_int_equal(w.trail.steps.n, KO_TRAIL_MAX);
    assert_int_equal(w.trail.left_out, 5);
    end(&w);
}

static void steps_can_be_walked_in_time(void **state)
{
    (void)state;
    struct world w;
    begin(&w);
    node(&w, 'a', '-', 3);
    node(&w, 'b', 'a', 1);
    node(&w, 'c', 'b', 1);
    assert_laid(&w, "a0 b1 c2");
    size_t at = ko_trail_next(&w.trail, SIZE_MAX);
    assert_int_equal(at, 1);
    at = ko_trail_next(&w.trail, at);
    assert_int_equal(at, 2);
    at = ko_trail_next(&w.trail, at);
    assert_int_equal(at, 0);
    assert_true(ko_trail_next(&w.trail, at) == SIZE_MAX);
    end(&w);
}

static struct ko_onset *add_onset(struct world *w, char name, const char *signal,
                                  int64_t second, double score)
{
    struct ko_onset *o = ko_case_add(&w->c, "onset");
    assert_non_null(o);
    o->entity = entity(w, name);
    o->signal = ko_str(signal);
    o->time = second * KO_SECOND;
    o->score = score;
    return o;
}

static void a_step_stands_on_its_own_evidence_first(void **state)
{
    (void)state;
    struct world w;
    begin(&w);
    node(&w, 'a', '-', 3);
    w.c.chains.v[0].nodes.v[0].evidence = KO_STR("E2");
    add_onset(&w, 'a', "errors", 3, 9)->evidence = KO_STR("E1");
    add_onset(&w, 'a', "latency_p95", 5, 2)->evidence = KO_STR("E2");
    struct ko_series *s = ko_case_add(&w.c, "series");
    assert_non_null(s);
    s->entity = entity(&w, 'a');
    s->signal = KO_STR("latency_p95");
    assert_laid(&w, "a0");
    assert_str(w.trail.steps.v[0].onset->signal, "latency_p95");
    assert_ptr_equal(w.trail.steps.v[0].series, &w.c.series.v[0]);
    w.c.chains.v[0].nodes.v[0].evidence = KO_STR("");
    w.trail = (struct ko_trail){0};
    assert_laid(&w, "a0");
    assert_str(w.trail.steps.v[0].onset->signal, "errors");
    end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(children_follow_their_parent_by_onset_then_name),
        cmocka_unit_test(a_loop_or_a_lost_parent_makes_a_root),
        cmocka_unit_test(an_empty_case_has_an_empty_trail),
        cmocka_unit_test(a_huge_chain_says_how_much_is_left_out),
        cmocka_unit_test(steps_can_be_walked_in_time),
        cmocka_unit_test(a_step_stands_on_its_own_evidence_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
