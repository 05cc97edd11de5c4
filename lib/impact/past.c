/* past.c: did this incident happen before?  Its chain against those of past cases. */
#include "impact/past.h"

#include "base/buf.h"
#include "base/map.h"
#include "event/time.h"
#include "impact/facts.h"
#include "impact/reply.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX_BYTES = 4096, NAME_MAX_BYTES = 512, TOLD_MAX = 5 };

static const char definition[] =
    "incidents that repeat an earlier one, of these and the past ones together; repeat: "
    "the same origin, or more than half of the steps of the chain, two at least, with "
    "the "
    "same mechanism";

/* ---- what is kept ---- */

static uint32_t origin_of(const struct ko_case *c)
{
    const struct ko_suspect *first = ko_suspect_rank(c, 1);
    const struct ko_chain *chain = ko_fact_chain(c);
    if (ko_suspect_holds(first))
        return first->entity;
    return chain != NULL ? chain->origin : KO_NO_ENTITY;
}

/* What is kept of a text that another case brings: its beginning. */
static struct ko_str kept(struct ko_str text)
{
    size_t n = text.n;
    if (n > NAME_MAX_BYTES)
        for (n = NAME_MAX_BYTES; n > 0 && ((unsigned char)text.p[n] & 0xC0) == 0x80;)
            n--;
    return ko_str_sub(text, 0, n);
}

static uint64_t hash_of(const struct ko_case *c, const struct ko_node *n)
{
    const struct ko_link *l = ko_fact_link(c, n->parent, n->entity);
    uint64_t hash = ko_hash(ko_case_name(c, n->parent), 0);
    hash = ko_hash(ko_case_name(c, n->entity), hash);
    return ko_hash(l != NULL ? l->mechanism : KO_STR("unknown"), hash);
}

static int by_hash(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static enum ko_status keep_steps(struct ko_arena *arena, const struct ko_case *c,
                                 struct ko_past *p)
{
    const struct ko_chain *chain = ko_fact_chain(c);
    p->steps = ko_arena_alloc(arena, KO_PAST_STEPS, sizeof *p->steps);
    p->sorted = ko_arena_alloc(arena, KO_PAST_STEPS, sizeof *p->sorted);
    if (p->steps == NULL || p->sorted == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; chain != NULL && i < chain->nodes.n; i++) {
        if (chain->nodes.v[i].parent != KO_NO_ENTITY && p->n_steps < KO_PAST_STEPS)
            p->steps[p->n_steps++] = hash_of(c, &chain->nodes.v[i]);
    }
    memcpy(p->sorted, p->steps, p->n_steps * sizeof *p->steps);
    if (p->n_steps > 1)
        qsort(p->sorted, p->n_steps, sizeof *p->sorted, by_hash);
    return KO_OK;
}

static enum ko_status keep_change(struct ko_arena *arena, const struct ko_case *c,
                                  struct ko_str *ret)
{
    const struct ko_change *x = ko_fact_change(c);
    struct ko_buf b;
    if (x == NULL)
        return KO_OK;
    ko_buf_init(&b, TEXT_MAX_BYTES);
    ko_fact_say_change(&b, c, x);
    enum ko_status st = ko_str_copy(arena, kept(ko_buf_str(&b)), ret);
    ko_buf_release(&b);
    return st;
}

static enum ko_status summarize(struct ko_arena *arena, const struct ko_case *c,
                                struct ko_str file, struct ko_past *ret)
{
    const struct ko_chain *chain = ko_fact_chain(c);
    uint32_t origin = origin_of(c);
    struct ko_past p = {.start = chain != NULL ? chain->start : ko_fact_start(c),
                        .lasted = -1};
    if (origin == KO_NO_ENTITY || p.start == KO_TIME_NONE)
        return KO_ENOTFOUND;
    bool ended = chain != NULL && chain->end != KO_TIME_NONE;
    if (ended && p.start >= 0 && chain->end >= p.start)
        p.lasted = chain->end - p.start;
    enum ko_status st = ko_str_copy(arena, file, &p.file);
    if (st == KO_OK)
        st = ko_str_copy(arena, kept(ko_case_name(c, origin)), &p.origin);
    if (st == KO_OK)
        st = keep_change(arena, c, &p.change);
    if (st == KO_OK)
        st = keep_steps(arena, c, &p);
    if (st == KO_OK)
        *ret = p;
    return st;
}

enum ko_status ko_past_add(struct ko_pasts *pasts, const struct ko_case *c,
                           struct ko_str file)
{
    struct ko_past p, *added;
    enum ko_status st = summarize(&pasts->arena, c, file, &p);
    if (st != KO_OK)
        return st;
    for (size_t i = 0; i < pasts->list.n; i++) /* one incident, written twice */
        if (pasts->list.v[i].start == p.start &&
            ko_str_eq(pasts->list.v[i].origin, p.origin))
            return KO_OK;
    KO_LIST_ADD(&pasts->arena, &pasts->list, added);
    if (added == NULL)
        return KO_ENOMEM;
    *added = p;
    return KO_OK;
}

void ko_past_release(struct ko_pasts *pasts)
{
    ko_arena_release(&pasts->arena);
    *pasts = (struct ko_pasts){0};
}

/* ---- comparing ---- */

static size_t shared_steps(const struct ko_past *a, const struct ko_past *b)
{
    size_t n = 0, k = 0;
    for (size_t i = 0; i < a->n_steps; i++) {
        while (k < b->n_steps && b->sorted[k] < a->sorted[i])
            k++;
        n += k < b->n_steps && b->sorted[k] == a->sorted[i];
    }
    return n;
}

static size_t longer(const struct ko_past *a, const struct ko_past *b)
{
    return a->n_steps > b->n_steps ? a->n_steps : b->n_steps;
}

static bool same_chain(const struct ko_past *a, const struct ko_past *b)
{
    return a->n_steps == b->n_steps && a->n_steps > 0 &&
           memcmp(a->steps, b->steps, a->n_steps * sizeof *a->steps) == 0;
}

static bool repeats(const struct ko_past *a, const struct ko_past *b)
{
    if (ko_str_eq(a->origin, b->origin))
        return true;
    size_t shared = shared_steps(a, b);
    return shared >= 2 && shared * 2 > longer(a, b);
}

/* Does incident ${i} repeat an earlier one of ${n}? */
static bool repeats_any(const struct ko_past *v, size_t n, size_t i)
{
    for (size_t k = 0; k < n; k++)
        if (v[k].start < v[i].start && repeats(&v[i], &v[k]))
            return true;
    return false;
}

/* How many of the ${n} incidents repeat an earlier one of them. */
static size_t count_repeats(const struct ko_past *v, size_t n)
{
    size_t repeated = 0;
    for (size_t i = 0; i < n; i++)
        repeated += repeats_any(v, n, i);
    return repeated;
}

/* ---- telling ---- */

/* An earlier incident that this one repeats. */
struct match {
    const struct ko_past *past;
    size_t shared;
    bool origin, chain;
};

/* The most alike, then the latest, then by file: total. */
static int by_likeness(const void *x, const void *y)
{
    const struct match *a = x, *b = y;
    if (a->chain != b->chain)
        return a->chain ? -1 : 1;
    if (a->origin != b->origin)
        return a->origin ? -1 : 1;
    if (a->shared != b->shared)
        return a->shared > b->shared ? -1 : 1;
    if (a->past->start != b->past->start)
        return a->past->start > b->past->start ? -1 : 1;
    return ko_str_cmp(a->past->file, b->past->file);
}

static size_t find_matches(const struct ko_past *now, const struct ko_past *earlier,
                           size_t n, struct match *ret)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        const struct ko_past *p = &earlier[i];
        if (repeats(now, p))
            ret[found++] =
                (struct match){p, shared_steps(now, p), ko_str_eq(now->origin, p->origin),
                               same_chain(now, p)};
    }
    if (found > 0)
        qsort(ret, found, sizeof *ret, by_likeness);
    return found;
}

static void say_match(struct ko_buf *b, const struct ko_past *now, const struct match *m)
{
    ko_time_put(b, ko_time_floor(m->past->start, KO_SECOND));
    if (m->origin)
        ko_buf_puts(b, ": same origin");
    else
        ko_buf_printf(b, ": origin %.*s", KO_ARG(m->past->origin));
    if (m->chain)
        ko_buf_puts(b, ", same chain");
    else
        ko_buf_printf(b, ", %zu of %zu steps the same", m->shared, longer(now, m->past));
    if (m->past->change.n > 0)
        ko_buf_printf(b, "; that time %.*s was suspected", KO_ARG(m->past->change));
    if (m->past->lasted >= 0) {
        ko_buf_puts(b, "; back to normal after ");
        ko_time_put_dur(b, m->past->lasted);
    }
}

static enum ko_status add_match(struct ko_case *c, const struct ko_past *now,
                                const struct match *m)
{
    struct ko_buf b;
    struct ko_str text, file, row;
    struct ko_evidence *e;
    ko_buf_init(&b, TEXT_MAX_BYTES);
    say_match(&b, now, m);
    enum ko_status st = ko_say_keep(c, &b, &text);
    ko_buf_release(&b);
    if (st == KO_OK)
        st = ko_str_copy(&c->arena, m->past->file, &file);
    if (st == KO_OK)
        st = ko_case_print(c, &row, "%.*s:1", KO_ARG(file));
    if (st == KO_OK)
        st = ko_case_add_evidence(c, KO_STAGE_BLAME, &e);
    if (st != KO_OK)
        return st;
    e->kind = KO_STR("case");
    e->entity = origin_of(c);
    e->text = text;
    struct ko_str id = e->id;
    st = ko_case_add_str(c, &e->rows, row);
    struct ko_impact *i = st == KO_OK ? ko_case_add(c, "impact") : NULL;
    if (i == NULL)
        return st == KO_OK ? KO_ENOMEM : st;
    i->measure = KO_STR("past incident");
    i->dim = KO_STR("case");
    i->value = file;
    i->text = text;
    i->evidence = id;
    return KO_OK;
}

static void say_rate(struct ko_buf *b, const struct ko_past *now, const struct match *v,
                     size_t found, size_t n)
{
    size_t origins = 0, chains = 0;
    for (size_t i = 0; i < found; i++) {
        origins += v[i].origin;
        chains += v[i].chain;
    }
    ko_buf_printf(b, "%zu of %zu past case%s began at %.*s", origins, n,
                  n == 1 ? "" : "s", KO_ARG(now->origin));
    if (origins < found)
        ko_buf_printf(b, ", %zu more spread alike", found - origins);
    if (chains > 0)
        ko_buf_printf(b, ", %zu with the same chain", chains);
}

static enum ko_status add_rate(struct ko_case *c, const struct ko_past *all, size_t n,
                               const struct match *v, size_t found)
{
    struct ko_buf b;
    struct ko_str text;
    size_t before = count_repeats(all, n); /* this one is later than all of them */
    double during = (double)(before + (found > 0)) / (double)(n + 1);
    ko_buf_init(&b, TEXT_MAX_BYTES);
    say_rate(&b, &all[n], v, found, n);
    ko_buf_puts(&b, "; of all incidents ");
    ko_say_amount(&b, during, KO_STR("ratio"));
    ko_buf_puts(&b, " repeat an earlier one");
    enum ko_status st = ko_say_keep(c, &b, &text);
    ko_buf_release(&b);
    struct ko_impact *m = st == KO_OK ? ko_case_add(c, "impact") : NULL;
    if (m == NULL)
        return st == KO_OK ? KO_ENOMEM : st;
    m->measure = KO_STR("repeat incident rate");
    m->unit = KO_STR("ratio");
    m->before = n > 0 ? (double)before / (double)n : (double)NAN;
    m->during = during;
    m->total = (double)found;
    m->text = text;
    m->definition = ko_str(definition);
    return KO_OK;
}

/* ${all}: the ${n} earlier incidents and then this one. */
static enum ko_status tell(struct ko_case *c, const struct ko_past *all, size_t n)
{
    struct match *v = ko_mem_alloc(n + 1, sizeof *v);
    if (v == NULL)
        return KO_ENOMEM;
    size_t found = find_matches(&all[n], all, n, v);
    enum ko_status st = add_rate(c, all, n, v, found);
    for (size_t i = 0; i < found && i < TOLD_MAX && st == KO_OK; i++)
        st = add_match(c, &all[n], &v[i]);
    ko_mem_free(v);
    return st;
}

static enum ko_status compare(struct ko_case *c, const struct ko_pasts *pasts,
                              const struct ko_past *now)
{
    struct ko_past *all = ko_mem_alloc(pasts->list.n + 1, sizeof *all);
    if (all == NULL)
        return KO_ENOMEM;
    size_t n = 0;
    for (size_t i = 0; i < pasts->list.n; i++)
        if (pasts->list.v[i].start < now->start)
            all[n++] = pasts->list.v[i];
    all[n] = *now;
    enum ko_status st = n > 0 ? tell(c, all, n)
                              : ko_say_unknown(c, KO_STR("repeat incident rate"),
                                               KO_STR("a case of an earlier incident in "
                                                      "the folder of --past"));
    ko_mem_free(all);
    return st;
}

enum ko_status ko_past_run(struct ko_case *c, const struct ko_pasts *pasts)
{
    struct ko_past now;
    if (pasts == NULL)
        return ko_say_unknown(c, KO_STR("repeat incident rate"),
                              KO_STR("cases of past incidents: blame --past DIR"));
    enum ko_status st = summarize(&c->arena, c, KO_STR(""), &now);
    if (st == KO_ENOTFOUND)
        return ko_say_unknown(c, KO_STR("repeat incident rate"),
                              KO_STR("an origin of this incident to compare by"));
    return st == KO_OK ? compare(c, pasts, &now) : st;
}
