/* contain.c: what a platform could do against an incident: its names and places. */
#include "drill/contain.h"

static const struct {
    struct ko_str name;
    bool of_link;
} kinds[KO_CONTAIN_KINDS] = {
    [KO_CONTAIN_BREAKER] = {KO_STR_INIT("breaker"), true},
    [KO_CONTAIN_BULKHEAD] = {KO_STR_INIT("bulkhead"), true},
    [KO_CONTAIN_RETRY_LIMIT] = {KO_STR_INIT("retry-limit"), true},
    [KO_CONTAIN_TIMEOUT] = {KO_STR_INIT("timeout"), true},
    [KO_CONTAIN_FALLBACK] = {KO_STR_INIT("fallback"), true},
    [KO_CONTAIN_RATE_LIMIT] = {KO_STR_INIT("rate-limit"), false},
    [KO_CONTAIN_LOAD_SHEDDING] = {KO_STR_INIT("load-shedding"), false},
};

static enum ko_status add(struct ko_containments *list, enum ko_contain_kind kind,
                          uint32_t at)
{
    struct ko_containment *c;
    KO_LIST_ADD(&list->arena, &list->all, c);
    if (c == NULL)
        return KO_ENOMEM;
    *c = (struct ko_containment){kind, at};
    return KO_OK;
}

static enum ko_status find_node(const struct ko_platform *p, struct ko_str name,
                                uint32_t *ret, struct ko_err *err)
{
    if (ko_platform_find(p, name, ret))
        return KO_OK;
    return ko_err_set(err, KO_ENOTFOUND, "the platform has no '%.*s'", KO_ARG(name));
}

static enum ko_status add_link(struct ko_containments *list, const struct ko_platform *p,
                               enum ko_contain_kind kind, struct ko_str names[2],
                               struct ko_err *err)
{
    uint32_t caller;
    uint32_t callee;
    uint32_t at;
    enum ko_status st = find_node(p, names[0], &caller, err);
    if (st == KO_OK)
        st = find_node(p, names[1], &callee, err);
    if (st != KO_OK)
        return st;
    if (!ko_platform_link(p, caller, callee, &at))
        return ko_err_set(err, KO_ENOTFOUND, "'%.*s' does not call '%.*s'",
                          KO_ARG(names[0]), KO_ARG(names[1]));
    return add(list, kind, at);
}

static enum ko_status add_links_to(struct ko_containments *list,
                                   const struct ko_platform *p, enum ko_contain_kind kind,
                                   struct ko_str callee_name, struct ko_err *err)
{
    uint32_t callee;
    enum ko_status st = find_node(p, callee_name, &callee, err);
    for (size_t i = 0; st == KO_OK && i < p->links.n; i++) {
        if (p->links.v[i].callee == callee)
            st = add(list, kind, (uint32_t)i);
    }
    return st;
}

static bool split_arrow(struct ko_str s, struct ko_str ret[2])
{
    static const struct ko_str arrows[] = {KO_STR_INIT("\u2192"), KO_STR_INIT("->")};
    size_t at;
    for (size_t i = 0; i < 2; i++) {
        if (ko_str_find(s, arrows[i], &at)) {
            ret[0] = ko_str_sub(s, 0, at);
            ret[1] = ko_str_skip(s, at + arrows[i].n);
            return true;
        }
    }
    return false;
}

enum ko_status ko_contain_parse(struct ko_containments *list, const struct ko_platform *p,
                                struct ko_str text, struct ko_err *err)
{
    struct ko_str rest = text;
    struct ko_str kind;
    if (!ko_str_cut(&rest, ':', &kind) || rest.p == NULL)
        return ko_err_set(err, KO_ESYNTAX, "'%.*s' is not KIND:CALLER->CALLEE",
                          KO_ARG(text));
    for (int i = 0; i < KO_CONTAIN_KINDS; i++) {
        struct ko_str names[2];
        uint32_t node;
        if (!ko_str_eq(kinds[i].name, kind))
            continue;
        if (kinds[i].of_link)
            return split_arrow(rest, names)
                       ? add_link(list, p, (enum ko_contain_kind)i, names, err)
                       : add_links_to(list, p, (enum ko_contain_kind)i, rest, err);
        enum ko_status st = find_node(p, rest, &node, err);
        return st == KO_OK ? add(list, (enum ko_contain_kind)i, node) : st;
    }
    return ko_err_set(err, KO_ESYNTAX,
                      "unknown containment '%.*s'; there are breaker, bulkhead, "
                      "retry-limit, timeout, fallback, rate-limit and load-shedding",
                      KO_ARG(kind));
}

void ko_contain_release(struct ko_containments *list)
{
    ko_arena_release(&list->arena);
    *list = (struct ko_containments){0};
}

bool ko_contain_has(const struct ko_containments *list, enum ko_contain_kind kind,
                    uint32_t at)
{
    for (size_t i = 0; list != NULL && i < list->all.n; i++) {
        if (list->all.v[i].kind == kind && list->all.v[i].at == at)
            return true;
    }
    return false;
}
