/* index.c: series of a case by what they measure. */
#include "blame/index.h"

#include <stdlib.h>
#include <string.h>

#define OPERATION KO_STR("op:")

/* A signal in two parts, so that "op:" needs no copy of the operation's name. */
struct wanted {
    uint32_t entity, caller;
    struct ko_str head, tail;
    bool normal;
};

static int by_u32(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int by_key(const void *a, const void *b)
{
    const struct ko_series *x = *(const struct ko_series *const *)a;
    const struct ko_series *y = *(const struct ko_series *const *)b;
    int order = by_u32(x->entity, y->entity);
    if (order == 0)
        order = by_u32(x->caller, y->caller);
    if (order == 0)
        order = ko_str_cmp(x->signal, y->signal);
    if (order == 0)
        order = (int)x->normal - (int)y->normal;
    return order != 0 ? order : (x > y) - (x < y);
}

enum ko_status ko_index_make(const struct ko_case *c, struct ko_arena *arena,
                             struct ko_index *ret)
{
    struct ko_index ix = {.n = c->series.n};
    ix.v = ko_arena_alloc(arena, ix.n + 1, sizeof *ix.v);
    if (ix.v == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < ix.n; i++)
        ix.v[i] = &c->series.v[i];
    if (ix.n > 1)
        qsort(ix.v, ix.n, sizeof *ix.v, by_key);
    *ret = ix;
    return KO_OK;
}

/* Order of `signal` against the two parts of the wanted one, one after the other. */
static int by_signal(struct ko_str signal, const struct wanted *w)
{
    int order = ko_str_cmp(ko_str_sub(signal, 0, w->head.n), w->head);
    return order != 0 ? order : ko_str_cmp(ko_str_skip(signal, w->head.n), w->tail);
}

static int by_wanted(const struct ko_series *s, const struct wanted *w)
{
    int order = by_u32(s->entity, w->entity);
    if (order == 0)
        order = by_u32(s->caller, w->caller);
    if (order == 0)
        order = by_signal(s->signal, w);
    return order != 0 ? order : (int)s->normal - (int)w->normal;
}

static const struct ko_series *find(const struct ko_index *ix, const struct wanted *w)
{
    size_t lo = 0, hi = ix->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (by_wanted(ix->v[mid], w) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < ix->n && by_wanted(ix->v[lo], w) == 0 ? ix->v[lo] : NULL;
}

const struct ko_series *ko_index_series(const struct ko_index *ix, uint32_t entity,
                                        uint32_t caller, struct ko_str signal,
                                        bool normal)
{
    struct wanted w = {entity, caller, {"", 0}, signal, normal};
    return find(ix, &w);
}

const struct ko_series *ko_index_operation(const struct ko_index *ix, uint32_t entity,
                                           struct ko_str op, bool normal)
{
    struct wanted w = {entity, KO_NO_ENTITY, OPERATION, op, normal};
    return find(ix, &w);
}
