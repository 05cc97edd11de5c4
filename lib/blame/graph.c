/* graph.c: who waits for whom: the given and the observed calls, never a learned one. */
#include "blame/graph.h"

#include <math.h>
#include <stdlib.h>

static int by_pair(const void *a, const void *b)
{
    const struct ko_call *x = a, *y = b;
    if (x->caller != y->caller)
        return x->caller < y->caller ? -1 : 1;
    if (x->callee != y->callee)
        return x->callee < y->callee ? -1 : 1;
    if (x->share != y->share)
        return x->share > y->share ? -1 : 1;
    return (int)x->async - (int)y->async;
}

static size_t take_edges(const struct ko_case *c, struct ko_call *calls)
{
    size_t n = 0;
    for (size_t i = 0; i < c->edges.n; i++) {
        const struct ko_edge *e = &c->edges.v[i];
        if (e->caller == e->callee || e->caller == KO_NO_ENTITY ||
            e->callee == KO_NO_ENTITY || ko_str_eq(e->source, KO_STR("inferred")))
            continue;
        calls[n++] = (struct ko_call){.caller = e->caller,
                                      .callee = e->callee,
                                      .share = e->calls > 0 ? e->calls : 0,
                                      .async = e->async};
    }
    return n;
}

static size_t drop_repeats(struct ko_call *calls, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (kept > 0 && calls[kept - 1].caller == calls[i].caller &&
            calls[kept - 1].callee == calls[i].callee)
            continue;
        calls[kept++] = calls[i];
    }
    return kept;
}

/* From numbers of calls to shares of what each callee is asked. */
static void share_out(struct ko_graph *g, double *total, double *callers)
{
    for (size_t i = 0; i < g->n; i++) {
        total[g->calls[i].callee] += g->calls[i].share;
        callers[g->calls[i].callee] += 1;
    }
    for (size_t i = 0; i < g->n; i++) {
        uint32_t callee = g->calls[i].callee;
        g->calls[i].share =
            total[callee] > 0 ? g->calls[i].share / total[callee] : 1 / callers[callee];
    }
}

static void index_callers(struct ko_graph *g)
{
    size_t at = 0;
    for (size_t e = 0; e <= g->n_entities; e++) {
        while (at < g->n && g->calls[at].caller < e)
            at++;
        g->from[e] = at;
    }
}

enum ko_status ko_graph_make(const struct ko_case *c, struct ko_arena *arena,
                             struct ko_graph *ret)
{
    size_t n = c->entities.n;
    struct ko_graph g = {.n_entities = n};
    g.calls = ko_arena_alloc(arena, c->edges.n + 1, sizeof *g.calls);
    g.from = ko_arena_alloc(arena, n + 1, sizeof *g.from);
    double *total = ko_arena_alloc(arena, n + 1, sizeof *total);
    double *callers = ko_arena_alloc(arena, n + 1, sizeof *callers);
    if (g.calls == NULL || g.from == NULL || total == NULL || callers == NULL)
        return KO_ENOMEM;
    g.n = take_edges(c, g.calls);
    qsort(g.calls, g.n, sizeof *g.calls, by_pair);
    g.n = drop_repeats(g.calls, g.n);
    share_out(&g, total, callers);
    index_callers(&g);
    *ret = g;
    return KO_OK;
}

enum ko_status ko_graph_reaches(const struct ko_graph *g, struct ko_arena *arena,
                                uint32_t from, bool *ret)
{
    uint32_t *todo = ko_arena_alloc(arena, g->n_entities + 1, sizeof *todo);
    size_t n = 0;
    if (todo == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < g->n_entities; i++)
        ret[i] = i == from;
    todo[n++] = from;
    while (n > 0) {
        uint32_t at = todo[--n];
        for (size_t i = g->from[at]; i < g->from[at + 1]; i++) {
            uint32_t callee = g->calls[i].callee;
            if (!ret[callee])
                todo[n++] = callee;
            ret[callee] = true;
        }
    }
    return KO_OK;
}
