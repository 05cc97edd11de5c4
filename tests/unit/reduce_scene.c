/* reduce_scene.c: events for the tests of the reducer, and look-ups in what it made of
 * them. */
#include "reduce_scene.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

const char *const scene_files[FILES] = {"app.log", "traces.csv", "well.log"};

struct ko_event *scene_add(struct scene *s, enum ko_event_kind kind, uint32_t file,
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

struct ko_str scene_text(struct scene *s, const char *before, int64_t n,
                         const char *after)
{
    char *p = s->text[s->n - 1];
    int len = snprintf(p, sizeof s->text[0], "%s%lld%s", before, (long long)n, after);
    return (struct ko_str){p, (size_t)len};
}

struct scene *scene_new(void)
{
    struct scene *s = calloc(1, sizeof *s);
    assert_non_null(s);
    return s;
}

struct ko_reducer *scene_feed(const struct scene *s, const uint32_t *order, size_t from,
                              size_t to, const struct ko_reduce_options *opt)
{
    struct ko_reducer *r = ko_reducer_new(opt, NULL);
    assert_non_null(r);
    struct ko_sink sink = ko_reducer_sink(r);
    for (size_t i = from; i < to; i++) {
        struct ko_event ev = s->v[order[i]];
        uint32_t file = s->file[order[i]];
        assert_int_equal(ko_reducer_begin_export(r, ko_str(scene_files[file]), file == 2,
                                                 &ev.place.export_index),
                         KO_OK);
        assert_int_equal(sink.take(sink.ctx, &ev), KO_OK);
    }
    return r;
}

void scene_finish(struct ko_reducer *r, struct ko_case *c)
{
    struct ko_err err = {.status = KO_OK};
    ko_case_init(c);
    enum ko_status st = ko_reducer_finish(r, c, &err);
    if (st != KO_OK)
        fail_msg("%s", err.text);
    ko_reducer_free(r);
}

void scene_reduce(const struct scene *s, const struct ko_reduce_options *opt,
                  struct ko_case *c)
{
    uint32_t order[EVENTS_MAX];
    for (uint32_t i = 0; i < s->n; i++)
        order[i] = i;
    scene_finish(scene_feed(s, order, 0, s->n, opt), c);
}

const struct ko_series *scene_series(const struct ko_case *c, const char *entity,
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

const struct ko_group *scene_group(const struct ko_case *c, const char *dim,
                                   const char *value)
{
    for (size_t i = 0; i < c->groups.n; i++) {
        if (ko_str_eq(c->groups.v[i].dim, ko_str(dim)) &&
            ko_str_eq(c->groups.v[i].value, ko_str(value)))
            return &c->groups.v[i];
    }
    return NULL;
}

double scene_total(ko_nums v)
{
    double sum = 0;
    for (size_t i = 0; i < v.n; i++)
        sum += isnan(v.v[i]) ? 0 : v.v[i];
    return sum;
}

uint32_t scene_draw(uint64_t *seed, uint32_t below)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33) % below;
}

void scene_add_spans(struct scene *s, uint64_t *seed, ko_time t, int64_t trace)
{
    struct ko_event *ev = scene_add(s, KO_EVENT_SPAN, 1, t, "gateway");
    ev->trace = ev->span = scene_text(s, "t", trace, "");
    ev->dur = 200 * KO_MS;
    struct ko_str root = ev->span;
    ev = scene_add(s, KO_EVENT_SPAN, scene_draw(seed, 2), t + KO_MS, "gateway");
    ev->trace = ev->parent = root;
    ev->span = scene_text(s, "c", trace, "");
    ev->dur = (100 + scene_draw(seed, 50)) * KO_MS;
    struct ko_str client = ev->span;
    ev = scene_add(s, KO_EVENT_SPAN, 1, t + 2 * KO_MS, "crm-api-5c66d57d58-6mp2b");
    ev->trace = root;
    ev->parent = client;
    ev->span = scene_text(s, "s", trace, "");
    ev->dur = (20 + scene_draw(seed, 60)) * KO_MS;
    ev->outcome = scene_draw(seed, 9) == 0 ? KO_OUTCOME_BAD : KO_OUTCOME_OK;
    ev->operation = KO_STR("GET /customer/17");
}

/* Two lines, one template, inside the server span that was added last. */
void scene_add_span_logs(struct scene *s)
{
    const struct ko_event *span = &s->v[s->n - 1];
    for (int i = 0; i < 2; i++) {
        struct ko_event *ev = scene_add(s, KO_EVENT_LOG, 0, span->time, "crm-api");
        ev->trace = span->trace;
        ev->span = span->span;
        ev->message = scene_text(s, "found ", i, " rows");
    }
}
