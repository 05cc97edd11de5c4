/* catalog_kiali.c: the service graph of Kiali. */
#include "base/map.h"
#include "base/num.h"
#include "read/catalog.h"
#include "read/declare.h"
#include "read/json_get.h"

#include <math.h>

static const json_t *elements_of(const json_t *object, const char *key)
{
    return json_object_get(json_object_get(object, "elements"), key);
}

bool ko_kiali_is(const json_t *object)
{
    return ko_json_has(object, "graphType") &&
           json_is_array(elements_of(object, "nodes"));
}

static const json_t *data_of(const json_t *element)
{
    const json_t *data = json_object_get(element, "data");
    return json_is_object(data) ? data : element;
}

/* What a node stands for: the app, else what it is only seen as. */
static struct ko_str name_of(const json_t *node)
{
    static const char *const keys[] = {"app", "service", "workload", "aggregateValue"};
    struct ko_str s = ko_json_first_text(node, keys, sizeof keys / sizeof *keys);
    size_t at;
    bool outside =
        ko_str_eq(s, KO_STR("unknown")) || ko_str_eq(s, KO_STR("PassthroughCluster"));
    if (outside) /* no name of a thing */
        return (struct ko_str){0};
    if (ko_str_find(s, KO_STR(".svc.cluster"), &at) && at > 0)
        s = ko_str_sub(s, 0, at);
    return s;
}

struct graph {
    struct ko_reading *rd;
    struct ko_place place;
    const json_t *nodes, *edges;
    struct ko_map by_id; /* of nodes, their places in the list */
};

static enum ko_status index_nodes(struct graph *g)
{
    size_t i;
    json_t *item;
    json_array_foreach ((json_t *)g->nodes, i, item) {
        uint32_t unused;
        struct ko_str id = ko_json_member_text(data_of(item), "id");
        enum ko_status st = ko_map_put(&g->by_id, id, (uint32_t)i, &unused);
        if (st != KO_OK)
            return st;
    }
    return KO_OK;
}

static const json_t *node_of(const struct graph *g, struct ko_str id)
{
    uint32_t i;
    return ko_map_get(&g->by_id, id, &i) ? data_of(json_array_get(g->nodes, i)) : NULL;
}

static bool is_injected(const json_t *node)
{
    return ko_str_eq(ko_json_member_text(node, "nodeType"), KO_STR("service"));
}

/* Requests a second, which stand as texts, under the protocol's own name. */
static double rate_of(const json_t *edge)
{
    static const char *const keys[] = {"http", "grpc", "tcp"};
    const json_t *rates = json_object_get(json_object_get(edge, "traffic"), "rates");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        double x;
        if (ko_num_real(ko_json_member_text(rates, keys[i]), &x) == KO_OK)
            return x;
    }
    return (double)NAN;
}

/* Between two apps stands the service by which one reaches the other: the same thing
 * under another name, mostly. */
static enum ko_status emit_edge(struct graph *g, const json_t *edge)
{
    const json_t *from = node_of(g, ko_json_member_text(edge, "source"));
    const json_t *to = node_of(g, ko_json_member_text(edge, "target"));
    struct ko_str caller = name_of(from), callee = name_of(to);
    if (caller.n == 0 || callee.n == 0 || ko_str_eq(caller, callee))
        return KO_OK;
    if (is_injected(from))
        return ko_declare_alias(g->rd, g->place, caller, callee);
    return ko_declare_edge(g->rd, g->place, caller, callee, rate_of(edge));
}

static enum ko_status emit_node(struct graph *g, const json_t *node)
{
    struct ko_declaration d = {.name = name_of(node), .place = g->place};
    if (ko_json_has(node, "isBox") || is_injected(node))
        return KO_OK;
    if (ko_json_has(node, "isServiceEntry") ||
        json_is_true(json_object_get(node, "isOutside")))
        d.kind = KO_STR("vendor");
    return ko_declare_entity(g->rd, &d);
}

enum ko_status ko_kiali_read(struct ko_reading *rd, const json_t *object,
                             struct ko_place place, enum ko_reject *ret_why)
{
    struct graph g = {.rd = rd,
                      .place = place,
                      .nodes = elements_of(object, "nodes"),
                      .edges = elements_of(object, "edges")};
    size_t i;
    json_t *item;
    (void)ret_why;
    ko_map_init(&g.by_id, 0);
    enum ko_status st = index_nodes(&g);
    json_array_foreach ((json_t *)g.nodes, i, item) {
        if (st == KO_OK)
            st = emit_node(&g, data_of(item));
    }
    json_array_foreach ((json_t *)g.edges, i, item) {
        if (st == KO_OK)
            st = emit_edge(&g, data_of(item));
    }
    ko_map_release(&g.by_id);
    return st;
}
