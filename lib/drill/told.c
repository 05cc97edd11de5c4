/* told.c: what is said about an incident: adding to it and looking things up. */
#include "drill/told.h"

#include <math.h>

void ko_told_release(struct ko_told *t)
{
    ko_arena_release(&t->arena);
    *t = (struct ko_told){0};
}

const struct ko_told_node *ko_told_node(const struct ko_told *t, struct ko_str name)
{
    for (size_t i = 0; i < t->nodes.n; i++) {
        if (ko_str_eq(t->nodes.v[i].name, name))
            return &t->nodes.v[i];
    }
    return NULL;
}

const struct ko_told_edge *ko_told_edge(const struct ko_told *t, struct ko_str from,
                                        struct ko_str to)
{
    for (size_t i = 0; i < t->edges.n; i++) {
        if (ko_str_eq(t->edges.v[i].from, from) && ko_str_eq(t->edges.v[i].to, to))
            return &t->edges.v[i];
    }
    return NULL;
}

const struct ko_told_amplifier *
ko_told_amplifier(const struct ko_told *t, struct ko_str caller, struct ko_str callee)
{
    for (size_t i = 0; i < t->amplifiers.n; i++) {
        if (ko_str_eq(t->amplifiers.v[i].caller, caller) &&
            ko_str_eq(t->amplifiers.v[i].callee, callee))
            return &t->amplifiers.v[i];
    }
    return NULL;
}

enum ko_status ko_told_add_node(struct ko_told *t, struct ko_str name, double at_s)
{
    struct ko_told_node *n = (struct ko_told_node *)ko_told_node(t, name);
    if (n != NULL) {
        n->at_s = isnan(n->at_s) || at_s < n->at_s ? at_s : n->at_s;
        return KO_OK;
    }
    KO_LIST_ADD(&t->arena, &t->nodes, n);
    if (n == NULL)
        return KO_ENOMEM;
    n->at_s = at_s;
    return ko_str_copy(&t->arena, name, &n->name);
}

enum ko_status ko_told_add_edge(struct ko_told *t, struct ko_str from, struct ko_str to,
                                struct ko_str mechanism)
{
    struct ko_told_edge *e;
    if (ko_told_edge(t, from, to) != NULL)
        return KO_OK;
    KO_LIST_ADD(&t->arena, &t->edges, e);
    if (e == NULL || ko_str_copy(&t->arena, from, &e->from) != KO_OK ||
        ko_str_copy(&t->arena, to, &e->to) != KO_OK)
        return KO_ENOMEM;
    return ko_str_copy(&t->arena, mechanism, &e->mechanism);
}

enum ko_status ko_told_add_amplifier(struct ko_told *t, struct ko_str caller,
                                     struct ko_str callee, double factor)
{
    struct ko_told_amplifier *a =
        (struct ko_told_amplifier *)ko_told_amplifier(t, caller, callee);
    if (a != NULL) {
        a->factor = isnan(a->factor) ? factor : a->factor;
        return KO_OK;
    }
    KO_LIST_ADD(&t->arena, &t->amplifiers, a);
    if (a == NULL || ko_str_copy(&t->arena, caller, &a->caller) != KO_OK)
        return KO_ENOMEM;
    a->factor = factor;
    return ko_str_copy(&t->arena, callee, &a->callee);
}

static enum ko_status copy_to(struct ko_told *t, struct ko_str name, struct ko_str *room)
{
    return room == NULL ? KO_ENOMEM : ko_str_copy(&t->arena, name, room);
}

enum ko_status ko_told_add_origin(struct ko_told *t, struct ko_str name)
{
    struct ko_str *room;
    KO_LIST_ADD(&t->arena, &t->origins, room);
    return copy_to(t, name, room);
}

enum ko_status ko_told_add_bystander(struct ko_told *t, struct ko_str name)
{
    struct ko_str *room;
    KO_LIST_ADD(&t->arena, &t->bystanders, room);
    return copy_to(t, name, room);
}

enum ko_status ko_told_add_change(struct ko_told *t, struct ko_str id)
{
    struct ko_str *room;
    KO_LIST_ADD(&t->arena, &t->changes, room);
    return copy_to(t, id, room);
}
