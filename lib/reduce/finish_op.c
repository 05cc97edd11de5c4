/* finish_op.c: log records found inside their spans: how many spans of an operation wrote
 * a template, and how many there were. */
#include "reduce/operation.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

/* A template written inside a span. */
struct pair {
    uint32_t span, pattern;
};

/* All spans of one operation of an entity, in one realm. */
struct tally {
    uint32_t entity, operation, realm, export_index;
    double *v;
    bool *covered;
};

/* Working data. */
struct ops {
    struct ko_finish *f;
    struct pair *pairs;
    size_t n_pairs;
    struct ko_map counts;  /* (pattern, operation) -> op_counts */
    struct ko_map wanted;  /* (entity, operation) that has a count */
    struct ko_map tallies; /* (entity, operation, realm) */
    KO_LIST(struct tally) list;
    struct ko_operations operations;
};

static int by_pair(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->span != y->span)
        return x->span < y->span ? -1 : 1;
    return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

/* A template counts once a span, however often the span wrote it. */
static void find_pairs(struct ops *o)
{
    const struct ko_reducer *r = o->f->r;
    size_t n = 0, kept = 0;
    for (size_t i = 0; i < r->mentions.n; i++) {
        const struct ko_mention *m = &r->mentions.v[i];
        uint32_t span, pattern = ko_pattern_of(r, m->track);
        if (!ko_spans_find(r->spans.v, r->spans.n, m->trace, m->span, &span))
            continue;
        bool own = o->f->entity_of[r->patterns.v[pattern].entity] ==
                   o->f->entity_of[r->spans.v[span].entity];
        if (own && r->spans.v[span].operation != KO_NO_ENTITY)
            o->pairs[n++] = (struct pair){span, pattern};
    }
    if (n > 1)
        qsort(o->pairs, n, sizeof *o->pairs, by_pair);
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || by_pair(&o->pairs[kept - 1], &o->pairs[i]) != 0)
            o->pairs[kept++] = o->pairs[i];
    }
    o->n_pairs = kept;
}

static enum ko_status put(struct ko_map *m, const uint32_t *fields, size_t n,
                          uint32_t fresh, uint32_t *ret)
{
    struct ko_str bytes = {(const char *)fields, n * sizeof *fields};
    return ko_map_put(m, bytes, fresh, ret);
}

static const struct ko_grid *grid_of(const struct ko_finish *f, uint32_t pattern)
{
    uint32_t normal = f->r->patterns.v[pattern].normal_export;
    return &f->grids[normal != KO_NO_ENTITY ? f->realm_of[normal] : 0];
}

static enum ko_status add_pair(struct ops *o, const struct pair *pair)
{
    struct ko_finish *f = o->f;
    const struct ko_span *s = &f->r->spans.v[pair->span];
    const struct ko_grid *g = grid_of(f, pair->pattern);
    uint32_t fields[] = {pair->pattern, 0}, fresh = (uint32_t)f->op_counts.n, index;
    size_t bucket;
    if (!ko_grid_bucket(g, s->start, &bucket))
        return KO_OK;
    enum ko_status st = ko_operations_of(&o->operations, pair->span, &fields[1]);
    if (st == KO_OK)
        st = put(&o->counts, fields, 2, fresh, &index);
    if (st != KO_OK)
        return st;
    if (index == fresh) {
        struct ko_op_count *c;
        KO_LIST_ADD(&f->arena, &f->op_counts, c);
        double *v = ko_arena_alloc(&f->arena, g->n, sizeof *v);
        if (c == NULL || v == NULL)
            return KO_ENOMEM;
        *c = (struct ko_op_count){pair->pattern,
                                  ko_operations_name(&o->operations, fields[1]), v, 0};
    }
    double weight = (double)((uint64_t)1 << f->r->spans.shift);
    f->op_counts.v[index].v[bucket] += weight;
    f->op_counts.v[index].count += weight;
    uint32_t wanted[] = {f->entity_of[s->entity], fields[1]};
    return put(&o->wanted, wanted, 2, 0, &index);
}

/* ---- all spans of the wanted operations ---- */

static enum ko_status find_tally(struct ops *o, const struct ko_span *s,
                                 uint32_t operation, struct tally **ret)
{
    struct ko_finish *f = o->f;
    uint32_t realm = f->realm_of[s->export_index];
    uint32_t fields[] = {f->entity_of[s->entity], operation, realm};
    uint32_t fresh = (uint32_t)o->list.n, index;
    enum ko_status st = put(&o->tallies, fields, 3, fresh, &index);
    if (st != KO_OK)
        return st;
    if (index < fresh) {
        *ret = &o->list.v[index];
        return KO_OK;
    }
    size_t n = f->grids[realm].n;
    KO_LIST_ADD(&f->arena, &o->list, *ret);
    if (*ret == NULL)
        return KO_ENOMEM;
    **ret = (struct tally){.entity = fields[0],
                           .operation = operation,
                           .realm = realm,
                           .export_index = KO_NO_ENTITY,
                           .v = ko_arena_alloc(&f->arena, n, sizeof(double)),
                           .covered = ko_arena_alloc(&f->arena, n, sizeof(bool))};
    return (*ret)->v != NULL && (*ret)->covered != NULL ? KO_OK : KO_ENOMEM;
}

static void feed(const struct ko_finish *f, struct tally *t, uint32_t export_index)
{
    if (t->export_index == export_index)
        return;
    if (t->export_index == KO_NO_ENTITY ||
        f->export_rank[export_index] < f->export_rank[t->export_index])
        t->export_index = export_index;
    const bool *covered = f->covers[f->group_of[export_index]].covered;
    for (size_t i = 0; i < f->grids[t->realm].n; i++)
        t->covered[i] |= covered[i];
}

static enum ko_status add_span(struct ops *o, uint32_t span)
{
    const struct ko_span *s = &o->f->r->spans.v[span];
    uint32_t fields[] = {o->f->entity_of[s->entity], 0}, unused;
    struct ko_str bytes = {(const char *)fields, sizeof fields};
    struct tally *t;
    size_t bucket;
    if (s->operation == KO_NO_ENTITY)
        return KO_OK;
    enum ko_status st = ko_operations_of(&o->operations, span, &fields[1]);
    if (st != KO_OK || !ko_map_get(&o->wanted, bytes, &unused))
        return st;
    st = find_tally(o, s, fields[1], &t);
    if (st != KO_OK)
        return st;
    feed(o->f, t, s->export_index);
    if (ko_grid_bucket(&o->f->grids[t->realm], s->start, &bucket))
        t->v[bucket] += (double)((uint64_t)1 << o->f->r->spans.shift);
    return KO_OK;
}

static int by_operation(const void *a, const void *b, void *ctx)
{
    const struct tally *x = a, *y = b;
    const struct ko_operations *o = ctx;
    if (x->entity != y->entity)
        return x->entity < y->entity ? -1 : 1;
    int order = ko_str_cmp(ko_operations_name(o, x->operation),
                           ko_operations_name(o, y->operation));
    return order != 0 ? order : (x->realm > y->realm) - (x->realm < y->realm);
}

static enum ko_status write_tally(const struct ops *o, const struct tally *t)
{
    struct ko_finish *f = o->f;
    const struct ko_grid *g = &f->grids[t->realm];
    ko_nums nums;
    enum ko_status st = ko_finish_nums(f, &nums, g->n, NAN);
    struct ko_series *s = st == KO_OK ? ko_case_add(f->c, "series") : NULL;
    if (s == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < g->n; i++) {
        if (t->covered[i] || t->v[i] > 0)
            nums.v[i] = t->v[i];
    }
    s->entity = t->entity;
    s->unit = KO_STR("1");
    s->stat = KO_STR("sum");
    s->cls = KO_CLASS_LOAD;
    s->normal = t->realm != 0;
    s->from = g->from;
    s->v = nums;
    struct ko_str operation;
    st =
        ko_finish_masked(f, ko_operations_name(&o->operations, t->operation), &operation);
    if (st == KO_OK)
        st = ko_case_print(f->c, &s->signal, "op:%.*s", KO_ARG(operation));
    if (st != KO_OK)
        return st;
    return ko_str_copy(&f->c->arena, f->r->exports.v[t->export_index].file, &s->source);
}

static enum ko_status run(struct ops *o)
{
    struct ko_finish *f = o->f;
    enum ko_status st = KO_OK;
    find_pairs(o);
    for (size_t i = 0; i < o->n_pairs && st == KO_OK; i++)
        st = add_pair(o, &o->pairs[i]);
    for (size_t i = 0; i < f->r->spans.n && st == KO_OK; i++)
        st = add_span(o, (uint32_t)i);
    if (o->list.n > 1)
        qsort_r(o->list.v, o->list.n, sizeof *o->list.v, by_operation, &o->operations);
    for (size_t i = 0; i < o->list.n && st == KO_OK; i++)
        st = write_tally(o, &o->list.v[i]);
    return st;
}

enum ko_status ko_finish_ops(struct ko_finish *f)
{
    struct ops o = {.f = f};
    if (f->r->mentions.n == 0 || f->r->spans.n == 0)
        return KO_OK;
    o.pairs = ko_mem_alloc(f->r->mentions.n, sizeof *o.pairs);
    ko_operations_init(&o.operations, f);
    enum ko_status st = o.pairs != NULL ? run(&o) : KO_ENOMEM;
    ko_operations_release(&o.operations);
    ko_map_release(&o.counts);
    ko_map_release(&o.wanted);
    ko_map_release(&o.tallies);
    ko_mem_free(o.pairs);
    return st;
}
