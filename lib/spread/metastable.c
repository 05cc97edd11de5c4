/* metastable.c: trouble that outlives its trigger, held up by repeated calls. */
#include "spread/metastable.h"

#include "base/num.h"
#include "spread/traffic.h"

#include <math.h>

enum { HISTORY_MIN = 5, SUSTAINED_MIN = 3 };

static const double LESS_DONE = 0.7, AS_MUCH_DONE = 0.9;
static const double MORE_LOAD = 1.5, STILL_FINE = 0.5;
/* Counts may be off by so many standard errors. */
static const double SIGMAS = 2;

/* Per bucket. */
struct work {
    double requests, done, fine; /* fine: share of the requests that went well */
};

struct sight {
    const struct ko_traffic_index *x;
    const ko_troubles *troubles;
    const ko_relations *relations;
    size_t who; /* the trouble looked at */
    struct ko_traffic own;
    struct work usual;
};

/* Is there trouble below it that may be its cause? */
static bool has_cause(const struct ko_case *c, const struct sight *s)
{
    const unsigned felt = KO_SYMPTOM_ERROR | KO_SYMPTOM_LATENCY | KO_SYMPTOM_HEALTH;
    for (size_t i = 0; i < s->relations->n; i++) {
        const struct ko_relation *r = &s->relations->v[i];
        const struct ko_trouble *below = &s->troubles->v[r->callee];
        if (r->caller == s->who && r->kind < KO_RELATION_HANDOFF &&
            (below->symptoms & felt) != 0 &&
            below->time <= s->troubles->v[s->who].time + c->head.step)
            return true;
    }
    return false;
}

/* The least share of good calls as the entity itself and its callers see them. */
static double fine_in(const struct sight *s, struct ko_buckets span)
{
    double failing = ko_traffic_failing(&s->own, span);
    uint32_t entity = s->troubles->v[s->who].entity;
    for (size_t i = 0; i < s->relations->n; i++) {
        const struct ko_relation *r = &s->relations->v[i];
        if (r->callee != s->who || r->kind >= KO_RELATION_HANDOFF)
            continue;
        uint32_t caller = s->troubles->v[r->caller].entity;
        struct ko_traffic calls = ko_traffic_find(s->x, entity, caller, NULL);
        failing = fmax(failing, ko_traffic_failing(&calls, span));
    }
    return 1 - failing;
}

static struct work work_in(const struct sight *s, struct ko_buckets span)
{
    struct ko_traffic_sum sum = ko_traffic_sum(&s->own, span);
    double n = sum.n > 0 ? (double)sum.n : (double)NAN;
    return (struct work){sum.requests / n, (sum.requests - sum.errors) / n,
                         fine_in(s, span)};
}

/* Is ${done} a bucket as much as ${share} of the usual, as far as chance lets one see? */
static bool reaches(const struct sight *s, double done, size_t n, double share)
{
    double expected = s->usual.done * (double)n;
    return done * (double)n >= share * expected - SIGMAS * sqrt(expected);
}

static bool falls_short(const struct sight *s, double done, size_t n, double share)
{
    double expected = s->usual.done * (double)n;
    return done * (double)n < share * expected - SIGMAS * sqrt(share * expected);
}

static bool is_sustained(const struct sight *s, struct ko_buckets span)
{
    struct work w = work_in(s, span);
    return w.requests >= MORE_LOAD * s->usual.requests &&
           reaches(s, w.done, span.to - span.from, AS_MUCH_DONE) &&
           w.fine < STILL_FINE * s->usual.fine;
}

/* The first bucket from ${begin} on that begins a sustained stretch; ${end} when none. */
static size_t sustained_from(const struct sight *s, size_t begin, size_t end)
{
    for (size_t i = begin; i + SUSTAINED_MIN <= end; i++) {
        if (is_sustained(s, (struct ko_buckets){i, i + 1}) &&
            is_sustained(s, (struct ko_buckets){i, i + SUSTAINED_MIN}))
            return i;
    }
    return end;
}

static size_t sustained_to(const struct sight *s, size_t from, size_t end)
{
    size_t to = from + SUSTAINED_MIN;
    while (to < end &&
           is_sustained(s, (struct ko_buckets){to + 1 - SUSTAINED_MIN, to + 1}))
        to++;
    while (to > from && !is_sustained(s, (struct ko_buckets){to - 1, to}))
        to--;
    return to;
}

/* The first bucket in which less is done than before; span.to when none is. */
static size_t trigger_from(const struct sight *s, struct ko_buckets span)
{
    for (size_t i = span.from; i < span.to; i++) {
        if (falls_short(s, work_in(s, (struct ko_buckets){i, i + 1}).done, 1, LESS_DONE))
            return i;
    }
    return span.to;
}

/* The stretch in which the trouble keeps itself up; empty when it does not. */
static struct ko_buckets find(struct sight *s, size_t begin, size_t end)
{
    struct ko_buckets none = {0, 0};
    if (begin < HISTORY_MIN || begin >= end || s->own.errors == NULL)
        return none;
    s->usual = work_in(s, (struct ko_buckets){0, begin});
    if (!(s->usual.done > 0))
        return none;
    size_t from = sustained_from(s, begin + 1, end);
    size_t trigger = trigger_from(s, (struct ko_buckets){begin, from});
    if (from == end || trigger == from)
        return none;
    size_t to = sustained_to(s, from, end);
    bool lasts = to >= from + SUSTAINED_MIN && to - from >= from - trigger;
    return lasts ? (struct ko_buckets){from, to} : none;
}

static void put_text(struct ko_buf *b, const struct ko_case *c, const struct sight *s,
                     struct ko_buckets span)
{
    struct work w = work_in(s, span);
    ko_buf_put(b, ko_case_name(c, s->troubles->v[s->who].entity));
    ko_buf_puts(b, " does as much as before its trouble from ");
    ko_time_put_clock(b, c->head.from + (int64_t)span.from * c->head.step);
    ko_buf_puts(b, " on, yet gets ");
    ko_num_human(b, w.requests / s->usual.requests);
    ko_buf_puts(b, " times the requests, of which ");
    ko_num_human(b, 100 * (1 - w.fine));
    ko_buf_puts(b, " % fail: repeated calls hold it down, not what began it");
}

static enum ko_status tell(struct ko_case *c, const struct sight *s,
                           struct ko_buckets span)
{
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    put_text(&b, c, s, span);
    struct ko_evidence *e = NULL;
    enum ko_status st = ko_case_tell(c, KO_STAGE_CORRELATE, &b, &e);
    if (st != KO_OK)
        return st;
    e->kind = KO_STR("metastable");
    e->entity = s->troubles->v[s->who].entity;
    e->signal = KO_STR("goodput share");
    e->time = c->head.from + (int64_t)span.from * c->head.step;
    e->before = s->usual.fine;
    e->after = work_in(s, span).fine;
    struct ko_str source = s->own.requests->source;
    return source.n > 0 ? ko_case_add_str(c, &e->rows, source) : KO_OK;
}

enum ko_status ko_metastable_find(struct ko_case *c, const ko_troubles *troubles,
                                  const ko_relations *relations, struct ko_arena *scratch)
{
    struct ko_traffic_index x;
    enum ko_status st = ko_traffic_index_make(c, scratch, &x);
    struct sight s = {.x = &x, .troubles = troubles, .relations = relations};
    for (size_t i = 0; i < troubles->n && st == KO_OK; i++) {
        const struct ko_trouble *t = &troubles->v[i];
        int64_t begin = ko_case_bucket(c, t->lo);
        s.who = i;
        s.own = ko_traffic_find(&x, t->entity, KO_NO_ENTITY, NULL);
        if (has_cause(c, &s))
            continue;
        struct ko_buckets span =
            find(&s, begin > 0 ? (size_t)begin : 0, (size_t)c->head.buckets);
        if (span.to > 0)
            st = tell(c, &s, span);
    }
    return st;
}
