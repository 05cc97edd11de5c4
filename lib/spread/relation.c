/* relation.c: who depends on whom among the entities in trouble, and how that is known.
 */
#include "spread/relation.h"

#include "spread/unseen.h"

#include <stdlib.h>

/* An inferred parent is among so many that were in trouble just before. */
enum { INFERRED_MAX = 6 };

struct finder {
    const struct ko_case *c;
    const ko_troubles *troubles;
    const ko_felts *felts;
    struct ko_arena *scratch;
    ko_relations *found;
    size_t *at;           /* entity -> 1 + index of its trouble; 0 none */
    bool *related;        /* entity: some relation to something is known */
    bool *calls, *called; /* entity: it stands on that side of one */
};

static size_t trouble_of(const struct finder *f, uint32_t entity)
{
    return entity < f->c->entities.n ? f->at[entity] : 0;
}

static void mark(struct finder *f, uint32_t entity)
{
    if (entity < f->c->entities.n)
        f->related[entity] = true;
}

static enum ko_status add(struct finder *f, uint32_t caller, uint32_t callee,
                          const struct ko_relation *how)
{
    if (caller == callee)
        return KO_OK;
    mark(f, caller);
    mark(f, callee);
    if (caller < f->c->entities.n && how->kind <= KO_RELATION_NAMED)
        f->calls[caller] = true;
    if (callee < f->c->entities.n && how->kind <= KO_RELATION_NAMED)
        f->called[callee] = true;
    if (trouble_of(f, caller) == 0 || trouble_of(f, callee) == 0)
        return KO_OK;
    struct ko_relation *r;
    KO_LIST_ADD(f->scratch, f->found, r);
    if (r == NULL)
        return KO_ENOMEM;
    *r = *how;
    r->felt = ko_felt_get(f->felts, caller, callee);
    r->caller = trouble_of(f, caller) - 1;
    r->callee = trouble_of(f, callee) - 1;
    return KO_OK;
}

static enum ko_status add_edges(struct finder *f)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < f->c->edges.n && st == KO_OK; i++) {
        const struct ko_edge *e = &f->c->edges.v[i];
        bool declared = ko_str_eq(e->source, KO_STR("declared"));
        struct ko_relation how = {
            .kind = declared ? KO_RELATION_DECLARED : KO_RELATION_OBSERVED, .edge = e};
        st = add(f, e->caller, e->callee, &how);
    }
    return st;
}

static enum ko_status add_named(struct finder *f)
{
    struct ko_relation how = {.kind = KO_RELATION_NAMED};
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < f->felts->n && st == KO_OK; i++) {
        const struct ko_felt *felt = &f->felts->v[i];
        if (felt->complaint != KO_FELT_NONE)
            st = add(f, felt->caller, felt->callee, &how);
    }
    return st;
}

static enum ko_status add_handoffs(struct finder *f)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < f->c->journeys.n; i++) {
        const struct ko_journey *j = &f->c->journeys.v[i];
        struct ko_relation how = {.kind = KO_RELATION_HANDOFF, .journey = j};
        for (size_t k = 1; k < j->steps.n && st == KO_OK; k++)
            st = add(f, j->steps.v[k - 1].entity, j->steps.v[k].entity, &how);
    }
    return st;
}

/* Leaves no mark: it does not hinder others. */
static enum ko_status add_pair(struct finder *f, size_t caller, size_t callee,
                               enum ko_relation_kind kind)
{
    struct ko_relation *r;
    KO_LIST_ADD(f->scratch, f->found, r);
    if (r == NULL)
        return KO_ENOMEM;
    *r = (struct ko_relation){.caller = caller, .callee = callee, .kind = kind};
    return KO_OK;
}

static bool is_queue(const struct finder *f, size_t trouble)
{
    return f->troubles->v[trouble].kind == KO_KIND_QUEUE;
}

/* Nobody calls it and it calls others; of the unrelated nothing tells better. */
static bool is_entrance(const struct finder *f, uint32_t entity)
{
    return f->calls[entity] ? !f->called[entity] : !f->related[entity];
}

/* Queues of contacts that nothing relates to anything. */
static enum ko_status add_customers(struct finder *f)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < f->troubles->n; i++) {
        if (!is_queue(f, i) || f->related[f->troubles->v[i].entity])
            continue;
        for (size_t k = 0; k < f->troubles->n && st == KO_OK; k++) {
            const struct ko_trouble *t = &f->troubles->v[k];
            if (!is_queue(f, k) && t->main != KO_TROUBLE_UNSEEN &&
                is_entrance(f, t->entity))
                st = add_pair(f, k, i, KO_RELATION_CUSTOMERS);
        }
    }
    return st;
}

/* Who decides where contacts go, and the queues that get them. */
static enum ko_status add_routed(struct finder *f)
{
    const struct ko_trouble *t = f->troubles->v;
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < f->troubles->n; i++) {
        if (t[i].main != KO_TROUBLE_UNSEEN)
            continue;
        for (size_t k = 0; k < f->troubles->n && st == KO_OK; k++) {
            if (is_queue(f, k) &&
                ko_unseen_bears(f->c, &f->c->changes.v[t[i].change], &t[k]))
                st = add_pair(f, k, i, KO_RELATION_ROUTED);
        }
    }
    return st;
}

/* May ${later}, which stands behind in the list, have begun first? */
static bool may_precede(const struct ko_trouble *earlier, const struct ko_trouble *later)
{
    return later->lo <= earlier->hi;
}

/* What only the name of a file tells of has no place in a guess, if anything else has a
 * name: it is mostly the same thing once more. */
static bool may_guess(const struct finder *f, size_t trouble)
{
    bool by_file = f->c->entities.v[f->troubles->v[trouble].entity].by_file;
    if (f->troubles->v[trouble].main == KO_TROUBLE_UNSEEN)
        return false;
    for (size_t i = 0; by_file && i < f->troubles->n; i++) {
        if (!f->c->entities.v[f->troubles->v[i].entity].by_file)
            return false;
    }
    return true;
}

static enum ko_status add_inferred(struct finder *f)
{
    const struct ko_trouble *t = f->troubles->v;
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < f->troubles->n; i++) {
        size_t from = i > INFERRED_MAX ? i - INFERRED_MAX : 0;
        for (size_t k = from; k < i && st == KO_OK; k++) {
            if (!may_guess(f, i) || !may_guess(f, k) || is_queue(f, i) != is_queue(f, k))
                continue;
            if (!f->related[t[i].entity])
                st = add_pair(f, i, k, KO_RELATION_INFERRED);
            if (st == KO_OK && !f->related[t[k].entity] && may_precede(&t[k], &t[i]))
                st = add_pair(f, k, i, KO_RELATION_INFERRED);
        }
    }
    return st;
}

struct ranked {
    struct ko_relation r;
    size_t rank;
};

static int cmp_ranked(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;
    if (x->r.caller != y->r.caller)
        return x->r.caller < y->r.caller ? -1 : 1;
    if (x->r.callee != y->r.callee)
        return x->r.callee < y->r.callee ? -1 : 1;
    if (x->r.kind != y->r.kind)
        return x->r.kind < y->r.kind ? -1 : 1;
    return (x->rank > y->rank) - (x->rank < y->rank);
}

/* One relation a pair: the surest. */
static enum ko_status sort_and_thin(struct finder *f)
{
    ko_relations *list = f->found;
    struct ranked *v = ko_arena_alloc(f->scratch, list->n + 1, sizeof *v);
    if (v == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < list->n; i++)
        v[i] = (struct ranked){list->v[i], i};
    qsort(v, list->n, sizeof *v, cmp_ranked);
    size_t kept = 0;
    for (size_t i = 0; i < list->n; i++) {
        if (kept > 0 && list->v[kept - 1].caller == v[i].r.caller &&
            list->v[kept - 1].callee == v[i].r.callee)
            continue;
        list->v[kept++] = v[i].r;
    }
    list->n = kept;
    return KO_OK;
}

enum ko_status ko_relation_find(const struct ko_case *c, const ko_troubles *troubles,
                                const ko_felts *felts, struct ko_arena *scratch,
                                ko_relations *ret)
{
    struct finder f = {
        .c = c, .troubles = troubles, .felts = felts, .scratch = scratch, .found = ret};
    f.at = ko_arena_alloc(scratch, c->entities.n + 1, sizeof *f.at);
    f.calls = ko_arena_alloc(scratch, c->entities.n + 1, sizeof *f.calls);
    f.called = ko_arena_alloc(scratch, c->entities.n + 1, sizeof *f.called);
    f.related = ko_arena_alloc(scratch, c->entities.n + 1, sizeof *f.related);
    if (f.at == NULL || f.related == NULL || f.calls == NULL || f.called == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < troubles->n; i++)
        f.at[troubles->v[i].entity] = i + 1;
    enum ko_status st = add_edges(&f);
    if (st == KO_OK)
        st = add_named(&f);
    if (st == KO_OK)
        st = add_handoffs(&f);
    if (st == KO_OK)
        st = add_customers(&f);
    if (st == KO_OK)
        st = add_routed(&f);
    if (st == KO_OK)
        st = add_inferred(&f);
    return st == KO_OK ? sort_and_thin(&f) : st;
}
