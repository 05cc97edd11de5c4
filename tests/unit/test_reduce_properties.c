/* test_reduce_properties.c: any order and any split of the events give the same case. */
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

static void add_log(struct scene *s, uint64_t *seed, ko_time t, uint32_t file)
{
    static const char *const regions[] = {"eu", "us", ""};
    static const char *const names[] = {"crm-api", "CRM_API", "billing", "payments"};
    struct ko_event *ev = scene_add(s, KO_EVENT_LOG, file, t, names[scene_draw(seed, 4)]);
    ev->message = scene_text(s, "request ", scene_draw(seed, 1000000), " took long");
    ev->status = scene_draw(seed, 20) == 0 ? 503 : 200;
    ev->dur = scene_draw(seed, 500) * KO_MS;
    ev->region = ko_str(regions[scene_draw(seed, 3)]);
    ev->customer = ko_str(regions[scene_draw(seed, 3)]);
    ev->attempt = 1 + scene_draw(seed, 2);
    ev->peer = scene_draw(seed, 2) ? KO_STR("db") : KO_STR("");
}

static void add_other(struct scene *s, uint64_t *seed, ko_time t)
{
    struct ko_event *ev = scene_add(s, KO_EVENT_METRIC, 0, t, "crm-api");
    ev->signal = KO_STR("heap_bytes");
    ev->value = 0.1 * scene_draw(seed, 1000);
    ev = scene_add(s, KO_EVENT_METRIC, 0, t, "crm-api");
    ev->signal = KO_STR("hits_total");
    ev->value = (double)((t - T0) / KO_SECOND);
    ev = scene_add(s, KO_EVENT_METRIC, 0, t, "crm-api");
    ev->signal = scene_text(s, "reads of user ", scene_draw(seed, 1000), "");
    ev->value = 1;
    ev = scene_add(s, KO_EVENT_LOG, 0, t, "");
    ev->entity = scene_text(s, "job ", scene_draw(seed, 1000), "");
    ev->message = KO_STR("done");
    ev = scene_add(s, KO_EVENT_CONTACT, 0, t, "");
    ev->queue = KO_STR("Billing EU");
    ev->id = scene_text(s, "contact ", scene_draw(seed, 100), "");
    ev->customer = ev->id;
    ev->version = ev->id;
    ev->wait = scene_draw(seed, 90) * KO_SECOND;
    ev->abandoned = scene_draw(seed, 4) == 0;
    if (scene_draw(seed, 10) != 0)
        return;
    ev = scene_add(s, KO_EVENT_CHANGE, 0, t, "crm-api");
    ev->what = KO_STR("deploy");
    ev->id = scene_text(s, "v", scene_draw(seed, 10), "");
    ev = scene_add(s, KO_EVENT_EDGE, 0, KO_TIME_NONE, "gateway");
    ev->peer = KO_STR("crm-api");
    ev->value = 3;
}

static struct scene *everything(void)
{
    struct scene *s = scene_new();
    uint64_t seed = 7;
    for (int64_t i = 0; i < 600; i++) {
        ko_time t = T0 + i * 6 * KO_SECOND + scene_draw(&seed, 6000) * KO_MS;
        add_log(s, &seed, t, 0);
        add_log(s, &seed, t, 0);
        add_log(s, &seed, t - KO_DAY, 2);
        scene_add_spans(s, &seed, t, i);
        scene_add_span_logs(s);
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
        uint32_t k = scene_draw(&seed, (uint32_t)i);
        uint32_t swap = order[k];
        order[k] = order[i - 1];
        order[i - 1] = swap;
    }
}

static void write_case(struct ko_reducer *r, struct ko_buf *out)
{
    struct ko_case c;
    scene_finish(r, &c);
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
    if (tight == 1)
        opt->cells_max_bytes = 150000;
    if (tight == 2)
        opt->keys_max = 120;
    if (tight > 0) {
        opt->spans_max = 900;
        opt->ids_max = 300;
    }
}

static void order_of_events_changes_nothing(void **state)
{
    (void)state;
    struct scene *s = everything();
    for (int tight = 0; tight < 3; tight++) {
        struct ko_reduce_options opt;
        struct ko_buf whole, other;
        uint32_t order[EVENTS_MAX];
        any_limits(tight, &opt);
        for (uint32_t i = 0; i < s->n; i++)
            order[i] = i;
        write_case(scene_feed(s, order, 0, s->n, &opt), &whole);
        for (uint64_t seed = 1; seed < 4; seed++) {
            shuffle(order, s->n, seed);
            write_case(scene_feed(s, order, 0, s->n, &opt), &other);
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
    for (int tight = 0; tight < 3; tight++) {
        struct ko_reduce_options opt;
        struct ko_buf whole, merged;
        uint32_t order[EVENTS_MAX];
        any_limits(tight, &opt);
        shuffle(order, s->n, 5);
        write_case(scene_feed(s, order, 0, s->n, &opt), &whole);
        for (size_t cut = 0; cut <= s->n; cut += s->n / 3) {
            struct ko_reducer *a = scene_feed(s, order, 0, cut, &opt);
            struct ko_reducer *b = scene_feed(s, order, cut, s->n, &opt);
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
    scene_reduce(s, NULL, &c);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_of_events_changes_nothing),
        cmocka_unit_test(parts_merged_equal_the_whole),
        cmocka_unit_test(every_record_is_inside_outside_or_without_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
