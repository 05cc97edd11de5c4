/* trail.c: a chain laid out for reading. */
#include "show/trail.h"

#include <stdint.h>

const struct ko_chain *ko_trail_chain(const struct ko_case *c)
{
    uint32_t first = KO_NO_ENTITY;
    for (size_t i = 0; i < c->suspects.n; i++) {
        if (c->suspects.v[i].rank == 1)
            first = c->suspects.v[i].entity;
    }
    for (size_t i = 0; i < c->chains.n; i++) {
        if (c->chains.v[i].origin == first && first != KO_NO_ENTITY)
            return &c->chains.v[i];
    }
    return c->chains.n ? &c->chains.v[0] : NULL;
}

/* Does ${a} come before ${b} when one onset has to speak for an entity? */
static bool tells_more(const struct ko_onset *a, const struct ko_onset *b)
{
    if (a->score != b->score)
        return a->score > b->score;
    if (a->time != b->time)
        return a->time < b->time;
    return ko_str_cmp(a->signal, b->signal) < 0;
}

const struct ko_onset *ko_trail_onset(const struct ko_case *c, uint32_t entity)
{
    const struct ko_onset *best = NULL;
    for (size_t i = 0; i < c->onsets.n; i++) {
        const struct ko_onset *o = &c->onsets.v[i];
        if (o->entity == entity && (best == NULL || tells_more(o, best)))
            best = o;
    }
    return best;
}

/* The onset that ${node} stands on: by its evidence, else by its time, else the loudest.
 */
static const struct ko_onset *onset_of(const struct ko_case *c,
                                       const struct ko_node *node)
{
    const struct ko_onset *same_time = NULL;
    for (size_t i = 0; i < c->onsets.n; i++) {
        const struct ko_onset *o = &c->onsets.v[i];
        if (o->entity != node->entity)
            continue;
        if (node->evidence.n && ko_str_eq(o->evidence, node->evidence))
            return o;
        if (o->time == node->time && (same_time == NULL || tells_more(o, same_time)))
            same_time = o;
    }
    return same_time != NULL ? same_time : ko_trail_onset(c, node->entity);
}

const struct ko_series *ko_trail_series(const struct ko_case *c, const struct ko_onset *o)
{
    for (size_t i = 0; i < c->series.n; i++) {
        const struct ko_series *s = &c->series.v[i];
        if (!s->normal && s->entity == o->entity && s->caller == o->caller &&
            ko_str_eq(s->signal, o->signal))
            return s;
    }
    return NULL;
}

static const struct ko_template *template_of(const struct ko_case *c,
                                             const struct ko_onset *o)
{
    for (size_t i = 0; i < c->templates.n; i++) {
        const struct ko_template *t = &c->templates.v[i];
        if (t->entity == o->entity && ko_str_eq(t->text, o->signal))
            return t;
    }
    return NULL;
}

static const struct ko_link *link_of(const struct ko_case *c, uint32_t from, uint32_t to)
{
    const struct ko_link *found = NULL;
    for (size_t i = 0; i < c->links.n; i++) {
        const struct ko_link *l = &c->links.v[i];
        if (l->from != from || l->to != to)
            continue;
        if (!l->alternative)
            return l;
        found = found != NULL ? found : l;
    }
    return found;
}

static void fill_step(const struct ko_case *c, const struct ko_node *node,
                      struct ko_trail_step *s)
{
    s->node = node;
    s->from = c->head.from;
    if (node->parent != KO_NO_ENTITY)
        s->link = link_of(c, node->parent, node->entity);
    s->onset = onset_of(c, node);
    if (s->onset == NULL)
        return;
    s->series = ko_trail_series(c, s->onset);
    const struct ko_template *t = s->series == NULL ? template_of(c, s->onset) : NULL;
    if (s->series != NULL) {
        s->values = &s->series->v;
        s->from = s->series->from;
    } else if (t != NULL) {
        s->values = &t->v;
    }
}

/* The next node that is not laid out yet and hangs under ${parent}: earliest, then by
 * name. */
static const struct ko_node *next_child(const struct ko_case *c,
                                        const struct ko_chain *chain, const bool *done,
                                        uint32_t parent)
{
    const struct ko_node *best = NULL;
    for (size_t i = 0; i < chain->nodes.n && i < KO_TRAIL_MAX; i++) {
        const struct ko_node *n = &chain->nodes.v[i];
        if (done[i] || n->parent != parent)
            continue;
        if (best == NULL || n->time < best->time ||
            (n->time == best->time &&
             ko_str_cmp(ko_case_name(c, n->entity), ko_case_name(c, best->entity)) < 0))
            best = n;
    }
    return best;
}

/* A root: the origin first, then whatever hangs under nothing that was laid out. */
static const struct ko_node *next_root(const struct ko_case *c,
                                       const struct ko_chain *chain, const bool *done)
{
    const struct ko_node *root = next_child(c, chain, done, KO_NO_ENTITY);
    for (size_t i = 0; root == NULL && i < chain->nodes.n && i < KO_TRAIL_MAX; i++) {
        if (!done[i])
            root = &chain->nodes.v[i];
    }
    return root;
}

static enum ko_status add_step(const struct ko_case *c, const struct ko_node *node,
                               size_t parent, struct ko_arena *arena,
                               struct ko_trail *trail)
{
    struct ko_trail_step *s;
    KO_LIST_ADD(arena, &trail->steps, s);
    if (s == NULL)
        return KO_ENOMEM;
    fill_step(c, node, s);
    s->parent = parent;
    s->depth = parent == SIZE_MAX ? 0 : trail->steps.v[parent].depth + 1;
    return KO_OK;
}

/* Depth first without recursion: go to a child that is left, else back to the parent. */
static enum ko_status lay_steps(const struct ko_case *c, const struct ko_chain *chain,
                                bool *done, struct ko_arena *arena,
                                struct ko_trail *trail)
{
    size_t at = SIZE_MAX;
    for (;;) {
        const struct ko_node *n =
            at == SIZE_MAX ? next_root(c, chain, done)
                           : next_child(c, chain, done, trail->steps.v[at].node->entity);
        if (n == NULL && at == SIZE_MAX)
            return KO_OK;
        if (n == NULL) {
            at = trail->steps.v[at].parent;
            continue;
        }
        done[n - chain->nodes.v] = true;
        enum ko_status st = add_step(c, n, at, arena, trail);
        if (st != KO_OK)
            return st;
        at = trail->steps.n - 1;
    }
}

static void mark_last(struct ko_trail *trail)
{
    for (size_t i = 0; i < trail->steps.n; i++) {
        struct ko_trail_step *s = &trail->steps.v[i];
        s->last = true;
        for (size_t k = i + 1; k < trail->steps.n; k++) {
            if (trail->steps.v[k].parent == s->parent)
                s->last = false;
        }
    }
}

enum ko_status ko_trail_lay(const struct ko_case *c, const struct ko_chain *chain,
                            struct ko_arena *arena, struct ko_trail *ret)
{
    struct ko_trail trail = {.chain = chain};
    if (chain != NULL && chain->nodes.n > 0) {
        bool *done = ko_arena_alloc(arena, chain->nodes.n, sizeof *done);
        if (done == NULL)
            return KO_ENOMEM;
        enum ko_status st = lay_steps(c, chain, done, arena, &trail);
        if (st != KO_OK)
            return st;
        trail.left_out = chain->nodes.n - trail.steps.n;
    }
    mark_last(&trail);
    *ret = trail;
    return KO_OK;
}

size_t ko_trail_next(const struct ko_trail *trail, size_t last)
{
    const struct ko_trail_step *steps = trail->steps.v;
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < trail->steps.n; i++) {
        ko_time t = steps[i].node->time;
        bool later = last == SIZE_MAX || t > steps[last].node->time ||
                     (t == steps[last].node->time && i > last);
        if (later && (best == SIZE_MAX || t < steps[best].node->time))
            best = i;
    }
    return best;
}

const struct ko_onset *ko_trail_onset_of(const struct ko_case *c,
                                         const struct ko_series *s)
{
    for (size_t i = 0; i < c->onsets.n; i++) {
        const struct ko_onset *o = &c->onsets.v[i];
        if (o->entity == s->entity && o->caller == s->caller &&
            ko_str_eq(o->signal, s->signal))
            return o;
    }
    return NULL;
}
