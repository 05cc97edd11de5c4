/* platform_read.c: a platform from a journey map. */
#include "drill/platform.h"
#include "drill/rng.h"
#include "event/time.h"

#include <jansson.h>

enum { STREAM = 13 };

static const double DEMAND_IN_ALL = 3; /* customers a second */
static const double CALLS_QUEUE = 0.02;

static struct ko_str text(const json_t *object, const char *key)
{
    const json_t *v = json_object_get(object, key);
    return json_is_string(v)
               ? (struct ko_str){json_string_value(v), json_string_length(v)}
               : (struct ko_str){0};
}

/* Words of names that tell what a node is for, and kinds where the map says none; the
 * first that is found counts. */
static const struct {
    const char *word;
    enum ko_part part;
    enum ko_node_kind kind;
} words[] = {
    {"queue", KO_PART_QUEUE, KO_NODE_QUEUE},
    {"bot", KO_PART_BOT, KO_NODE_BOT},
    {"ivr", KO_PART_BOT, KO_NODE_BOT},
    {"assistant", KO_PART_BOT, KO_NODE_BOT},
    {"desk", KO_PART_DESK, KO_NODE_DESK},
    {"identity", KO_PART_IDENTITY, KO_NODE_SERVICE},
    {"auth", KO_PART_IDENTITY, KO_NODE_SERVICE},
    {"login", KO_PART_IDENTITY, KO_NODE_SERVICE},
    {"crm-db", KO_PART_CRM_DB, KO_NODE_DATASTORE},
    {"crm", KO_PART_CRM, KO_NODE_SERVICE},
    {"customer", KO_PART_CRM, KO_NODE_SERVICE},
    {"acquir", KO_PART_VENDOR, KO_NODE_VENDOR},
    {"psp", KO_PART_VENDOR, KO_NODE_VENDOR},
    {"pay", KO_PART_PAYMENTS, KO_NODE_SERVICE},
    {"rout", KO_PART_ROUTING, KO_NODE_SERVICE},
    {"intent", KO_PART_INTENT, KO_NODE_SERVICE},
    {"nlu", KO_PART_INTENT, KO_NODE_SERVICE},
    {"knowledge", KO_PART_KNOWLEDGE, KO_NODE_SERVICE},
    {"vpn", KO_PART_AGENT_NETWORK, KO_NODE_NETWORK},
    {"edge", KO_PART_LAST_MILE, KO_NODE_NETWORK},
    {"cdn", KO_PART_LAST_MILE, KO_NODE_NETWORK},
    {"app", KO_PART_APP, KO_NODE_CHANNEL},
    {"web", KO_PART_WEB, KO_NODE_CHANNEL},
    {"portal", KO_PART_WEB, KO_NODE_CHANNEL},
    {"db", KO_PART_OTHER, KO_NODE_DATASTORE},
};

static void guess(struct ko_str name, enum ko_part *ret_part, enum ko_node_kind *ret_kind)
{
    size_t at;
    *ret_part = KO_PART_OTHER;
    *ret_kind = KO_NODE_SERVICE;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ko_str_ifind(name, ko_str(words[i].word), &at)) {
            *ret_part = words[i].part;
            *ret_kind = words[i].kind;
            return;
        }
    }
}

static bool kind_of(struct ko_str name, enum ko_node_kind *ret)
{
    for (int i = KO_NODE_SERVICE; i <= KO_NODE_DESK; i++) {
        if (ko_str_eq(ko_str(ko_node_kind_name((enum ko_node_kind)i)), name)) {
            *ret = (enum ko_node_kind)i;
            return true;
        }
    }
    return false;
}

static enum ko_status node_of(struct ko_platform *p, struct ko_str name, uint32_t *ret)
{
    enum ko_part part;
    enum ko_node_kind kind;
    if (ko_platform_find(p, name, ret))
        return KO_OK;
    guess(name, &part, &kind);
    return ko_platform_add(p, name, kind, part, ret);
}

static enum ko_status read_entity(struct ko_platform *p, const json_t *e)
{
    uint32_t at;
    struct ko_str name = text(e, "name");
    if (name.n == 0)
        return KO_OK;
    enum ko_status st = node_of(p, name, &at);
    if (st != KO_OK)
        return st;
    struct ko_sim_node *n = &p->nodes.v[at];
    (void)kind_of(text(e, "kind"), &n->kind);
    if (json_is_true(json_object_get(e, "vendor"))) {
        n->kind = KO_NODE_VENDOR;
        n->part = KO_PART_VENDOR;
    }
    st = ko_str_copy(&p->arena, text(e, "owner"), &n->owner);
    return st == KO_OK ? ko_str_copy(&p->arena, text(e, "fallback"), &n->fallback) : st;
}

static enum ko_status read_link(struct ko_platform *p, uint32_t caller, const json_t *x)
{
    uint32_t callee;
    struct ko_str name =
        json_is_string(x) ? (struct ko_str){json_string_value(x), json_string_length(x)}
                          : text(x, "name");
    if (name.n == 0)
        return KO_OK;
    enum ko_status st = node_of(p, name, &callee);
    if (st != KO_OK || caller == callee)
        return st;
    enum ko_how how = KO_HOW_SYNC;
    if (p->nodes.v[callee].kind == KO_NODE_QUEUE)
        how = KO_HOW_SHIFT;
    else if (json_is_true(json_object_get(x, "async")))
        how = KO_HOW_ASYNC;
    struct ko_sim_link *l = ko_platform_join(p, caller, callee, how);
    if (l == NULL)
        return KO_ENOMEM;
    if (how == KO_HOW_SHIFT && p->nodes.v[caller].kind == KO_NODE_BOT)
        l->per_request = 0.15;
    return KO_OK;
}

static enum ko_status read_links(struct ko_platform *p, const json_t *e)
{
    uint32_t caller;
    size_t i;
    json_t *x;
    if (!ko_platform_find(p, text(e, "name"), &caller))
        return KO_OK;
    json_array_foreach (json_object_get(e, "depends_on"), i, x) {
        enum ko_status st = read_link(p, caller, x);
        if (st != KO_OK)
            return st;
    }
    return KO_OK;
}

/* A number of seconds, or a text such as "3s"; 0: not said. */
static double slow_after(const json_t *object)
{
    ko_dur dur;
    const json_t *v = json_object_get(object, "slow_after");
    if (json_is_number(v))
        return json_number_value(v);
    return ko_time_parse_dur(text(object, "slow_after"), &dur) == KO_OK
               ? (double)dur / (double)KO_SECOND
               : 0;
}

static enum ko_status read_journey(struct ko_platform *p, const json_t *j)
{
    size_t i;
    json_t *step;
    struct ko_drill_journey *to;
    KO_LIST_ADD(&p->arena, &p->journeys, to);
    if (to == NULL)
        return KO_ENOMEM;
    enum ko_status st = ko_str_copy(&p->arena, text(j, "name"), &to->name);
    json_array_foreach (json_object_get(j, "steps"), i, step) {
        struct ko_str name = text(step, "entity");
        struct ko_journey_step *s;
        uint32_t at;
        if (st != KO_OK)
            return st;
        if (name.n == 0)
            name = text(step, "name");
        if (name.n == 0)
            continue;
        st = node_of(p, name, &at);
        KO_LIST_ADD(&p->arena, &to->steps, s);
        if (s == NULL)
            return KO_ENOMEM;
        s->node = st == KO_OK ? at : 0;
        s->slow_after_s = slow_after(step);
        if (i == 0 && s->slow_after_s <= 0)
            s->slow_after_s = slow_after(j);
        if (st == KO_OK)
            st = ko_str_copy(&p->arena, text(step, "name"), &s->name);
    }
    return st;
}

static bool has_caller(const struct ko_platform *p, uint32_t node)
{
    for (size_t i = 0; i < p->links.n; i++) {
        if (p->links.v[i].callee == node)
            return true;
    }
    return false;
}

static bool has_callee(const struct ko_platform *p, uint32_t node)
{
    for (size_t i = 0; i < p->links.n; i++) {
        if (p->links.v[i].caller == node)
            return true;
    }
    return false;
}

/* Customers come in where calls begin: at channels, bots, and callers that nobody calls.
 */
static void open_entrances(struct ko_platform *p)
{
    size_t n = 0;
    for (uint32_t i = 0; i < p->nodes.n; i++) {
        struct ko_sim_node *node = &p->nodes.v[i];
        bool first = has_callee(p, i) && !has_caller(p, i) && node->kind != KO_NODE_DESK;
        bool entrance =
            first || node->kind == KO_NODE_CHANNEL || node->kind == KO_NODE_BOT;
        node->demand = node->kind == KO_NODE_QUEUE ? CALLS_QUEUE : entrance ? 1 : 0;
        n += entrance && node->kind != KO_NODE_QUEUE;
    }
    for (size_t i = 0; i < p->nodes.n; i++) {
        if (p->nodes.v[i].kind != KO_NODE_QUEUE && n > 0)
            p->nodes.v[i].demand *= DEMAND_IN_ALL / (double)n;
    }
}

/* Agents use the desk although maps seldom say that the queue depends on it. */
static enum ko_status join_desks(struct ko_platform *p)
{
    for (uint32_t q = 0; q < p->nodes.n; q++) {
        for (uint32_t i = 0; p->nodes.v[q].kind == KO_NODE_QUEUE && i < p->nodes.n; i++) {
            uint32_t at;
            if (p->nodes.v[i].kind != KO_NODE_DESK || ko_platform_link(p, q, i, &at))
                continue;
            struct ko_sim_link *l = ko_platform_join(p, q, i, KO_HOW_SYNC);
            if (l == NULL)
                return KO_ENOMEM;
            l->per_request = 5;
            l->retries = 0;
        }
    }
    return KO_OK;
}

static void vary(struct ko_platform *p, uint64_t seed)
{
    struct ko_rng r = ko_rng_of(seed, STREAM);
    for (size_t i = 0; i < p->nodes.n; i++)
        p->nodes.v[i].own_s *= ko_rng_between(&r, 0.6, 1.6);
    for (size_t i = 0; i < p->links.n; i++) {
        struct ko_sim_link *l = &p->links.v[i];
        if (l->how != KO_HOW_SYNC)
            continue;
        l->per_request *= ko_rng_between(&r, 0.5, 1.1);
        l->retries = (unsigned)ko_rng_below(&r, 3);
    }
}

static enum ko_status read_all(struct ko_platform *p, const json_t *map)
{
    enum ko_status st = KO_OK;
    size_t i;
    json_t *x;
    json_array_foreach (json_object_get(map, "entities"), i, x) {
        if (st == KO_OK)
            st = read_entity(p, x);
    }
    json_array_foreach (json_object_get(map, "entities"), i, x) {
        if (st == KO_OK)
            st = read_links(p, x);
    }
    json_array_foreach (json_object_get(map, "journeys"), i, x) {
        if (st == KO_OK)
            st = read_journey(p, x);
    }
    return st == KO_OK ? join_desks(p) : st;
}

enum ko_status ko_platform_read(struct ko_platform *p, struct ko_str json,
                                struct ko_str source, uint64_t seed, struct ko_err *err)
{
    json_error_t why;
    json_t *map = json_loadb(json.p, json.n, 0, &why);
    if (map == NULL) {
        (void)ko_err_set(err, KO_ESYNTAX, "%s", why.text);
        ko_err_at(err, source, (uint64_t)why.line, (uint64_t)why.column);
        return KO_ESYNTAX;
    }
    enum ko_status st = read_all(p, map);
    json_decref(map);
    if (st == KO_OK && p->links.n == 0) {
        (void)ko_err_set(err, KO_ESYNTAX, "no entity with 'depends_on' in this map");
        ko_err_at(err, source, 0, 0);
        return KO_ESYNTAX;
    }
    if (st != KO_OK)
        return ko_err_set(err, st, "the map does not fit");
    open_entrances(p);
    vary(p, seed);
    return ko_platform_size(p, seed);
}
