/* finish_edge.c: who calls whom, as declared and as seen. */
#include "reduce/finish.h"

#include <stdlib.h>

enum ko_status ko_finish_call(struct ko_finish *f, const struct ko_calls *call)
{
    uint32_t fields[] = {call->caller, call->callee,
                         call->trace ? KO_CALLS_TRACE : KO_CALLS_LOG};
    struct ko_str bytes = {(const char *)fields, sizeof fields};
    uint32_t fresh = (uint32_t)f->calls.n, index;
    enum ko_status st = ko_map_put(&f->call_map, bytes, fresh, &index);
    if (st != KO_OK)
        return st;
    if (index == fresh) {
        struct ko_calls *item;
        KO_LIST_ADD(&f->arena, &f->calls, item);
        if (item == NULL)
            return KO_ENOMEM;
        *item = *call;
        return KO_OK;
    }
    f->calls.v[index].n += call->n;
    f->calls.v[index].n_async += call->n_async;
    return KO_OK;
}

static enum ko_status write_calls(struct ko_finish *f, const struct ko_calls *call)
{
    struct ko_edge *e = ko_case_add(f->c, "edge");
    if (e == NULL)
        return KO_ENOMEM;
    e->caller = call->caller;
    e->callee = call->callee;
    e->calls = (double)call->n * call->weight;
    e->source = call->trace ? KO_STR("trace") : KO_STR("log");
    e->async = call->n_async == call->n;
    return KO_OK;
}

/* Measured calls before declared ones: the first of a pair is the best known. */
static int source_rank(struct ko_str source)
{
    if (ko_str_eq(source, KO_STR("trace")))
        return 0;
    return ko_str_eq(source, KO_STR("log")) ? 1 : 2;
}

static int by_ends(const void *a, const void *b)
{
    const struct ko_edge *x = a, *y = b;
    if (x->caller != y->caller)
        return x->caller < y->caller ? -1 : 1;
    if (x->callee != y->callee)
        return x->callee < y->callee ? -1 : 1;
    return source_rank(x->source) - source_rank(y->source);
}

enum ko_status ko_finish_edges(struct ko_finish *f)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < f->calls.n && st == KO_OK; i++)
        st = write_calls(f, &f->calls.v[i]);
    if (f->c->edges.n > 1)
        qsort(f->c->edges.v, f->c->edges.n, sizeof *f->c->edges.v, by_ends);
    return st;
}
