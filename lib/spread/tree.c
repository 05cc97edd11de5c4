/* tree.c: the cheapest way to give every node one parent. */
#include "spread/tree.h"

#include <string.h>

/*
 * One level of the contraction: nodes, arcs among them with reduced costs, and for each
 * arc the arc of the level before.
 *
 *   level 0: the graph     level 1: each cycle of cheapest arcs is one node     …
 */
struct level {
    size_t n, n_arcs;
    struct ko_arc *arcs;
    size_t *origin;  /* arc -> arc of the level before */
    size_t *best;    /* node -> cheapest arc into it */
    uint32_t *group; /* node -> node of the next level */
    size_t n_groups;
    bool *in_cycle; /* node */
    struct level *outer;
};

static enum ko_status level_new(size_t n, size_t n_arcs, struct ko_arena *scratch,
                                struct level **ret)
{
    struct level *l = ko_arena_alloc(scratch, 1, sizeof *l);
    if (l == NULL)
        return KO_ENOMEM;
    l->n = n;
    l->n_arcs = n_arcs;
    l->arcs = ko_arena_alloc(scratch, n_arcs + 1, sizeof *l->arcs);
    l->origin = ko_arena_alloc(scratch, n_arcs + 1, sizeof *l->origin);
    l->best = ko_arena_alloc(scratch, n + 1, sizeof *l->best);
    l->group = ko_arena_alloc(scratch, n + 1, sizeof *l->group);
    l->in_cycle = ko_arena_alloc(scratch, n + 1, sizeof *l->in_cycle);
    if (l->arcs == NULL || l->origin == NULL || l->best == NULL || l->group == NULL ||
        l->in_cycle == NULL)
        return KO_ENOMEM;
    *ret = l;
    return KO_OK;
}

static void choose_best(struct level *l)
{
    for (size_t i = 0; i < l->n; i++)
        l->best[i] = KO_NO_ARC;
    for (size_t a = 0; a < l->n_arcs; a++) {
        const struct ko_arc *arc = &l->arcs[a];
        size_t *best = &l->best[arc->to];
        if (arc->to == 0 || arc->from == arc->to)
            continue;
        if (*best == KO_NO_ARC || arc->cost < l->arcs[*best].cost)
            *best = a;
    }
}

static uint32_t parent_of(const struct level *l, uint32_t node)
{
    return node == 0 || l->best[node] == KO_NO_ARC ? 0 : l->arcs[l->best[node]].from;
}

/*
 * Number the groups: the nodes of a cycle share one, every other node has its own.
 * seen[node] is the walk that came by; a walk that meets itself found a cycle.
 */
static size_t find_cycles(struct level *l, uint32_t *seen)
{
    size_t cycles = 0;
    memset(seen, 0, (l->n + 1) * sizeof *seen);
    for (uint32_t start = 1; start < l->n; start++) {
        uint32_t node = start;
        while (node != 0 && seen[node] == 0) {
            seen[node] = start;
            node = parent_of(l, node);
        }
        if (node == 0 || seen[node] != start || l->in_cycle[node])
            continue;
        cycles++;
        for (uint32_t at = node; !l->in_cycle[at]; at = parent_of(l, at)) {
            l->in_cycle[at] = true;
            l->group[at] = (uint32_t)cycles; /* for now; groups are numbered below */
        }
    }
    return cycles;
}

static void number_groups(struct level *l, size_t cycles)
{
    size_t next = cycles + 1;
    l->group[0] = 0;
    for (uint32_t i = 1; i < l->n; i++) {
        if (!l->in_cycle[i])
            l->group[i] = (uint32_t)next++;
    }
    l->n_groups = next;
}

/* The graph with every cycle one node; entering a cycle saves the arc it breaks. */
static enum ko_status contract(struct level *l, struct ko_arena *scratch,
                               struct level **ret)
{
    struct level *next;
    if (level_new(l->n_groups, l->n_arcs, scratch, &next) != KO_OK)
        return KO_ENOMEM;
    next->n_arcs = 0;
    next->outer = l;
    for (size_t a = 0; a < l->n_arcs; a++) {
        struct ko_arc arc = l->arcs[a];
        if (l->group[arc.from] == l->group[arc.to])
            continue;
        if (l->in_cycle[arc.to])
            arc.cost -= l->arcs[l->best[arc.to]].cost;
        arc.from = l->group[arc.from];
        arc.to = l->group[arc.to];
        next->origin[next->n_arcs] = a;
        next->arcs[next->n_arcs++] = arc;
    }
    *ret = next;
    return KO_OK;
}

/* Carry the choice of a level to the one it was contracted from. */
static void expand(const struct level *inner)
{
    struct level *outer = inner->outer;
    for (size_t i = 1; i < inner->n; i++) {
        if (inner->best[i] == KO_NO_ARC)
            continue;
        size_t a = inner->origin[inner->best[i]];
        outer->best[outer->arcs[a].to] = a;
    }
}

enum ko_status ko_tree_cheapest(size_t n, const struct ko_arc *arcs, size_t n_arcs,
                                struct ko_arena *scratch, size_t *ret)
{
    struct level *l;
    uint32_t *seen = ko_arena_alloc(scratch, n + 1, sizeof *seen);
    if (seen == NULL || level_new(n, n_arcs, scratch, &l) != KO_OK)
        return KO_ENOMEM;
    if (n_arcs > 0)
        memcpy(l->arcs, arcs, n_arcs * sizeof *arcs);
    choose_best(l);
    for (size_t cycles = find_cycles(l, seen); cycles > 0;
         cycles = find_cycles(l, seen)) {
        number_groups(l, cycles);
        struct level *next;
        if (contract(l, scratch, &next) != KO_OK)
            return KO_ENOMEM;
        l = next;
        choose_best(l);
    }
    for (; l->outer != NULL; l = l->outer)
        expand(l);
    memcpy(ret, l->best, n * sizeof *ret);
    if (n > 0)
        ret[0] = KO_NO_ARC;
    return KO_OK;
}
