/* test_tree.c: the cheapest arborescence, against trying all. */
#include "spread/tree.h"

#include "case_builder.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { NODES = 5, ARCS_MAX = NODES * NODES };

struct graph {
    struct ko_arc arcs[ARCS_MAX];
    size_t n;
};

static void make(struct graph *g, struct build_rng *rng)
{
    g->n = 0;
    for (uint32_t to = 1; to < NODES; to++) {
        for (uint32_t from = 0; from < NODES; from++) {
            if (from != to && (from == 0 || build_uniform(rng) < 0.7))
                g->arcs[g->n++] = (struct ko_arc){
                    from, to, floor(20 * build_uniform(rng)) + (from == 0) * 15};
        }
    }
}

static bool reaches_root(const struct graph *g, const size_t *choice)
{
    for (uint32_t i = 1; i < NODES; i++) {
        uint32_t at = i;
        for (int steps = 0; at != 0 && steps <= NODES; steps++)
            at = g->arcs[choice[at]].from;
        if (at != 0)
            return false;
    }
    return true;
}

static double cost_of(const struct graph *g, const size_t *choice)
{
    double sum = 0;
    for (uint32_t i = 1; i < NODES; i++)
        sum += g->arcs[choice[i]].cost;
    return sum;
}

/* Every choice of one arc a node, as a number with a digit a node. */
static double best_by_trying(const struct graph *g)
{
    double best = INFINITY;
    size_t choice[NODES] = {0};
    size_t total = 1;
    for (uint32_t i = 1; i < NODES; i++)
        total *= g->n;
    for (size_t code = 0; code < total; code++) {
        size_t rest = code;
        bool fits = true;
        for (uint32_t i = 1; i < NODES; i++, rest /= g->n) {
            choice[i] = rest % g->n;
            fits = fits && g->arcs[choice[i]].to == i;
        }
        if (fits && reaches_root(g, choice))
            best = fmin(best, cost_of(g, choice));
    }
    return best;
}

static void cheapest_is_as_cheap_as_trying_all(void **state)
{
    (void)state;
    struct build_rng rng = {11};
    for (int run = 0; run < 40; run++) {
        struct graph g;
        struct ko_arena scratch = {0};
        size_t choice[NODES];
        make(&g, &rng);
        assert_int_equal(ko_tree_cheapest(NODES, g.arcs, g.n, &scratch, choice), KO_OK);
        assert_true(reaches_root(&g, choice));
        assert_float_equal(cost_of(&g, choice), best_by_trying(&g), 1e-9);
        ko_arena_release(&scratch);
    }
}

static void root_alone_has_no_arc(void **state)
{
    (void)state;
    struct ko_arena scratch = {0};
    size_t choice[1] = {0};
    assert_int_equal(ko_tree_cheapest(1, NULL, 0, &scratch, choice), KO_OK);
    assert_true(choice[0] == KO_NO_ARC);
    ko_arena_release(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cheapest_is_as_cheap_as_trying_all),
        cmocka_unit_test(root_alone_has_no_arc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
