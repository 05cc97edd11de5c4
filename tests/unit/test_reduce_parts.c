/* test_reduce_parts.c: the parts of the reducer: sums, distributions, cells, masks,
 * names. */
#include "base/buf.h"
#include "base/stat.h"
#include "reduce/cells.h"
#include "reduce/fixed.h"
#include "reduce/hist.h"
#include "reduce/ids.h"
#include "reduce/mask.h"
#include "reduce/metric_class.h"
#include "reduce/names.h"
#include "reduce/window.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint32_t draw(uint64_t *seed, uint32_t below)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33) % below;
}

/* ---- sums ---- */

static void sums_do_not_depend_on_order(void **state)
{
    (void)state;
    double v[] = {0.1, 1e15, -1e15, 0.2, 1e-9, 3.7};
    ko_fixed forth = 0, back = 0;
    for (size_t i = 0; i < 6; i++) {
        forth = ko_fixed_add(forth, ko_fixed_from(v[i]));
        back = ko_fixed_add(back, ko_fixed_from(v[5 - i]));
    }
    assert_true(forth == back);
    assert_true(fabs(ko_fixed_real(forth) - 4.000000001) < 1e-12);
}

static void sums_stop_at_the_largest_number(void **state)
{
    (void)state;
    ko_fixed top = ko_fixed_from(KO_FIXED_MAX);
    for (int i = 0; i < 40; i++)
        top = ko_fixed_add(top, top);
    assert_true(top > 0);
    assert_false(ko_fixed_fits(NAN));
    assert_false(ko_fixed_fits(1e21));
    assert_true(ko_fixed_fits(-KO_FIXED_MAX));
}

/* ---- distributions ---- */

static void quantiles_are_exact_while_few(void **state)
{
    (void)state;
    struct ko_hist h = {.n = 0};
    double v[KO_HIST_EXACT];
    uint64_t seed = 3;
    for (int i = 0; i < KO_HIST_EXACT; i++) {
        v[i] = draw(&seed, 1000000);
        assert_int_equal(ko_hist_add(&h, (int64_t)v[i]), KO_OK);
    }
    ko_stat_sort(v, KO_HIST_EXACT);
    assert_true(ko_hist_quantile(&h, 0.95) ==
                ko_stat_sorted_quantile(v, KO_HIST_EXACT, 0.95));
    ko_hist_release(&h);
    assert_true(isnan(ko_hist_quantile(&h, 0.5)));
}

static void quantiles_of_many_are_within_one_percent(void **state)
{
    (void)state;
    enum { N = 5000 };
    struct ko_hist h = {.n = 0};
    static double v[N];
    uint64_t seed = 3;
    for (int i = 0; i < N; i++) {
        v[i] = exp(draw(&seed, 2400) / 100.0);
        v[i] = floor(v[i]);
        assert_int_equal(ko_hist_add(&h, (int64_t)v[i]), KO_OK);
    }
    ko_stat_sort(v, N);
    for (double q = 0; q <= 1; q += 0.01) {
        double exact = v[(size_t)(q * (N - 1))];
        assert_true(fabs(ko_hist_quantile(&h, q) - exact) <= 0.01 * exact);
    }
    ko_hist_release(&h);
}

static void merged_distributions_equal_the_whole(void **state)
{
    (void)state;
    for (int cut = 0; cut <= 80; cut += 5) {
        struct ko_hist whole = {.n = 0}, a = {.n = 0}, b = {.n = 0};
        uint64_t seed = 9;
        for (int i = 0; i < 80; i++) {
            int64_t x = draw(&seed, 1u << 30);
            assert_int_equal(ko_hist_add(&whole, x), KO_OK);
            assert_int_equal(ko_hist_add(i < cut ? &a : &b, x), KO_OK);
        }
        assert_int_equal(ko_hist_merge(&a, &b), KO_OK);
        assert_int_equal(a.n, 80);
        for (double q = 0; q <= 1; q += 0.1)
            assert_true(ko_hist_quantile(&a, q) == ko_hist_quantile(&whole, q));
        ko_hist_release(&whole);
        ko_hist_release(&a);
        ko_hist_release(&b);
    }
}

/* ---- cells and ids ---- */

static void a_full_table_takes_a_coarser_grain_and_loses_nothing(void **state)
{
    (void)state;
    struct ko_cells t;
    struct ko_cell c;
    ko_cells_init(&t, 15000);
    for (int i = 0; i < 1000; i++) /* 8 bytes each, and a page for 4 grains */
        assert_int_equal(ko_cells_add_dur(&t, 7, i * KO_SECOND, i), KO_OK);
    assert_int_equal(t.grain_ns, 10 * KO_SECOND);
    assert_true(t.bytes <= 15000);
    assert_int_equal(ko_cells_sort(&t), KO_OK);
    uint64_t n = 0;
    struct ko_cells_walk w = ko_cells_walk(&t, 7);
    for (int i = 0; ko_cells_next(&w, &c); i++) {
        assert_int_equal(c.time, (ko_time)i * 10 * KO_SECOND);
        n += c.hist->n;
    }
    assert_int_equal(n, 1000);
    assert_false(ko_cells_has(&t, 6));
    ko_cells_release(&t);
}

static void a_cell_keeps_its_latest_sample(void **state)
{
    (void)state;
    struct ko_cells t;
    struct ko_cell c;
    ko_cells_init(&t, 100000);
    assert_int_equal(ko_cells_add_sample(&t, 0, -KO_MS, 3), KO_OK);
    assert_int_equal(ko_cells_add_sample(&t, 0, -2 * KO_MS, 9), KO_OK);
    assert_int_equal(ko_cells_sort(&t), KO_OK);
    struct ko_cells_walk w = ko_cells_walk(&t, 0);
    assert_true(ko_cells_next(&w, &c));
    assert_true(c.last == 3);
    assert_int_equal(c.n, 2);
    assert_int_equal(c.time, -KO_SECOND);
    assert_false(ko_cells_next(&w, &c));
    ko_cells_release(&t);
}

static void too_many_ids_are_thinned_evenly(void **state)
{
    (void)state;
    struct ko_ids ids;
    ko_ids_init(&ids, 500);
    for (uint64_t i = 0; i < 10000; i++) {
        struct ko_str bytes = {(const char *)&i, sizeof i};
        struct ko_seen seen = {.id = ko_hash(bytes, 0)};
        assert_int_equal(ko_ids_add(&ids, seen), KO_OK);
        assert_int_equal(ko_ids_add(&ids, seen), KO_OK);
    }
    double estimate = (double)(ids.n << ids.shift);
    assert_true(ids.n <= 500);
    assert_true(estimate > 8500 && estimate < 11500);
    ko_ids_release(&ids);
}

/* ---- masks ---- */

static void assert_masked(const char *message, const char *want)
{
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    ko_mask_template(ko_str(message), &b);
    ko_buf_putc(&b, '\0');
    assert_string_equal(b.p, want);
    ko_buf_release(&b);
}

static void variable_parts_of_a_message_are_masked(void **state)
{
    (void)state;
    assert_masked("took 4980 ms for order 17", "took <*> ms for order <*>");
    assert_masked("GET /v1/customers/4711/bills?page=2 done",
                  "GET /v1/customers/<*>/bills?<*> done");
    assert_masked("user=alice msg=\"hello there\"", "user=<*> msg=\"<*>\"");
    assert_masked("mail to bob@example.com", "mail to <*>");
    assert_masked("ids [1, 2, 3] read", "ids [<*>] read");
    assert_masked("conn 10.1.2.3:5432 id 9f86d081-884c-4d63-a9c8-b5d2e1f3a001",
                  "conn <*> id <*>");
    assert_masked("order#17 of Ticket#4 at db.local:5432", "<*> of <*> at <*>");
    assert_masked("{\"order\":\"A-17\",\"state\":\"new\"}",
                  "{\"order\":\"<*>\",\"state\":\"<*>\"}");
}

static void what_names_the_kind_is_kept(void **state)
{
    (void)state;
    assert_masked("status 503 over HTTP/1.1", "status 503 over HTTP/1.1");
    assert_masked("HTTP/1.1 503 took 17", "HTTP/1.1 503 took <*>");
    assert_masked("http2 stream reset", "http2 stream reset");
    assert_masked("can't reach s3", "can't reach s3");
    assert_masked("first line\n  at Foo.java:17", "first line");
    assert_masked("o.s.PriceServiceImpl#41 price 17",
                  "o.s.PriceServiceImpl#41 price <*>");
    assert_masked("Trip2Controller.query of Order17", "Trip2Controller.query of <*>");
    assert_masked("at (pay/bill_test.go:118): took 3",
                  "at (pay/bill_test.go:118): took <*>");
    assert_masked("", "");
}

static void templates_coarsen_in_any_number_of_steps(void **state)
{
    (void)state;
    struct ko_buf once, twice, step;
    ko_buf_init(&once, KO_BUF_MAX);
    ko_buf_init(&twice, KO_BUF_MAX);
    ko_buf_init(&step, KO_BUF_MAX);
    struct ko_str text = KO_STR("a b c d e f g h i j");
    for (int from = 0; from < KO_MASK_LEVELS; from++) {
        for (int to = from; to < KO_MASK_LEVELS; to++) {
            ko_buf_reset(&once);
            ko_buf_reset(&twice);
            ko_buf_reset(&step);
            ko_mask_coarsen(text, to, &once);
            ko_mask_coarsen(text, from, &step);
            ko_mask_coarsen(ko_buf_str(&step), to, &twice);
            assert_true(ko_str_eq(ko_buf_str(&once), ko_buf_str(&twice)));
        }
    }
    ko_buf_release(&once);
    ko_buf_release(&twice);
    ko_buf_release(&step);
}

static void assert_private(const char *text, const char *want)
{
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    ko_mask_private(ko_str(text), &b);
    ko_buf_putc(&b, '\0');
    assert_string_equal(b.p, want);
    ko_buf_release(&b);
}

static void personal_data_and_secrets_are_masked(void **state)
{
    (void)state;
    assert_private("from bob.b+x@mail.example.com.", "from <email>.");
    assert_private("card 4111 1111 1111 1111 ok", "card <card> ok");
    assert_private("call +49 30 1234567 or 555-123-4567", "call <phone> or <phone>");
    assert_private("password=hunter2&x=1", "password=<secret>&x=1");
    assert_private("{\"token\": \"abc\"}", "{\"token\": \"<secret>\"}");
    assert_private("Authorization: Bearer abcdef123456",
                   "Authorization: Bearer <secret>");
}

static void numbers_that_are_no_persons_stay(void **state)
{
    (void)state;
    assert_private("2026-03-14 14:04:00 took 5000 ms",
                   "2026-03-14 14:04:00 took 5000 ms");
    assert_private("id 4111111111111112", "id 4111111111111112");
    assert_private("a@b", "a@b");
    assert_private("+", "+");
}

/* ---- names ---- */

static void assert_stripped(const char *raw, const char *want)
{
    struct ko_str s = ko_name_strip(ko_str(raw));
    if (!ko_str_eq(s, ko_str(want)))
        fail_msg("%s became %.*s", raw, KO_ARG(s));
}

static void instance_parts_of_names_are_stripped(void **state)
{
    (void)state;
    assert_stripped("ts-travel2-service-5c66d57d58-6mp2b", "ts-travel2-service");
    assert_stripped("gateway-6f6cfc45b-h5m2n", "gateway");
    assert_stripped("agent-x7k2p", "agent");
    assert_stripped("crm-api.prod.svc.cluster.local:8080", "crm-api");
    assert_stripped("service.payments", "payments");
}

static void names_that_only_look_like_pods_stay(void **state)
{
    (void)state;
    assert_stripped("crm-api", "crm-api");
    assert_stripped("front-end", "front-end");
    assert_stripped("queue-master", "queue-master");
    assert_stripped("ts-rhythm", "ts-rhythm");
    assert_stripped("api.stripe.com:443", "api.stripe.com");
    assert_stripped("10.0.0.5", "10.0.0.5");
    assert_stripped("-", "-");
    assert_stripped("", "");
}

static void resolve(const char *const *raw, size_t n, const struct ko_alias *alias,
                    struct ko_str *ret, struct ko_arena *arena)
{
    struct ko_name names[8] = {{.records = 0}};
    for (size_t i = 0; i < n; i++) {
        names[i].raw = ko_str(raw[i]);
        names[i].instance = ko_str_starts(names[i].raw, KO_STR("redis"));
    }
    struct ko_names in = {
        .v = names, .n = n, .aliases = alias, .n_aliases = alias != NULL ? 1 : 0};
    assert_int_equal(ko_names_resolve(&in, arena, ret), KO_OK);
}

static void members_of_a_stateful_set_are_one(void **state)
{
    (void)state;
    const char *const raw[] = {"redis-0", "redis-1", "web-0", "web-1"};
    struct ko_arena arena = {.last = NULL};
    struct ko_str out[4];
    resolve(raw, 4, NULL, out, &arena);
    assert_true(ko_str_eq(out[0], KO_STR("redis")));
    assert_true(ko_str_eq(out[1], KO_STR("redis")));
    assert_true(ko_str_eq(out[2], KO_STR("web-0"))); /* services of that name */
    ko_arena_release(&arena);
}

static void instances_join_a_name_that_is_known(void **state)
{
    (void)state;
    const char *const raw[] = {"crm-api", "crm-api-6d4-x1", "ivr-6d4-x1", "crm-api-v2"};
    struct ko_arena arena = {.last = NULL};
    struct ko_str out[4];
    resolve(raw, 4, NULL, out, &arena);
    assert_true(ko_str_eq(out[1], KO_STR("crm-api")));
    assert_true(ko_str_eq(out[2], KO_STR("ivr-6d4-x1")));
    assert_true(ko_str_eq(out[3], KO_STR("crm-api-v2")));
    ko_arena_release(&arena);
}

static void an_alias_names_the_spelling_in_use(void **state)
{
    (void)state;
    const char *const raw[] = {"LEGACY01", "crm-api"};
    const struct ko_alias alias = {KO_STR("legacy01"), KO_STR("CRM_API")};
    struct ko_arena arena = {.last = NULL};
    struct ko_str out[2];
    resolve(raw, 2, &alias, out, &arena);
    assert_true(ko_str_eq(out[0], KO_STR("crm-api")));
    ko_arena_release(&arena);
}

/* ---- metrics ---- */

static void metric_names_tell_their_class(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum ko_class cls;
    } rows[] = {{"PodServerLatencyP95(s)", KO_CLASS_LATENCY},
                {"CpuUsageRate(%)", KO_CLASS_RESOURCE},
                {"SyscallRead", KO_CLASS_RESOURCE},
                {"NetworkReceiveBytes", KO_CLASS_RESOURCE},
                {"PodSuccessRate(%)", KO_CLASS_ERROR},
                {"PodWorkload(Ops)", KO_CLASS_LOAD},
                {"lat_99", KO_CLASS_LATENCY},
                {"lod", KO_CLASS_LOAD},
                {"mem", KO_CLASS_RESOURCE},
                {"http_requests_total", KO_CLASS_LOAD},
                {"http_request_errors_total", KO_CLASS_ERROR},
                {"http_request_duration_seconds", KO_CLASS_LATENCY},
                {"db_connection_pool_pending", KO_CLASS_QUEUE},
                {"jvm_gc_pause_seconds", KO_CLASS_RESOURCE},
                {"queue_wait_seconds", KO_CLASS_QUEUE},
                {"kafka_consumer_lag", KO_CLASS_QUEUE},
                {"retries_total", KO_CLASS_RETRY},
                {"abandon_rate", KO_CLASS_CUSTOMER},
                {"Service level 20 seconds", KO_CLASS_CUSTOMER},
                {"Average queue answer time", KO_CLASS_QUEUE},
                {"Contacts handled", KO_CLASS_LOAD},
                {"kube_pod_container_status_restarts_total", KO_CLASS_HEALTH},
                {"up", KO_CLASS_HEALTH},
                {"temperature", KO_CLASS_OTHER},
                {"", KO_CLASS_OTHER}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        enum ko_class got = ko_metric_class(ko_str(rows[i].name));
        if (got != rows[i].cls)
            fail_msg("%s is %s", rows[i].name, ko_class_name(got));
    }
}

static void metric_names_tell_their_unit(void **state)
{
    (void)state;
    assert_true(ko_str_eq(ko_metric_unit(KO_STR("CpuUsageRate(%)")), KO_STR("%")));
    assert_true(ko_str_eq(ko_metric_unit(KO_STR("http_p99_ms")), KO_STR("ms")));
    assert_true(ko_str_eq(ko_metric_unit(KO_STR("wait_seconds_sum")), KO_STR("s")));
    assert_true(ko_str_eq(ko_metric_unit(KO_STR("requests_per_sec")), KO_STR("/s")));
    assert_true(ko_str_eq(ko_metric_unit(KO_STR("heap_bytes")), KO_STR("By")));
    assert_int_equal(ko_metric_unit(KO_STR("s")).n, 0);
    assert_int_equal(ko_metric_unit(KO_STR("Service level 20 seconds")).n, 0);
    assert_true(ko_metric_counts_up(KO_STR("http_requests_total")));
    assert_false(ko_metric_counts_up(KO_STR("count")));
    assert_false(ko_metric_counts_up(KO_STR("account")));
}

/* ---- windows ---- */

static void the_step_is_the_largest_that_gives_sixty_buckets(void **state)
{
    (void)state;
    const struct {
        ko_dur span, step;
    } rows[] = {{10, 1},   {60, 1},    {290, 1},    {300, 5},
                {600, 10}, {3600, 60}, {86400, 900}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct ko_grid g =
            ko_window_grid(0, rows[i].span * KO_SECOND, 0, KO_SECOND, KO_SECOND);
        assert_int_equal(g.step, rows[i].step * KO_SECOND);
        assert_int_equal((ko_dur)g.n * g.step, rows[i].span * KO_SECOND);
    }
}

static void the_step_is_not_finer_than_the_records(void **state)
{
    (void)state;
    struct ko_grid g = ko_window_grid(0, KO_HOUR, 0, KO_SECOND, 5 * KO_MINUTE);
    assert_int_equal(g.step, 5 * KO_MINUTE);
}

static void a_long_window_in_small_steps_is_bounded(void **state)
{
    (void)state;
    struct ko_grid g = ko_window_grid(0, 365 * KO_DAY, KO_SECOND, KO_SECOND, 0);
    assert_true(g.n <= KO_BUCKETS_MAX);
    size_t bucket;
    assert_true(ko_grid_bucket(&g, 365 * KO_DAY - 1, &bucket));
    assert_false(ko_grid_bucket(&g, -1, &bucket));
}

static void hourly_records_hang_together(void **state)
{
    (void)state;
    struct ko_moment v[48];
    ko_time from, to;
    for (int i = 0; i < 48; i++)
        v[i] = (struct ko_moment){i * KO_HOUR, 1};
    ko_window_core(v, 48, KO_SECOND, &from, &to);
    assert_int_equal(from, 0);
    assert_int_equal(to, 47 * KO_HOUR + KO_SECOND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_do_not_depend_on_order),
        cmocka_unit_test(sums_stop_at_the_largest_number),
        cmocka_unit_test(quantiles_are_exact_while_few),
        cmocka_unit_test(quantiles_of_many_are_within_one_percent),
        cmocka_unit_test(merged_distributions_equal_the_whole),
        cmocka_unit_test(a_full_table_takes_a_coarser_grain_and_loses_nothing),
        cmocka_unit_test(a_cell_keeps_its_latest_sample),
        cmocka_unit_test(too_many_ids_are_thinned_evenly),
        cmocka_unit_test(variable_parts_of_a_message_are_masked),
        cmocka_unit_test(what_names_the_kind_is_kept),
        cmocka_unit_test(templates_coarsen_in_any_number_of_steps),
        cmocka_unit_test(personal_data_and_secrets_are_masked),
        cmocka_unit_test(numbers_that_are_no_persons_stay),
        cmocka_unit_test(instance_parts_of_names_are_stripped),
        cmocka_unit_test(names_that_only_look_like_pods_stay),
        cmocka_unit_test(members_of_a_stateful_set_are_one),
        cmocka_unit_test(instances_join_a_name_that_is_known),
        cmocka_unit_test(an_alias_names_the_spelling_in_use),
        cmocka_unit_test(metric_names_tell_their_class),
        cmocka_unit_test(metric_names_tell_their_unit),
        cmocka_unit_test(the_step_is_the_largest_that_gives_sixty_buckets),
        cmocka_unit_test(the_step_is_not_finer_than_the_records),
        cmocka_unit_test(a_long_window_in_small_steps_is_bounded),
        cmocka_unit_test(hourly_records_hang_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
