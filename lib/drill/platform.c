/* platform.c: what is simulated: its nodes and links, and finding them. */
#include "drill/platform.h"

static const char *const kind_names[] = {"service", "datastore", "queue",   "bot",
                                         "channel", "vendor",    "network", "desk"};

void ko_platform_init(struct ko_platform *p)
{
    *p = (struct ko_platform){0};
}

void ko_platform_release(struct ko_platform *p)
{
    ko_arena_release(&p->arena);
    ko_platform_init(p);
}

static double own_of(enum ko_node_kind kind)
{
    static const double own_s[] = {0.03, 0.008, 240, 0.06, 0.04, 0.12, 0.02, 0.15};
    return own_s[kind];
}

enum ko_status ko_platform_add(struct ko_platform *p, struct ko_str name,
                               enum ko_node_kind kind, enum ko_part part,
                               uint32_t *ret_index)
{
    if (p->nodes.n >= KO_DRILL_NODES_MAX)
        return KO_ELIMIT;
    struct ko_sim_node *node;
    KO_LIST_ADD(&p->arena, &p->nodes, node);
    if (node == NULL)
        return KO_ENOMEM;
    *ret_index = (uint32_t)(p->nodes.n - 1);
    node->kind = kind;
    node->part = part;
    node->own_s = own_of(kind);
    node->error_ratio = kind == KO_NODE_QUEUE ? 0 : 0.001;
    return ko_str_copy(&p->arena, name, &node->name);
}

struct ko_sim_link *ko_platform_join(struct ko_platform *p, uint32_t caller,
                                     uint32_t callee, enum ko_how how)
{
    struct ko_sim_link *l;
    KO_LIST_ADD(&p->arena, &p->links, l);
    if (l == NULL)
        return NULL;
    *l = (struct ko_sim_link){.caller = caller, .callee = callee, .how = how};
    l->per_request = how == KO_HOW_SHIFT ? 0.02 : 1;
    l->shift_share = how == KO_HOW_SHIFT ? 0.3 : 0;
    l->retries = how == KO_HOW_SYNC ? 1 : 0;
    return l;
}

bool ko_platform_find(const struct ko_platform *p, struct ko_str name,
                      uint32_t *ret_index)
{
    for (size_t i = 0; i < p->nodes.n; i++) {
        if (ko_str_eq(p->nodes.v[i].name, name)) {
            *ret_index = (uint32_t)i;
            return true;
        }
    }
    return false;
}

bool ko_platform_link(const struct ko_platform *p, uint32_t caller, uint32_t callee,
                      uint32_t *ret_index)
{
    for (size_t i = 0; i < p->links.n; i++) {
        if (p->links.v[i].caller == caller && p->links.v[i].callee == callee) {
            *ret_index = (uint32_t)i;
            return true;
        }
    }
    return false;
}

static bool stands_in(const struct ko_platform *p, uint32_t *ret_index)
{
    size_t most = 0;
    for (size_t i = 0; i < p->nodes.n; i++) {
        size_t callers = 0;
        for (size_t k = 0; k < p->links.n; k++)
            callers += p->links.v[k].callee == i && p->links.v[k].how == KO_HOW_SYNC;
        if (callers > most && p->nodes.v[i].demand <= 0) {
            most = callers;
            *ret_index = (uint32_t)i;
        }
    }
    return most > 0;
}

bool ko_platform_part(const struct ko_platform *p, enum ko_part part, uint32_t *ret_index)
{
    for (size_t i = 0; i < p->nodes.n && part != KO_PART_OTHER; i++) {
        if (p->nodes.v[i].part == part) {
            *ret_index = (uint32_t)i;
            return true;
        }
    }
    return stands_in(p, ret_index);
}

const char *ko_node_kind_name(enum ko_node_kind kind)
{
    return kind_names[kind];
}
