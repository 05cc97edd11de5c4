/* test_cascade.c: random cascades over random trees; the share of links found right. */
#include "spread/spread.h"

#include "case_builder.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { SERVICES = 20, BUCKETS = 90, RUNS = 40, NEVER = BUCKETS };

/* Service i > 0 is called by caller[i] < i; trouble climbs from the origin to 0. */
struct world {
    size_t caller[SERVICES];
    size_t onset[SERVICES]; /* bucket, NEVER when untouched */
    size_t origin;
};

static void plan(struct world *w, struct build_rng *rng)
{
    for (size_t i = 0; i < SERVICES; i++) {
        w->caller[i] = i > 0 ? (size_t)(build_uniform(rng) * (double)i) : 0;
        w->onset[i] = NEVER;
    }
    w->origin = SERVICES / 2 + (size_t)(build_uniform(rng) * (SERVICES / 2));
    size_t t = 30 + (size_t)(build_uniform(rng) * 20);
    for (size_t i = w->origin;; i = w->caller[i]) {
        w->onset[i] = t;
        t += (size_t)(build_uniform(rng) * 3);
        if (i == 0)
            break;
    }
}

static const char *name_of(size_t i)
{
    static const char *const names[SERVICES] = {
        "alder", "birch", "cedar",   "dogwood", "elm",    "fir",   "ginkgo",
        "hazel", "ivy",   "juniper", "kapok",   "larch",  "maple", "nutmeg",
        "oak",   "pine",  "quince",  "rowan",   "spruce", "teak"};
    return names[(i * 7 + 3) % SERVICES];
}

static void signals(struct ko_case *c, const struct world *w, size_t i,
                    struct build_rng *rng)
{
    double *requests = build_series(c, name_of(i), "requests", KO_CLASS_LOAD, 0);
    double *errors = build_series(c, name_of(i), "errors", KO_CLASS_ERROR, 0);
    double *latency = build_series(c, name_of(i), "latency_p95", KO_CLASS_LATENCY, 0);
    double *cpu = build_series(c, name_of(i), "cpu", KO_CLASS_RESOURCE, 0);
    for (size_t b = 0; b < BUCKETS; b++) {
        bool bad = b >= w->onset[i] && b < 80;
        requests[b] = build_poisson(rng, 60);
        errors[b] = build_poisson(rng, bad ? 8 : 0.3);
        latency[b] = (bad ? 1.5 : 0.1) * exp(0.3 * build_normal(rng));
        cpu[b] = (bad && i == w->origin ? 90 : 40) + 4 * build_normal(rng);
        if (build_uniform(rng) < 0.1)
            latency[b] = cpu[b] = NAN;
    }
    if (build_uniform(rng) < 0.2)
        errors[40 + i] += 9; /* a burst of one minute that means nothing */
}

static void build(struct ko_case *c, const struct world *w, bool edges,
                  struct build_rng *rng)
{
    build_case(c, BUCKETS);
    for (size_t i = 0; i < SERVICES; i++)
        signals(c, w, i, rng);
    for (size_t i = 1; edges && i < SERVICES; i++)
        build_edge(c, name_of(w->caller[i]), name_of(i), "trace");
}

struct tally {
    size_t right, found, truth, origins;
};

static bool is_true_link(const struct ko_case *c, const struct world *w,
                         const struct ko_link *l)
{
    for (size_t i = 1; i < SERVICES; i++) {
        if (w->onset[i] != NEVER &&
            ko_str_eq(ko_case_name(c, l->from), ko_str(name_of(i))))
            return ko_str_eq(ko_case_name(c, l->to), ko_str(name_of(w->caller[i])));
    }
    return false;
}

static void count(const struct ko_case *c, const struct world *w, struct tally *t)
{
    for (size_t i = 0; i < c->links.n; i++) {
        if (c->links.v[i].alternative)
            continue;
        t->found++;
        t->right += is_true_link(c, w, &c->links.v[i]);
    }
    for (size_t i = 1; i < SERVICES; i++)
        t->truth += w->onset[i] != NEVER;
    t->origins += c->chains.n > 0 && ko_str_eq(ko_case_name(c, c->chains.v[0].origin),
                                               ko_str(name_of(w->origin)));
}

static struct tally run_all(bool edges)
{
    struct tally t = {0};
    struct build_rng rng = {1964};
    for (int run = 0; run < RUNS; run++) {
        struct world w;
        struct ko_case c;
        plan(&w, &rng);
        build(&c, &w, edges, &rng);
        assert_int_equal(ko_spread_run(&c, NULL, NULL), KO_OK);
        count(&c, &w, &t);
        ko_case_release(&c);
    }
    print_message("links: %zu right of %zu found, %zu true; origin first in %zu of %d\n",
                  t.right, t.found, t.truth, t.origins, RUNS);
    return t;
}

static double f1(const struct tally *t)
{
    return 2 * (double)t->right / (double)(t->found + t->truth);
}

static void links_along_known_edges_are_right_in_nine_of_ten(void **state)
{
    (void)state;
    struct tally t = run_all(true);
    assert_true(f1(&t) >= 0.9);
    assert_true(t.origins >= RUNS * 95 / 100);
}

static void without_edges_the_order_gives_the_origin_mostly(void **state)
{
    (void)state;
    struct tally t = run_all(false);
    assert_true(t.origins >= RUNS * 70 / 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_along_known_edges_are_right_in_nine_of_ten),
        cmocka_unit_test(without_edges_the_order_gives_the_origin_mostly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
