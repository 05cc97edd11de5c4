/* test_blame.c: who is ranked first, and when nobody is blamed. */
#include "blame/blame.h"

#include "case/stream.h"
#include "case_builder.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { N = 60, ONSET = 40 };

static void noisy(double *v, uint64_t seed, double mean, double sigma)
{
    struct build_rng rng = {seed};
    for (size_t i = 0; i < N; i++)
        v[i] = mean + sigma * build_normal(&rng);
}

static void step(double *v, double by)
{
    for (size_t i = ONSET; i < N; i++)
        v[i] += by;
}

static void blame(struct ko_case *c)
{
    assert_int_equal(ko_blame_run(c, NULL, NULL), KO_OK);
}

static const char *first(const struct ko_case *c)
{
    assert_true(c->suspects.n > 0);
    return ko_case_name(c, c->suspects.v[0].entity).p;
}

/* Three services; the cpu of one steps up, the latency of all follows. */
static void make_hog(struct ko_case *c)
{
    static const char *const names[] = {"cart", "front", "user"};
    build_case(c, N);
    c->head.at = ko_case_time(c, ONSET);
    for (size_t i = 0; i < 3; i++) {
        noisy(build_series(c, names[i], "cpu", KO_CLASS_RESOURCE, 0), i + 1, 10, 1);
        double *latency = build_series(c, names[i], "latency", KO_CLASS_LATENCY, 0);
        noisy(latency, i + 11, 100, 5);
        step(latency, 400);
    }
    step(c->series.v[4].v.v, 60);
}

static void entity_whose_own_capacity_moved_is_first(void **state)
{
    struct ko_case c;
    (void)state;
    make_hog(&c);
    blame(&c);
    assert_string_equal(first(&c), "user");
    assert_true(c.suspects.v[0].score > 1);
    assert_int_equal(c.suspects.n, 3);
    assert_true(c.suspects.v[0].reasons_for.n > 0);
    assert_true(c.suspects.v[1].reasons_against.n > 0);
    ko_case_release(&c);
}

static void minute_of_delay_in_the_given_time_changes_nothing(void **state)
{
    struct ko_case c;
    (void)state;
    make_hog(&c);
    c.head.at += KO_MINUTE;
    blame(&c);
    assert_string_equal(first(&c), "user");
    ko_case_release(&c);
}

static void untold_time_is_found_where_somebody_stands_out(void **state)
{
    struct ko_case c;
    (void)state;
    build_case(&c, N);
    for (int i = 0; i < 2; i++) {
        double *v =
            build_series(&c, i == 0 ? "well" : "ill", "cpu", KO_CLASS_RESOURCE, 0);
        noisy(v, (uint64_t)i + 3, 10, 1);
        for (size_t k = N / 2; k < N * 6 / 10; k++)
            v[k] += i == 0 ? 0 : 30;
    }
    blame(&c);
    assert_string_equal(first(&c), "ill");
    assert_true(c.suspects.v[0].score > 2);
    assert_string_equal(c.suspects.v[0].verdict.p, "insufficient evidence");
    ko_case_release(&c);
}

static void single_errors_are_no_deviation_whatever_a_callee_hands_on(void **state)
{
    struct ko_case c;
    (void)state;
    build_case(&c, N);
    c.head.at = ko_case_time(&c, ONSET);
    build_edge(&c, "bot", "crm", "declared");
    build_series(&c, "bot", "requests", KO_CLASS_LOAD, 13);
    build_series(&c, "crm", "requests", KO_CLASS_LOAD, 1);
    double *bot = build_series(&c, "bot", "errors", KO_CLASS_ERROR, 0);
    double *crm = build_series(&c, "crm", "errors", KO_CLASS_ERROR, 0);
    for (size_t i = 0; i < N; i++) {
        bot[i] = i == ONSET + 5 || i == ONSET + 8;
        crm[i] = i % 10 == 7;
    }
    blame(&c);
    assert_true(c.suspects.v[0].score < 1);
    ko_case_release(&c);
}

static void noise_alone_is_insufficient_evidence(void **state)
{
    struct ko_case c;
    (void)state;
    build_case(&c, N);
    c.head.at = ko_case_time(&c, ONSET);
    noisy(build_series(&c, "a", "cpu", KO_CLASS_RESOURCE, 0), 5, 10, 1);
    noisy(build_series(&c, "b", "cpu", KO_CLASS_RESOURCE, 0), 6, 10, 1);
    blame(&c);
    assert_true(ko_str_eq(c.suspects.v[0].verdict, KO_STR("insufficient evidence")));
    ko_case_release(&c);
}

/* 30 healthy numbers of 24 signals: the farthest goes beyond the worst of its own few
 * numbers in every eighth window. */
static bool blames_noise_of_a_short_window(uint64_t seed, bool told)
{
    static const char *const entities[] = {"a", "b", "c", "d", "e", "f"};
    static const char *const signals[] = {"cpu", "memory", "heap", "threads"};
    enum { SHORT = 30, SIGNALS = 24 };
    struct ko_case c;
    build_case(&c, SHORT);
    if (told)
        c.head.at = ko_case_time(&c, SHORT * 2 / 3);
    for (int i = 0; i < SIGNALS; i++) {
        struct build_rng rng = {seed * SIGNALS + (uint64_t)i};
        double *v =
            build_series(&c, entities[i % 6], signals[i / 6], KO_CLASS_RESOURCE, 0);
        for (size_t k = 0; k < SHORT; k++)
            v[k] = 10 + build_normal(&rng);
    }
    for (uint32_t e = 0; e < 6; e++) {
        struct ko_change *change = ko_case_add(&c, "change");
        change->entity = build_entity(&c, entities[e]);
        change->kind = KO_STR("deploy");
        change->time = ko_case_time(&c, SHORT * 2 / 3 - 1);
    }
    blame(&c);
    bool blames = !ko_str_eq(c.suspects.v[0].verdict, KO_STR("insufficient evidence"));
    for (size_t i = 0; i < c.changes.n; i++)
        blames |= ko_str_eq(c.changes.v[i].verdict, KO_STR("suspect"));
    ko_case_release(&c);
    return blames;
}

static void noise_of_many_signals_with_a_short_history_blames_nothing(void **state)
{
    size_t told = 0, untold = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        told += blames_noise_of_a_short_window(seed, true);
        untold += blames_noise_of_a_short_window(seed, false);
    }
    assert_in_range(told, 0, 5);
    assert_in_range(untold, 0, 5);
}

static void readings_of_a_shared_host_blame_nobody(void **state)
{
    struct ko_case c;
    (void)state;
    build_case(&c, N);
    c.head.at = ko_case_time(&c, ONSET);
    for (int i = 0; i < 2; i++) {
        double *v =
            build_series(&c, i == 0 ? "a" : "b", "node_cpu", KO_CLASS_RESOURCE, 0);
        noisy(v, 7, 10, 1);
        step(v, 80);
    }
    blame(&c);
    assert_true(c.suspects.v[0].score < 1);
    ko_case_release(&c);
}

static void new_error_lines_of_a_callee_explain_those_of_its_caller(void **state)
{
    struct ko_case c;
    (void)state;
    build_case(&c, N);
    c.head.at = ko_case_time(&c, ONSET);
    build_edge(&c, "web", "auth", "declared");
    build_series(&c, "web", "requests", KO_CLASS_LOAD, 100);
    build_series(&c, "auth", "requests", KO_CLASS_LOAD, 100);
    step(build_template(&c, "web", "upstream failed", "error"), 40);
    step(build_template(&c, "auth", "pool exhausted", "error"), 60);
    build_template_seal(&c);
    blame(&c);
    assert_string_equal(first(&c), "auth");
    assert_string_equal(ko_case_name(&c, c.suspects.v[1].entity).p, "web");
    assert_true(c.suspects.v[1].score < 0.5 * c.suspects.v[0].score);
    ko_case_release(&c);
}

static void fill(double *v, size_t from, size_t to, double x)
{
    for (size_t i = from; i < to; i++)
        v[i] = x;
}

static void vanished_line_speaks_louder_than_one_that_another_replaces(void **state)
{
    struct ko_case c;
    (void)state;
    build_case(&c, N);
    c.head.at = ko_case_time(&c, ONSET);
    for (int i = 0; i < 2; i++) {
        const char *name = i == 0 ? "routed" : "broken";
        build_series(&c, name, "requests", KO_CLASS_LOAD, 100);
        fill(build_template(&c, name, "took the one way", "info"), 0, ONSET, 90);
        fill(build_template(&c, name, "came", "info"), 0, N, 100);
    }
    fill(build_template(&c, "routed", "took the other way", "info"), ONSET, N, 90);
    build_template_seal(&c);
    blame(&c);
    assert_string_equal(first(&c), "broken");
    assert_true(c.suspects.v[1].score < 0.6 * c.suspects.v[0].score);
    ko_case_release(&c);
}

static void told_time_at_the_end_of_its_bucket_keeps_the_line_healthy(void **state)
{
    struct ko_case c;
    (void)state;
    build_case(&c, N);
    c.head.at = ko_case_time(&c, ONSET) - 1;
    build_series(&c, "a", "requests", KO_CLASS_LOAD, 2);
    fill(build_template(&c, "a", "priced the trip", "info"), 0, ONSET, 2);
    build_template_seal(&c);
    blame(&c);
    assert_true(c.evidence.n > 0);
    assert_true(c.evidence.v[0].before == 1);
    assert_true(c.evidence.v[0].after == 0);
    ko_case_release(&c);
}

static void errors_of_a_caller_are_explained_by_the_time_of_its_callee(void **state)
{
    struct ko_case c;
    (void)state;
    build_case(&c, N);
    c.head.at = ko_case_time(&c, ONSET);
    build_edge(&c, "web", "search", "declared");
    double *errors = build_series(&c, "web", "error_ratio", KO_CLASS_ERROR, 0);
    double *time = build_series(&c, "search", "self_time_mean", KO_CLASS_LATENCY, 0);
    noisy(errors, 3, 0.1, 0.01);
    step(errors, 10);
    noisy(time, 5, 0.1, 0.01);
    step(time, 4);
    blame(&c);
    assert_string_equal(first(&c), "search");
    ko_case_release(&c);
}

static void add_step(struct ko_case *c, struct ko_chain *chain, uint32_t from,
                     uint32_t to, const char *structure)
{
    struct ko_link *link = ko_case_add(c, "link");
    struct ko_node *node;
    link->from = from;
    link->to = to;
    link->structure = ko_str(structure);
    KO_LIST_ADD(&c->arena, &chain->nodes, node);
    *node = (struct ko_node){.entity = to, .parent = from};
}

/* "front" alone is slow; the cascade puts it behind "store", which nobody measures. */
static void make_follower(struct ko_case *c, const char *structure)
{
    struct ko_node *node;
    build_case(c, N);
    c->head.at = ko_case_time(c, ONSET);
    double *latency = build_series(c, "front", "latency", KO_CLASS_LATENCY, 0);
    noisy(latency, 3, 100, 5);
    step(latency, 400);
    noisy(build_series(c, "front", "cpu", KO_CLASS_RESOURCE, 0), 4, 10, 1);
    uint32_t front = build_entity(c, "front"), store = build_entity(c, "store");
    struct ko_chain *chain = ko_case_add(c, "chain");
    chain->origin = store;
    KO_LIST_ADD(&c->arena, &chain->nodes, node);
    *node = (struct ko_node){.entity = store, .parent = KO_NO_ENTITY};
    add_step(c, chain, store, front, structure);
}

static void origin_of_the_cascade_stands_before_who_follows_by_a_known_call(void **state)
{
    struct ko_case c;
    (void)state;
    make_follower(&c, "observed");
    blame(&c);
    assert_string_equal(first(&c), "store");
    assert_string_equal(ko_case_name(&c, c.suspects.v[1].entity).p, "front");
    assert_true(c.suspects.v[1].score < c.suspects.v[0].score);
    ko_case_release(&c);
}

/* The follower of a guessed step from an origin that evidence of ${kind} tells of. */
static void make_guessed(struct ko_case *c, const char *kind)
{
    make_follower(c, "inferred");
    struct ko_evidence *e = ko_case_add(c, "evidence");
    assert_non_null(e);
    e->id = KO_STR("E1");
    e->kind = ko_str(kind);
    c->chains.v[0].nodes.v[0].evidence = e->id;
}

static void origin_of_which_only_its_change_tells_stands_first(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct ko_case c;
        make_guessed(&c, i == 0 ? "change" : "signal");
        blame(&c);
        assert_string_equal(first(&c), i == 0 ? "store" : "front");
        ko_case_release(&c);
    }
}

static void guessed_step_of_a_cascade_moves_nobody(void **state)
{
    struct ko_case c;
    (void)state;
    make_follower(&c, "inferred");
    blame(&c);
    assert_string_equal(first(&c), "front");
    ko_case_release(&c);
}

static void own_capacity_is_not_moved_by_the_cascade(void **state)
{
    struct ko_case c;
    (void)state;
    make_follower(&c, "observed");
    step(c.series.v[1].v.v, 800);
    blame(&c);
    assert_string_equal(first(&c), "front");
    ko_case_release(&c);
}

static void top_keeps_that_many(void **state)
{
    struct ko_case c;
    struct ko_blame_options opt = {.top = 2};
    (void)state;
    make_hog(&c);
    assert_int_equal(ko_blame_run(&c, &opt, NULL), KO_OK);
    assert_int_equal(c.suspects.n, 2);
    ko_case_release(&c);
}

static void blaming_twice_equals_once(void **state)
{
    struct ko_case c;
    struct ko_buf once, twice;
    (void)state;
    ko_buf_init(&once, KO_BUF_MAX);
    ko_buf_init(&twice, KO_BUF_MAX);
    make_hog(&c);
    blame(&c);
    ko_stream_write(&c, &once);
    blame(&c);
    ko_stream_write(&c, &twice);
    assert_true(ko_str_eq(ko_buf_str(&once), ko_buf_str(&twice)));
    ko_buf_release(&once);
    ko_buf_release(&twice);
    ko_case_release(&c);
}

static void empty_case_has_no_suspect_and_no_error(void **state)
{
    struct ko_case c;
    (void)state;
    build_case(&c, 0);
    blame(&c);
    assert_int_equal(c.suspects.n, 0);
    ko_case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entity_whose_own_capacity_moved_is_first),
        cmocka_unit_test(minute_of_delay_in_the_given_time_changes_nothing),
        cmocka_unit_test(untold_time_is_found_where_somebody_stands_out),
        cmocka_unit_test(single_errors_are_no_deviation_whatever_a_callee_hands_on),
        cmocka_unit_test(noise_alone_is_insufficient_evidence),
        cmocka_unit_test(noise_of_many_signals_with_a_short_history_blames_nothing),
        cmocka_unit_test(readings_of_a_shared_host_blame_nobody),
        cmocka_unit_test(new_error_lines_of_a_callee_explain_those_of_its_caller),
        cmocka_unit_test(vanished_line_speaks_louder_than_one_that_another_replaces),
        cmocka_unit_test(errors_of_a_caller_are_explained_by_the_time_of_its_callee),
        cmocka_unit_test(told_time_at_the_end_of_its_bucket_keeps_the_line_healthy),
        cmocka_unit_test(origin_of_the_cascade_stands_before_who_follows_by_a_known_call),
        cmocka_unit_test(origin_of_which_only_its_change_tells_stands_first),
        cmocka_unit_test(guessed_step_of_a_cascade_moves_nobody),
        cmocka_unit_test(own_capacity_is_not_moved_by_the_cascade),
        cmocka_unit_test(top_keeps_that_many),
        cmocka_unit_test(blaming_twice_equals_once),
        cmocka_unit_test(empty_case_has_no_suspect_and_no_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
