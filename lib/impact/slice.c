/* slice.c: every set of leaves that shares the values of a few dimensions. */
#include "impact/slice.h"

#include "base/map.h"
#include "base/mem.h"

/* Leaves numbered by the group that they fall into under some dimensions. */
struct grouping {
    uint32_t dims;
    uint32_t *group; /* by leaf */
    size_t n;        /* groups */
};

struct maker {
    const struct ko_leaf *leaves;
    const struct ko_weight_of_leaf *weights;
    size_t n, dims;
    struct ko_slices *out;
};

/* The groups of ${parent}, split by dimension ${dim}. */
static enum ko_status split(const struct maker *m, const struct grouping *parent,
                            size_t dim, struct grouping *ret)
{
    struct ko_map map;
    enum ko_status st = KO_OK;
    ko_map_init(&map, 0);
    for (size_t i = 0; i < m->n && st == KO_OK; i++) {
        uint32_t pair[2] = {parent->group[i], m->leaves[i].value[dim]};
        struct ko_str key = {(const char *)pair, sizeof pair};
        st = ko_map_put(&map, key, (uint32_t)map.n, &ret->group[i]);
    }
    ret->dims = parent->dims | UINT32_C(1) << dim;
    ret->n = map.n;
    ko_map_release(&map);
    return st;
}

/* Groups are numbered as they appear, so that they fall behind each other in the list. */
static enum ko_status add_slices(struct maker *m, const struct grouping *g)
{
    size_t base = m->out->list.n;
    for (size_t i = 0; i < m->n; i++) {
        struct ko_slice *s;
        if (base + g->group[i] < m->out->list.n) {
            s = &m->out->list.v[base + g->group[i]];
        } else {
            KO_LIST_ADD(&m->out->arena, &m->out->list, s);
            if (s == NULL)
                return KO_ENOMEM;
            s->dims = g->dims;
            s->first = (uint32_t)i;
        }
        s->excess += m->weights[i].excess;
        s->weight += m->weights[i].weight;
        s->hit += m->weights[i].hit * m->weights[i].weight;
    }
    return KO_OK;
}

/* The sets that name ${parent}'s dimensions and later ones, ${depth} more at most. */
static enum ko_status extend(struct maker *m, const struct grouping *parent, size_t from,
                             size_t depth)
{
    struct grouping g = {.group = ko_mem_alloc(m->n, sizeof *g.group)};
    enum ko_status st = g.group != NULL ? KO_OK : KO_ENOMEM;
    for (size_t dim = from; dim < m->dims && st == KO_OK; dim++) {
        st = split(m, parent, dim, &g);
        if (st == KO_OK)
            st = add_slices(m, &g);
        if (st == KO_OK && depth > 1)
            st = extend(m, &g, dim + 1, depth - 1);
    }
    ko_mem_free(g.group);
    return st;
}

enum ko_status ko_slices_make(const struct ko_leaf *leaves,
                              const struct ko_weight_of_leaf *weights, size_t n,
                              size_t dims, struct ko_slices *ret)
{
    struct maker m = {leaves, weights, n, dims, ret};
    *ret = (struct ko_slices){0};
    if (n == 0)
        return KO_OK;
    struct grouping whole = {.group = ko_mem_alloc(n, sizeof *whole.group), .n = 1};
    enum ko_status st = whole.group != NULL ? KO_OK : KO_ENOMEM;
    if (st == KO_OK)
        st = extend(&m, &whole, 0, KO_CONFINE_DEPTH_MAX);
    ko_mem_free(whole.group);
    return st;
}

void ko_slices_release(struct ko_slices *s)
{
    ko_arena_release(&s->arena);
    *s = (struct ko_slices){0};
}

bool ko_slice_holds(const struct ko_slice *s, const struct ko_leaf *leaves, size_t leaf)
{
    const uint32_t *is = leaves[leaf].value, *wanted = leaves[s->first].value;
    for (uint32_t rest = s->dims, d = 0; rest != 0; rest >>= 1, d++) {
        if ((rest & 1) != 0 && is[d] != wanted[d])
            return false;
    }
    return true;
}
