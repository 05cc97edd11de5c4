/* amplify.c: dependencies that got more calls than the demand explains. */
#include "spread/amplify.h"

#include "base/num.h"
#include "spread/words.h"

#include <math.h>

/* A retry budget of 10 % is health; three tenths more are amplification. */
static const double FACTOR_MIN = 1.3;
/* Extra calls in standard errors of a Poisson count. */
static const double SIGMAS_MIN = 5.0;

struct counts {
    double before, during;
};

struct rate {
    struct counts calls, requests;
};

static const struct ko_series *find(const struct ko_case *c, uint32_t entity,
                                    uint32_t caller, struct ko_str signal)
{
    for (size_t i = 0; i < c->series.n; i++) {
        const struct ko_series *s = &c->series.v[i];
        if (!s->normal && s->entity == entity && s->caller == caller &&
            ko_str_eq(s->signal, signal))
            return s;
    }
    return NULL;
}

static size_t callers_of(const struct ko_case *c, uint32_t entity)
{
    size_t n = 0;
    for (size_t i = 0; i < c->edges.n; i++)
        n += c->edges.v[i].callee == entity;
    return n;
}

/* The series that counts calls of ${caller} to ${callee}; NULL when nothing does. */
static const struct ko_series *calls_of(const struct ko_case *c, uint32_t caller,
                                        uint32_t callee)
{
    const struct ko_series *s = find(c, callee, caller, KO_STR("requests"));
    if (s == NULL && callers_of(c, callee) == 1)
        s = find(c, callee, KO_NO_ENTITY, KO_STR("requests"));
    return s;
}

struct span {
    size_t from, to; /* buckets of the trouble */
};

static struct span span_of(const struct ko_case *c, const struct ko_trouble *a,
                           const struct ko_trouble *b)
{
    ko_time begin = a->time < b->time ? a->time : b->time;
    int64_t from = ko_case_bucket(c, begin);
    int64_t to = c->head.buckets;
    if (a->end != KO_TIME_NONE && b->end != KO_TIME_NONE)
        to = ko_case_bucket(c, a->end > b->end ? a->end : b->end);
    from = from < 0 ? 0 : from;
    to = to > c->head.buckets ? c->head.buckets : to;
    return (struct span){(size_t)from, to < from ? (size_t)from : (size_t)to};
}

/* Sums over the buckets where both are known. */
static struct rate rate_in(const struct ko_series *calls,
                           const struct ko_series *requests, struct span span)
{
    struct rate r = {0};
    size_t n = calls->v.n < requests->v.n ? calls->v.n : requests->v.n;
    for (size_t i = 0; i < n && i < span.to; i++) {
        double x = calls->v.v[i];
        double y = requests->v.v[i];
        if (isnan(x) || isnan(y))
            continue;
        bool during = i >= span.from;
        *(during ? &r.calls.during : &r.calls.before) += x;
        *(during ? &r.requests.during : &r.requests.before) += y;
    }
    return r;
}

static double factor_of(const struct rate *r)
{
    if (r->calls.before <= 0 || r->requests.before <= 0 || r->requests.during <= 0)
        return NAN;
    double before = r->calls.before / r->requests.before;
    return r->calls.during / r->requests.during / before;
}

static bool beyond_chance(const struct rate *r)
{
    double ratio = r->calls.before / r->requests.before;
    double expected = ratio * r->requests.during;
    double error = sqrt(expected * (1 + expected / r->calls.before));
    return r->calls.during - expected >= SIGMAS_MIN * error;
}

static void put_text(struct ko_buf *b, const struct ko_case *c, uint32_t caller,
                     uint32_t callee, const struct rate *r)
{
    ko_buf_put(b, ko_case_name(c, callee));
    ko_buf_puts(b, " gets ");
    ko_num_human(b, r->calls.during / r->requests.during);
    ko_buf_puts(b, " calls a request of ");
    ko_buf_put(b, ko_case_name(c, caller));
    ko_buf_puts(b, ", ");
    ko_num_human(b, r->calls.before / r->requests.before);
    ko_buf_puts(b, " before: times ");
    ko_num_human(b, factor_of(r));
}

static enum ko_status tell(struct ko_case *c, const struct ko_trouble *caller,
                           const struct ko_trouble *callee, const struct rate *r,
                           const struct ko_series *calls, struct ko_str *ret_id)
{
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    put_text(&b, c, caller->entity, callee->entity, r);
    struct ko_str text;
    struct ko_evidence *e = NULL;
    enum ko_status st = ko_case_keep(c, &b, &text);
    if (st == KO_OK)
        st = ko_case_add_evidence(c, KO_STAGE_CORRELATE, &e);
    if (st != KO_OK)
        return st;
    e->text = text;
    e->kind = KO_STR("edge");
    e->entity = callee->entity;
    e->caller = caller->entity;
    e->signal = KO_STR("calls per request");
    e->time = caller->time;
    e->lo = caller->lo;
    e->hi = caller->hi;
    e->before = r->calls.before / r->requests.before;
    e->after = r->calls.during / r->requests.during;
    e->score = factor_of(r);
    *ret_id = e->id;
    return calls->source.n > 0 ? ko_case_add_str(c, &e->rows, calls->source) : KO_OK;
}

/* The link caller -> callee that is there already, or NULL. */
static struct ko_link *existing(struct ko_case *c, uint32_t from, uint32_t to)
{
    for (size_t i = 0; i < c->links.n; i++) {
        if (c->links.v[i].from == from && c->links.v[i].to == to)
            return &c->links.v[i];
    }
    return NULL;
}

static enum ko_status add_link(struct ko_case *c, const struct ko_trouble *caller,
                               const struct ko_trouble *callee, double factor,
                               struct ko_str id)
{
    struct ko_link *l = existing(c, caller->entity, callee->entity);
    if (l == NULL) {
        l = ko_case_add(c, "link");
        if (l == NULL)
            return KO_ENOMEM;
        l->from = caller->entity;
        l->to = callee->entity;
        l->lag = callee->time > caller->time ? callee->time - caller->time : 0;
        l->structure = KO_STR("observed");
        l->alternative = true;
        l->score = 1 - 1 / factor;
    }
    l->mechanism = KO_STR("retry-amplification");
    return ko_case_add_str(c, &l->evidence, id);
}

static bool speaks_of_retries(const struct ko_trouble *t)
{
    return (t->symptoms & KO_SYMPTOM_RETRY) != 0 || (t->themes & KO_THEME_RETRY) != 0;
}

static enum ko_status weigh(struct ko_case *c, const struct ko_trouble *caller,
                            const struct ko_trouble *callee)
{
    const struct ko_series *calls = calls_of(c, caller->entity, callee->entity);
    const struct ko_series *requests =
        find(c, caller->entity, KO_NO_ENTITY, KO_STR("requests"));
    if (calls == NULL || requests == NULL)
        return KO_OK;
    struct rate r = rate_in(calls, requests, span_of(c, caller, callee));
    double factor = factor_of(&r);
    double needed = speaks_of_retries(caller) ? FACTOR_MIN : FACTOR_MIN + 0.2;
    if (!(factor >= needed) || !beyond_chance(&r))
        return KO_OK;
    struct ko_str id;
    enum ko_status st = tell(c, caller, callee, &r, calls, &id);
    return st == KO_OK ? add_link(c, caller, callee, factor, id) : st;
}

enum ko_status ko_amplify_find(struct ko_case *c, const ko_troubles *troubles,
                               const ko_relations *relations)
{
    for (size_t i = 0; i < relations->n; i++) {
        const struct ko_relation *r = &relations->v[i];
        if (r->kind == KO_RELATION_INFERRED || r->kind == KO_RELATION_HANDOFF)
            continue;
        if (weigh(c, &troubles->v[r->caller], &troubles->v[r->callee]) != KO_OK)
            return KO_ENOMEM;
    }
    return KO_OK;
}
