/* test_unseen.c: origins of which only a change tells. */
#include "spread/spread.h"

#include "case_builder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { BUCKETS = 60, ONSET = 40 };

static void change(struct ko_case *c, const char *entity, const char *kind, int64_t at)
{
    struct ko_change *x = ko_case_add(c, "change");
    assert_non_null(x);
    x->entity = build_entity(c, entity);
    x->kind = ko_str(kind);
    x->id = KO_STR("v2");
    x->time = ko_case_time(c, at);
}

/* People wait three times as long from the onset on. */
static void queue(struct ko_case *c)
{
    struct build_rng rng = {7};
    double *wait = build_series(c, "care-queue", "wait_mean", KO_CLASS_QUEUE, 0);
    double *left = build_series(c, "care-queue", "abandoned", KO_CLASS_CUSTOMER, 0);
    for (size_t i = 0; i < BUCKETS; i++) {
        wait[i] = (i < ONSET ? 50 : 150) + 5 * build_normal(&rng);
        left[i] = build_poisson(&rng, i < ONSET ? 1 : 12);
    }
    c->entities.v[build_entity(c, "care-queue")].kind = KO_KIND_QUEUE;
}

static void calm(struct ko_case *c, const char *entity)
{
    struct build_rng rng = {3};
    double *cpu = build_series(c, entity, "cpu", KO_CLASS_RESOURCE, 0);
    for (size_t i = 0; i < BUCKETS; i++)
        cpu[i] = 6 + 0.1 * build_normal(&rng);
}

static void assert_origin(struct ko_case *c, const char *name)
{
    assert_int_equal(ko_spread_run(c, NULL, NULL), KO_OK);
    assert_int_equal(c->chains.n, 1);
    assert_true(ko_str_eq(ko_case_name(c, c->chains.v[0].origin), ko_str(name)));
}

static void queue_that_swells_after_a_change_of_routing_follows_the_router(void **state)
{
    (void)state;
    struct ko_case c;
    build_case(&c, BUCKETS);
    queue(&c);
    calm(&c, "router");
    change(&c, "router", "routing", ONSET - 1);
    assert_origin(&c, "router");
    assert_int_equal(c.links.n, 1);
    assert_true(ko_str_eq(c.links.v[0].mechanism, KO_STR("queue-pressure")));
    assert_true(ko_str_eq(c.links.v[0].structure, KO_STR("inferred")));
    assert_int_equal(c.chains.v[0].nodes.v[0].time, ko_case_time(&c, ONSET - 1));
    ko_case_release(&c);
}

/* A record of the cause falls into the bucket of the effect. */
static void effect_is_dated_after_its_cause_where_its_interval_allows(void **state)
{
    (void)state;
    struct ko_case c;
    build_case(&c, BUCKETS);
    queue(&c);
    change(&c, "router", "routing", ONSET);
    c.changes.v[0].time += 20 * KO_SECOND;
    assert_origin(&c, "router");
    const struct ko_node *n = &c.chains.v[0].nodes.v[1];
    assert_int_equal(n->lo, ko_case_time(&c, ONSET) + 20 * KO_SECOND);
    assert_int_equal(n->time, ko_case_time(&c, ONSET) + 40 * KO_SECOND);
    assert_int_equal(c.links.v[0].lag, 20 * KO_SECOND);
    ko_case_release(&c);
}

static void dependency_that_nothing_tells_of_follows_from_its_change(void **state)
{
    (void)state;
    struct ko_case c;
    build_case(&c, BUCKETS);
    queue(&c);
    build_edge(&c, "care-queue", "scheduler", "declared");
    change(&c, "scheduler", "deploy", ONSET - 1);
    assert_origin(&c, "scheduler");
    ko_case_release(&c);
}

static void dependency_with_calm_numbers_is_innocent_of_its_deploy(void **state)
{
    (void)state;
    struct ko_case c;
    build_case(&c, BUCKETS);
    queue(&c);
    calm(&c, "scheduler");
    build_edge(&c, "care-queue", "scheduler", "declared");
    change(&c, "scheduler", "deploy", ONSET - 1);
    assert_origin(&c, "care-queue");
    ko_case_release(&c);
}

static void change_among_many_is_a_coincidence(void **state)
{
    (void)state;
    struct ko_case c;
    build_case(&c, BUCKETS);
    queue(&c);
    for (int64_t i = 0; i < BUCKETS; i++)
        change(&c, i == ONSET - 1 ? "router" : "shop",
               i == ONSET - 1 ? "routing" : "deploy", i);
    assert_origin(&c, "care-queue");
    ko_case_release(&c);
}

static void change_that_comes_later_or_elsewhere_bears_on_nothing(void **state)
{
    (void)state;
    struct ko_case c;
    build_case(&c, BUCKETS);
    queue(&c);
    change(&c, "router", "routing", ONSET + 3);
    change(&c, "mailer", "deploy", ONSET - 1);
    assert_origin(&c, "care-queue");
    ko_case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(queue_that_swells_after_a_change_of_routing_follows_the_router),
        cmocka_unit_test(effect_is_dated_after_its_cause_where_its_interval_allows),
        cmocka_unit_test(dependency_that_nothing_tells_of_follows_from_its_change),
        cmocka_unit_test(dependency_with_calm_numbers_is_innocent_of_its_deploy),
        cmocka_unit_test(change_among_many_is_a_coincidence),
        cmocka_unit_test(change_that_comes_later_or_elsewhere_bears_on_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
