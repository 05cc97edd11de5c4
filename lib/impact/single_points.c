/* single_points.c: what several journeys stand on and nothing replaces. */
#include "impact/single_points.h"

#include "base/mem.h"
#include "impact/journeys.h"

/* need[j * entities + e]: does journey j need entity e? */
struct needs {
    struct ko_case *c;
    bool *need;
};

static bool *of(const struct needs *n, size_t journey)
{
    return n->need + journey * n->c->entities.n;
}

/* Follow calls that are waited for from what is needed already, until nothing is new;
 * ${todo} has room for every entity. */
static void follow(const struct needs *n, size_t journey, uint32_t *todo, size_t left)
{
    bool *need = of(n, journey);
    while (left > 0) {
        uint32_t from = todo[--left];
        for (size_t i = 0; i < n->c->edges.n; i++) {
            const struct ko_edge *e = &n->c->edges.v[i];
            if (e->caller != from || e->async || e->callee >= n->c->entities.n ||
                need[e->callee])
                continue;
            need[e->callee] = true;
            todo[left++] = e->callee;
        }
    }
}

static enum ko_status find_needs(struct needs *n)
{
    const struct ko_case *c = n->c;
    uint32_t *todo = ko_mem_alloc(c->entities.n + 1, sizeof *todo);
    if (todo == NULL)
        return KO_ENOMEM;
    for (size_t j = 0; j < c->journeys.n; j++) {
        size_t left = 0;
        for (size_t k = 0; k < c->journeys.v[j].steps.n; k++) {
            uint32_t e = c->journeys.v[j].steps.v[k].entity;
            if (e >= c->entities.n || of(n, j)[e])
                continue;
            of(n, j)[e] = true;
            todo[left++] = e;
        }
        follow(n, j, todo, left);
    }
    ko_mem_free(todo);
    return KO_OK;
}

static size_t count(const struct needs *n, uint32_t entity)
{
    size_t journeys = 0;
    for (size_t j = 0; j < n->c->journeys.n; j++)
        journeys += of(n, j)[entity];
    return journeys;
}

static bool has_fallback(const struct ko_case *c, uint32_t entity)
{
    if (c->entities.v[entity].fallback.n > 0)
        return true;
    for (size_t j = 0; j < c->journeys.n; j++) {
        for (size_t k = 0; k < c->journeys.v[j].steps.n; k++) {
            const struct ko_step *s = &c->journeys.v[j].steps.v[k];
            if (s->entity == entity && s->fallback.n > 0)
                return true;
        }
    }
    return false;
}

static enum ko_status add(struct ko_case *c, struct ko_str dim, struct ko_str value,
                          size_t journeys, struct ko_str text, struct ko_str evidence)
{
    struct ko_impact *m = ko_case_add(c, "impact");
    if (m == NULL)
        return KO_ENOMEM;
    m->measure = KO_STR("single-point-of-failure");
    m->dim = dim;
    m->value = value;
    m->unit = KO_STR("journeys");
    m->total = (double)journeys;
    m->text = text;
    m->definition = KO_STR(
        "needed by two or more journeys, as a step or behind one, without a "
        "declared fallback; fine parts and teams only where all journeys need them");
    m->evidence = evidence;
    return KO_OK;
}

static const char *noun(const struct ko_case *c, uint32_t entity)
{
    const struct ko_entity *e = &c->entities.v[entity];
    return e->vendor || e->kind == KO_KIND_VENDOR
               ? "vendor"
               : ko_entity_kind_name((enum ko_entity_kind)e->kind);
}

static enum ko_status add_part(const struct needs *n, uint32_t entity)
{
    struct ko_case *c = n->c;
    size_t journeys = count(n, entity);
    struct ko_step_view view;
    ko_journey_view(c, entity, &view);
    bool hurt = view.state >= KO_STEP_SLOW;
    if (journeys < 2 || has_fallback(c, entity) || (!hurt && journeys < c->journeys.n))
        return KO_OK;
    struct ko_str text, name = ko_case_name(c, entity);
    enum ko_status st = ko_case_print(
        c, &text,
        "%zu of %zu journeys need the %s %.*s and none has a fallback; it is %s",
        journeys, c->journeys.n, noun(c, entity), KO_ARG(name),
        ko_step_state_name(view.state));
    struct ko_str evidence = hurt ? view.onset->evidence : KO_STR("");
    return st == KO_OK ? add(c, KO_STR("entity"), name, journeys, text, evidence) : st;
}

/* How many journeys need a part of ${owner}. */
static size_t owned(const struct needs *n, struct ko_str owner)
{
    size_t journeys = 0;
    for (size_t j = 0; j < n->c->journeys.n; j++) {
        bool any = false;
        for (uint32_t e = 0; e < n->c->entities.n && !any; e++)
            any = of(n, j)[e] && ko_str_eq(n->c->entities.v[e].owner, owner);
        journeys += any;
    }
    return journeys;
}

static bool owner_met(const struct ko_case *c, uint32_t entity)
{
    for (uint32_t e = 0; e < entity; e++) {
        if (ko_str_eq(c->entities.v[e].owner, c->entities.v[entity].owner))
            return true;
    }
    return false;
}

static enum ko_status add_team(const struct needs *n, uint32_t entity)
{
    struct ko_case *c = n->c;
    struct ko_str owner = c->entities.v[entity].owner, text;
    if (owner.n == 0 || c->journeys.n < 2 || owner_met(c, entity) ||
        owned(n, owner) < c->journeys.n)
        return KO_OK;
    enum ko_status st =
        ko_case_print(c, &text, "all %zu journeys need a part that %.*s owns",
                      c->journeys.n, KO_ARG(owner));
    return st == KO_OK ? add(c, KO_STR("team"), owner, c->journeys.n, text, KO_STR(""))
                       : st;
}

enum ko_status ko_single_points_run(struct ko_case *c)
{
    struct needs n = {.c = c};
    n.need = ko_mem_alloc(c->journeys.n * c->entities.n + 1, sizeof *n.need);
    if (n.need == NULL)
        return KO_ENOMEM;
    enum ko_status st = find_needs(&n);
    for (uint32_t e = 0; e < c->entities.n && st == KO_OK; e++)
        st = add_part(&n, e);
    for (uint32_t e = 0; e < c->entities.n && st == KO_OK; e++)
        st = add_team(&n, e);
    ko_mem_free(n.need);
    return st;
}
