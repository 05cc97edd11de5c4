/* test_reduce.c: events become the same case in any order, and the case says what they
 * said. */
#include "reduce/reduce.h"

#include "case/stream.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define T0 (INT64_C(1773496800) * KO_SECOND) /* 2026-03-14T14:00:00Z */

enum { EVENTS_MAX = 8000, FILES = 3 };

/* Events with the texts that they point to. */
struct scene {
    struct ko_event v[EVENTS_MAX];
    uint32_t file[EVENTS_MAX];
    size_t n;
    char text[EVENTS_MAX][64];
};

static const char *const files[FILES] = {"app.log", "traces.csv", "well.log"};

static struct ko_event *add(struct scene *s, enum ko_event_kind kind, uint32_t file,
                            ko_time t, const char *entity)
{
    assert_true(s->n < EVENTS_MAX);
    struct ko_event *ev = &s->v[s->n];
    ko_event_init(ev, kind);
    ev->time = t;
    ev->entity = ko_str(entity);
    ev->place.line = s->n + 1;
    s->file[s->n] = file;
    s->n++;
    return ev;
}

/* "before N after" of the event added last. */
static struct ko_str text(struct scene *s, const char *before, int64_t n,
                          const char *after)
{
    char *p = s->text[s->n - 1];
    int len = snprintf(p, sizeof s->text[0], "%s%lld%s", before, (long long)n, after);
    return (struct ko_str){p, (size_t)len};
}

static struct scene *new_scene(void)
{
    struct scene *s = calloc(1, sizeof *s);
    assert_non_null(s);
    return s;
}

static struct ko_reducer *feed(const struct scene *s, const uint32_t *order, size_t from,
                               size_t to, const struct ko_reduce_options *opt)
{
    struct ko_reducer *r = ko_reducer_new(opt, NULL);
    assert_non_null(r);
    struct ko_sink sink = ko_reducer_sink(r);
    for (size_t i = from; i < to; i++) {
        struct ko_event ev = s->v[order[i]];
        uint32_t file = s->file[order[i]];
        assert_int_equal(ko_reducer_begin_export(r, ko_str(files[file]), file == 2,
                                                 &ev.place.export_index),
                         KO_OK);
        assert_int_equal(sink.take(sink.ctx, &ev), KO_OK);
    }
    return r;
}

static void finish(struct ko_reducer *r, struct ko_case *c)
{
    struct ko_err err = {.status = KO_OK};
    ko_case_init(c);
    enum ko_status st = ko_reducer_finish(r, c, &err);
    if (st != KO_OK)
        fail_msg("%s", err.text);
    ko_reducer_free(r);
}

static void reduce(const struct scene *s, const struct ko_reduce_options *opt,
                   struct ko_case *c)
{
    uint32_t order[EVENTS_MAX];
    for (uint32_t i = 0; i < s->n; i++)
        order[i] = i;
    finish(feed(s, order, 0, s->n, opt), c);
}

static const struct ko_series *series(const struct ko_case *c, const char *entity,
                                      const char *caller, const char *signal, bool normal)
{
    for (size_t i = 0; i < c->series.n; i++) {
        const struct ko_series *s = &c->series.v[i];
        if (ko_str_eq(ko_case_name(c, s->entity), ko_str(entity)) &&
            ko_str_eq(ko_case_name(c, s->caller), ko_str(caller)) &&
            ko_str_eq(s->signal, ko_str(signal)) && s->normal == normal)
            return s;
    }
    return NULL;
}

static const struct ko_group *group(const struct ko_case *c, const char *dim,
                                    const char *value)
{
    for (size_t i = 0; i < c->groups.n; i++) {
        if (ko_str_eq(c->groups.v[i].dim, ko_str(dim)) &&
            ko_str_eq(c->groups.v[i].value, ko_str(value)))
            return &c->groups.v[i];
    }
    return NULL;
}

static double total(ko_nums v)
{
    double sum = 0;
    for (size_t i = 0; i < v.n; i++)
        sum += isnan(v.v[i]) ? 0 : v.v[i];
    return sum;
}

/* ---- one scene with everything, for the properties ---- */

static uint32_t draw(uint64_t *seed, uint32_t below)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33) % below;
}

static void add_spans(struct scene *s, uint64_t *seed, ko_time t, int64_t trace)
{
    struct ko_event *ev = add(s, KO_EVENT_SPAN, 1, t, "gateway");
    ev->trace = ev->span = text(s, "t", trace, "");
    ev->dur = 200 * KO_MS;
    struct ko_str root = ev->span;
    ev = add(s, KO_EVENT_SPAN, draw(seed, 2), t + KO_MS, "gateway");
    ev->trace = ev->parent = root;
    ev->span = text(s, "c", trace, "");
    ev->dur = (100 + draw(seed, 50)) * KO_MS;
    struct ko_str client = ev->span;
    ev = add(s, KO_EVENT_SPAN, 1, t + 2 * KO_MS, "crm-api-5c66d57d58-6mp2b");
    ev->trace = root;
    ev->parent = client;
    ev->span = text(s, "s", trace, "");
    ev->dur = (20 + draw(seed, 60)) * KO_MS;
    ev->outcome = draw(seed, 9) == 0 ? KO_OUTCOME_BAD : KO_OUTCOME_OK;
    ev->operation = KO_STR("GET /customer/17");
}

/* Two lines, one template, inside the server span that was added last. */
static void add_span_logs(struct scene *s)
{
    const struct ko_event *span = &s->v[s->n - 1];
    for (int i = 0; i < 2; i++) {
        struct ko_event *ev = add(s, KO_EVENT_LOG, 0, span->time, "crm-api");
        ev->trace = span->trace;
        ev->span = span->span;
        ev->message = text(s, "found ", i, " rows");
    }
}

static void add_log(struct scene *s, uint64_t *seed, ko_time t, uint32_t file)
{
    static const char *const regions[] = {"eu", "us", ""};
    static const char *const names[] = {"crm-api", "CRM_API", "billing", "payments"};
    struct ko_event *ev = add(s, KO_EVENT_LOG, file, t, names[draw(seed, 4)]);
    ev->message = text(s, "request ", draw(seed, 1000000), " took long");
    ev->status = draw(seed, 20) == 0 ? 503 : 200;
    ev->dur = draw(seed, 500) * KO_MS;
    ev->region = ko_str(regions[draw(seed, 3)]);
    ev->customer = ko_str(regions[draw(seed, 3)]);
    ev->attempt = 1 + draw(seed, 2);
    ev->peer = draw(seed, 2) ? KO_STR("db") : KO_STR("");
}

static void add_other(struct scene *s, uint64_t *seed, ko_time t)
{
    struct ko_event *ev = add(s, KO_EVENT_METRIC, 0, t, "crm-api");
    ev->signal = KO_STR("heap_bytes");
    ev->value = 0.1 * draw(seed, 1000);
    ev = add(s, KO_EVENT_METRIC, 0, t, "crm-api");
    ev->signal = KO_STR("hits_total");
    ev->value = (double)((t - T0) / KO_SECOND);
    ev = add(s, KO_EVENT_CONTACT, 0, t, "");
    ev->queue = KO_STR("Billing EU");
    ev->id = text(s, "contact ", draw(seed, 100), "");
    ev->customer = ev->id;
    ev->version = ev->id;
    ev->wait = draw(seed, 90) * KO_SECOND;
    ev->abandoned = draw(seed, 4) == 0;
    if (draw(seed, 10) != 0)
        return;
    ev = add(s, KO_EVENT_CHANGE, 0, t, "crm-api");
    ev->what = KO_STR("deploy");
    ev->id = text(s, "v", draw(seed, 10), "");
    ev = add(s, KO_EVENT_EDGE, 0, KO_TIME_NONE, "gateway");
    ev->peer = KO_STR("crm-api");
    ev->value = 3;
}

static struct scene *everything(void)
{
    struct scene *s = new_scene();
    uint64_t seed = 7;
    for (int64_t i = 0; i < 600; i++) {
        ko_time t = T0 + i * 6 * KO_SECOND + draw(&seed, 6000) * KO_MS;
        add_log(s, &seed, t, 0);
        add_log(s, &seed, t, 0);
        add_log(s, &seed, t - KO_DAY, 2);
        add_spans(s, &seed, t, i);
        add_span_logs(s);
        add_other(s, &seed, t);
    }
    add_log(s, &seed, 0, 0);
    add_log(s, &seed, KO_TIME_NONE, 0);
    return s;
}

static void shuffle(uint32_t *order, size_t n, uint64_t seed)
{
    for (uint32_t i = 0; i < n; i++)
        order[i] = i;
    for (size_t i = n; i > 1; i--) {
        uint32_t k = draw(&seed, (uint32_t)i);
        uint32_t swap = order[k];
        order[k] = order[i - 1];
        order[i - 1] = swap;
    }
}

static void write_case(struct ko_reducer *r, struct ko_buf *out)
{
    struct ko_case c;
    finish(r, &c);
    ko_buf_init(out, KO_BUF_MAX);
    ko_stream_write(&c, out);
    assert_int_equal(out->status, KO_OK);
    ko_case_release(&c);
}

static void assert_same(const struct ko_buf *a, const struct ko_buf *b)
{
    size_t i = 0;
    while (i < a->n && i < b->n && a->p[i] == b->p[i])
        i++;
    if (i < a->n || i < b->n)
        fail_msg("differ at %zu: %.200s | %.200s", i, a->p + (i > 60 ? i - 60 : 0),
                 b->p + (i > 60 ? i - 60 : 0));
}

/* Usual limits, and limits so tight that every way of getting coarser is used. */
static void any_limits(int tight, struct ko_reduce_options *opt)
{
    ko_reduce_options_init(opt);
    if (tight == 0)
        return;
    opt->cells_max = 3000;
    opt->spans_max = 900;
    opt->ids_max = 300;
}

static void order_of_events_changes_nothing(void **state)
{
    (void)state;
    struct scene *s = everything();
    for (int tight = 0; tight < 2; tight++) {
        struct ko_reduce_options opt;
        struct ko_buf whole, other;
        uint32_t order[EVENTS_MAX];
        any_limits(tight, &opt);
        for (uint32_t i = 0; i < s->n; i++)
            order[i] = i;
        write_case(feed(s, order, 0, s->n, &opt), &whole);
        for (uint64_t seed = 1; seed < 4; seed++) {
            shuffle(order, s->n, seed);
            write_case(feed(s, order, 0, s->n, &opt), &other);
            assert_same(&whole, &other);
            ko_buf_release(&other);
        }
        ko_buf_release(&whole);
    }
    free(s);
}

static void parts_merged_equal_the_whole(void **state)
{
    (void)state;
    struct scene *s = everything();
    for (int tight = 0; tight < 2; tight++) {
        struct ko_reduce_options opt;
        struct ko_buf whole, merged;
        uint32_t order[EVENTS_MAX];
        any_limits(tight, &opt);
        shuffle(order, s->n, 5);
        write_case(feed(s, order, 0, s->n, &opt), &whole);
        for (size_t cut = 0; cut <= s->n; cut += s->n / 3) {
            struct ko_reducer *a = feed(s, order, 0, cut, &opt);
            struct ko_reducer *b = feed(s, order, cut, s->n, &opt);
            assert_int_equal(ko_reducer_merge(b, a, NULL), KO_OK);
            ko_reducer_free(a);
            write_case(b, &merged);
            assert_same(&whole, &merged);
            ko_buf_release(&merged);
        }
        ko_buf_release(&whole);
    }
    free(s);
}

static void every_record_is_inside_outside_or_without_time(void **state)
{
    (void)state;
    struct scene *s = everything();
    struct ko_case c;
    reduce(s, NULL, &c);
    int64_t records = 0, outside = 0, no_time = 0;
    for (size_t i = 0; i < c.accounts.n; i++) {
        records += c.accounts.v[i].records;
        outside += c.accounts.v[i].outside;
        no_time += c.accounts.v[i].no_time;
    }
    assert_int_equal(records, s->n);
    assert_int_equal(no_time, 1);
    assert_int_equal(outside, 1);
    ko_case_release(&c);
    free(s);
}

/* ---- what the case says ---- */

static void a_lone_old_stamp_does_not_widen_the_window(void **state)
{
    (void)state;
    struct scene *s = new_scene();
    for (int i = 0; i < 3600; i += 10)
        add(s, KO_EVENT_LOG, 0, T0 + i * KO_SECOND, "a")->message = KO_STR("hello");
    add(s, KO_EVENT_LOG, 0, 5 * KO_SECOND, "a")->message = KO_STR("hello");
    add(s, KO_EVENT_LOG, 0, T0 + KO_DAY, "a")->message = KO_STR("hello");
    struct ko_case c;
    reduce(s, NULL, &c);
    assert_int_equal(c.head.from, T0);
    assert_int_equal(c.head.step, KO_MINUTE);
    assert_int_equal(c.head.buckets, 60);
    assert_int_equal(c.accounts.v[0].outside, 2);
    ko_case_release(&c);
    free(s);
}

static void a_quiet_minute_inside_the_log_is_zero_not_missing(void **state)
{
    (void)state;
    struct scene *s = new_scene();
    for (int i = 0; i < 3600; i++) {
        bool quiet = i >= 1800 && i < 1860;
        struct ko_event *ev =
            add(s, KO_EVENT_LOG, 0, T0 + i * KO_SECOND, quiet ? "b" : "a");
        ev->status = 200;
        ev->dur = 10 * KO_MS;
    }
    struct ko_case c;
    reduce(s, NULL, &c);
    const struct ko_series *requests = series(&c, "a", "", "requests", false);
    assert_non_null(requests);
    assert_true(requests->v.v[29] == 60);
    assert_true(requests->v.v[30] == 0);
    assert_true(series(&c, "a", "", "errors", false)->v.v[29] == 0);
    assert_true(isnan(series(&c, "a", "", "latency_mean", false)->v.v[30]));
    assert_true(fabs(series(&c, "a", "", "latency_p95", false)->v.v[29] - 0.01) < 1e-4);
    ko_case_release(&c);
    free(s);
}

static void a_call_is_measured_at_both_ends(void **state)
{
    (void)state;
    struct scene *s = new_scene();
    uint64_t seed = 1;
    for (int i = 0; i < 60; i++)
        add_spans(s, &seed, T0 + i * KO_SECOND, i);
    for (size_t i = 0; i < s->n; i++) /* the client waits 120 ms, the server takes 40 */
        s->v[i].dur = i % 3 == 0 ? 200 * KO_MS : i % 3 == 1 ? 120 * KO_MS : 40 * KO_MS;
    struct ko_case c;
    reduce(s, NULL, &c);
    const struct ko_series *edge =
        series(&c, "crm-api", "gateway", "latency_mean", false);
    assert_non_null(edge);
    assert_true(fabs(edge->v.v[5] - 0.120) < 1e-9);
    assert_true(fabs(series(&c, "crm-api", "", "latency_mean", false)->v.v[5] - 0.040) <
                1e-9);
    assert_true(fabs(series(&c, "gateway", "", "self_time_mean", false)->v.v[5] - 0.080) <
                1e-9);
    assert_true(total(series(&c, "gateway", "", "requests", false)->v) == 60);
    assert_int_equal(c.edges.n, 1);
    assert_true(c.edges.v[0].calls == 60);
    assert_true(ko_str_eq(c.edges.v[0].source, KO_STR("trace")));
    ko_case_release(&c);
    free(s);
}

static void a_template_counts_once_a_span_of_its_operation(void **state)
{
    (void)state;
    struct scene *s = new_scene();
    uint64_t seed = 1;
    for (int i = 0; i < 60; i++) {
        add_spans(s, &seed, T0 + i * KO_SECOND, i);
        if (i % 2 == 0)
            add_span_logs(s);
    }
    struct ko_case c;
    reduce(s, NULL, &c);
    assert_int_equal(c.templates.n, 2);
    assert_int_equal(c.templates.v[0].count, 60);
    assert_int_equal(c.templates.v[1].count, 30);
    assert_true(ko_str_eq(c.templates.v[1].op, KO_STR("GET /customer/<*>")));
    const struct ko_series *all =
        series(&c, "crm-api", "", "op:GET /customer/<*>", false);
    assert_non_null(all);
    assert_true(total(all->v) == 60);
    ko_case_release(&c);
    free(s);
}

static void a_span_delivered_twice_counts_once(void **state)
{
    (void)state;
    struct scene *s = new_scene();
    uint64_t seed = 1;
    for (int i = 0; i < 60; i++)
        add_spans(s, &seed, T0 + i * KO_SECOND, i);
    size_t n = s->n;
    for (size_t i = 0; i < n; i++) {
        s->v[s->n] = s->v[i];
        s->v[s->n].place.line = 1000 + i;
        s->file[s->n++] = s->file[i];
    }
    struct ko_case c;
    reduce(s, NULL, &c);
    assert_true(total(series(&c, "crm-api", "", "requests", false)->v) == 60);
    int64_t duplicates = 0;
    for (size_t i = 0; i < c.accounts.n; i++)
        duplicates += c.accounts.v[i].duplicates;
    assert_int_equal(duplicates, n);
    ko_case_release(&c);
    free(s);
}

static void a_counter_becomes_a_rate_across_its_reset(void **state)
{
    (void)state;
    struct scene *s = new_scene();
    for (int i = 0; i < 3600; i += 15) {
        struct ko_event *ev = add(s, KO_EVENT_METRIC, 0, T0 + i * KO_SECOND, "a");
        ev->signal = KO_STR("http_requests_total");
        ev->value = i < 1800 ? 2.0 * i : 2.0 * (i - 1800);
        ev = add(s, KO_EVENT_METRIC, 0, T0 + i * KO_SECOND, "a");
        ev->signal = KO_STR("jobs_count");
        ev->value = i % 60;
    }
    struct ko_case c;
    reduce(s, NULL, &c);
    const struct ko_series *rate = series(&c, "a", "", "http_requests_total", false);
    assert_true(ko_str_eq(rate->stat, KO_STR("rate")));
    assert_true(ko_str_eq(rate->unit, KO_STR("/s")));
    assert_int_equal(rate->cls, KO_CLASS_LOAD);
    assert_true(fabs(rate->v.v[10] - 2) < 1e-9);
    assert_true(rate->v.v[30] >= 0 && rate->v.v[30] < 3);
    assert_true(
        ko_str_eq(series(&c, "a", "", "jobs_count", false)->stat, KO_STR("mean")));
    ko_case_release(&c);
    free(s);
}

static void a_healthy_export_stands_apart_even_at_the_same_time(void **state)
{
    (void)state;
    struct scene *s = new_scene();
    for (int i = 0; i < 600; i++) {
        struct ko_event *ev = add(s, KO_EVENT_LOG, 0, T0 + i * KO_SECOND, "a");
        ev->dur = 900 * KO_MS;
        ev->message = KO_STR("slow");
        ev = add(s, KO_EVENT_LOG, 2, T0 + i * KO_SECOND, "a");
        ev->dur = 10 * KO_MS;
        ev->message = KO_STR("fast");
    }
    struct ko_case c;
    reduce(s, NULL, &c);
    assert_true(fabs(series(&c, "a", "", "latency_mean", false)->v.v[3] - 0.9) < 1e-9);
    assert_true(fabs(series(&c, "a", "", "latency_mean", true)->v.v[3] - 0.01) < 1e-9);
    assert_int_equal(c.templates.n, 2);
    assert_true(c.templates.v[0].normal);
    assert_false(c.templates.v[1].normal);
    ko_case_release(&c);
    free(s);
}

static void spellings_of_one_service_are_one_entity(void **state)
{
    (void)state;
    struct scene *s = new_scene();
    add(s, KO_EVENT_LOG, 0, T0, "crm-api-5c66d57d58-6mp2b")->message = KO_STR("x");
    add(s, KO_EVENT_LOG, 1, T0, "CRM API")->message = KO_STR("x");
    struct ko_event *ev = add(s, KO_EVENT_EDGE, 1, KO_TIME_NONE, "gateway");
    ev->peer = KO_STR("crm-api.prod.svc.cluster.local:8080");
    struct ko_case c;
    reduce(s, NULL, &c);
    assert_int_equal(c.entities.n, 2);
    assert_true(ko_str_eq(c.entities.v[0].name, KO_STR("crm-api")));
    assert_int_equal(c.entities.v[0].aliases.n, 3);
    ko_case_release(&c);
    free(s);
}

static void names_that_one_export_tells_apart_stay_apart(void **state)
{
    (void)state;
    struct scene *s = new_scene();
    add(s, KO_EVENT_LOG, 0, T0, "crm-api")->message = KO_STR("x");
    add(s, KO_EVENT_LOG, 0, T0, "crmapi")->message = KO_STR("x");
    struct ko_case c;
    reduce(s, NULL, &c);
    assert_int_equal(c.entities.n, 2);
    ko_case_release(&c);
    free(s);
}

static void the_newest_delivery_of_a_contact_counts(void **state)
{
    (void)state;
    struct scene *s = new_scene();
    for (int i = 0; i < 2; i++) {
        struct ko_event *ev = add(s, KO_EVENT_CONTACT, 0, T0, "");
        ev->queue = KO_STR("Billing");
        ev->id = KO_STR("c-1");
        ev->customer = KO_STR("alice");
        ev->version = i == 0 ? KO_STR("2026-03-14T15:00") : KO_STR("2026-03-14T14:30");
        ev->wait = (i == 0 ? 90 : 10) * KO_SECOND;
        ev->abandoned = i == 0;
    }
    struct ko_case c;
    reduce(s, NULL, &c);
    assert_int_equal(c.entities.v[0].kind, KO_KIND_QUEUE);
    assert_true(total(series(&c, "Billing", "", "offered", false)->v) == 1);
    assert_true(total(series(&c, "Billing", "", "wait_mean", false)->v) == 90);
    assert_int_equal(c.accounts.v[0].duplicates, 1);
    const struct ko_group *all = group(&c, "all", "all");
    assert_true(total(all->bad) == 1);
    assert_true(total(all->ids_bad_first) == 1);
    assert_true(ko_str_eq(all->id_kind, KO_STR("customer")));
    ko_case_release(&c);
    free(s);
}

static void a_second_contact_within_two_days_is_a_repeat(void **state)
{
    (void)state;
    struct scene *s = new_scene();
    for (int i = 0; i < 3; i++) {
        struct ko_event *ev =
            add(s, KO_EVENT_CONTACT, 0, T0 + i * 10 * KO_MINUTE, "Billing");
        ev->customer = i == 1 ? KO_STR("bob") : KO_STR("alice");
    }
    struct ko_case c;
    reduce(s, NULL, &c);
    assert_true(total(series(&c, "Billing", "", "repeat_contacts", false)->v) == 1);
    ko_case_release(&c);
    free(s);
}

static void a_flood_of_templates_is_cut_not_dropped(void **state)
{
    (void)state;
    struct scene *s = new_scene();
    static char words[5000][24];
    for (int i = 0; i < 5000; i++) {
        struct ko_event *ev = add(s, KO_EVENT_LOG, 0, T0 + i * KO_SECOND, "a");
        int n = snprintf(words[i], sizeof words[i], "word %c%c%c up", 'a' + i % 26,
                         'a' + i / 26 % 26, 'a' + i / 676);
        ev->message = (struct ko_str){words[i], (size_t)n};
    }
    struct ko_case c;
    reduce(s, NULL, &c);
    int64_t count = 0;
    for (size_t i = 0; i < c.templates.n; i++)
        count += c.templates.v[i].count;
    assert_true(c.templates.n <= 201);
    assert_int_equal(count, 5000);
    ko_case_release(&c);
    free(s);
}

static void a_template_carries_its_first_row_and_no_secret(void **state)
{
    (void)state;
    struct scene *s = new_scene();
    add(s, KO_EVENT_LOG, 0, T0 + KO_SECOND, "a")->message =
        KO_STR("login of bob@example.com failed, password=hunter2");
    struct ko_event *ev = add(s, KO_EVENT_LOG, 0, T0, "a");
    ev->message = KO_STR("login of amy@example.com failed, password=letmein");
    struct ko_case c;
    reduce(s, NULL, &c);
    assert_int_equal(c.templates.n, 1);
    const struct ko_template *t = &c.templates.v[0];
    assert_int_equal(t->count, 2);
    assert_true(ko_str_eq(t->row, KO_STR("app.log:2")));
    assert_true(ko_str_eq(t->severity, KO_STR("error")));
    size_t at;
    assert_false(ko_str_find(t->sample, KO_STR("letmein"), &at));
    assert_false(ko_str_find(t->sample, KO_STR("amy@"), &at));
    assert_false(ko_str_find(t->text, KO_STR("example.com"), &at));
    ko_case_release(&c);
    free(s);
}

static void a_map_names_owners_steps_and_edges(void **state)
{
    (void)state;
    struct scene *s = new_scene();
    struct ko_event *ev = add(s, KO_EVENT_ENTITY, 0, KO_TIME_NONE, "crm-api");
    ev->what = KO_STR("vendor");
    ev->owner = KO_STR("team-crm");
    for (int i = 2; i >= 1; i--) {
        ev = add(s, KO_EVENT_STEP, 0, KO_TIME_NONE, i == 1 ? "ivr" : "crm_api");
        ev->journey = KO_STR("pay a bill");
        ev->operation = i == 1 ? KO_STR("call") : KO_STR("lookup");
        ev->value = i;
    }
    ev = add(s, KO_EVENT_EDGE, 0, KO_TIME_NONE, "ivr");
    ev->peer = KO_STR("crm-api");
    struct ko_case c;
    reduce(s, NULL, &c);
    assert_int_equal(c.entities.v[0].kind, KO_KIND_VENDOR);
    assert_true(ko_str_eq(c.entities.v[0].owner, KO_STR("team-crm")));
    assert_true(ko_str_eq(c.entities.v[0].owner_from, KO_STR("app.log")));
    assert_int_equal(c.journeys.v[0].steps.n, 2);
    assert_true(ko_str_eq(c.journeys.v[0].steps.v[0].name, KO_STR("call")));
    assert_int_equal(c.journeys.v[0].steps.v[1].entity, 0);
    assert_int_equal(c.edges.n, 1);
    assert_true(isnan(c.edges.v[0].calls));
    ko_case_release(&c);
    free(s);
}

static void an_empty_reducer_makes_an_empty_case(void **state)
{
    (void)state;
    struct ko_case c;
    finish(ko_reducer_new(NULL, NULL), &c);
    assert_int_equal(c.head.buckets, 0);
    assert_true(c.head.step > 0);
    ko_case_release(&c);
}

static void a_window_before_its_start_is_refused(void **state)
{
    (void)state;
    struct ko_reduce_options opt;
    ko_reduce_options_init(&opt);
    opt.from = T0;
    opt.to = T0 - KO_HOUR;
    struct scene *s = new_scene();
    add(s, KO_EVENT_LOG, 0, T0, "a");
    uint32_t order[] = {0};
    struct ko_reducer *r = feed(s, order, 0, 1, &opt);
    struct ko_case c;
    struct ko_err err = {.status = KO_OK};
    ko_case_init(&c);
    assert_int_equal(ko_reducer_finish(r, &c, &err), KO_ERANGE);
    assert_true(err.text[0] != '\0');
    ko_case_release(&c);
    ko_reducer_free(r);
    free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_of_events_changes_nothing),
        cmocka_unit_test(parts_merged_equal_the_whole),
        cmocka_unit_test(every_record_is_inside_outside_or_without_time),
        cmocka_unit_test(a_lone_old_stamp_does_not_widen_the_window),
        cmocka_unit_test(a_quiet_minute_inside_the_log_is_zero_not_missing),
        cmocka_unit_test(a_call_is_measured_at_both_ends),
        cmocka_unit_test(a_template_counts_once_a_span_of_its_operation),
        cmocka_unit_test(a_span_delivered_twice_counts_once),
        cmocka_unit_test(a_counter_becomes_a_rate_across_its_reset),
        cmocka_unit_test(a_healthy_export_stands_apart_even_at_the_same_time),
        cmocka_unit_test(spellings_of_one_service_are_one_entity),
        cmocka_unit_test(names_that_one_export_tells_apart_stay_apart),
        cmocka_unit_test(the_newest_delivery_of_a_contact_counts),
        cmocka_unit_test(a_second_contact_within_two_days_is_a_repeat),
        cmocka_unit_test(a_flood_of_templates_is_cut_not_dropped),
        cmocka_unit_test(a_template_carries_its_first_row_and_no_secret),
        cmocka_unit_test(a_map_names_owners_steps_and_edges),
        cmocka_unit_test(an_empty_reducer_makes_an_empty_case),
        cmocka_unit_test(a_window_before_its_start_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
