/* finish_people.c: how many people the interactions of a group are. */
#include "reduce/finish_people.h"

#include <stdlib.h>

static int by_id(const void *a, const void *b)
{
    const struct ko_seen *x = a, *y = b;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    if (x->second != y->second)
        return x->second < y->second ? -1 : 1;
    return (x->track > y->track) - (x->track < y->track);
}

/* The spot where ${s} counts as a head, and the bucket; NULL: it does not. */
static const struct ko_spot *spot_of(const struct ko_finish *f,
                                     const struct ko_spots *spots,
                                     const struct ko_seen *s, size_t *ret_bucket)
{
    uint32_t spot = spots->of[s->track];
    bool counts = spot != KO_NO_ENTITY && spots->v.v[spot].heads &&
                  ko_grid_bucket(&f->grids[0], s->second * KO_SECOND, ret_bucket);
    return counts ? &spots->v.v[spot] : NULL;
}

/* ---- who comes ---- */

void ko_people_meet(struct ko_finish *f, const struct ko_spots *spots,
                    const struct ko_spot_groups *groups, struct ko_people *people)
{
    struct ko_ids *ids = &f->r->ids;
    if (ids->n > 1)
        qsort(ids->v, ids->n, sizeof *ids->v, by_id);
    for (size_t i = 0; i < ids->n; i++) {
        size_t bucket;
        const struct ko_spot *p = spot_of(f, spots, &ids->v[i], &bucket);
        if (p == NULL)
            continue;
        const struct ko_spot_groups *of = &groups[p - spots->v.v];
        bool book = p->witness == KO_WITNESS_BOOK;
        for (size_t k = 0; k < of->n; k++) {
            struct ko_people *to = &people[of->v[k]];
            *(ids->v[i].session ? &to->sessions[book] : &to->customers[book]) = true;
        }
    }
}

static bool is_counted(const struct ko_people *p, bool session, bool book)
{
    return !session || !p->customers[book];
}

/* ---- what is written ---- */

static struct ko_str kind_of(const struct ko_people *p,
                             const struct ko_nameless *nameless)
{
    bool customers = p->customers[0] || p->customers[1], sessions = false;
    for (int book = 0; book < 2; book++)
        sessions |= p->sessions[book] && is_counted(p, true, book);
    if (nameless->total != NULL)
        return KO_STR("interaction");
    if (customers && sessions)
        return KO_STR("customer or session");
    return customers ? KO_STR("customer") : KO_STR("session");
}

static void add_nameless(struct ko_people *p, const struct ko_nameless *nameless,
                         size_t n)
{
    for (size_t i = 0; nameless->total != NULL && i < n; i++) {
        p->ids[i] += nameless->total[i];
        p->minutes[i] += nameless->total[i];
        p->ids_bad[i] += nameless->bad[i];
        p->ids_bad_first[i] += nameless->bad[i];
        p->minutes_bad[i] += nameless->bad[i];
    }
}

enum ko_status ko_people_write(struct ko_finish *f, struct ko_people *people,
                               const struct ko_nameless *nameless, struct ko_group *out)
{
    const struct {
        ko_nums *nums;
        double **v;
    } lists[] = {{&out->ids, &people->ids},
                 {&out->ids_bad, &people->ids_bad},
                 {&out->ids_bad_first, &people->ids_bad_first},
                 {&out->minutes, &people->minutes},
                 {&out->minutes_bad, &people->minutes_bad}};
    const struct ko_grid *g = &f->grids[0];
    bool named = people->customers[0] || people->customers[1] || people->sessions[0] ||
                 people->sessions[1];
    if (!named && nameless->total == NULL)
        return KO_OK;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        enum ko_status st = ko_finish_nums(f, lists[i].nums, g->n, 0);
        if (st != KO_OK)
            return st;
        *lists[i].v = lists[i].nums->v;
    }
    out->id_kind = kind_of(people, nameless);
    add_nameless(people, nameless, g->n);
    if (g->step == KO_MINUTE) /* the ids tell it */
        out->minutes.n = out->minutes_bad.n = 0;
    return KO_OK;
}

/* ---- counting ---- */

/* An id in a second. */
struct visit {
    size_t bucket;
    int64_t minute;
    bool bad;
};

static void add_if_new(double *v, size_t bucket, double weight, int64_t *last, int64_t at)
{
    if (*last != at)
        v[bucket] += weight;
    *last = at;
}

static void count_visit(struct ko_people *p, const struct visit *x, double weight)
{
    int64_t bucket = (int64_t)x->bucket;
    add_if_new(p->ids, x->bucket, weight, &p->bucket, bucket);
    add_if_new(p->minutes, x->bucket, weight, &p->minute, x->minute);
    if (!x->bad)
        return;
    if (p->bad_bucket < 0)
        p->ids_bad_first[x->bucket] += weight;
    add_if_new(p->ids_bad, x->bucket, weight, &p->bad_bucket, bucket);
    add_if_new(p->minutes_bad, x->bucket, weight, &p->bad_minute, x->minute);
}

static void turn_to(struct ko_people *p, uint64_t id)
{
    if (p->id == id)
        return;
    p->id = id;
    p->bucket = p->bad_bucket = -1;
    p->minute = p->bad_minute = INT64_MIN;
}

static void count_seen(const struct ko_seen *s, const struct ko_spot *p,
                       const struct ko_spot_groups *groups, const struct visit *visit,
                       double weight, struct ko_people *people)
{
    for (size_t k = 0; k < groups->n; k++) {
        struct ko_people *to = &people[groups->v[k]];
        if (to->ids == NULL || !is_counted(to, s->session, p->witness == KO_WITNESS_BOOK))
            continue;
        turn_to(to, s->id);
        count_visit(to, visit, weight);
    }
}

void ko_people_count(const struct ko_finish *f, const struct ko_spots *spots,
                     const struct ko_spot_groups *groups, struct ko_people *people)
{
    const struct ko_ids *ids = &f->r->ids;
    double weight = (double)((uint64_t)1 << ids->shift);
    for (size_t i = 0; i < ids->n; i++) {
        const struct ko_seen *s = &ids->v[i];
        struct visit visit;
        const struct ko_spot *p = spot_of(f, spots, s, &visit.bucket);
        if (p == NULL)
            continue;
        bool slow = p->slow_after >= 0 && s->took > ko_took_of(p->slow_after);
        visit.bad = s->bad || slow;
        visit.minute = ko_time_floor(s->second * KO_SECOND, KO_MINUTE) / KO_MINUTE;
        count_seen(s, p, &groups[p - spots->v.v], &visit, weight, people);
    }
}
