/* test_mass.c: own excess is what the dependencies do not hand up, in one unit. */
#include "blame/mass.h"

#include "case_builder.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { N = 30, ONSET = 20, LONG = N - ONSET };

static void slow(struct ko_case *c, const char *entity, double seconds)
{
    build_series(c, entity, "requests", KO_CLASS_LOAD, 10);
    double *v = build_series(c, entity, "latency_mean", KO_CLASS_LATENCY, 0.1);
    c->series.v[c->series.n - 1].unit = KO_STR("s");
    for (size_t i = ONSET; i < N; i++)
        v[i] += seconds;
}

static struct ko_standing *weigh(struct ko_case *c, struct ko_arena *scratch)
{
    static struct ko_standing standings[8];
    struct ko_index index;
    struct ko_graph graph;
    ko_clues none = {0};
    c->head.at = ko_case_time(c, ONSET);
    assert_int_equal(ko_index_make(c, scratch, &index), KO_OK);
    struct ko_scene scene = {
        .c = c,
        .index = &index,
        .cut = {.before = ONSET, .from = ONSET, .to = N, .at = ONSET},
        .scratch = scratch};
    assert_int_equal(ko_graph_make(c, scratch, &graph), KO_OK);
    ko_fuse_channels(&scene, &none, standings);
    assert_int_equal(ko_mass(&scene, &graph, standings), KO_OK);
    return standings;
}

static void caller_that_only_waits_owns_nothing(void **state)
{
    struct ko_case c;
    struct ko_arena scratch = {0};
    (void)state;
    build_case(&c, N);
    build_edge(&c, "web", "auth", "declared");
    slow(&c, "web", 2);
    slow(&c, "auth", 2);
    struct ko_standing *s = weigh(&c, &scratch);
    assert_float_equal(s[build_entity(&c, "auth")].own, 10 * 2 * LONG, 1e-6);
    assert_float_equal(s[build_entity(&c, "web")].own, 0, 1e-6);
    assert_float_equal(s[build_entity(&c, "web")].waited, 10 * 2 * LONG, 1e-6);
    ko_arena_release(&scratch);
    ko_case_release(&c);
}

static void milliseconds_and_requests_a_minute_are_converted(void **state)
{
    struct ko_case c;
    struct ko_arena scratch = {0};
    (void)state;
    build_case(&c, N);
    build_series(&c, "web", "requests_per_min", KO_CLASS_LOAD, 60);
    double *v = build_series(&c, "web", "latency_p95_ms", KO_CLASS_LATENCY, 100);
    c.series.v[c.series.n - 1].unit = KO_STR("ms");
    for (size_t i = ONSET; i < N; i++)
        v[i] = 1100;
    struct ko_standing *s = weigh(&c, &scratch);
    assert_float_equal(s[build_entity(&c, "web")].own, 60 * 1 * LONG, 1e-6);
    ko_arena_release(&scratch);
    ko_case_release(&c);
}

static void callee_that_is_called_async_is_not_waited_for(void **state)
{
    struct ko_case c;
    struct ko_arena scratch = {0};
    (void)state;
    build_case(&c, N);
    build_edge(&c, "web", "mail", "declared");
    c.edges.v[0].async = true;
    slow(&c, "web", 2);
    slow(&c, "mail", 2);
    struct ko_standing *s = weigh(&c, &scratch);
    assert_float_equal(s[build_entity(&c, "web")].waited, 0, 1e-6);
    ko_arena_release(&scratch);
    ko_case_release(&c);
}

static void unknown_unit_gives_no_mass(void **state)
{
    struct ko_case c;
    struct ko_arena scratch = {0};
    (void)state;
    build_case(&c, N);
    slow(&c, "web", 2);
    build_series(&c, "db", "requests", KO_CLASS_LOAD, 10);
    build_series(&c, "db", "latency", KO_CLASS_LATENCY, 5);
    struct ko_standing *s = weigh(&c, &scratch);
    assert_true(isnan(s[build_entity(&c, "db")].own));
    ko_arena_release(&scratch);
    ko_case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(caller_that_only_waits_owns_nothing),
        cmocka_unit_test(milliseconds_and_requests_a_minute_are_converted),
        cmocka_unit_test(callee_that_is_called_async_is_not_waited_for),
        cmocka_unit_test(unknown_unit_gives_no_mass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
