/* test_amplify.c: retry storms and their near misses; trouble that outlives its trigger.
 */
#include "spread/spread.h"

#include "case_builder.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { BUCKETS = 60, ONSET = 36 };

/* A caller "web" and a callee "pay", a number a bucket each. */
struct world {
    struct ko_case c;
    struct build_rng rng;
    double *web, *web_failed, *pay, *pay_failed, *calls, *slow;
};

static void build(struct world *w)
{
    build_case(&w->c, BUCKETS);
    w->rng = (struct build_rng){7};
    w->web = build_series(&w->c, "web", "requests", KO_CLASS_LOAD, 0);
    w->web_failed = build_series(&w->c, "web", "errors", KO_CLASS_ERROR, 0);
    w->pay = build_series(&w->c, "pay", "requests", KO_CLASS_LOAD, 0);
    w->pay_failed = build_series(&w->c, "pay", "errors", KO_CLASS_ERROR, 0);
    w->calls = build_caller_series(&w->c, "pay", "web", "requests", KO_CLASS_LOAD, 0);
    w->slow = build_series(&w->c, "pay", "latency_p95", KO_CLASS_LATENCY, 0);
    build_edge(&w->c, "web", "pay", "trace");
}

/* ${requests} of web, each calling pay ${calls} times; of these, ${failing} fail. */
static void bucket(struct world *w, size_t i, double requests, double calls,
                   double failing)
{
    w->web[i] = build_poisson(&w->rng, requests);
    w->calls[i] = w->pay[i] = build_poisson(&w->rng, w->web[i] * calls);
    w->pay_failed[i] = floor(w->pay[i] * failing + 0.5);
    w->web_failed[i] = floor(w->web[i] * failing * failing + 0.5);
    w->slow[i] = (0.1 + failing) * exp(0.1 * build_normal(&w->rng));
}

static void run(struct world *w)
{
    struct ko_err err;
    assert_int_equal(ko_spread_run(&w->c, NULL, &err), KO_OK);
}

static const struct ko_evidence *of_signal(const struct world *w, const char *signal)
{
    for (size_t i = 0; i < w->c.evidence.n; i++) {
        if (ko_str_eq(w->c.evidence.v[i].signal, ko_str(signal)))
            return &w->c.evidence.v[i];
    }
    return NULL;
}

static const struct ko_evidence *metastable(const struct world *w)
{
    for (size_t i = 0; i < w->c.evidence.n; i++) {
        if (ko_str_eq(w->c.evidence.v[i].kind, KO_STR("metastable")))
            return &w->c.evidence.v[i];
    }
    return NULL;
}

static void test_repeated_calls_are_measured(void **state)
{
    (void)state;
    struct world w = {0};
    build(&w);
    for (size_t i = 0; i < BUCKETS; i++) {
        bool ill = i >= ONSET && i < ONSET + 14;
        bucket(&w, i, 200, ill ? 1.2 : 0.5, ill ? 0.6 : 0.005);
    }
    run(&w);
    const struct ko_evidence *e = of_signal(&w, "calls per request");
    assert_non_null(e);
    assert_true(fabs(e->score / 2.4 - 1) < 0.1);
    ko_case_release(&w.c);
}

/* More is asked, and the callee fails under it: nothing is repeated. */
static void test_more_demand_is_no_amplifier(void **state)
{
    (void)state;
    struct world w = {0};
    build(&w);
    for (size_t i = 0; i < BUCKETS; i++)
        bucket(&w, i, i >= ONSET ? 600 : 200, 0.5, i >= ONSET ? 0.5 : 0.005);
    run(&w);
    assert_null(of_signal(&w, "calls per request"));
    assert_null(metastable(&w));
    ko_case_release(&w.c);
}

/* A retry budget of a tenth. */
static void test_a_budget_is_no_amplifier(void **state)
{
    (void)state;
    struct world w = {0};
    build(&w);
    for (size_t i = 0; i < BUCKETS; i++)
        bucket(&w, i, 200, i >= ONSET ? 0.55 : 0.5, i >= ONSET ? 0.6 : 0.005);
    run(&w);
    assert_null(of_signal(&w, "calls per request"));
    ko_case_release(&w.c);
}

/* Two buckets in which little is done, then ${fine} of four times the calls. */
static void outlive(struct world *w, double fine, size_t end)
{
    build(w);
    for (size_t i = 0; i < BUCKETS; i++) {
        bool ill = i >= ONSET && i < end;
        bool trigger = ill && i < ONSET + 2;
        bucket(w, i, 200, ill ? 2 : 0.5, trigger ? 0.95 : ill ? 1 - fine : 0.005);
    }
    run(w);
}

static void test_it_outlives_its_trigger(void **state)
{
    (void)state;
    struct world w = {0};
    outlive(&w, 0.28, BUCKETS);
    assert_non_null(metastable(&w));
    ko_case_release(&w.c);
}

/* Its capacity never came back. */
static void test_still_ill_is_not_metastable(void **state)
{
    (void)state;
    struct world w = {0};
    outlive(&w, 0.08, BUCKETS);
    assert_null(metastable(&w));
    ko_case_release(&w.c);
}

/* It was over within two minutes of its trigger. */
static void test_draining_is_not_metastable(void **state)
{
    (void)state;
    struct world w = {0};
    outlive(&w, 0.28, ONSET + 4);
    assert_null(metastable(&w));
    ko_case_release(&w.c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_repeated_calls_are_measured),
        cmocka_unit_test(test_more_demand_is_no_amplifier),
        cmocka_unit_test(test_a_budget_is_no_amplifier),
        cmocka_unit_test(test_it_outlives_its_trigger),
        cmocka_unit_test(test_still_ill_is_not_metastable),
        cmocka_unit_test(test_draining_is_not_metastable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
