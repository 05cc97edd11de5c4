/* test_demand.c: did delay turn into demand? */
#include "unit.h"

#include "impact/demand.h"
#include "impact_case.h"

enum { MINUTES = 60, START = 30 };

/* ${low} with a little of its own, ${high} from minute ${at} on. */
static void step(double *v, size_t at, double low, double high)
{
    for (size_t i = 0; i < MINUTES; i++)
        v[i] = (i < at ? low : high) * (1 + 0.02 * (double)((i * 7) % 5));
}

/* A journey web, then queue: web gets slow at START. */
static struct ko_window build(struct ko_case *c, double slow)
{
    struct ko_window w;
    build_case(c, MINUTES);
    make_step(c, "pay", "open", "web", "");
    make_step(c, "pay", "wait", "queue", "");
    make_chain(c, "web", START);
    step(build_series(c, "web", "latency_p95", KO_CLASS_LATENCY, 0), START, 0.3, slow);
    for (size_t i = 0; i < c->series.n; i++)
        c->series.v[i].unit = KO_STR("s");
    assert_true(ko_window_find(c, &w));
    return w;
}

static const struct ko_impact *run(struct ko_case *c, const struct ko_window *w,
                                   const char *measure)
{
    assert_int_equal(ko_demand_run(c, w), KO_OK);
    for (size_t i = 0; i < c->impacts.n; i++) {
        if (ko_str_eq(c->impacts.v[i].measure, ko_str(measure)))
            return &c->impacts.v[i];
    }
    return NULL;
}

static bool holds(const struct ko_impact *m, const char *part)
{
    size_t at;
    return ko_str_find(m->text, ko_str(part), &at);
}

static void contacts_that_swell_after_the_delay_followed_it(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_window w = build(&c, 4);
    step(build_series(&c, "queue", "offered", KO_CLASS_LOAD, 0), START + 5, 10, 30);
    const struct ko_impact *m = run(&c, &w, "demand");
    assert_non_null(m);
    assert_str(m->dim, "pay");
    assert_str(m->value, "contacts");
    assert_true(holds(m, "followed the latency of web after 5"));
    assert_true(holds(m, "from a response time of 4 s on (not yet at 324 ms)"));
    ko_case_release(&c);
}

static void a_share_is_taken_of_what_it_is_a_part_of(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_window w = build(&c, 4);
    step(build_series(&c, "queue", "offered", KO_CLASS_LOAD, 0), MINUTES, 100, 100);
    step(build_series(&c, "queue", "abandoned", KO_CLASS_ERROR, 0), START, 5, 50);
    const struct ko_impact *m = run(&c, &w, "demand");
    assert_non_null(m);
    assert_str(m->value, "abandonment");
    assert_true(m->before > 0.04 && m->before < 0.06);
    assert_true(holds(m, "at once"));
    ko_case_release(&c);
}

static void what_swells_first_did_not_follow(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_window w = build(&c, 4);
    step(c.series.v[0].v.v, START + 10, 0.3, 4);
    step(build_series(&c, "queue", "offered", KO_CLASS_LOAD, 0), START, 10, 30);
    assert_null(run(&c, &w, "demand"));
    assert_non_null(run(&c, &w, "demand-unmoved"));
    ko_case_release(&c);
}

static void what_stays_ordinary_did_not_follow(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_window w = build(&c, 4);
    step(build_series(&c, "queue", "offered", KO_CLASS_LOAD, 0), START, 10, 10.5);
    assert_null(run(&c, &w, "demand"));
    ko_case_release(&c);
}

static void without_delay_nothing_is_said(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_window w = build(&c, 0.3);
    step(build_series(&c, "queue", "offered", KO_CLASS_LOAD, 0), START, 10, 30);
    assert_int_equal(ko_demand_run(&c, &w), KO_OK);
    assert_int_equal(c.impacts.n, 0);
    ko_case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contacts_that_swell_after_the_delay_followed_it),
        cmocka_unit_test(a_share_is_taken_of_what_it_is_a_part_of),
        cmocka_unit_test(what_swells_first_did_not_follow),
        cmocka_unit_test(what_stays_ordinary_did_not_follow),
        cmocka_unit_test(without_delay_nothing_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
