/* finish_people.c: how many people the interactions of a group are. */
#include "reduce/finish_people.h"

#include <stdlib.h>

static int by_visit(const void *a, const void *b)
{
    const struct ko_visit *x = a, *y = b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    if (x->second != y->second)
        return x->second < y->second ? -1 : 1;
    return (int)y->bad - (int)x->bad;
}

static size_t room_for(const struct ko_ids *ids, const struct ko_spots *spots,
                       const struct ko_spot_groups *groups)
{
    size_t n = 0;
    for (size_t i = 0; i < ids->n; i++) {
        uint32_t spot = spots->of[ids->v[i].track];
        n += spot == KO_NO_ENTITY ? 0 : groups[spot].n;
    }
    return n;
}

static void add_visits(const struct ko_seen *s, const struct ko_spot *p,
                       const struct ko_spot_groups *groups, uint32_t bucket,
                       struct ko_visits *ret)
{
    bool slow = p->slow_after >= 0 && s->took > ko_took_of(p->slow_after);
    for (size_t i = 0; i < groups->n; i++)
        ret->v[ret->n++] = (struct ko_visit){.id = s->id,
                                             .second = s->second,
                                             .group = groups->v[i],
                                             .bucket = bucket,
                                             .session = s->session,
                                             .book = p->witness == KO_WITNESS_BOOK,
                                             .bad = s->bad || slow};
}

enum ko_status ko_finish_visits(struct ko_finish *f, const struct ko_spots *spots,
                                const struct ko_spot_groups *groups,
                                struct ko_visits *ret)
{
    const struct ko_ids *ids = &f->r->ids;
    *ret = (struct ko_visits){.n = 0};
    ret->v = ko_arena_alloc(&f->arena, room_for(ids, spots, groups) + 1, sizeof *ret->v);
    if (ret->v == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < ids->n; i++) {
        const struct ko_seen *s = &ids->v[i];
        uint32_t spot = spots->of[s->track];
        size_t bucket;
        if (spot != KO_NO_ENTITY && spots->v.v[spot].heads &&
            ko_grid_bucket(&f->grids[0], s->second * KO_SECOND, &bucket))
            add_visits(s, &spots->v.v[spot], &groups[spot], (uint32_t)bucket, ret);
    }
    if (ret->n > 1)
        qsort(ret->v, ret->n, sizeof *ret->v, by_visit);
    return KO_OK;
}

/* ---- one group ---- */

/* Of requests and of books: do they name customers, and sessions that count? */
struct kinds {
    bool customers[2], sessions;
};

static bool is_counted(const struct kinds *k, const struct ko_visit *x)
{
    return !x->session || !k->customers[x->book];
}

static struct kinds find_kinds(const struct ko_visit *v, size_t n)
{
    struct kinds k = {.sessions = false};
    for (size_t i = 0; i < n; i++)
        k.customers[v[i].book] |= !v[i].session;
    for (size_t i = 0; i < n; i++)
        k.sessions |= v[i].session && is_counted(&k, &v[i]);
    return k;
}

static struct ko_str kind_of(const struct kinds *k, const struct ko_nameless *nameless)
{
    bool customers = k->customers[0] || k->customers[1];
    if (nameless->total != NULL)
        return KO_STR("interaction");
    if (customers && k->sessions)
        return KO_STR("customer or session");
    return customers ? KO_STR("customer") : KO_STR("session");
}

/* Where an id was counted last; -1 nowhere. */
struct last {
    int64_t bucket, bad_bucket, minute, bad_minute;
};

static void add_if_new(double *v, size_t bucket, double weight, int64_t *last, int64_t at)
{
    if (*last != at)
        v[bucket] += weight;
    *last = at;
}

static void count_visit(struct ko_group *out, const struct ko_visit *x, double weight,
                        struct last *last)
{
    int64_t minute = ko_time_floor(x->second * KO_SECOND, KO_MINUTE) / KO_MINUTE;
    add_if_new(out->ids.v, x->bucket, weight, &last->bucket, x->bucket);
    add_if_new(out->minutes.v, x->bucket, weight, &last->minute, minute);
    if (!x->bad)
        return;
    if (last->bad_bucket < 0)
        out->ids_bad_first.v[x->bucket] += weight;
    add_if_new(out->ids_bad.v, x->bucket, weight, &last->bad_bucket, x->bucket);
    add_if_new(out->minutes_bad.v, x->bucket, weight, &last->bad_minute, minute);
}

static void count_visits(struct ko_group *out, const struct ko_visit *v, size_t n,
                         const struct kinds *kinds, double weight)
{
    static const struct last nowhere = {-1, -1, INT64_MIN, INT64_MIN};
    struct last last = nowhere;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || v[i].id != v[i - 1].id)
            last = nowhere;
        if (is_counted(kinds, &v[i]))
            count_visit(out, &v[i], weight, &last);
    }
}

static void count_nameless(struct ko_group *out, const struct ko_nameless *nameless,
                           size_t n)
{
    for (size_t i = 0; nameless->total != NULL && i < n; i++) {
        out->ids.v[i] += nameless->total[i];
        out->minutes.v[i] += nameless->total[i];
        out->ids_bad.v[i] += nameless->bad[i];
        out->ids_bad_first.v[i] += nameless->bad[i];
        out->minutes_bad.v[i] += nameless->bad[i];
    }
}

enum ko_status ko_finish_people(struct ko_finish *f, struct ko_group *out,
                                const struct ko_visit *v, size_t n,
                                const struct ko_nameless *nameless)
{
    ko_nums *lists[] = {&out->ids, &out->ids_bad, &out->ids_bad_first, &out->minutes,
                        &out->minutes_bad};
    const struct ko_grid *g = &f->grids[0];
    if (n == 0 && nameless->total == NULL)
        return KO_OK;
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < sizeof lists / sizeof *lists && st == KO_OK; i++)
        st = ko_finish_nums(f, lists[i], g->n, 0);
    if (st != KO_OK)
        return st;
    struct kinds kinds = find_kinds(v, n);
    out->id_kind = kind_of(&kinds, nameless);
    count_visits(out, v, n, &kinds, (double)((uint64_t)1 << f->r->ids.shift));
    count_nameless(out, nameless, g->n);
    if (g->step == KO_MINUTE)
        out->minutes.n = out->minutes_bad.n = 0;
    return KO_OK;
}
