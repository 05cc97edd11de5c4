/* amplify.c: dependencies that got more calls than the demand explains. */
#include "spread/amplify.h"

#include "base/num.h"
#include "spread/attempts.h"
#include "spread/traffic.h"
#include "spread/words.h"

#include <math.h>

/* Extra calls in standard errors of a Poisson count. */
static const double SIGMAS_MIN = 5.0;

/* A stretch of so many buckets can spare its first and last, which it fills in part. */
enum { CORE_BUCKETS_MIN = 5 };
/* What is over sooner is a burst. */
enum { STRETCH_MIN = 3 };
/* The history must hold so many buckets. */
enum { HISTORY_MIN = 5 };

struct counts {
    double before, during;
};

struct rate {
    struct counts calls, requests;
};

/* What is counted of one pair. */
struct pair {
    const struct ko_series *calls, *requests;
    bool by_caller; /* the calls are the caller's own, not all that the callee gets */
};

static size_t callers_of(const struct ko_case *c, uint32_t entity)
{
    size_t n = 0;
    for (size_t i = 0; i < c->edges.n; i++)
        n += c->edges.v[i].callee == entity;
    return n;
}

static struct pair pair_of(const struct ko_traffic_index *x, uint32_t caller,
                           uint32_t callee)
{
    struct pair p = {.by_caller = true};
    p.calls = ko_traffic_find(x, callee, caller, NULL).requests;
    if (p.calls == NULL && callers_of(x->c, callee) == 1) {
        p.calls = ko_traffic_find(x, callee, KO_NO_ENTITY, NULL).requests;
        p.by_caller = false;
    }
    p.requests = ko_traffic_find(x, caller, KO_NO_ENTITY, p.calls).requests;
    return p;
}

static bool known(const struct pair *p, size_t i)
{
    return !isnan(p->calls->v.v[i]) && !isnan(p->requests->v.v[i]);
}

static size_t length(const struct pair *p)
{
    return p->calls->v.n < p->requests->v.n ? p->calls->v.n : p->requests->v.n;
}

static void add(const struct pair *p, struct ko_buckets span, double *calls,
                double *requests)
{
    for (size_t i = span.from; i < span.to; i++) {
        if (!known(p, i))
            continue;
        *calls += p->calls->v.v[i];
        *requests += p->requests->v.v[i];
    }
}

/* The stretch from ${from} on that speaks most for KO_AMPLIFIED times ${ratio} calls a
 * request; empty when nothing does. */
static struct ko_buckets stretch_of(const struct pair *p, size_t from, double ratio)
{
    struct ko_buckets best = {from, from};
    double most = 0;
    double sum = 0;
    size_t start = from;
    for (size_t i = from; i < length(p); i++) {
        if (!known(p, i))
            continue;
        double expected = ratio * p->requests->v.v[i];
        sum += p->calls->v.v[i] * log(KO_AMPLIFIED) - (KO_AMPLIFIED - 1) * expected;
        if (sum <= 0) {
            sum = 0;
            start = i + 1;
        } else if (sum > most) {
            most = sum;
            best = (struct ko_buckets){start, i + 1};
        }
    }
    if (best.to - best.from < STRETCH_MIN)
        return (struct ko_buckets){from, from};
    if (best.to - best.from >= CORE_BUCKETS_MIN)
        best = (struct ko_buckets){best.from + 1, best.to - 1};
    return best;
}

/* The first bucket that may belong to the trouble of either. */
static size_t begin_of(const struct ko_case *c, const struct ko_trouble *a,
                       const struct ko_trouble *b)
{
    int64_t at = ko_case_bucket(c, a->lo < b->lo ? a->lo : b->lo);
    return at > 0 ? (size_t)at - 1 : 0;
}

static struct rate rate_of(const struct pair *p, size_t begin)
{
    struct rate r = {0};
    if (begin < HISTORY_MIN || begin >= length(p))
        return r;
    add(p, (struct ko_buckets){0, begin}, &r.calls.before, &r.requests.before);
    if (!(r.calls.before > 0) || !(r.requests.before > 0))
        return r;
    struct ko_buckets s = stretch_of(p, begin, r.calls.before / r.requests.before);
    add(p, s, &r.calls.during, &r.requests.during);
    return r;
}

static double factor_of(const struct rate *r)
{
    if (!(r->calls.before > 0) || !(r->requests.before > 0) || !(r->requests.during > 0))
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

/* Calls are repeated because they fail or are late. */
static bool provokes(const struct ko_trouble *t)
{
    return (t->symptoms & (KO_SYMPTOM_ERROR | KO_SYMPTOM_LATENCY | KO_SYMPTOM_HEALTH |
                           KO_SYMPTOM_QUEUE)) != 0 ||
           (t->themes & (KO_THEME_TIME | KO_THEME_FAILURE | KO_THEME_CAPACITY)) != 0;
}

struct scene {
    struct ko_case *c;
    const struct ko_traffic_index *x;
    const ko_troubles *troubles;
    const ko_relations *relations;
    struct ko_arena *scratch;
};

/* What is seen of a pair: by its counts, else by what the caller says. */
struct seen {
    struct rate rate;
    struct ko_attempts said;
    double factor; /* NaN: nothing */
    struct ko_str row;
};

static void count(const struct ko_case *c, const struct ko_traffic_index *x,
                  const struct ko_trouble *caller, const struct ko_trouble *callee,
                  struct seen *s)
{
    struct pair p = pair_of(x, caller->entity, callee->entity);
    if (p.calls == NULL || p.requests == NULL ||
        !(provokes(callee) || speaks_of_retries(caller)) ||
        !(p.by_caller || speaks_of_retries(caller)))
        return;
    s->rate = rate_of(&p, begin_of(c, caller, callee));
    s->row = p.calls->source;
    double factor = factor_of(&s->rate);
    if (factor >= KO_AMPLIFIED && beyond_chance(&s->rate))
        s->factor = factor;
}

/* Calls that nobody counts, and those to one who does not count them because it is dead.
 */
static bool uncounted(const struct ko_traffic_index *x, const struct ko_trouble *caller,
                      const struct ko_trouble *callee)
{
    return ko_traffic_find(x, callee->entity, caller->entity, NULL).requests == NULL ||
           (callee->symptoms & (KO_SYMPTOM_HEALTH | KO_SYMPTOM_LOAD_FALL)) != 0;
}

/* Calls a request before the trouble: of the pair, else of all callers in trouble, which
 * are taken to call alike; NaN unknown. */
static double usual_calls(const struct scene *s, const struct pair *p, size_t callee,
                          size_t begin)
{
    double calls = 0;
    double requests = 0;
    struct ko_buckets past = {0, begin};
    if (p->calls != NULL && p->by_caller) {
        add(p, past, &calls, &requests);
        return calls / requests;
    }
    uint32_t entity = s->troubles->v[callee].entity;
    struct ko_traffic all = ko_traffic_find(s->x, entity, KO_NO_ENTITY, NULL);
    if (all.requests == NULL)
        return NAN;
    for (size_t i = 0; i < s->relations->n; i++) {
        const struct ko_relation *r = &s->relations->v[i];
        if (r->callee != callee || r->kind >= KO_RELATION_HANDOFF)
            continue;
        struct ko_traffic t = ko_traffic_find(s->x, s->troubles->v[r->caller].entity,
                                              KO_NO_ENTITY, all.requests);
        if (t.requests == NULL || !ko_str_eq(t.requests->signal, all.requests->signal))
            return NAN;
        requests +=
            ko_traffic_sum(&(struct ko_traffic){.requests = t.requests}, past).requests;
    }
    calls = ko_traffic_sum(&(struct ko_traffic){.requests = all.requests}, past).requests;
    return calls / requests;
}

static enum ko_status listen(const struct scene *s, const struct ko_relation *r,
                             struct seen *seen)
{
    const struct ko_trouble *caller = &s->troubles->v[r->caller];
    const struct ko_trouble *callee = &s->troubles->v[r->callee];
    size_t begin = begin_of(s->c, caller, callee);
    struct ko_buckets span = {begin, (size_t)s->c->head.buckets};
    seen->said = ko_attempts_of(s->c, caller->entity, callee->entity, span);
    double factor = ko_attempts_factor(&seen->said);
    if (!(factor >= KO_AMPLIFIED))
        return KO_OK;
    struct pair p = pair_of(s->x, caller->entity, callee->entity);
    double usual = p.requests != NULL ? usual_calls(s, &p, r->callee, begin) : NAN;
    struct ko_attempts_in in = {caller->entity, callee->entity, begin, p.requests, usual};
    double growth = factor;
    if (usual > 0 && ko_attempts_growth(s->c, &in, s->scratch, &growth) != KO_OK)
        return KO_ENOMEM;
    factor = growth < factor ? growth : factor;
    if (isnan(growth) || factor < KO_AMPLIFIED)
        return KO_OK;
    seen->factor = factor;
    seen->row = seen->said.tpl->row;
    return KO_OK;
}

static void put_text(struct ko_buf *b, const struct ko_case *c, uint32_t caller,
                     uint32_t callee, const struct seen *s)
{
    const struct rate *r = &s->rate;
    if (s->said.tpl != NULL) {
        ko_buf_put(b, ko_case_name(c, caller));
        ko_buf_puts(b, " calls ");
        ko_buf_put(b, ko_case_name(c, callee));
        ko_buf_puts(b, " ");
        ko_num_human(b, s->factor);
        ko_buf_puts(b, " times for one, by its messages of ");
        ko_num_human(b, s->said.first);
        ko_buf_puts(b, " first and ");
        ko_num_human(b, s->said.again);
        ko_buf_puts(b, " repeated calls that failed");
        return;
    }
    ko_buf_put(b, ko_case_name(c, callee));
    ko_buf_puts(b, " gets ");
    ko_num_human(b, r->calls.during / r->requests.during);
    ko_buf_puts(b, " calls a request of ");
    ko_buf_put(b, ko_case_name(c, caller));
    ko_buf_puts(b, ", ");
    ko_num_human(b, r->calls.before / r->requests.before);
    ko_buf_puts(b, " before: times ");
    ko_num_human(b, s->factor);
}

static enum ko_status tell(struct ko_case *c, const struct ko_trouble *caller,
                           const struct ko_trouble *callee, const struct seen *s,
                           struct ko_str *ret_id)
{
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    put_text(&b, c, caller->entity, callee->entity, s);
    struct ko_evidence *e = NULL;
    enum ko_status st = ko_case_tell(c, KO_STAGE_CORRELATE, &b, &e);
    if (st != KO_OK)
        return st;
    bool counted = s->said.tpl == NULL;
    const struct rate *r = &s->rate;
    e->kind = KO_STR("edge");
    e->entity = callee->entity;
    e->caller = caller->entity;
    e->signal = KO_STR("calls per request");
    e->time = caller->time;
    e->lo = caller->lo;
    e->hi = caller->hi;
    e->before = counted ? r->calls.before / r->requests.before : 1;
    e->after = counted ? r->calls.during / r->requests.during : s->factor;
    e->score = s->factor;
    *ret_id = e->id;
    return s->row.n > 0 ? ko_case_add_str(c, &e->rows, s->row) : KO_OK;
}

static enum ko_status weigh(const struct scene *s, const struct ko_relation *r)
{
    const struct ko_trouble *caller = &s->troubles->v[r->caller];
    const struct ko_trouble *callee = &s->troubles->v[r->callee];
    struct seen seen = {.factor = NAN};
    count(s->c, s->x, caller, callee, &seen);
    if (isnan(seen.factor) && uncounted(s->x, caller, callee) &&
        listen(s, r, &seen) != KO_OK)
        return KO_ENOMEM;
    if (isnan(seen.factor))
        return KO_OK;
    struct ko_str id;
    enum ko_status st = tell(s->c, caller, callee, &seen, &id);
    return st == KO_OK ? add_link(s->c, caller, callee, seen.factor, id) : st;
}

enum ko_status ko_amplify_find(struct ko_case *c, const ko_troubles *troubles,
                               const ko_relations *relations, struct ko_arena *scratch)
{
    struct ko_traffic_index x;
    enum ko_status st = ko_traffic_index_make(c, scratch, &x);
    struct scene s = {c, &x, troubles, relations, scratch};
    for (size_t i = 0; i < relations->n && st == KO_OK; i++) {
        if (relations->v[i].kind < KO_RELATION_HANDOFF)
            st = weigh(&s, &relations->v[i]);
    }
    return st;
}
