/* felt.c: what callers noticed of their callees. */
#include "spread/felt.h"

#include "spread/names.h"

#include <math.h>
#include <stdlib.h>

static enum ko_status add(struct ko_arena *scratch, ko_felts *list,
                          const struct ko_felt *felt)
{
    struct ko_felt *f;
    if (felt->caller == felt->callee)
        return KO_OK;
    KO_LIST_ADD(scratch, list, f);
    if (f == NULL)
        return KO_ENOMEM;
    *f = *felt;
    return KO_OK;
}

static bool tells(int cls)
{
    return cls == KO_CLASS_ERROR || cls == KO_CLASS_LATENCY;
}

static enum ko_status add_measured(const struct ko_case *c, struct ko_arena *scratch,
                                   ko_felts *list)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < c->series.n && st == KO_OK; i++) {
        const struct ko_series *s = &c->series.v[i];
        struct ko_felt felt = {s->caller,    s->entity,    true, 0,
                               KO_FELT_NONE, KO_FELT_NONE, NAN};
        if (!s->normal && s->caller < c->entities.n && tells(s->cls))
            st = add(scratch, list, &felt);
    }
    return st;
}

static bool is_complaint(const struct ko_onset *o)
{
    return ko_str_eq(o->kind, KO_STR("template")) && o->rise && o->cls != KO_CLASS_OTHER;
}

/* A queue of contacts is named as the place to which a contact was to go. */
static bool can_be_blamed(const struct ko_case *c, uint32_t entity)
{
    return c->entities.v[entity].kind != KO_KIND_QUEUE;
}

static enum ko_status add_complaint(const struct ko_names *names, size_t at,
                                    struct ko_arena *scratch, ko_felts *list)
{
    const struct ko_onset *o = &names->c->onsets.v[at];
    uint32_t named[KO_NAMES_MAX];
    size_t n = ko_names_find(names, o->signal, named);
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < n && st == KO_OK; i++) {
        struct ko_felt felt = {o->entity, named[i],     true, o->score,
                               at,        KO_FELT_NONE, NAN};
        if (can_be_blamed(names->c, named[i]))
            st = add(scratch, list, &felt);
    }
    return st;
}

static enum ko_status add_onsets(const struct ko_case *c, struct ko_arena *scratch,
                                 ko_felts *list)
{
    struct ko_names names;
    enum ko_status st = ko_names_init(c, scratch, &names);
    if (st != KO_OK)
        return st;
    for (size_t i = 0; i < c->onsets.n && st == KO_OK; i++) {
        const struct ko_onset *o = &c->onsets.v[i];
        struct ko_felt felt = {o->caller,    o->entity, true, o->score,
                               KO_FELT_NONE, i,         NAN};
        if (o->entity >= c->entities.n)
            continue;
        if (is_complaint(o))
            st = add_complaint(&names, i, scratch, list);
        else if (o->caller < c->entities.n && o->rise && tells(o->cls))
            st = add(scratch, list, &felt);
    }
    ko_names_release(&names);
    return st;
}

/* By pair; of one pair in the order in which they were found, which `at` keeps. */
struct ranked {
    struct ko_felt f;
    size_t at;
};

static int cmp_ranked(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;
    if (x->f.caller != y->f.caller)
        return x->f.caller < y->f.caller ? -1 : 1;
    if (x->f.callee != y->f.callee)
        return x->f.callee < y->f.callee ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

static bool is_earlier(const struct ko_case *c, size_t a, size_t b)
{
    return b == KO_FELT_NONE || c->onsets.v[a].time < c->onsets.v[b].time;
}

static void merge(const struct ko_case *c, struct ko_felt *into,
                  const struct ko_felt *more)
{
    if (more->complaint != KO_FELT_NONE &&
        is_earlier(c, more->complaint, into->complaint))
        into->complaint = more->complaint;
    if (more->numbers != KO_FELT_NONE &&
        (into->numbers == KO_FELT_NONE || more->score > c->onsets.v[into->numbers].score))
        into->numbers = more->numbers;
    into->score = fmax(into->score, more->score);
}

enum ko_status ko_felt_find(const struct ko_case *c, struct ko_arena *scratch,
                            ko_felts *ret)
{
    if (add_measured(c, scratch, ret) != KO_OK || add_onsets(c, scratch, ret) != KO_OK)
        return KO_ENOMEM;
    struct ranked *v = ko_arena_alloc(scratch, ret->n + 1, sizeof *v);
    if (v == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < ret->n; i++)
        v[i] = (struct ranked){ret->v[i], i};
    qsort(v, ret->n, sizeof *v, cmp_ranked);
    size_t kept = 0;
    for (size_t i = 0; i < ret->n; i++) {
        struct ko_felt *last = kept > 0 ? &ret->v[kept - 1] : NULL;
        if (last != NULL && last->caller == v[i].f.caller &&
            last->callee == v[i].f.callee)
            merge(c, last, &v[i].f);
        else
            ret->v[kept++] = v[i].f;
    }
    ret->n = kept;
    return KO_OK;
}

const struct ko_felt *ko_felt_get(const ko_felts *list, uint32_t caller, uint32_t callee)
{
    size_t from = 0;
    size_t to = list->n;
    while (from < to) {
        size_t mid = from + (to - from) / 2;
        const struct ko_felt *f = &list->v[mid];
        bool before = f->caller < caller || (f->caller == caller && f->callee < callee);
        if (before)
            from = mid + 1;
        else
            to = mid;
    }
    bool found = from < list->n && list->v[from].caller == caller &&
                 list->v[from].callee == callee;
    return found ? &list->v[from] : NULL;
}
