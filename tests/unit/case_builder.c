/* case_builder.c: small cases for the unit tests of the layers that read a case. */
#include "case_builder.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void build_case(struct ko_case *c, int64_t buckets)
{
    ko_case_init(c);
    c->head.from = BUILD_FROM;
    c->head.step = KO_MINUTE;
    c->head.buckets = buckets;
    c->head.tool = KO_STR("test");
}

uint32_t build_entity(struct ko_case *c, const char *name)
{
    uint32_t id = KO_NO_ENTITY;
    if (ko_case_entity(c, ko_str(name), &id) != KO_OK)
        abort();
    return id;
}

static double *numbers(struct ko_case *c, ko_nums *v, double fill)
{
    size_t n = (size_t)c->head.buckets;
    v->v = ko_arena_alloc(&c->arena, n + 1, sizeof *v->v);
    if (v->v == NULL)
        abort();
    v->n = v->cap = n;
    for (size_t i = 0; i < n; i++)
        v->v[i] = fill;
    return v->v;
}

static bool is_sum(const char *signal)
{
    static const char *const sums[] = {"requests",       "errors",    "retries",
                                       "offered",        "abandoned", "transferred",
                                       "repeat_contacts"};
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        if (strcmp(signal, sums[i]) == 0)
            return true;
    }
    return false;
}

double *build_series(struct ko_case *c, const char *entity, const char *signal,
                     enum ko_class cls, double fill)
{
    return build_caller_series(c, entity, NULL, signal, cls, fill);
}

double *build_caller_series(struct ko_case *c, const char *entity, const char *caller,
                            const char *signal, enum ko_class cls, double fill)
{
    uint32_t id = build_entity(c, entity);
    uint32_t from = caller != NULL ? build_entity(c, caller) : KO_NO_ENTITY;
    struct ko_series *s = ko_case_add(c, "series");
    if (s == NULL)
        abort();
    s->entity = id;
    s->caller = from;
    s->signal = ko_str(signal);
    s->stat = is_sum(signal) ? KO_STR("sum") : KO_STR("mean");
    s->unit = is_sum(signal) ? KO_STR("1") : KO_STR("");
    s->cls = (int)cls;
    s->from = c->head.from;
    s->source = KO_STR("made.csv");
    return numbers(c, &s->v, fill);
}

double *build_template(struct ko_case *c, const char *entity, const char *text,
                       const char *severity)
{
    uint32_t id = build_entity(c, entity);
    struct ko_template *t = ko_case_add(c, "template");
    if (t == NULL)
        abort();
    t->entity = id;
    t->text = t->sample = ko_str(text);
    t->severity = ko_str(severity);
    t->row = KO_STR("made.log:1");
    return numbers(c, &t->v, 0);
}

void build_template_seal(struct ko_case *c)
{
    for (size_t i = 0; i < c->templates.n; i++) {
        struct ko_template *t = &c->templates.v[i];
        t->count = 0;
        t->first = t->last = KO_TIME_NONE;
        for (size_t b = 0; b < t->v.n; b++) {
            if (!(t->v.v[b] > 0))
                continue;
            t->count += (int64_t)t->v.v[b];
            t->last = ko_case_time(c, (int64_t)b) + c->head.step - KO_SECOND;
            if (t->first == KO_TIME_NONE)
                t->first = ko_case_time(c, (int64_t)b) + KO_SECOND;
        }
    }
}

void build_edge(struct ko_case *c, const char *caller, const char *callee,
                const char *source)
{
    uint32_t from = build_entity(c, caller);
    uint32_t to = build_entity(c, callee);
    struct ko_edge *e = ko_case_add(c, "edge");
    if (e == NULL)
        abort();
    e->caller = from;
    e->callee = to;
    e->source = ko_str(source);
}

/* splitmix64. */
static uint64_t next(struct build_rng *rng)
{
    uint64_t z = rng->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

double build_uniform(struct build_rng *rng)
{
    return (double)(next(rng) >> 11) * 0x1p-53;
}

double build_normal(struct build_rng *rng)
{
    double u = 1.0 - build_uniform(rng);
    double w = build_uniform(rng);
    return sqrt(-2.0 * log(u)) * cos(6.283185307179586 * w);
}

double build_poisson(struct build_rng *rng, double mean)
{
    if (mean > 50)
        return fmax(0, floor(mean + sqrt(mean) * build_normal(rng) + 0.5));
    double limit = exp(-mean);
    double p = build_uniform(rng);
    double k = 0;
    while (p > limit) {
        p *= build_uniform(rng);
        k++;
    }
    return k;
}
