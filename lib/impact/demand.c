/* demand.c: did delay turn into demand? */
#include "impact/demand.h"

#include "base/buf.h"
#include "impact/facts.h"
#include "impact/follow.h"
#include "impact/level.h"
#include "impact/reply.h"
#include "impact/rise.h"

#include <math.h>

enum { TEXT_MAX_BYTES = 4096 };
#define LAG_MAX (30 * KO_MINUTE)
/* A level rose when it is this far above the healthy one. */
static const double ROSE = 1.2;

static const char definition[] =
    "followed: the means of latency and demand in the incident are above those before, "
    "beyond the chance of their history and by a fifth, and demand left what is ordinary "
    "(three deviations, a fifth more) not before latency did, and within 30 min: the "
    "lag; "
    "more: the 95 % interval of the rise of the mean; the border is the response time "
    "that "
    "tells ordinary demand from more of it with the fewest errors";

/* words: what the signal's name holds; whole: what it is a part of, "" none. */
static const struct kind {
    const char *name, *words, *whole;
    enum ko_class cls; /* OTHER: any */
} kinds[] = {{"retries", "retr", "requests", KO_CLASS_RETRY},
             {"abandonment", "abandon", "offered", KO_CLASS_OTHER},
             {"fallback", "fallback", "offered|requests", KO_CLASS_OTHER},
             {"transfers", "transfer", "offered", KO_CLASS_OTHER},
             {"handle time", "handle_mean|handle_time|aht", "", KO_CLASS_OTHER},
             {"contacts", "offered", "", KO_CLASS_LOAD}};

/* The entities that are looked at together. */
struct scope {
    struct ko_str name; /* of the journey; "" the cascade */
    const struct ko_journey *journey;
};

static bool holds(const struct ko_case *c, const struct scope *s, uint32_t entity)
{
    if (s->journey == NULL)
        return ko_fact_in_chain(c, entity);
    for (size_t i = 0; i < s->journey->steps.n; i++) {
        if (s->journey->steps.v[i].entity == entity)
            return true;
    }
    return false;
}

static bool is_own(const struct ko_series *s)
{
    return !s->normal && s->caller == KO_NO_ENTITY;
}

static bool has_risen(const struct ko_rise *r)
{
    return !isnan(r->at) && r->during > ROSE * r->before;
}

/* Times the level before; NaN where it did not rise. */
static double rise_of(const struct ko_series *s, const struct ko_window *w)
{
    struct ko_rise r;
    bool found = ko_rise_find(&s->v, w, &r) && has_risen(&r) && r.before > 0;
    return found ? r.during / r.before : NAN;
}

/* A high percentile tells more of those who wait than a mean; ties by list order. */
static bool leads(const struct ko_series *a, double rise, const struct ko_series *best,
                  double best_rise)
{
    bool tail = ko_words_in("p9", a->signal);
    bool best_tail = best != NULL && ko_words_in("p9", best->signal);
    return best == NULL || (tail != best_tail ? tail : rise > best_rise);
}

/* The latency of ${entity}, or of any step, that rose most; NULL: none did. */
static const struct ko_series *latency_of(const struct ko_case *c,
                                          const struct ko_window *w,
                                          const struct scope *scope, uint32_t entity)
{
    const struct ko_series *best = NULL;
    double best_rise = 0;
    for (size_t i = 0; i < c->series.n; i++) {
        const struct ko_series *s = &c->series.v[i];
        bool wanted =
            entity == KO_NO_ENTITY ? holds(c, scope, s->entity) : s->entity == entity;
        if (!is_own(s) || s->cls != KO_CLASS_LATENCY || !wanted)
            continue;
        double rise = rise_of(s, w);
        if (isnan(rise) || !leads(s, rise, best, best_rise))
            continue;
        best = s;
        best_rise = rise;
    }
    return best;
}

static const struct ko_series *whole_of(const struct ko_case *c, uint32_t entity,
                                        const char *words)
{
    for (size_t i = 0; i < c->series.n && *words != '\0'; i++) {
        const struct ko_series *s = &c->series.v[i];
        if (is_own(s) && s->entity == entity && s->cls == KO_CLASS_LOAD &&
            ko_words_in(words, s->signal))
            return s;
    }
    return NULL;
}

/* ${part} as a share of ${whole}, a number a bucket, in the arena of the case. */
static enum ko_status share_of(struct ko_case *c, const ko_nums *part,
                               const struct ko_series *whole, ko_nums *ret)
{
    *ret = *part;
    if (whole == NULL)
        return KO_OK;
    ret->v = ko_arena_alloc(&c->arena, part->n + 1, sizeof *ret->v);
    if (ret->v == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < part->n; i++) {
        double n = i < whole->v.n ? whole->v.v[i] : NAN;
        ret->v[i] = n > 0 ? part->v[i] / n : NAN;
    }
    return KO_OK;
}

/* What was found of one signal. */
struct found {
    const struct kind *kind;
    const struct scope *scope;
    const struct ko_series *demand, *latency;
    struct ko_str unit;
    struct ko_rise rise;
    double lag;         /* buckets */
    double from, below; /* of the latency; NaN: no such border */
    bool followed;
    struct ko_follow follow;
};

static void say_levels(struct ko_buf *b, const struct ko_case *c, const struct found *f)
{
    ko_buf_printf(b, "%s of %.*s ", f->kind->name,
                  KO_ARG(ko_case_name(c, f->demand->entity)));
    ko_say_amount(b, f->rise.during, f->unit);
    ko_buf_puts(b, " (was ");
    ko_say_amount(b, f->rise.before, f->unit);
    if (f->followed) {
        ko_buf_puts(b, ", ");
        ko_say_amount(b, f->rise.lo, f->unit);
        ko_buf_puts(b, " to ");
        ko_say_amount(b, f->rise.hi, f->unit);
        ko_buf_puts(b, " more");
    }
    ko_buf_putc(b, ')');
}

static void say(struct ko_buf *b, const struct ko_case *c, const struct found *f)
{
    say_levels(b, c, f);
    ko_buf_printf(b, " %s the latency of %.*s",
                  f->followed ? "followed" : "did not follow",
                  KO_ARG(ko_case_name(c, f->latency->entity)));
    if (f->followed && f->lag >= 0.5) {
        ko_buf_puts(b, " after ");
        ko_time_put_dur(
            b, ko_time_floor((ko_dur)(f->lag * (double)c->head.step), KO_SECOND));
    } else if (f->followed) {
        ko_buf_puts(b, " at once");
    }
    if (!f->followed || isnan(f->from))
        return;
    ko_buf_puts(b, ", from a response time of ");
    ko_say_amount(b, f->from, f->latency->unit);
    ko_buf_puts(b, " on (not yet at ");
    ko_say_amount(b, f->below, f->latency->unit);
    ko_buf_putc(b, ')');
}

static enum ko_status add_record(struct ko_case *c, const struct found *f)
{
    struct ko_buf b;
    struct ko_str text;
    struct ko_evidence *e;
    ko_buf_init(&b, TEXT_MAX_BYTES);
    say(&b, c, f);
    enum ko_status st = ko_say_keep(c, &b, &text);
    ko_buf_release(&b);
    if (st == KO_OK)
        st = ko_case_add_evidence(c, KO_STAGE_BLAME, &e);
    struct ko_impact *m = st == KO_OK ? ko_case_add(c, "impact") : NULL;
    if (m == NULL)
        return st == KO_OK ? KO_ENOMEM : st;
    e->kind = KO_STR("signal");
    e->entity = f->demand->entity;
    e->signal = f->demand->signal;
    e->unit = m->unit = f->unit;
    e->text = m->text = text;
    e->before = m->before = f->rise.before;
    e->after = m->during = f->rise.during;
    e->score = f->follow.r;
    m->measure = f->followed ? KO_STR("demand") : KO_STR("demand-unmoved");
    m->dim = f->scope->name;
    m->value = ko_str(f->kind->name);
    m->definition = ko_str(definition);
    m->evidence = e->id;
    return e->rows.n == 0 && f->demand->source.n > 0
               ? ko_case_add_str(c, &e->rows, f->demand->source)
               : KO_OK;
}

/* Fill in lag, followed and follow.  false: too little to say. */
static bool follows(const struct ko_case *c, const struct ko_window *w,
                    const ko_nums *level, struct found *f)
{
    struct ko_rise delay;
    double lags = (double)(LAG_MAX / c->head.step);
    if (!ko_rise_find(&f->latency->v, w, &delay))
        return false;
    f->lag = f->rise.at - delay.at;
    f->followed = has_risen(&f->rise) && f->lag > -1 && f->lag <= lags;
    f->lag = f->followed && f->lag > 0 ? f->lag : 0;
    size_t lag = (size_t)(f->lag + 0.5);
    f->from = f->below = NAN;
    if (f->followed)
        (void)ko_follow_border(&f->latency->v, level, lag, f->rise.border, &f->from,
                               &f->below);
    return ko_follow_find(&f->latency->v, level, lag, lag, &f->follow);
}

static enum ko_status look(struct ko_case *c, const struct ko_window *w,
                           const struct scope *scope, const struct kind *kind,
                           const struct ko_series *demand)
{
    struct found f = {.kind = kind, .scope = scope, .demand = demand};
    const struct ko_series *whole = whole_of(c, demand->entity, kind->whole);
    ko_nums level;
    f.latency = latency_of(c, w, scope, demand->entity);
    if (f.latency == NULL)
        f.latency = latency_of(c, w, scope, KO_NO_ENTITY);
    enum ko_status st =
        f.latency != NULL ? share_of(c, &demand->v, whole, &level) : KO_OK;
    if (f.latency == NULL || st != KO_OK)
        return st;
    f.unit = whole != NULL ? KO_STR("ratio") : demand->unit;
    if (!ko_rise_find(&level, w, &f.rise) || !follows(c, w, &level, &f))
        return KO_OK;
    return add_record(c, &f);
}

static enum ko_status look_at(struct ko_case *c, const struct ko_window *w,
                              const struct scope *scope)
{
    enum ko_status st = KO_OK;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        for (size_t i = 0; i < c->series.n && st == KO_OK; i++) {
            const struct ko_series *s = &c->series.v[i];
            bool wanted = kinds[k].cls == KO_CLASS_OTHER || s->cls == (int)kinds[k].cls;
            if (is_own(s) && wanted && ko_words_in(kinds[k].words, s->signal) &&
                holds(c, scope, s->entity))
                st = look(c, w, scope, &kinds[k], s);
        }
    }
    return st;
}

enum ko_status ko_demand_run(struct ko_case *c, const struct ko_window *w)
{
    struct scope cascade = {.journey = NULL};
    enum ko_status st = KO_OK;
    if (c->head.step <= 0)
        return KO_OK;
    if (c->journeys.n == 0)
        return look_at(c, w, &cascade);
    for (size_t i = 0; i < c->journeys.n && st == KO_OK; i++) {
        struct scope s = {c->journeys.v[i].name, &c->journeys.v[i]};
        st = look_at(c, w, &s);
    }
    return st;
}
