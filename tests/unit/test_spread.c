/* test_spread.c: whole cases with a known cascade through the stage. */
#include "spread/spread.h"

#include "case/stream.h"
#include "case_builder.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { BUCKETS = 60 };

static void run(struct ko_case *c)
{
    build_template_seal(c);
    assert_int_equal(ko_spread_run(c, NULL, NULL), KO_OK);
}

/* Requests, errors and latency of one service on an ordinary hour. */
struct service {
    double *requests, *errors, *latency;
};

static struct service ordinary(struct ko_case *c, const char *name, struct build_rng *rng)
{
    struct service s;
    s.requests = build_series(c, name, "requests", KO_CLASS_LOAD, 0);
    s.errors = build_series(c, name, "errors", KO_CLASS_ERROR, 0);
    s.latency = build_series(c, name, "latency_p95", KO_CLASS_LATENCY, 0);
    for (int64_t i = 0; i < c->head.buckets; i++) {
        s.requests[i] = build_poisson(rng, 100);
        s.errors[i] = build_poisson(rng, 0.3);
        s.latency[i] = 0.05 * exp(0.2 * build_normal(rng));
    }
    return s;
}

static void suffer(const struct service *s, int64_t from, int64_t to)
{
    for (int64_t i = from; i < to; i++) {
        s->errors[i] += 20;
        s->latency[i] *= 30;
    }
}

/* telephony calls bot calls auth calls crm; crm fails first, payments never. */
static void four_in_a_row(struct ko_case *c, bool edges)
{
    struct build_rng rng = {42};
    build_case(c, BUCKETS);
    struct service crm = ordinary(c, "crm", &rng);
    struct service auth = ordinary(c, "auth", &rng);
    struct service bot = ordinary(c, "bot", &rng);
    struct service telephony = ordinary(c, "telephony", &rng);
    (void)ordinary(c, "payments", &rng);
    suffer(&crm, 20, 50);
    suffer(&auth, 22, 50);
    suffer(&bot, 24, 50);
    suffer(&telephony, 26, 50);
    if (!edges)
        return;
    build_edge(c, "telephony", "bot", "declared");
    build_edge(c, "bot", "auth", "declared");
    build_edge(c, "auth", "crm", "trace");
    build_edge(c, "telephony", "payments", "declared");
}

static void assert_node(const struct ko_case *c, size_t i, const char *name,
                        int64_t bucket)
{
    const struct ko_node *node = &c->chains.v[0].nodes.v[i];
    assert_true(ko_str_eq(ko_case_name(c, node->entity), ko_str(name)));
    int64_t at = ko_case_bucket(c, node->time);
    assert_in_range(at, bucket - 1, bucket + 1);
    assert_true(node->lo <= node->time && node->time <= node->hi);
    assert_non_null(ko_case_find_evidence(c, node->evidence));
}

static void cascade_is_rebuilt_from_the_first_to_the_last(void **state)
{
    (void)state;
    struct ko_case c;
    four_in_a_row(&c, true);
    run(&c);
    assert_int_equal(c.chains.n, 1);
    assert_int_equal(c.chains.v[0].nodes.n, 4);
    assert_node(&c, 0, "crm", 20);
    assert_node(&c, 1, "auth", 22);
    assert_node(&c, 2, "bot", 24);
    assert_node(&c, 3, "telephony", 26);
    assert_int_equal(ko_case_bucket(&c, c.chains.v[0].end), 50);
    assert_int_equal(c.chains.v[0].untouched.n, 1);
    for (size_t i = 0; i < c.links.n; i++) {
        assert_false(c.links.v[i].alternative);
        assert_true(ko_str_eq(c.links.v[i].mechanism, KO_STR("slow-dependency")));
        assert_true(c.links.v[i].evidence.n == 3);
    }
    assert_int_equal(c.links.n, 3);
    ko_case_release(&c);
}

static void without_edges_links_are_inferred_and_say_so(void **state)
{
    (void)state;
    struct ko_case c;
    four_in_a_row(&c, false);
    run(&c);
    assert_int_equal(c.chains.n, 1);
    assert_node(&c, 0, "crm", 20);
    assert_node(&c, 3, "telephony", 26);
    for (size_t i = 0; i < c.links.n; i++)
        assert_true(ko_str_eq(c.links.v[i].structure, KO_STR("inferred")));
    ko_case_release(&c);
}

static void message_that_names_another_entity_is_structure(void **state)
{
    (void)state;
    struct ko_case c;
    four_in_a_row(&c, false);
    double *v =
        build_template(&c, "auth", "lookup failed: upstream crm returned 503", "error");
    for (size_t i = 22; i < 50; i++)
        v[i] = 6;
    run(&c);
    bool seen = false;
    for (size_t i = 0; i < c.links.n; i++) {
        const struct ko_link *l = &c.links.v[i];
        if (ko_str_eq(ko_case_name(&c, l->to), KO_STR("auth")) && !l->alternative)
            seen = ko_str_eq(ko_case_name(&c, l->from), KO_STR("crm")) &&
                   ko_str_eq(l->structure, KO_STR("observed"));
    }
    assert_true(seen);
    ko_case_release(&c);
}

static void complain(struct ko_case *c, const char *who)
{
    double *v = build_template(c, who, "call to vault timed out", "warn");
    for (size_t i = 19; i < 50; i++)
        v[i] = 6;
}

/* Nothing is known of vault but its name. */
static void who_says_nothing_is_found_by_what_two_callers_say(void **state)
{
    (void)state;
    for (int callers = 1; callers <= 2; callers++) {
        struct ko_case c;
        bool found = false;
        four_in_a_row(&c, true);
        (void)build_entity(&c, "vault");
        complain(&c, "crm");
        if (callers == 2)
            complain(&c, "auth");
        run(&c);
        for (size_t i = 0; c.chains.n > 0 && i < c.chains.v[0].nodes.n; i++) {
            struct ko_str name = ko_case_name(&c, c.chains.v[0].nodes.v[i].entity);
            found = found || ko_str_eq(name, KO_STR("vault"));
        }
        assert_int_equal(found, callers == 2);
        ko_case_release(&c);
    }
}

/* A processor that follows the requests is busy, not ill. */
static void what_the_load_explains_is_no_trouble(void **state)
{
    (void)state;
    struct build_rng rng = {11};
    struct ko_case c;
    build_case(&c, BUCKETS);
    struct service s = ordinary(&c, "shop", &rng);
    double *cpu = build_series(&c, "shop", "cpu", KO_CLASS_RESOURCE, 0);
    for (int64_t i = 0; i < BUCKETS; i++) {
        s.requests[i] = build_poisson(&rng, i < 40 ? 100 : 250);
        cpu[i] = 5 + 0.15 * s.requests[i] + build_normal(&rng);
    }
    run(&c);
    assert_true(c.onsets.n > 0);
    assert_int_equal(c.chains.n, 0);
    ko_case_release(&c);
}

static void same_bucket_is_ordered_by_the_dependency(void **state)
{
    (void)state;
    struct build_rng rng = {7};
    struct ko_case c;
    build_case(&c, BUCKETS);
    struct service a = ordinary(&c, "a", &rng);
    struct service b = ordinary(&c, "b", &rng);
    suffer(&a, 30, 60);
    suffer(&b, 30, 60);
    build_edge(&c, "a", "b", "trace");
    run(&c);
    assert_int_equal(c.chains.n, 1);
    assert_node(&c, 0, "b", 30);
    assert_node(&c, 1, "a", 30);
    assert_true(c.chains.v[0].end == KO_TIME_NONE);
    ko_case_release(&c);
}

/* The queue is far from its baseline, the bot a little: contacts do not break a bot. */
static void queue_of_contacts_follows_what_fails_before_it(void **state)
{
    (void)state;
    struct build_rng rng = {7};
    struct ko_case c;
    build_case(&c, BUCKETS);
    struct service bot = ordinary(&c, "bot", &rng);
    double *wait = build_series(&c, "care-queue", "wait_mean", KO_CLASS_QUEUE, 0);
    c.entities.v[build_entity(&c, "care-queue")].kind = KO_KIND_QUEUE;
    for (int64_t i = 0; i < BUCKETS; i++) {
        wait[i] = (i < 30 ? 50 : 900) + 5 * build_normal(&rng);
        bot.errors[i] += i < 30 ? 0 : 6;
    }
    run(&c);
    assert_int_equal(c.chains.n, 1);
    assert_node(&c, 0, "bot", 30);
    assert_node(&c, 1, "care-queue", 30);
    assert_int_equal(c.links.n, 1);
    assert_true(ko_str_eq(c.links.v[0].mechanism, KO_STR("channel-shift")));
    assert_true(ko_str_eq(c.links.v[0].structure, KO_STR("inferred")));
    ko_case_release(&c);
}

static void two_incidents_without_a_path_are_two_chains(void **state)
{
    (void)state;
    struct build_rng rng = {7};
    struct ko_case c;
    build_case(&c, BUCKETS);
    struct service v[4];
    static const char *const names[] = {"a", "b", "x", "y"};
    for (size_t i = 0; i < 4; i++)
        v[i] = ordinary(&c, names[i], &rng);
    suffer(&v[1], 15, 30);
    suffer(&v[0], 16, 30);
    suffer(&v[3], 40, 60);
    suffer(&v[2], 42, 60);
    build_edge(&c, "a", "b", "trace");
    build_edge(&c, "x", "y", "trace");
    run(&c);
    assert_int_equal(c.chains.n, 2);
    assert_int_equal(c.chains.v[0].nodes.n, 2);
    assert_int_equal(c.chains.v[1].nodes.n, 2);
    ko_case_release(&c);
}

static void short_burst_elsewhere_stays_out(void **state)
{
    (void)state;
    struct ko_case c;
    four_in_a_row(&c, true);
    double *v = build_template(&c, "payments", "confirmation retry", "warn");
    v[31] = 8;
    run(&c);
    assert_int_equal(c.chains.n, 1);
    assert_int_equal(c.chains.v[0].nodes.n, 4);
    ko_case_release(&c);
}

static void more_traffic_alone_is_no_incident(void **state)
{
    (void)state;
    struct build_rng rng = {7};
    struct ko_case c;
    build_case(&c, BUCKETS);
    for (int i = 0; i < 6; i++) {
        char name[2] = {(char)('a' + i), 0};
        char *kept = ko_arena_alloc(&c.arena, 1, sizeof name);
        memcpy(kept, name, sizeof name);
        struct service s = ordinary(&c, kept, &rng);
        for (size_t b = 30; b < BUCKETS; b++) {
            s.requests[b] *= 3;
            s.errors[b] = build_poisson(&rng, 0.9);
        }
    }
    build_edge(&c, "a", "b", "trace");
    build_edge(&c, "b", "c", "trace");
    run(&c);
    assert_int_equal(c.chains.n, 0);
    ko_case_release(&c);
}

static void service_that_goes_silent_begins_the_chain(void **state)
{
    (void)state;
    struct build_rng rng = {3};
    struct ko_case c;
    build_case(&c, BUCKETS);
    struct service dead = ordinary(&c, "dead", &rng);
    struct service front = ordinary(&c, "front", &rng);
    (void)ordinary(&c, "other", &rng);
    for (size_t i = 30; i < BUCKETS; i++) {
        dead.requests[i] = 0;
        dead.errors[i] = 0;
        dead.latency[i] = NAN;
    }
    for (size_t i = 31; i < BUCKETS; i++)
        front.errors[i] += 40;
    build_edge(&c, "front", "dead", "trace");
    run(&c);
    assert_int_equal(c.chains.n, 1);
    assert_node(&c, 0, "dead", 30);
    assert_node(&c, 1, "front", 31);
    ko_case_release(&c);
}

static void more_calls_a_request_are_an_amplifier_with_their_factor(void **state)
{
    (void)state;
    struct build_rng rng = {3};
    struct ko_case c;
    build_case(&c, BUCKETS);
    struct service crm = ordinary(&c, "crm", &rng);
    struct service bot = ordinary(&c, "bot", &rng);
    double *calls = build_caller_series(&c, "crm", "bot", "requests", KO_CLASS_LOAD, 0);
    double *retry = build_template(&c, "bot", "retry attempt <*>", "warn");
    suffer(&crm, 30, 60);
    suffer(&bot, 31, 60);
    for (size_t i = 0; i < BUCKETS; i++) {
        calls[i] = bot.requests[i] * (i < 30 ? 1 : 3);
        retry[i] = i < 31 ? 0 : 50;
    }
    build_edge(&c, "bot", "crm", "trace");
    run(&c);
    const struct ko_link *found = NULL;
    for (size_t i = 0; i < c.links.n; i++) {
        if (ko_str_eq(c.links.v[i].mechanism, KO_STR("retry-amplification")))
            found = &c.links.v[i];
    }
    assert_non_null(found);
    assert_true(found->alternative &&
                ko_str_eq(ko_case_name(&c, found->from), KO_STR("bot")));
    const struct ko_evidence *e =
        ko_case_find_evidence(&c, found->evidence.v[found->evidence.n - 1]);
    assert_float_equal(e->score, 3, 0.1);
    ko_case_release(&c);
}

static void healthy_days_have_no_chain(void **state)
{
    (void)state;
    struct build_rng rng = {2026};
    size_t chains = 0;
    for (int day = 0; day < 20; day++) {
        struct ko_case c;
        build_case(&c, 288);
        for (int i = 0; i < 12; i++) {
            char *name = ko_arena_alloc(&c.arena, 2, 1);
            name[0] = (char)('a' + i);
            struct service s = ordinary(&c, name, &rng);
            for (size_t b = 0; b < 288; b++)
                s.requests[b] = build_poisson(
                    &rng, 100 * (1 + 0.5 * sin(6.283185 * (double)b / 288 + day)));
        }
        run(&c);
        chains += c.chains.n;
        ko_case_release(&c);
    }
    assert_int_equal(chains, 0);
}

static void empty_case_has_nothing(void **state)
{
    (void)state;
    struct ko_case c;
    ko_case_init(&c);
    run(&c);
    assert_int_equal(c.onsets.n + c.links.n + c.chains.n, 0);
    ko_case_release(&c);
}

/* The derived records as text, without the inputs. */
static void derived(const struct ko_case *c, struct ko_buf *out)
{
    for (size_t i = 0; i < c->chains.n; i++) {
        const struct ko_chain *chain = &c->chains.v[i];
        for (size_t k = 0; k < chain->nodes.n; k++) {
            const struct ko_node *n = &chain->nodes.v[k];
            ko_buf_put(out, ko_case_name(c, n->entity));
            ko_buf_puts(out, " <- ");
            ko_buf_put(out, ko_case_name(c, n->parent));
            ko_buf_printf(out, " %lld\n", (long long)n->time);
        }
    }
    for (size_t i = 0; i < c->evidence.n; i++) {
        ko_buf_put(out, c->evidence.v[i].id);
        ko_buf_put(out, c->evidence.v[i].text);
        ko_buf_putc(out, '\n');
    }
}

static void order_of_records_does_not_matter(void **state)
{
    (void)state;
    struct ko_buf one, other;
    ko_buf_init(&one, KO_BUF_MAX);
    ko_buf_init(&other, KO_BUF_MAX);
    struct ko_case c;
    four_in_a_row(&c, true);
    run(&c);
    derived(&c, &one);
    ko_case_drop_stage(&c, KO_STAGE_CORRELATE);
    for (size_t i = 0; i < c.series.n / 2; i++) {
        struct ko_series swap = c.series.v[i];
        c.series.v[i] = c.series.v[c.series.n - 1 - i];
        c.series.v[c.series.n - 1 - i] = swap;
    }
    run(&c);
    derived(&c, &other);
    assert_true(one.n > 0 && ko_str_eq(ko_buf_str(&one), ko_buf_str(&other)));
    ko_buf_release(&one);
    ko_buf_release(&other);
    ko_case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cascade_is_rebuilt_from_the_first_to_the_last),
        cmocka_unit_test(without_edges_links_are_inferred_and_say_so),
        cmocka_unit_test(message_that_names_another_entity_is_structure),
        cmocka_unit_test(who_says_nothing_is_found_by_what_two_callers_say),
        cmocka_unit_test(what_the_load_explains_is_no_trouble),
        cmocka_unit_test(same_bucket_is_ordered_by_the_dependency),
        cmocka_unit_test(queue_of_contacts_follows_what_fails_before_it),
        cmocka_unit_test(two_incidents_without_a_path_are_two_chains),
        cmocka_unit_test(short_burst_elsewhere_stays_out),
        cmocka_unit_test(more_traffic_alone_is_no_incident),
        cmocka_unit_test(service_that_goes_silent_begins_the_chain),
        cmocka_unit_test(more_calls_a_request_are_an_amplifier_with_their_factor),
        cmocka_unit_test(healthy_days_have_no_chain),
        cmocka_unit_test(empty_case_has_nothing),
        cmocka_unit_test(order_of_records_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
