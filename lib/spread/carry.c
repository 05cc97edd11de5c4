/* carry.c: how much of what a caller suffers each of its callees hands up. */
#include "spread/carry.h"

#include "base/stat.h"
#include "spread/attempts.h"
#include "spread/traffic.h"

#include <math.h>

/* Trouble of a caller is looked at in so many first buckets: later ones show as well what
 * it did to its callees. */
enum { FIRST_BUCKETS = 2 };

/* What one callee, or all of them, hand up. */
struct load {
    double time, errors, complaints;
};

struct scale {
    const struct ko_case *c;
    struct ko_traffic_index x;
    size_t *trouble; /* entity -> 1 + trouble; 0 none */
    const ko_troubles *troubles;
};

static double mean(const struct ko_series *s, struct ko_buckets span)
{
    size_t to = span.to < s->v.n ? span.to : s->v.n;
    return span.from < to ? ko_stat_mean(s->v.v + span.from, to - span.from) : NAN;
}

static double more(double now, double before)
{
    return now > before ? now - before : 0;
}

static struct load load_of(const struct scale *s, const struct ko_felt *f, size_t begin)
{
    struct load l = {0};
    struct ko_buckets now = {begin, begin + FIRST_BUCKETS};
    struct ko_buckets past = {0, begin > 0 ? begin - 1 : 0};
    struct ko_traffic t = ko_traffic_find(&s->x, f->callee, f->caller, NULL);
    struct ko_traffic_sum during = ko_traffic_sum(&t, now);
    struct ko_traffic_sum before = ko_traffic_sum(&t, past);
    if (t.errors != NULL && before.requests > 0)
        l.errors = more(during.errors, during.requests * before.errors / before.requests);
    if (t.latency != NULL && during.requests > 0)
        l.time = during.requests * more(mean(t.latency, now), mean(t.latency, past));
    if (f->complaint != KO_FELT_NONE) {
        struct ko_attempts said = ko_attempts_of(s->c, f->caller, f->callee, now);
        l.complaints = said.first + said.again;
    }
    return l;
}

static void add(struct load *sum, const struct load *l)
{
    sum->time += l->time;
    sum->errors += l->errors;
    sum->complaints += l->complaints;
}

static double share_of(const struct load *l, const struct load *all)
{
    double share = fmax(l->time / all->time, l->errors / all->errors);
    return fmax(share, l->complaints / all->complaints);
}

/* The pairs v..v + n have one caller. */
static enum ko_status weigh(const struct scale *s, struct ko_arena *scratch,
                            struct ko_felt *v, size_t n)
{
    struct load all = {0};
    struct load *loads = ko_arena_alloc(scratch, n, sizeof *loads);
    if (loads == NULL)
        return KO_ENOMEM;
    const struct ko_trouble *t = &s->troubles->v[s->trouble[v->caller] - 1];
    int64_t at = ko_case_bucket(s->c, t->time);
    for (size_t i = 0; i < n; i++) {
        loads[i] = load_of(s, &v[i], at > 0 ? (size_t)at : 0);
        add(&all, &loads[i]);
    }
    for (size_t i = 0; i < n; i++)
        v[i].share = share_of(&loads[i], &all);
    return KO_OK;
}

enum ko_status ko_carry_weigh(const struct ko_case *c, const ko_troubles *troubles,
                              struct ko_arena *scratch, ko_felts *felts)
{
    struct scale s = {.c = c, .troubles = troubles};
    s.trouble = ko_arena_alloc(scratch, c->entities.n + 1, sizeof *s.trouble);
    if (s.trouble == NULL || ko_traffic_index_make(c, scratch, &s.x) != KO_OK)
        return KO_ENOMEM;
    for (size_t i = 0; i < troubles->n; i++)
        s.trouble[troubles->v[i].entity] = i + 1;
    enum ko_status st = KO_OK;
    for (size_t from = 0; from < felts->n && st == KO_OK;) {
        size_t to = from + 1;
        while (to < felts->n && felts->v[to].caller == felts->v[from].caller)
            to++;
        if (s.trouble[felts->v[from].caller] > 0)
            st = weigh(&s, scratch, &felts->v[from], to - from);
        from = to;
    }
    return st;
}
