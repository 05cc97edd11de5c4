/* chain.c: the cascades: each origin and what it brought down, in order. */
#include "spread/chain.h"

#include "spread/joint.h"
#include "spread/tree.h"
#include "spread/unseen.h"
#include "spread/words.h"

#include <math.h>
#include <stdlib.h>

/* An entity whose best parent has less support than exp(-ORIGIN_COST), 3 %, is taken for
 * an origin of its own; a little later or earlier on the signs of a cause at home. */
static const double ORIGIN_COST = 3.5;
static const double ORIGIN_LATE = 0.5;
static const double ORIGIN_SIGNS = 0.5;
enum { ORIGIN_LATE_BUCKETS = 60 };
/* A lone entity is an incident when two onsets say so clearly, or one loudly. */
static const double LONE_SCORE = 2.0;
/* Of other valid parents so many are told. */
enum { ALTERNATIVES_MAX = 3 };

struct finder {
    struct ko_case *c;
    ko_troubles *troubles;
    const ko_paths *paths;
    struct ko_arena *scratch;
    size_t *chosen; /* trouble -> index of its path, KO_NO_PATH for an origin */
    bool *joint;    /* path -> it tells of one more parent */
    size_t *origin; /* trouble -> trouble that began its chain */
    double *weight; /* origin -> weight of all in its chain */
    size_t *size;   /* origin -> how many are in its chain */
};

static double origin_cost(const struct finder *f, const struct ko_trouble *t)
{
    const unsigned signs = KO_SYMPTOM_RESOURCE | KO_SYMPTOM_HEALTH;
    double late = (double)(t->time - f->troubles->v[0].time) /
                  (double)(ORIGIN_LATE_BUCKETS * f->c->head.step);
    bool home = (t->symptoms & signs) != 0 || (t->themes & KO_THEME_CAPACITY) != 0;
    return ORIGIN_COST + ORIGIN_LATE * fmin(1, late) - (home ? ORIGIN_SIGNS : 0);
}

/* Arcs: one from the root to each trouble, then the paths; node i + 1 is trouble i. */
static enum ko_status choose_parents(struct finder *f)
{
    size_t n = f->troubles->n;
    struct ko_arc *arcs = ko_arena_alloc(f->scratch, n + f->paths->n + 1, sizeof *arcs);
    size_t *best = ko_arena_alloc(f->scratch, n + 2, sizeof *best);
    if (arcs == NULL || best == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < n; i++)
        arcs[i] = (struct ko_arc){0, (uint32_t)i + 1, origin_cost(f, &f->troubles->v[i])};
    for (size_t i = 0; i < f->paths->n; i++) {
        const struct ko_path *p = &f->paths->v[i];
        arcs[n + i] =
            (struct ko_arc){(uint32_t)p->from + 1, (uint32_t)p->to + 1, -log(p->support)};
    }
    if (ko_tree_cheapest(n + 1, arcs, n + f->paths->n, f->scratch, best) != KO_OK)
        return KO_ENOMEM;
    for (size_t i = 0; i < n; i++)
        f->chosen[i] = best[i + 1] < n ? KO_NO_PATH : best[i + 1] - n;
    return KO_OK;
}

static size_t parent_of(const struct finder *f, size_t trouble)
{
    return f->paths->v[f->chosen[trouble]].from;
}

/* What follows begins after its cause, as far as its own interval allows. */
static void follow(struct ko_trouble *t, const struct ko_trouble *cause)
{
    if (t->time >= cause->time || t->hi <= cause->time)
        return;
    t->lo = t->lo > cause->time ? t->lo : cause->time;
    t->time = t->lo + (t->hi - t->lo) / 2;
}

/* Date every trouble by its causes, from the origin down. */
static enum ko_status settle_times(struct finder *f)
{
    size_t n = f->troubles->n;
    bool *settled = ko_arena_alloc(f->scratch, n + 1, sizeof *settled);
    size_t *way = ko_arena_alloc(f->scratch, n + 1, sizeof *way);
    if (settled == NULL || way == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < n; i++) {
        size_t depth = 0;
        for (size_t at = i; !settled[at] && f->chosen[at] != KO_NO_PATH;
             at = parent_of(f, at))
            way[depth++] = at;
        while (depth > 0) {
            size_t at = way[--depth];
            follow(&f->troubles->v[at], &f->troubles->v[parent_of(f, at)]);
            settled[at] = true;
        }
    }
    return KO_OK;
}

static void find_origins(struct finder *f)
{
    for (size_t i = 0; i < f->troubles->n; i++) {
        size_t at = i;
        while (f->chosen[at] != KO_NO_PATH)
            at = parent_of(f, at);
        f->origin[i] = at;
        f->weight[at] += f->troubles->v[i].weight;
        f->size[at]++;
    }
}

static bool is_incident(const struct finder *f, size_t origin)
{
    const struct ko_trouble *t = &f->troubles->v[origin];
    if (f->size[origin] > 1)
        return true;
    return t->n_clear >= 2 || (t->n_clear == 1 && t->score >= LONE_SCORE);
}

static size_t depth_of(const struct finder *f, size_t trouble)
{
    size_t depth = 0;
    for (; f->chosen[trouble] != KO_NO_PATH; depth++)
        trouble = parent_of(f, trouble);
    return depth;
}

/* Order of nodes: time, depth, place in the list of troubles (time, name). */
struct place {
    ko_time time;
    size_t depth, trouble;
};

static int cmp_place(const void *a, const void *b)
{
    const struct place *x = a;
    const struct place *y = b;
    if (x->depth == 0 || y->depth == 0)
        return (x->depth > 0) - (y->depth > 0);
    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    if (x->depth != y->depth)
        return x->depth < y->depth ? -1 : 1;
    return (x->trouble > y->trouble) - (x->trouble < y->trouble);
}

static enum ko_status add_node(struct finder *f, struct ko_chain *chain, size_t trouble)
{
    const struct ko_trouble *t = &f->troubles->v[trouble];
    struct ko_node *node;
    KO_LIST_ADD(&f->c->arena, &chain->nodes, node);
    if (node == NULL)
        return KO_ENOMEM;
    node->entity = t->entity;
    node->time = t->time;
    node->lo = t->lo;
    node->hi = t->hi;
    node->parent = f->chosen[trouble] == KO_NO_PATH
                       ? KO_NO_ENTITY
                       : f->troubles->v[parent_of(f, trouble)].entity;
    node->evidence = ko_trouble_evidence(f->c, t, t->main);
    return KO_OK;
}

static enum ko_status add_nodes(struct finder *f, struct ko_chain *chain, size_t origin)
{
    struct place *v = ko_arena_alloc(f->scratch, f->size[origin] + 1, sizeof *v);
    if (v == NULL)
        return KO_ENOMEM;
    size_t n = 0;
    for (size_t i = 0; i < f->troubles->n; i++) {
        if (f->origin[i] == origin)
            v[n++] = (struct place){f->troubles->v[i].time, depth_of(f, i), i};
    }
    qsort(v, n, sizeof *v, cmp_place);
    for (size_t i = 0; i < n; i++) {
        if (add_node(f, chain, v[i].trouble) != KO_OK)
            return KO_ENOMEM;
    }
    return KO_OK;
}

/* When the last of the chain was back to normal; NONE while one is not. */
static ko_time end_of(const struct finder *f, size_t origin)
{
    ko_time end = KO_TIME_NONE;
    for (size_t i = 0; i < f->troubles->n; i++) {
        const struct ko_trouble *t = &f->troubles->v[i];
        if (f->origin[i] != origin)
            continue;
        if (t->end == KO_TIME_NONE)
            return KO_TIME_NONE;
        if (end == KO_TIME_NONE || t->end > end)
            end = t->end;
    }
    return end;
}

static int cmp_name(const void *a, const void *b)
{
    return ko_str_cmp(*(const struct ko_str *)a, *(const struct ko_str *)b);
}

/* Entities with numbers of their own and no trouble, by name. */
static enum ko_status add_untouched(struct finder *f, struct ko_chain *chain)
{
    struct ko_case *c = f->c;
    bool *quiet = ko_arena_alloc(f->scratch, c->entities.n + 1, sizeof *quiet);
    struct ko_str *names = ko_arena_alloc(f->scratch, c->entities.n + 1, sizeof *names);
    if (quiet == NULL || names == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < c->series.n; i++) {
        if (!c->series.v[i].normal && c->series.v[i].entity < c->entities.n)
            quiet[c->series.v[i].entity] = true;
    }
    for (size_t i = 0; i < c->templates.n; i++) {
        if (c->templates.v[i].entity < c->entities.n)
            quiet[c->templates.v[i].entity] = true;
    }
    for (size_t i = 0; i < f->troubles->n; i++)
        quiet[f->troubles->v[i].entity] = false;
    size_t n = 0;
    for (size_t i = 0; i < c->entities.n; i++) {
        if (quiet[i])
            names[n++] = c->entities.v[i].name;
    }
    if (n > 1)
        qsort(names, n, sizeof *names, cmp_name);
    for (size_t i = 0; i < n; i++) {
        uint32_t *slot;
        KO_LIST_ADD(&c->arena, &chain->untouched, slot);
        if (slot == NULL || !ko_case_find_entity(c, names[i], slot))
            return KO_ENOMEM;
    }
    return KO_OK;
}

static enum ko_status add_links(struct finder *f, size_t origin)
{
    for (size_t i = 0; i < f->troubles->n; i++) {
        if (f->origin[i] != origin || f->chosen[i] == KO_NO_PATH)
            continue;
        enum ko_status st =
            ko_link_add(f->c, f->troubles, &f->paths->v[f->chosen[i]], false);
        if (st != KO_OK)
            return st;
    }
    for (size_t i = 0; i < f->paths->n; i++) {
        const struct ko_path *p = &f->paths->v[i];
        if (!f->joint[i] || f->origin[p->to] != origin)
            continue;
        enum ko_status st = ko_link_add(f->c, f->troubles, p, false);
        if (st != KO_OK)
            return st;
    }
    return KO_OK;
}

/* Is the path the way back of a chosen one, or a second reason for it? */
static bool is_said(const struct finder *f, const struct ko_path *p)
{
    size_t down = f->chosen[p->to];
    size_t up = f->chosen[p->from];
    return (down != KO_NO_PATH && f->paths->v[down].from == p->from) ||
           (up != KO_NO_PATH && f->paths->v[up].from == p->to);
}

static enum ko_status add_alternatives(struct finder *f, size_t origin)
{
    size_t told = 0;
    size_t child = KO_NO_PATH;
    for (size_t i = 0; i < f->paths->n; i++) {
        const struct ko_path *p = &f->paths->v[i];
        if (p->to != child)
            told = 0;
        child = p->to;
        bool inside = f->origin[p->to] == origin && f->origin[p->from] == origin;
        if (!inside || p->to == origin || f->joint[i] || is_said(f, p) ||
            told == ALTERNATIVES_MAX || -log(p->support) > ORIGIN_COST)
            continue;
        told++;
        enum ko_status st = ko_link_add(f->c, f->troubles, p, true);
        if (st != KO_OK)
            return st;
    }
    return KO_OK;
}

static enum ko_status add_chain(struct finder *f, size_t origin)
{
    struct ko_trouble *first = &f->troubles->v[origin];
    if (first->main == KO_TROUBLE_UNSEEN && ko_unseen_tell(f->c, first) != KO_OK)
        return KO_ENOMEM;
    struct ko_chain *chain = ko_case_add(f->c, "chain");
    if (chain == NULL)
        return KO_ENOMEM;
    chain->origin = f->troubles->v[origin].entity;
    chain->start = f->troubles->v[origin].time;
    chain->end = end_of(f, origin);
    enum ko_status st = add_nodes(f, chain, origin);
    if (st == KO_OK)
        st = add_untouched(f, chain);
    if (st == KO_OK)
        st = add_links(f, origin);
    return st == KO_OK ? add_alternatives(f, origin) : st;
}

/* The heaviest chain not yet told; KO_NO_PATH when all are. */
static size_t heaviest(const struct finder *f, const bool *told)
{
    size_t best = KO_NO_PATH;
    for (size_t i = 0; i < f->troubles->n; i++) {
        if (f->origin[i] != i || told[i] || !is_incident(f, i))
            continue;
        if (best == KO_NO_PATH || f->weight[i] > f->weight[best])
            best = i;
    }
    return best;
}

static enum ko_status finder_new(struct ko_case *c, ko_troubles *troubles,
                                 const ko_paths *paths, struct ko_arena *scratch,
                                 struct finder *ret)
{
    size_t n = troubles->n;
    struct finder f = {.c = c, .troubles = troubles, .paths = paths, .scratch = scratch};
    f.chosen = ko_arena_alloc(scratch, n + 1, sizeof *f.chosen);
    f.origin = ko_arena_alloc(scratch, n + 1, sizeof *f.origin);
    f.weight = ko_arena_alloc(scratch, n + 1, sizeof *f.weight);
    f.joint = ko_arena_alloc(scratch, paths->n + 1, sizeof *f.joint);
    f.size = ko_arena_alloc(scratch, n + 1, sizeof *f.size);
    if (f.chosen == NULL || f.origin == NULL || f.weight == NULL || f.size == NULL ||
        f.joint == NULL)
        return KO_ENOMEM;
    *ret = f;
    return KO_OK;
}

enum ko_status ko_chain_find(struct ko_case *c, ko_troubles *troubles,
                             const ko_paths *paths, struct ko_arena *scratch)
{
    struct finder f;
    if (troubles->n == 0)
        return KO_OK;
    if (finder_new(c, troubles, paths, scratch, &f) != KO_OK ||
        choose_parents(&f) != KO_OK ||
        ko_joint_find(troubles->n, paths, f.chosen, scratch, f.joint) != KO_OK ||
        settle_times(&f) != KO_OK)
        return KO_ENOMEM;
    find_origins(&f);
    bool *told = ko_arena_alloc(scratch, troubles->n + 1, sizeof *told);
    if (told == NULL)
        return KO_ENOMEM;
    enum ko_status st = KO_OK;
    size_t next;
    while (st == KO_OK && (next = heaviest(&f, told)) != KO_NO_PATH) {
        told[next] = true;
        st = add_chain(&f, next);
    }
    return st;
}
