/* test_reduce.c: the case says what the events said. */
#include "reduce_scene.h"

#include "case/stream.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void a_lone_old_stamp_does_not_widen_the_window(void **state)
{
    (void)state;
    struct scene *s = scene_new();
    for (int i = 0; i < 3600; i += 10)
        scene_add(s, KO_EVENT_LOG, 0, T0 + i * KO_SECOND, "a")->message = KO_STR("hello");
    scene_add(s, KO_EVENT_LOG, 0, 5 * KO_SECOND, "a")->message = KO_STR("hello");
    scene_add(s, KO_EVENT_LOG, 0, T0 + KO_DAY, "a")->message = KO_STR("hello");
    struct ko_case c;
    scene_reduce(s, NULL, &c);
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
    struct scene *s = scene_new();
    for (int i = 0; i < 3600; i++) {
        bool quiet = i >= 1800 && i < 1860;
        struct ko_event *ev =
            scene_add(s, KO_EVENT_LOG, 0, T0 + i * KO_SECOND, quiet ? "b" : "a");
        ev->status = 200;
        ev->dur = 10 * KO_MS;
    }
    struct ko_case c;
    scene_reduce(s, NULL, &c);
    const struct ko_series *requests = scene_series(&c, "a", "", "requests", false);
    assert_non_null(requests);
    assert_true(requests->v.v[29] == 60);
    assert_true(requests->v.v[30] == 0);
    assert_true(scene_series(&c, "a", "", "errors", false)->v.v[29] == 0);
    assert_true(isnan(scene_series(&c, "a", "", "latency_mean", false)->v.v[30]));
    assert_true(fabs(scene_series(&c, "a", "", "latency_p95", false)->v.v[29] - 0.01) <
                1e-4);
    ko_case_release(&c);
    free(s);
}

static void a_call_is_measured_at_both_ends(void **state)
{
    (void)state;
    struct scene *s = scene_new();
    uint64_t seed = 1;
    for (int i = 0; i < 60; i++)
        scene_add_spans(s, &seed, T0 + i * KO_SECOND, i);
    for (size_t i = 0; i < s->n; i++) /* the client waits 120 ms, the server takes 40 */
        s->v[i].dur = i % 3 == 0 ? 200 * KO_MS : i % 3 == 1 ? 120 * KO_MS : 40 * KO_MS;
    struct ko_case c;
    scene_reduce(s, NULL, &c);
    const struct ko_series *edge =
        scene_series(&c, "crm-api", "gateway", "latency_mean", false);
    assert_non_null(edge);
    assert_true(fabs(edge->v.v[5] - 0.120) < 1e-9);
    assert_true(fabs(scene_series(&c, "crm-api", "", "latency_mean", false)->v.v[5] -
                     0.040) < 1e-9);
    assert_true(fabs(scene_series(&c, "gateway", "", "self_time_mean", false)->v.v[5] -
                     0.080) < 1e-9);
    assert_true(scene_total(scene_series(&c, "gateway", "", "requests", false)->v) == 60);
    assert_int_equal(c.edges.n, 1);
    assert_true(c.edges.v[0].calls == 60);
    assert_true(ko_str_eq(c.edges.v[0].source, KO_STR("trace")));
    ko_case_release(&c);
    free(s);
}

static void a_template_counts_once_a_span_of_its_operation(void **state)
{
    (void)state;
    struct scene *s = scene_new();
    uint64_t seed = 1;
    for (int i = 0; i < 60; i++) {
        scene_add_spans(s, &seed, T0 + i * KO_SECOND, i);
        if (i % 2 == 0)
            scene_add_span_logs(s);
    }
    struct ko_case c;
    scene_reduce(s, NULL, &c);
    assert_int_equal(c.templates.n, 2);
    assert_int_equal(c.templates.v[0].count, 60);
    assert_int_equal(c.templates.v[1].count, 30);
    assert_true(ko_str_eq(c.templates.v[1].op, KO_STR("GET /customer/<*>")));
    const struct ko_series *all =
        scene_series(&c, "crm-api", "", "op:GET /customer/<*>", false);
    assert_non_null(all);
    assert_true(scene_total(all->v) == 60);
    ko_case_release(&c);
    free(s);
}

static void a_function_is_told_apart_by_the_request_that_it_serves(void **state)
{
    (void)state;
    struct scene *s = scene_new();
    uint64_t seed = 1;
    for (int i = 0; i < 60; i++) {
        scene_add_spans(s, &seed, T0 + i * KO_SECOND, i);
        struct ko_event *entry = &s->v[s->n - 1];
        entry->operation = i % 3 == 0 ? KO_STR("GET /one") : KO_STR("GET /all");
        struct ko_event *inner =
            scene_add(s, KO_EVENT_SPAN, 1, entry->time, "crm-api-5c66d57d58-6mp2b");
        inner->trace = entry->trace;
        inner->parent = entry->span;
        inner->span = scene_text(s, "i", i, "");
        inner->dur = KO_MS;
        inner->operation = KO_STR("find");
        scene_add_span_logs(s);
    }
    struct ko_case c;
    scene_reduce(s, NULL, &c);
    const struct ko_series *one =
        scene_series(&c, "crm-api", "", "op:GET /one > find", false);
    const struct ko_series *all =
        scene_series(&c, "crm-api", "", "op:GET /all > find", false);
    assert_non_null(one);
    assert_non_null(all);
    assert_true(scene_total(one->v) == 20);
    assert_true(scene_total(all->v) == 40);
    assert_int_equal(c.templates.n, 3);
    ko_case_release(&c);
    free(s);
}

/* A span of crm-api in the trace of the event added last. */
static void add_inner(struct scene *s, const char *id, const char *parent, ko_dur dur,
                      const char *operation)
{
    struct ko_str trace = s->v[s->n - 1].trace;
    ko_time t = s->v[s->n - 1].time;
    struct ko_event *ev = scene_add(s, KO_EVENT_SPAN, 1, t, "crm-api");
    ev->trace = trace;
    ev->span = ko_str(id);
    ev->parent = ko_str(parent);
    ev->dur = dur;
    ev->operation = ko_str(operation);
}

static void a_span_without_id_or_in_a_circle_has_no_entry_but_itself(void **state)
{
    (void)state;
    struct scene *s = scene_new();
    uint64_t seed = 1;
    for (int i = 0; i < 60; i++) {
        scene_add_spans(s, &seed, T0 + i * KO_SECOND, i);
        add_inner(s, "", "", 9 * KO_MS, "long");
        add_inner(s, "", "", 4 * KO_MS, "find");
        add_inner(s, "b1", "a1", 9 * KO_MS, "back");
        add_inner(s, "a1", "b1", 9 * KO_MS, "find");
        scene_add_span_logs(s);
        add_inner(s, "e1", "e1", 9 * KO_MS, "find");
    }
    struct ko_case c;
    scene_reduce(s, NULL, &c);
    const struct ko_series *find = scene_series(&c, "crm-api", "", "op:find", false);
    assert_non_null(find);
    assert_true(scene_total(find->v) == 3 * 60);
    assert_int_equal(c.templates.n, 2);
    ko_case_release(&c);
    free(s);
}

static void a_span_delivered_twice_counts_once(void **state)
{
    (void)state;
    struct scene *s = scene_new();
    uint64_t seed = 1;
    for (int i = 0; i < 60; i++)
        scene_add_spans(s, &seed, T0 + i * KO_SECOND, i);
    size_t n = s->n;
    for (size_t i = 0; i < n; i++) {
        s->v[s->n] = s->v[i];
        s->v[s->n].place.line = 1000 + i;
        s->file[s->n++] = s->file[i];
    }
    struct ko_case c;
    scene_reduce(s, NULL, &c);
    assert_true(scene_total(scene_series(&c, "crm-api", "", "requests", false)->v) == 60);
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
    struct scene *s = scene_new();
    for (int i = 0; i < 3600; i += 15) {
        struct ko_event *ev = scene_add(s, KO_EVENT_METRIC, 0, T0 + i * KO_SECOND, "a");
        ev->signal = KO_STR("http_requests_total");
        ev->value = i < 1800 ? 2.0 * i : 2.0 * (i - 1800);
        ev = scene_add(s, KO_EVENT_METRIC, 0, T0 + i * KO_SECOND, "a");
        ev->signal = KO_STR("jobs_count");
        ev->value = i % 60;
        ev = scene_add(s, KO_EVENT_METRIC, 0, T0 + i * KO_SECOND, "a");
        ev->signal = KO_STR("error_count");
        ev->value = i % 900 == 0; /* 1 now and then: it falls as rarely as a restart */
    }
    struct ko_case c;
    scene_reduce(s, NULL, &c);
    const struct ko_series *rate =
        scene_series(&c, "a", "", "http_requests_total", false);
    assert_true(ko_str_eq(rate->stat, KO_STR("rate")));
    assert_true(ko_str_eq(rate->unit, KO_STR("/s")));
    assert_int_equal(rate->cls, KO_CLASS_LOAD);
    assert_true(fabs(rate->v.v[10] - 2) < 1e-9);
    assert_true(rate->v.v[30] >= 0 && rate->v.v[30] < 3);
    assert_true(
        ko_str_eq(scene_series(&c, "a", "", "jobs_count", false)->stat, KO_STR("mean")));
    const struct ko_series *errors = scene_series(&c, "a", "", "error_count", false);
    assert_true(ko_str_eq(errors->stat, KO_STR("mean")));
    assert_int_equal(errors->cls, KO_CLASS_ERROR);
    ko_case_release(&c);
    free(s);
}

static void a_healthy_export_stands_apart_even_at_the_same_time(void **state)
{
    (void)state;
    struct scene *s = scene_new();
    for (int i = 0; i < 600; i++) {
        struct ko_event *ev = scene_add(s, KO_EVENT_LOG, 0, T0 + i * KO_SECOND, "a");
        ev->dur = 900 * KO_MS;
        ev->message = KO_STR("slow");
        ev = scene_add(s, KO_EVENT_LOG, 2, T0 + i * KO_SECOND, "a");
        ev->dur = 10 * KO_MS;
        ev->message = KO_STR("fast");
    }
    struct ko_case c;
    scene_reduce(s, NULL, &c);
    assert_true(fabs(scene_series(&c, "a", "", "latency_mean", false)->v.v[3] - 0.9) <
                1e-9);
    assert_true(fabs(scene_series(&c, "a", "", "latency_mean", true)->v.v[3] - 0.01) <
                1e-9);
    assert_int_equal(c.templates.n, 2);
    assert_true(c.templates.v[0].normal);
    assert_false(c.templates.v[1].normal);
    ko_case_release(&c);
    free(s);
}

static void spellings_of_one_service_are_one_entity(void **state)
{
    (void)state;
    struct scene *s = scene_new();
    scene_add(s, KO_EVENT_LOG, 0, T0, "crm-api-5c66d57d58-6mp2b")->message = KO_STR("x");
    scene_add(s, KO_EVENT_LOG, 1, T0, "CRM API")->message = KO_STR("x");
    struct ko_event *ev = scene_add(s, KO_EVENT_EDGE, 1, KO_TIME_NONE, "gateway");
    ev->peer = KO_STR("crm-api.prod.svc.cluster.local:8080");
    struct ko_case c;
    scene_reduce(s, NULL, &c);
    assert_int_equal(c.entities.n, 2);
    assert_true(ko_str_eq(c.entities.v[0].name, KO_STR("crm-api")));
    assert_int_equal(c.entities.v[0].aliases.n, 3);
    ko_case_release(&c);
    free(s);
}

static void names_that_one_export_tells_apart_stay_apart(void **state)
{
    (void)state;
    struct scene *s = scene_new();
    scene_add(s, KO_EVENT_LOG, 0, T0, "crm-api")->message = KO_STR("x");
    scene_add(s, KO_EVENT_LOG, 0, T0, "crmapi")->message = KO_STR("x");
    struct ko_case c;
    scene_reduce(s, NULL, &c);
    assert_int_equal(c.entities.n, 2);
    ko_case_release(&c);
    free(s);
}

static void the_newest_delivery_of_a_contact_counts(void **state)
{
    (void)state;
    struct scene *s = scene_new();
    for (int i = 0; i < 2; i++) {
        struct ko_event *ev = scene_add(s, KO_EVENT_CONTACT, 0, T0, "");
        ev->queue = KO_STR("Billing");
        ev->id = KO_STR("c-1");
        ev->customer = KO_STR("alice");
        ev->version = i == 0 ? KO_STR("2026-03-14T15:00") : KO_STR("2026-03-14T14:30");
        ev->wait = (i == 0 ? 90 : 10) * KO_SECOND;
        ev->abandoned = i == 0;
    }
    struct ko_case c;
    scene_reduce(s, NULL, &c);
    assert_int_equal(c.entities.v[0].kind, KO_KIND_QUEUE);
    assert_true(scene_total(scene_series(&c, "Billing", "", "offered", false)->v) == 1);
    assert_true(scene_total(scene_series(&c, "Billing", "", "wait_mean", false)->v) ==
                90);
    assert_int_equal(c.accounts.v[0].duplicates, 1);
    const struct ko_group *all = scene_group(&c, "all", "all");
    assert_true(scene_total(all->bad) == 1);
    assert_true(scene_total(all->ids_bad_first) == 1);
    assert_true(ko_str_eq(all->id_kind, KO_STR("customer")));
    ko_case_release(&c);
    free(s);
}

static void a_second_contact_within_two_days_is_a_repeat(void **state)
{
    (void)state;
    struct scene *s = scene_new();
    for (int i = 0; i < 3; i++) {
        struct ko_event *ev =
            scene_add(s, KO_EVENT_CONTACT, 0, T0 + i * 10 * KO_MINUTE, "Billing");
        ev->customer = i == 1 ? KO_STR("bob") : KO_STR("alice");
    }
    struct ko_case c;
    scene_reduce(s, NULL, &c);
    assert_true(
        scene_total(scene_series(&c, "Billing", "", "repeat_contacts", false)->v) == 1);
    ko_case_release(&c);
    free(s);
}

static void a_flood_of_templates_is_cut_not_dropped(void **state)
{
    (void)state;
    struct scene *s = scene_new();
    static char words[5000][24];
    for (int i = 0; i < 5000; i++) {
        struct ko_event *ev = scene_add(s, KO_EVENT_LOG, 0, T0 + i * KO_SECOND, "a");
        int n = snprintf(words[i], sizeof words[i], "word %c%c%c up", 'a' + i % 26,
                         'a' + i / 26 % 26, 'a' + i / 676);
        ev->message = (struct ko_str){words[i], (size_t)n};
    }
    struct ko_case c;
    scene_reduce(s, NULL, &c);
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
    struct scene *s = scene_new();
    scene_add(s, KO_EVENT_LOG, 0, T0 + KO_SECOND, "a")->message =
        KO_STR("login of bob@example.com failed, password=hunter2");
    struct ko_event *ev = scene_add(s, KO_EVENT_LOG, 0, T0, "a");
    ev->message = KO_STR("login of amy@example.com failed, password=letmein");
    struct ko_case c;
    scene_reduce(s, NULL, &c);
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
    struct scene *s = scene_new();
    struct ko_event *ev = scene_add(s, KO_EVENT_ENTITY, 0, KO_TIME_NONE, "crm-api");
    ev->what = KO_STR("vendor");
    ev->owner = KO_STR("team-crm");
    for (int i = 2; i >= 1; i--) {
        ev = scene_add(s, KO_EVENT_STEP, 0, KO_TIME_NONE, i == 1 ? "ivr" : "crm_api");
        ev->journey = KO_STR("pay a bill");
        ev->operation = i == 1 ? KO_STR("call") : KO_STR("lookup");
        ev->value = i;
    }
    ev = scene_add(s, KO_EVENT_EDGE, 0, KO_TIME_NONE, "ivr");
    ev->peer = KO_STR("crm-api");
    struct ko_case c;
    scene_reduce(s, NULL, &c);
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
    scene_finish(ko_reducer_new(NULL, NULL), &c);
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
    struct scene *s = scene_new();
    scene_add(s, KO_EVENT_LOG, 0, T0, "a");
    uint32_t order[] = {0};
    struct ko_reducer *r = scene_feed(s, order, 0, 1, &opt);
    struct ko_case c;
    struct ko_err err = {.status = KO_OK};
    ko_case_init(&c);
    assert_int_equal(ko_reducer_finish(r, &c, &err), KO_ERANGE);
    assert_true(err.text[0] != '\0');
    ko_case_release(&c);
    ko_reducer_free(r);
    free(s);
}

/* More names than may be told apart: the few without a digit stay, and what the others
 * counted is under one name, to the last line. */
static void too_many_names_count_together(void **state)
{
    (void)state;
    struct ko_reduce_options opt;
    struct scene *s = scene_new();
    struct ko_case c;
    double lines = 0;
    ko_reduce_options_init(&opt);
    opt.keys_max = 100;
    for (int64_t i = 0; i < 2000; i++) {
        struct ko_event *ev =
            scene_add(s, KO_EVENT_LOG, 0, T0 + i * KO_SECOND, "gateway");
        if (i % 2 == 0)
            ev->entity = scene_text(s, "", i, "th of its kind");
        ev->message = KO_STR("done");
    }
    scene_reduce(s, &opt, &c);
    for (size_t i = 0; i < c.series.n; i++) {
        if (ko_str_eq(c.series.v[i].signal, KO_STR("log_lines")))
            lines += scene_total(c.series.v[i].v);
    }
    const struct ko_series *kept = scene_series(&c, "gateway", NULL, "log_lines", false);
    const struct ko_series *other = scene_series(&c, "(other)", NULL, "log_lines", false);
    assert_non_null(kept);
    assert_non_null(other);
    assert_true(scene_total(kept->v) > 900);
    assert_true(scene_total(other->v) > 900);
    assert_true(c.series.n < 100);
    assert_true(lines > 1900);
    assert_true(c.accounts.v[0].remarks.n == 1);
    ko_case_release(&c);
    free(s);
}

static void interactions_and_a_table_of_them_in_one_export_both_count(void **state)
{
    static const char *const what[] = {"total", "failed"};
    (void)state;
    struct scene *s = scene_new();
    for (int i = 0; i < 600; i++) {
        struct ko_event *ev = scene_add(s, KO_EVENT_LOG, 0, T0 + i * KO_SECOND, "a");
        ev->channel = KO_STR("web");
        ev->status = i % 10 == 0 ? 500 : 200;
    }
    for (int i = 0; i < 20; i++) {
        struct ko_event *ev = scene_add(s, KO_EVENT_CELL, 0, T0 + i / 2 * KO_MINUTE, "");
        ev->message = KO_STR("channel=web");
        ev->what = ko_str(what[i % 2]);
        ev->value = i % 2 == 0 ? 40 : 2.5;
    }
    struct ko_case c;
    scene_reduce(s, NULL, &c);
    const struct ko_group *web = NULL;
    for (size_t i = 0; i < c.groups.n; i++) {
        if (ko_str_eq(c.groups.v[i].value, KO_STR("web")))
            web = &c.groups.v[i];
    }
    assert_non_null(web);
    assert_true(scene_total(web->total) == 600 + 10 * 40);
    assert_true(scene_total(web->bad) == 60 + 10 * 2.5);
    ko_case_release(&c);
    free(s);
}

static void times_and_steps_whose_sums_would_overflow_are_refused(void **state)
{
    (void)state;
    struct ko_err err = {.status = KO_OK};
    struct ko_reduce_options opt;
    ko_reduce_options_init(&opt);
    opt.step = KO_REDUCE_STEP_MAX + KO_SECOND;
    assert_null(ko_reducer_new(&opt, &err));
    assert_int_equal(err.status, KO_ERANGE);
    struct scene *s = scene_new();
    for (int i = 0; i < 60; i++)
        scene_add(s, KO_EVENT_LOG, 0, T0 + i * KO_SECOND, "a");
    scene_add(s, KO_EVENT_LOG, 0, -KO_DAY * 365 * 270, "a");
    scene_add(s, KO_EVENT_LOG, 0, KO_DAY * 365 * 270, "a");
    struct ko_case c;
    scene_reduce(s, NULL, &c);
    assert_int_equal(c.head.from, T0);
    assert_int_equal(c.head.buckets * c.head.step, KO_MINUTE);
    ko_case_release(&c);
    free(s);
}

static void add_step(struct scene *s, const char *journey, const char *entity)
{
    struct ko_event *ev = scene_add(s, KO_EVENT_STEP, 1, KO_TIME_NONE, entity);
    ev->journey = ko_str(journey);
}

static void add_objective(struct scene *s, const char *journey, double share, int days)
{
    struct ko_event *ev = scene_add(s, KO_EVENT_OBJECTIVE, 1, KO_TIME_NONE, "");
    ev->journey = ko_str(journey);
    ev->value = share;
    ev->dur = days * KO_DAY;
}

static void the_first_objective_of_a_journey_is_its_own(void **state)
{
    (void)state;
    struct scene *s = scene_new();
    add_step(s, "pay", "web");
    add_objective(s, "pay", 0.99, 30);
    add_objective(s, "pay", 0.5, 1);
    add_step(s, "move", "web");
    add_objective(s, "without steps", 0.9, 7);
    struct ko_case c;
    scene_reduce(s, NULL, &c);
    assert_int_equal(c.journeys.n, 2);
    for (size_t i = 0; i < c.journeys.n; i++) {
        const struct ko_journey *j = &c.journeys.v[i];
        bool promises = ko_str_eq(j->name, KO_STR("pay"));
        assert_true(promises ? j->slo_target == 0.99 && j->slo_days == 30
                             : isnan(j->slo_target) && isnan(j->slo_days));
    }
    ko_case_release(&c);
    free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(too_many_names_count_together),
        cmocka_unit_test(interactions_and_a_table_of_them_in_one_export_both_count),
        cmocka_unit_test(times_and_steps_whose_sums_would_overflow_are_refused),
        cmocka_unit_test(the_first_objective_of_a_journey_is_its_own),
        cmocka_unit_test(a_lone_old_stamp_does_not_widen_the_window),
        cmocka_unit_test(a_quiet_minute_inside_the_log_is_zero_not_missing),
        cmocka_unit_test(a_call_is_measured_at_both_ends),
        cmocka_unit_test(a_template_counts_once_a_span_of_its_operation),
        cmocka_unit_test(a_function_is_told_apart_by_the_request_that_it_serves),
        cmocka_unit_test(a_span_without_id_or_in_a_circle_has_no_entry_but_itself),
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
