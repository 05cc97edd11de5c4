/* finish_template.c: log templates of each entity, the telling ones first, the rest as
 * one. */
#include "reduce/finish.h"

#include "reduce/mask.h"

#include <stdlib.h>

/* As many as a person or a detector looks through; failures and warnings come first. */
enum { WRITTEN_MAX = 200 };

/* One template of the case; realms apart, raw names together. */
struct entry {
    uint32_t entity, realm;
    struct ko_str text, op;
    struct ko_pattern merged; /* severity, first place, sample */
    uint64_t everywhere;      /* count over all realms of (entity, text) */
    double *v;
    double count;
};

static int cmp_u64(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int by_text(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = cmp_u64(x->entity, y->entity);
    if (order == 0)
        order = ko_str_cmp(x->text, y->text);
    if (order == 0)
        order = ko_str_cmp(x->op, y->op);
    return order != 0 ? order : cmp_u64(x->realm, y->realm);
}

static int by_rank(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = cmp_u64(x->entity, y->entity);
    if (order == 0)
        order =
            cmp_u64(y->merged.severity >= KO_SEV_WARN, x->merged.severity >= KO_SEV_WARN);
    if (order == 0)
        order = cmp_u64(y->everywhere, x->everywhere);
    return order != 0 ? order : by_text(a, b);
}

/* Fold `b` into `a`: counts, the earlier place, the worse severity. */
static void fold(const struct ko_finish *f, struct entry *a, const struct entry *b)
{
    const struct ko_pattern *p = &a->merged, *q = &b->merged;
    struct ko_pattern both = *p;
    bool earlier = q->first < p->first || (q->first == p->first &&
                                           ko_state_before(f->r, q->export_index, q->line,
                                                           p->export_index, p->line));
    if (earlier)
        both = *q;
    both.severity = q->severity > p->severity ? q->severity : p->severity;
    both.last = q->last > p->last ? q->last : p->last;
    a->merged = both;
    for (size_t i = 0; i < f->grids[a->realm].n; i++)
        a->v[i] += b->v[i];
    a->count += b->count;
}

static enum ko_status read_cells(struct ko_finish *f, uint32_t track, struct entry *e)
{
    struct ko_cells_walk w = ko_cells_walk(&f->r->cells, track);
    const struct ko_grid *g = &f->grids[e->realm];
    e->v = ko_arena_alloc(&f->arena, g->n, sizeof *e->v);
    if (e->v == NULL)
        return KO_ENOMEM;
    for (struct ko_cell c; ko_cells_next(&w, &c);) {
        size_t bucket;
        if (!ko_grid_bucket(g, c.time, &bucket))
            continue;
        e->v[bucket] += (double)c.n;
        e->count += (double)c.n;
    }
    return KO_OK;
}

static uint32_t realm_of(const struct ko_finish *f, const struct ko_pattern *p)
{
    return p->normal_export != KO_NO_ENTITY ? f->realm_of[p->normal_export] : 0;
}

static enum ko_status list_entries(struct ko_finish *f, struct entry *v, size_t *ret_n)
{
    enum ko_status st = KO_OK;
    *ret_n = 0;
    for (size_t i = 0; i < f->r->patterns.n && st == KO_OK; i++) {
        const struct ko_pattern *p = &f->r->patterns.v[i];
        if (p->count == 0)
            continue;
        struct entry *e = &v[*ret_n];
        *e = (struct entry){
            .entity = f->entity_of[p->entity],
            .realm = p->normal_export != KO_NO_ENTITY ? f->realm_of[p->normal_export] : 0,
            .text = p->text,
            .merged = *p};
        st = read_cells(f, p->track, e);
        *ret_n += e->count > 0 ? 1 : 0;
    }
    return st;
}

/* The same templates inside operations. */
static void list_ops(const struct ko_finish *f, struct entry *v, size_t *n)
{
    for (size_t i = 0; i < f->op_counts.n; i++) {
        const struct ko_op_count *c = &f->op_counts.v[i];
        const struct ko_pattern *p = &f->r->patterns.v[c->pattern];
        v[(*n)++] = (struct entry){.entity = f->entity_of[p->entity],
                                   .realm = realm_of(f, p),
                                   .text = p->text,
                                   .op = c->operation,
                                   .merged = *p,
                                   .v = c->v,
                                   .count = c->count};
    }
}

/* Neighbours of one entity, text and realm become one. */
static size_t join(const struct ko_finish *f, struct entry *v, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (kept > 0 && by_text(&v[kept - 1], &v[i]) == 0)
            fold(f, &v[kept - 1], &v[i]);
        else
            v[kept++] = v[i];
    }
    return kept;
}

/* Count and severity over all realms, so that a text is written for all of them or none.
 */
static void look_everywhere(struct entry *v, size_t n)
{
    for (size_t i = 0, end; i < n; i = end) {
        double sum = 0;
        enum ko_severity severity = KO_SEV_UNKNOWN;
        for (end = i;
             end < n && v[end].entity == v[i].entity && ko_str_eq(v[end].text, v[i].text);
             end++) {
            sum += v[end].op.n == 0 ? v[end].count : 0;
            if (v[end].merged.severity > severity)
                severity = v[end].merged.severity;
        }
        for (size_t k = i; k < end; k++) {
            v[k].everywhere = (uint64_t)sum;
            v[k].merged.severity = severity;
        }
    }
}

/* All but the first WRITTEN_MAX texts of each entity, in order of rank, become "(other)".
 */
static void fold_rest(struct entry *v, size_t n)
{
    size_t texts = 0;
    for (size_t i = 0; i < n; i++) {
        bool new_entity = i == 0 || v[i].entity != v[i - 1].entity;
        bool new_text = new_entity || v[i].everywhere != v[i - 1].everywhere ||
                        !ko_str_eq(v[i].merged.text, v[i - 1].merged.text);
        texts = new_entity ? 1 : texts + (new_text ? 1 : 0);
        if (texts <= WRITTEN_MAX)
            continue;
        v[i].text = KO_MASK_OTHER;
        v[i].count = v[i].op.n > 0 ? 0 : v[i].count;
    }
}

static enum ko_status write_one(struct ko_finish *f, const struct entry *e)
{
    struct ko_template *t = ko_case_add(f->c, "template");
    if (t == NULL)
        return KO_ENOMEM;
    const struct ko_grid *g = &f->grids[e->realm];
    t->entity = e->entity;
    t->normal = e->realm != 0;
    t->from = t->normal ? g->from : KO_TIME_NONE;
    if (e->merged.severity != KO_SEV_UNKNOWN)
        t->severity = ko_str(ko_severity_name(e->merged.severity));
    t->count = (int64_t)e->count;
    t->first = e->merged.first;
    t->last = e->merged.last;
    enum ko_status st = ko_finish_masked(f, e->op, &t->op);
    if (st == KO_OK)
        st = ko_finish_nums(f, &t->v, g->n, 0);
    for (size_t i = 0; st == KO_OK && i < g->n; i++)
        t->v.v[i] = e->v[i];
    if (st == KO_OK)
        st = ko_finish_masked(f, e->text, &t->text);
    if (st == KO_OK)
        st = ko_finish_masked(f, e->merged.sample, &t->sample);
    if (st != KO_OK)
        return st;
    return ko_finish_row(f, e->merged.export_index, e->merged.line, &t->row);
}

enum ko_status ko_finish_templates(struct ko_finish *f)
{
    size_t n;
    struct entry *v =
        ko_arena_alloc(&f->arena, f->r->patterns.n + f->op_counts.n, sizeof *v);
    enum ko_status st = v != NULL ? list_entries(f, v, &n) : KO_ENOMEM;
    if (st != KO_OK || n == 0)
        return st;
    list_ops(f, v, &n);
    qsort(v, n, sizeof *v, by_text);
    n = join(f, v, n);
    look_everywhere(v, n);
    qsort(v, n, sizeof *v, by_rank);
    fold_rest(v, n);
    qsort(v, n, sizeof *v, by_text);
    n = join(f, v, n);
    for (size_t i = 0; i < n && st == KO_OK; i++) {
        if (v[i].count > 0)
            st = write_one(f, &v[i]);
    }
    return st;
}
