/* silence.c: entities that stopped saying anything while others went on. */
#include "spread/silence.h"

#include "spread/tell.h"

#include <math.h>
#include <stdlib.h>

/* Shorter pauses are rhythm; a pause is over after this many buckets with life. */
enum { PAUSE_MIN = 3, LIFE_MIN = 4 };
/* A Poisson stream of rate r is quiet for t with probability exp(-rt): 1e-6. */
static const double QUIET_EXPECTED = 14.0;
/* Times the longest pause that the entity made before. */
static const double LONGER = 3.0;

/* What one entity said in each bucket: NaN not covered by any export. */
struct life {
    double *records;
    bool *samples;
    bool has_records, has_samples;
};

struct lives {
    struct life *v;
    size_t n, buckets;
    size_t *alive; /* entities with life, a bucket */
};

static void add_records(struct life *l, const ko_nums *v, size_t buckets)
{
    l->has_records = true;
    for (size_t b = 0; b < v->n && b < buckets; b++) {
        if (isnan(v->v[b]))
            continue;
        l->records[b] = isnan(l->records[b]) ? v->v[b] : l->records[b] + v->v[b];
    }
}

static void add_samples(struct life *l, const ko_nums *v, size_t buckets)
{
    l->has_samples = true;
    for (size_t b = 0; b < v->n && b < buckets; b++)
        l->samples[b] = l->samples[b] || !isnan(v->v[b]);
}

static enum ko_status lives_new(const struct ko_case *c, struct ko_arena *scratch,
                                struct lives *ret)
{
    size_t buckets = (size_t)c->head.buckets;
    struct lives l = {.n = c->entities.n, .buckets = buckets};
    l.v = ko_arena_alloc(scratch, l.n + 1, sizeof *l.v);
    l.alive = ko_arena_alloc(scratch, buckets + 1, sizeof *l.alive);
    if (l.v == NULL || l.alive == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < l.n; i++) {
        l.v[i].records = ko_arena_alloc(scratch, buckets + 1, sizeof *l.v[i].records);
        l.v[i].samples = ko_arena_alloc(scratch, buckets + 1, sizeof *l.v[i].samples);
        if (l.v[i].records == NULL || l.v[i].samples == NULL)
            return KO_ENOMEM;
        for (size_t b = 0; b < buckets; b++)
            l.v[i].records[b] = NAN;
    }
    *ret = l;
    return KO_OK;
}

static bool lives_at(const struct life *l, size_t b)
{
    return l->records[b] > 0 || l->samples[b];
}

static void gather(const struct ko_case *c, struct lives *l)
{
    for (size_t i = 0; i < c->series.n; i++) {
        const struct ko_series *s = &c->series.v[i];
        if (s->normal || s->caller != KO_NO_ENTITY || s->entity >= l->n)
            continue;
        if (ko_str_eq(s->stat, KO_STR("sum")))
            add_records(&l->v[s->entity], &s->v, l->buckets);
        else if (!ko_str_starts(s->signal, KO_STR("latency_")))
            add_samples(&l->v[s->entity], &s->v, l->buckets);
    }
    for (size_t i = 0; i < c->templates.n; i++) {
        if (c->templates.v[i].entity < l->n)
            add_records(&l->v[c->templates.v[i].entity], &c->templates.v[i].v,
                        l->buckets);
    }
    for (size_t i = 0; i < l->n; i++) {
        for (size_t b = 0; b < l->buckets; b++)
            l->alive[b] += lives_at(&l->v[i], b);
    }
}

struct pause {
    size_t from, to;
    double rate, longest; /* before: records a bucket, longest pause in buckets */
};

/* Do at least half of the others that lived before go on in the pause? */
static bool others_go_on(const struct lives *l, const struct pause *p)
{
    size_t before = 0;
    size_t during = 0;
    for (size_t b = 0; b < p->from; b++)
        before += l->alive[b];
    for (size_t b = p->from; b < p->to; b++)
        during += l->alive[b];
    double was = (double)before / (double)p->from - 1;
    double is = (double)during / (double)(p->to - p->from);
    return was > 0.5 && is >= was / 2;
}

static bool is_covered(const struct life *l, const struct pause *p)
{
    if (!l->has_records || l->has_samples)
        return true;
    for (size_t b = p->from; b < p->to; b++) {
        if (isnan(l->records[b]))
            return false;
    }
    return true;
}

static bool is_unusual(const struct life *l, const struct pause *p)
{
    double length = (double)(p->to - p->from);
    double needed = fmax(PAUSE_MIN, LONGER * p->longest);
    if (!l->has_samples)
        needed = fmax(needed, QUIET_EXPECTED / p->rate);
    return length >= needed;
}

static double said(const struct life *l, size_t b)
{
    return l->records[b] > 0 ? l->records[b] : l->samples[b] ? 1 : 0;
}

/* The first unusual pause, if any. */
static bool find_pause(const struct lives *all, const struct life *l, struct pause *ret)
{
    struct pause p = {0};
    double sum = 0;
    size_t life = 0;
    size_t b = 0;
    while (b < all->buckets && !lives_at(l, b))
        b++;
    size_t begin = b;
    while (b < all->buckets) {
        if (lives_at(l, b)) {
            sum += said(l, b++);
            life++;
            continue;
        }
        p.from = b;
        while (b < all->buckets && !lives_at(l, b))
            b++;
        p.to = b;
        p.rate = sum / (double)(p.from - begin);
        if (life >= LIFE_MIN && is_unusual(l, &p) && is_covered(l, &p) &&
            others_go_on(all, &p)) {
            *ret = p;
            return true;
        }
        p.longest = fmax(p.longest, (double)(p.to - p.from));
    }
    return false;
}

static enum ko_status add(struct ko_case *c, uint32_t entity, const struct life *l,
                          const struct pause *p)
{
    struct ko_onset *o = ko_case_add(c, "onset");
    if (o == NULL)
        return KO_ENOMEM;
    o->entity = entity;
    o->signal = l->has_samples ? KO_STR("samples") : KO_STR("records");
    o->kind = KO_STR("silence");
    o->cls = KO_CLASS_HEALTH;
    o->time = ko_case_time(c, (int64_t)p->from);
    o->lo = o->time - c->head.step;
    o->hi = o->time;
    o->end =
        p->to < (size_t)c->head.buckets ? ko_case_time(c, (int64_t)p->to) : KO_TIME_NONE;
    o->score = (double)(p->to - p->from) / fmax(PAUSE_MIN - 1, p->longest);
    o->before = p->rate;
    o->after = 0;
    return ko_tell_silence(c, o, !l->has_samples);
}

struct named {
    struct ko_str name;
    uint32_t entity;
};

static int cmp_named(const void *a, const void *b)
{
    return ko_str_cmp(((const struct named *)a)->name, ((const struct named *)b)->name);
}

enum ko_status ko_silence_find(struct ko_case *c, struct ko_arena *scratch)
{
    struct lives all;
    struct named *order = ko_arena_alloc(scratch, c->entities.n + 1, sizeof *order);
    if (order == NULL || lives_new(c, scratch, &all) != KO_OK)
        return KO_ENOMEM;
    gather(c, &all);
    for (size_t i = 0; i < all.n; i++)
        order[i] = (struct named){c->entities.v[i].name, (uint32_t)i};
    qsort(order, all.n, sizeof *order, cmp_named);
    for (size_t i = 0; i < all.n; i++) {
        const struct life *l = &all.v[order[i].entity];
        struct pause p;
        if (find_pause(&all, l, &p) && add(c, order[i].entity, l, &p) != KO_OK)
            return KO_ENOMEM;
    }
    return KO_OK;
}
