/* finish_span.c: spans of one trace find each other: requests, calls seen by the caller,
 * and the time that an entity spends itself. */
#include "reduce/finish.h"

#include "base/mem.h"

#include <stdlib.h>

#define NOBODY UINT32_MAX

/* What the join learns of a span; indices count within the trace. */
struct relation {
    uint32_t parent, first_child, next_sibling;
    uint32_t others; /* children of other entities */
    uint32_t own;    /* children of the same entity */
};

struct interval {
    ko_time from, to;
};

struct join {
    struct ko_finish *f;
    const struct ko_span *v; /* spans of one trace, by id */
    uint32_t n;
    struct relation *rel;
    struct interval *busy;
    size_t room;
};

/* ---- order and duplicates ---- */

static int cmp_u64(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* Of one id the longest first: the client's side of a span that both sides report. */
static int by_trace(const void *a, const void *b, void *ctx)
{
    const struct ko_finish *f = ctx;
    const struct ko_span *x = a, *y = b;
    int order = cmp_u64(x->trace, y->trace);
    if (order == 0)
        order = cmp_u64(x->id, y->id);
    if (order == 0)
        order = (x->dur < y->dur) - (x->dur > y->dur);
    if (order == 0)
        order = (x->start > y->start) - (x->start < y->start);
    if (order == 0)
        order = cmp_u64(f->entity_of[x->entity], f->entity_of[y->entity]);
    if (order == 0)
        order = cmp_u64(f->export_rank[x->export_index], f->export_rank[y->export_index]);
    return order != 0 ? order : cmp_u64(x->line, y->line);
}

static bool is_same(const struct ko_finish *f, const struct ko_span *a,
                    const struct ko_span *b)
{
    return a->id != 0 && a->trace == b->trace && a->id == b->id && a->dur == b->dur &&
           a->start == b->start && f->entity_of[a->entity] == f->entity_of[b->entity];
}

/* Keep the first delivery of each span, by place. */
static void drop_repeated(struct ko_finish *f)
{
    struct ko_spans *p = &f->r->spans;
    size_t kept = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (kept > 0 && is_same(f, &p->v[kept - 1], &p->v[i]))
            f->r->exports.v[p->v[i].export_index].duplicates++;
        else
            p->v[kept++] = p->v[i];
    }
    p->n = kept;
}

/* ---- relations within a trace ---- */

static uint32_t entity_of(const struct join *j, uint32_t i)
{
    return j->f->entity_of[j->v[i].entity];
}

static uint32_t parent_of(const struct join *j, uint32_t i)
{
    uint32_t parent;
    return ko_spans_parent(j->v, j->n, i, &parent) ? parent : NOBODY;
}

static void relate(struct join *j)
{
    for (uint32_t i = 0; i < j->n; i++)
        j->rel[i] = (struct relation){NOBODY, NOBODY, NOBODY, 0, 0};
    for (uint32_t i = j->n; i-- > 0;) {
        uint32_t p = parent_of(j, i);
        j->rel[i].parent = p;
        if (p == NOBODY)
            continue;
        j->rel[i].next_sibling = j->rel[p].first_child;
        j->rel[p].first_child = i;
        if (entity_of(j, i) == entity_of(j, p))
            j->rel[p].own++;
        else
            j->rel[p].others++;
    }
}

static bool is_server(const struct join *j, uint32_t i)
{
    uint32_t p = j->rel[i].parent;
    return p == NOBODY || entity_of(j, p) != entity_of(j, i);
}

/* A span inside an entity that does nothing but one call. */
static bool is_client(const struct join *j, uint32_t i)
{
    return !is_server(j, i) && j->rel[i].others == 1 && j->rel[i].own == 0;
}

/* A call to something that reports no spans itself. */
static uint32_t dark_callee(const struct join *j, uint32_t i)
{
    const struct ko_span *s = &j->v[i];
    if (s->peer == KO_NO_ENTITY || is_server(j, i) || j->rel[i].first_child != NOBODY)
        return KO_NO_ENTITY;
    uint32_t callee = j->f->entity_of[s->peer];
    return callee != entity_of(j, i) ? callee : KO_NO_ENTITY;
}

/* ---- self time ---- */

static int by_from(const void *a, const void *b)
{
    const struct interval *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

/* Clocks of two hosts differ: a child that sticks out is moved into its parent. */
static struct interval within(const struct ko_span *child, const struct ko_span *parent)
{
    ko_dur dur = child->dur < parent->dur ? child->dur : parent->dur;
    ko_time from = child->start > parent->start ? child->start : parent->start;
    if (from + dur > parent->start + parent->dur)
        from = parent->start + parent->dur - dur;
    return (struct interval){from, from + dur};
}

static ko_dur covered(struct interval *v, size_t n)
{
    ko_dur sum = 0;
    ko_time done = INT64_MIN;
    if (n > 1)
        qsort(v, n, sizeof *v, by_from);
    for (size_t i = 0; i < n; i++) {
        ko_time from = v[i].from > done ? v[i].from : done;
        if (v[i].to > from) {
            sum += v[i].to - from;
            done = v[i].to;
        }
    }
    return sum;
}

static ko_dur self_time(const struct join *j, uint32_t i)
{
    size_t n = 0;
    for (uint32_t k = j->rel[i].first_child; k != NOBODY; k = j->rel[k].next_sibling) {
        if (!j->v[k].async && j->v[k].dur > 0)
            j->busy[n++] = within(&j->v[k], &j->v[i]);
    }
    return j->v[i].dur - covered(j->busy, n);
}

/* ---- to the board ---- */

static enum ko_status row_of(const struct join *j, uint32_t i, uint32_t entity,
                             uint32_t caller, enum ko_signal signal, struct ko_row **ret)
{
    struct ko_row_key key = {
        .entity = entity, .caller = caller, .signal = signal, .source = KO_SOURCE_SPAN};
    return ko_board_row(&j->f->board, key, j->v[i].export_index, ret);
}

/* One request to `entity`, as `caller` or, without one, the entity itself measures it. */
static enum ko_status add_request(const struct join *j, uint32_t i, uint32_t entity,
                                  uint32_t caller, ko_dur dur)
{
    const struct ko_span *s = &j->v[i];
    struct ko_row *row;
    enum ko_status st = row_of(j, i, entity, caller, KO_SIGNAL_REQUESTS, &row);
    if (st == KO_OK)
        ko_row_count(row, s->start, 1);
    if (st == KO_OK)
        st = row_of(j, i, entity, caller, KO_SIGNAL_ERRORS, &row);
    if (st == KO_OK && s->bad)
        ko_row_count(row, s->start, 1);
    if (st == KO_OK && s->retry) {
        st = row_of(j, i, entity, caller, KO_SIGNAL_RETRIES, &row);
        if (st == KO_OK)
            ko_row_count(row, s->start, 1);
    }
    if (st != KO_OK || dur < 0)
        return st;
    st = row_of(j, i, entity, caller, KO_SIGNAL_LATENCY, &row);
    return st == KO_OK ? ko_row_dur(row, s->start, dur) : st;
}

static enum ko_status add_call(const struct join *j, uint32_t i, uint32_t callee,
                               uint32_t caller, ko_dur dur)
{
    if (j->f->realm_of[j->v[i].export_index] == 0) {
        struct ko_calls call = {.caller = caller,
                                .callee = callee,
                                .n = 1,
                                .n_async = j->v[i].async ? 1 : 0,
                                .weight = (double)((uint64_t)1 << j->f->r->spans.shift),
                                .trace = true};
        enum ko_status st = ko_finish_call(j->f, &call);
        if (st != KO_OK)
            return st;
    }
    return add_request(j, i, callee, caller, dur);
}

static enum ko_status add_self(const struct join *j, uint32_t i)
{
    struct ko_row *row;
    if (j->v[i].dur < 0 || is_client(j, i) || dark_callee(j, i) != KO_NO_ENTITY)
        return KO_OK;
    enum ko_status st =
        row_of(j, i, entity_of(j, i), KO_NO_ENTITY, KO_SIGNAL_SELF_TIME, &row);
    if (st == KO_OK)
        ko_row_sum(row, j->v[i].start, is_server(j, i) ? 1 : 0, self_time(j, i));
    return st;
}

static enum ko_status add_span(const struct join *j, uint32_t i)
{
    uint32_t p = j->rel[i].parent;
    uint32_t entity = entity_of(j, i), dark = dark_callee(j, i);
    enum ko_status st = add_self(j, i);
    if (st == KO_OK && dark != KO_NO_ENTITY)
        st = add_call(j, i, dark, entity, j->v[i].dur);
    if (st != KO_OK || !is_server(j, i))
        return st;
    st = add_request(j, i, entity, KO_NO_ENTITY, j->v[i].dur);
    if (st != KO_OK || p == NOBODY)
        return st;
    bool client = is_client(j, p) || j->v[p].id == j->v[i].id;
    return add_call(j, i, entity, entity_of(j, p), client ? j->v[p].dur : j->v[i].dur);
}

static enum ko_status make_room(struct join *j, size_t n)
{
    if (n <= j->room)
        return KO_OK;
    struct relation *rel = ko_mem_resize(j->rel, n, sizeof *rel);
    if (rel == NULL)
        return KO_ENOMEM;
    j->rel = rel;
    struct interval *busy = ko_mem_resize(j->busy, n, sizeof *busy);
    if (busy == NULL)
        return KO_ENOMEM;
    j->busy = busy;
    j->room = n;
    return KO_OK;
}

static enum ko_status add_trace(struct join *j, const struct ko_span *v, size_t n)
{
    j->v = v;
    j->n = (uint32_t)n;
    enum ko_status st = make_room(j, n);
    if (st != KO_OK)
        return st;
    relate(j);
    for (uint32_t i = 0; i < j->n && st == KO_OK; i++)
        st = add_span(j, i);
    return st;
}

enum ko_status ko_finish_spans(struct ko_finish *f)
{
    struct ko_spans *p = &f->r->spans;
    struct join j = {.f = f};
    unsigned shift = f->r->mentions.shift; /* spans and what they wrote: one sample */
    if (shift > p->shift)
        ko_spans_thin(p, shift);
    ko_mentions_thin(&f->r->mentions, p->shift);
    if (p->n > 1)
        qsort_r(p->v, p->n, sizeof *p->v, by_trace, f);
    drop_repeated(f);
    enum ko_status st = KO_OK;
    for (size_t i = 0, end; i < p->n && st == KO_OK; i = end) {
        for (end = i + 1; end < p->n && p->v[end].trace == p->v[i].trace; end++)
            ;
        st = add_trace(&j, &p->v[i], end - i);
    }
    ko_mem_free(j.rel);
    ko_mem_free(j.busy);
    return st;
}
