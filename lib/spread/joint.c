/* joint.c: parents beside the one that was chosen. */
#include "spread/joint.h"

#include "spread/carry.h"

#include <stdlib.h>

/* What is passed on from several comes from each that has at least this share of the
 * support of the chosen one. */
static const double SHARE = 0.5;

struct joiner {
    const ko_paths *paths;
    const size_t *chosen;
    bool *joint;
    size_t *first; /* trouble -> its first path in; first[n]: all paths */
    size_t *stack;
    size_t *seen; /* trouble -> the search that came by */
    size_t search;
};

static bool is_passed_on(const struct ko_path *p)
{
    const struct ko_relation *r = p->relation;
    return p->way == KO_WAY_DOWN &&
           (r->kind == KO_RELATION_CUSTOMERS || (r->edge != NULL && r->edge->async));
}

static bool is_felt(const struct ko_path *p)
{
    const struct ko_felt *felt = p->relation->felt;
    return p->way == KO_WAY_UP && felt != NULL && felt->score > 0 &&
           !(felt->share < KO_CARRY_MIN);
}

/* A known dependency whose calls nothing tells of. */
static bool is_untold(const struct ko_path *p)
{
    const struct ko_relation *r = p->relation;
    return p->way == KO_WAY_UP && r->felt == NULL && r->edge != NULL && !r->edge->async;
}

static bool is_candidate(const struct joiner *j, const struct ko_path *p)
{
    size_t best = j->chosen[p->to];
    if (best == KO_NO_PATH || p->from == j->paths->v[best].from)
        return false;
    return is_felt(p) || ((is_passed_on(p) || is_untold(p)) &&
                          p->support >= SHARE * j->paths->v[best].support);
}

/* Does trouble ${to} stand above ${from} already? */
static bool is_above(struct joiner *j, size_t to, size_t from)
{
    size_t n = 0;
    j->search++;
    j->stack[n++] = from;
    j->seen[from] = j->search;
    while (n > 0) {
        size_t at = j->stack[--n];
        if (at == to)
            return true;
        for (size_t i = j->first[at]; i < j->first[at + 1]; i++) {
            size_t parent = j->paths->v[i].from;
            bool used = j->joint[i] || j->chosen[at] == i;
            if (!used || j->seen[parent] == j->search)
                continue;
            j->seen[parent] = j->search;
            j->stack[n++] = parent;
        }
    }
    return false;
}

struct ranked {
    double support;
    size_t path;
};

static int cmp_ranked(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;
    if (x->support != y->support)
        return x->support > y->support ? -1 : 1;
    return (x->path > y->path) - (x->path < y->path);
}

static enum ko_status joiner_new(size_t n, const ko_paths *paths, const size_t *chosen,
                                 struct ko_arena *scratch, bool *joint,
                                 struct joiner *ret)
{
    struct joiner j = {.paths = paths, .chosen = chosen, .joint = joint};
    j.first = ko_arena_alloc(scratch, n + 2, sizeof *j.first);
    j.stack = ko_arena_alloc(scratch, n + 1, sizeof *j.stack);
    j.seen = ko_arena_alloc(scratch, n + 1, sizeof *j.seen);
    if (j.first == NULL || j.stack == NULL || j.seen == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < paths->n; i++)
        j.first[paths->v[i].to + 1]++;
    for (size_t i = 0; i < n; i++)
        j.first[i + 1] += j.first[i];
    *ret = j;
    return KO_OK;
}

enum ko_status ko_joint_find(size_t n, const ko_paths *paths, const size_t *chosen,
                             struct ko_arena *scratch, bool *ret)
{
    struct joiner j;
    struct ranked *order = ko_arena_alloc(scratch, paths->n + 1, sizeof *order);
    if (order == NULL || joiner_new(n, paths, chosen, scratch, ret, &j) != KO_OK)
        return KO_ENOMEM;
    size_t candidates = 0;
    for (size_t i = 0; i < paths->n; i++) {
        ret[i] = false;
        if (is_candidate(&j, &paths->v[i]))
            order[candidates++] = (struct ranked){paths->v[i].support, i};
    }
    qsort(order, candidates, sizeof *order, cmp_ranked);
    for (size_t i = 0; i < candidates; i++) {
        const struct ko_path *p = &paths->v[order[i].path];
        ret[order[i].path] = !is_above(&j, p->to, p->from);
    }
    return KO_OK;
}
