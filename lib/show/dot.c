/* dot.c: the cascade as a Graphviz graph. */
#include "show/dot.h"

#include "show/escape.h"
#include "show/trail.h"
#include "show/words.h"

/* Where an entity stands in the cascade. */
enum role { ROLE_NONE, ROLE_NEIGHBOUR, ROLE_TOUCHED, ROLE_ORIGIN };

static void raise_role(enum role *roles, size_t n, uint32_t entity, enum role role)
{
    if (entity < n && roles[entity] < role)
        roles[entity] = role;
}

static void find_roles(const struct ko_case *c, enum role *roles)
{
    size_t n = c->entities.n;
    for (size_t i = 0; i < c->edges.n; i++) {
        raise_role(roles, n, c->edges.v[i].caller, ROLE_NEIGHBOUR);
        raise_role(roles, n, c->edges.v[i].callee, ROLE_NEIGHBOUR);
    }
    for (size_t i = 0; i < c->links.n; i++) {
        raise_role(roles, n, c->links.v[i].from, ROLE_TOUCHED);
        raise_role(roles, n, c->links.v[i].to, ROLE_TOUCHED);
    }
    for (size_t i = 0; i < c->chains.n; i++) {
        for (size_t k = 0; k < c->chains.v[i].nodes.n; k++)
            raise_role(roles, n, c->chains.v[i].nodes.v[k].entity, ROLE_TOUCHED);
    }
    const struct ko_chain *chain = ko_trail_chain(c);
    if (chain != NULL)
        raise_role(roles, n, chain->origin, ROLE_ORIGIN);
}

/* The earliest time that a chain gives the entity. */
static ko_time node_time(const struct ko_case *c, uint32_t entity)
{
    ko_time earliest = KO_TIME_NONE;
    for (size_t i = 0; i < c->chains.n; i++) {
        for (size_t k = 0; k < c->chains.v[i].nodes.n; k++) {
            const struct ko_node *n = &c->chains.v[i].nodes.v[k];
            if (n->entity == entity && (earliest == KO_TIME_NONE || n->time < earliest))
                earliest = n->time;
        }
    }
    return earliest;
}

static const char *role_style(enum role role)
{
    switch (role) {
    case ROLE_ORIGIN:
        return "style=\"filled,bold\", fillcolor=\"#f8d4cf\", color=\"#b3261e\"";
    case ROLE_TOUCHED:
        return "style=filled, fillcolor=\"#fdeecb\", color=\"#9a6700\"";
    case ROLE_NEIGHBOUR:
    case ROLE_NONE:
        break;
    }
    return "color=\"#999999\", fontcolor=\"#666666\"";
}

static void put_node(const struct ko_case *c, uint32_t entity, enum role role,
                     struct ko_buf *out)
{
    const struct ko_entity *e = &c->entities.v[entity];
    ko_time onset = node_time(c, entity);
    ko_buf_printf(out, "  n%u [label=\"", (unsigned)entity);
    ko_escape_dot(out, e->name);
    if (onset != KO_TIME_NONE) {
        ko_buf_puts(out, "\\n");
        ko_words_clock(out, onset);
    }
    ko_buf_puts(out, "\\n");
    ko_escape_dot(out, e->owner.n ? e->owner : KO_STR("no owner known"));
    ko_buf_printf(out, "\", %s];\n", role_style(role));
}

static bool is_linked(const struct ko_case *c, uint32_t from, uint32_t to)
{
    for (size_t i = 0; i < c->links.n; i++) {
        if (c->links.v[i].from == from && c->links.v[i].to == to)
            return true;
    }
    return false;
}

static void put_link(const struct ko_link *l, struct ko_buf *out)
{
    ko_buf_printf(out, "  n%u -> n%u [label=\"", (unsigned)l->from, (unsigned)l->to);
    ko_escape_dot(out, ko_words_mechanism(l->mechanism));
    ko_buf_puts(out, "\\n");
    ko_words_lag(out, l->lag);
    ko_buf_printf(out, "\", color=\"#b3261e\"%s];\n",
                  l->alternative ? ", style=dashed" : ", penwidth=2");
}

static void put_edge(const struct ko_edge *e, struct ko_buf *out)
{
    ko_buf_printf(out, "  n%u -> n%u [color=\"#bbbbbb\"%s];\n", (unsigned)e->callee,
                  (unsigned)e->caller, e->async ? ", style=dotted" : "");
}

static void put_graph(const struct ko_case *c, const enum role *roles, struct ko_buf *out)
{
    for (size_t i = 0; i < c->entities.n; i++) {
        if (roles[i] != ROLE_NONE)
            put_node(c, (uint32_t)i, roles[i], out);
    }
    for (size_t i = 0; i < c->links.n; i++)
        put_link(&c->links.v[i], out);
    for (size_t i = 0; i < c->edges.n; i++) {
        const struct ko_edge *e = &c->edges.v[i];
        if (!is_linked(c, e->callee, e->caller) && !is_linked(c, e->caller, e->callee))
            put_edge(e, out);
    }
}

void ko_dot_write(const struct ko_case *c, const struct ko_show_options *opt,
                  struct ko_buf *out)
{
    (void)opt;
    struct ko_arena arena = {0};
    enum role *roles = ko_arena_alloc(&arena, c->entities.n + 1, sizeof *roles);
    ko_buf_puts(out, "digraph cascade {\n"
                     "  rankdir=LR;\n"
                     "  node [shape=box, fontname=\"sans-serif\", fontsize=11];\n"
                     "  edge [fontname=\"sans-serif\", fontsize=9];\n");
    if (roles == NULL) {
        out->status = KO_ENOMEM;
    } else {
        find_roles(c, roles);
        put_graph(c, roles, out);
    }
    ko_buf_puts(out, "}\n");
    ko_arena_release(&arena);
}
