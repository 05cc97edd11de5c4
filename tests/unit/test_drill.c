/* What a drill must keep: requests, its seed, and a chain that its onsets agree with. */
#include "unit.h"

#include "drill/drill.h"

#include <math.h>

static struct ko_drill drill;

static void run(const char *scenario, uint64_t seed, size_t services)
{
    struct ko_drill_options opt = {.scenario = ko_scenario_find(ko_str(scenario)),
                                   .seed = seed,
                                   .services = services,
                                   .duration_s = 1800,
                                   .skew_s = -1,
                                   .missing_percent = -1,
                                   .decoys = -1};
    assert_non_null(opt.scenario);
    assert_int_equal(ko_drill_run(&opt, &drill, NULL), KO_OK);
}

static void requests_are_served_refused_or_wait(void **state)
{
    (void)state;
    run("identity-timeout-at-login", 3, 0);
    for (size_t i = 0; i < drill.run.n_nodes; i++) {
        double in = 0;
        double out = 0;
        for (size_t t = 1; t < drill.run.seconds; t++) {
            const struct ko_node_second *s = ko_flow_node(&drill.run, t, 0, i);
            in += s->arrivals;
            out += (double)s->served + (double)s->refused * s->arrivals + s->lost;
        }
        double left =
            (double)ko_flow_node(&drill.run, drill.run.seconds - 1, 0, i)->queued -
            ko_flow_node(&drill.run, 0, 0, i)->queued;
        assert_true(fabs(in - out - left) < 1e-3 * in + 0.1);
    }
    ko_drill_release(&drill);
}

static void the_same_seed_gives_the_same_bytes(void **state)
{
    (void)state;
    for (const struct ko_drill_export *x = ko_drill_exports; x->name != NULL; x++) {
        struct ko_buf out[2];
        for (size_t i = 0; i < 2; i++) {
            ko_buf_init(&out[i], KO_BUF_MAX);
            run("gaps", 5, 20);
            x->write(&drill, &out[i]);
            ko_drill_release(&drill);
        }
        assert_true(out[0].n > 0);
        assert_true(ko_str_eq(ko_buf_str(&out[0]), ko_buf_str(&out[1])));
        ko_buf_release(&out[1]);
        ko_buf_release(&out[0]);
    }
}

static void every_edge_starts_at_a_node_reached_no_later(void **state)
{
    (void)state;
    for (const struct ko_scenario *s = ko_scenarios; s->name != NULL; s++) {
        run(s->name, 7, 30);
        for (size_t i = 0; i < drill.truth.edges.n; i++) {
            const struct ko_truth_edge *e = &drill.truth.edges.v[i];
            const struct ko_truth_node *from = ko_truth_node(&drill.truth, e->from);
            const struct ko_truth_node *to = ko_truth_node(&drill.truth, e->to);
            assert_non_null(from);
            assert_non_null(to);
            assert_false(to->origin);
            assert_true(from->onset_s <= to->onset_s + 2);
        }
        ko_drill_release(&drill);
    }
}

static void without_a_fault_nothing_is_reached(void **state)
{
    (void)state;
    run("traffic-peak-no-fault", 2, 0);
    assert_int_equal(drill.truth.nodes.n, 0);
    ko_drill_release(&drill);
}

static void a_retry_storm_outlives_its_trigger_unless_a_breaker_opens(void **state)
{
    (void)state;
    struct ko_containments list = {0};
    double before;
    double after;
    run("retry-storm-outlives-trigger", 3, 0);
    assert_true(drill.truth.metastable);
    struct ko_buf text;
    ko_buf_init(&text, KO_BUF_MAX);
    ko_buf_puts(&text, "breaker:");
    ko_buf_put(&text, drill.platform.nodes.v[drill.plan.faults[0].node].name);
    assert_int_equal(ko_contain_parse(&list, &drill.platform, ko_buf_str(&text), NULL),
                     KO_OK);
    assert_int_equal(ko_drill_contained(&drill, &list, &before, &after, NULL), KO_OK);
    assert_true(after < before / 2);
    ko_buf_release(&text);
    ko_contain_release(&list);
    ko_drill_release(&drill);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_are_served_refused_or_wait),
        cmocka_unit_test(the_same_seed_gives_the_same_bytes),
        cmocka_unit_test(every_edge_starts_at_a_node_reached_no_later),
        cmocka_unit_test(a_retry_storm_outlives_its_trigger_unless_a_breaker_opens),
        cmocka_unit_test(without_a_fault_nothing_is_reached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
