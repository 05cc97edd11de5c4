/* told_case.c: what a finished case says; man knockon-case describes its records. */
#include "drill/told.h"
#include "drill/told_json.h"

#include <math.h>

static const double MS = 1e-3;

static enum ko_status take_head(struct ko_told *t, const json_t *r)
{
    t->bucket_s = ko_told_number(r, "step") * MS;
    return KO_OK;
}

static enum ko_status take_chain(struct ko_told *t, const json_t *r)
{
    size_t i;
    json_t *x;
    const json_t *nodes = json_object_get(r, "nodes");
    t->chains += json_array_size(nodes) > 1;
    json_array_foreach (nodes, i, x) {
        enum ko_status st = ko_told_add_node(t, ko_told_text(x, "entity"),
                                             ko_told_number(x, "time") * MS);
        if (st != KO_OK)
            return st;
    }
    return KO_OK;
}

static enum ko_status take_link(struct ko_told *t, const json_t *r)
{
    struct ko_str from = ko_told_text(r, "from");
    struct ko_str to = ko_told_text(r, "to");
    struct ko_str mechanism = ko_told_text(r, "mechanism");
    enum ko_status st = KO_OK;
    if (ko_str_eq(mechanism, KO_STR("retry-amplification")))
        st = ko_told_add_amplifier(t, from, to, (double)NAN);
    if (st == KO_OK && !json_is_true(json_object_get(r, "alternative")))
        st = ko_told_add_edge(t, from, to, mechanism);
    return st;
}

static enum ko_status take_evidence(struct ko_told *t, const json_t *r)
{
    if (ko_str_eq(ko_told_text(r, "kind"), KO_STR("metastable")))
        t->metastable = true;
    if (!ko_str_eq(ko_told_text(r, "signal"), KO_STR("calls per request")))
        return KO_OK;
    return ko_told_add_amplifier(t, ko_told_text(r, "caller"), ko_told_text(r, "entity"),
                                 ko_told_number(r, "score"));
}

static enum ko_status take_suspect(struct ko_told *t, const json_t *r)
{
    return ko_told_add_origin(t, ko_told_text(r, "entity"));
}

static enum ko_status take_change(struct ko_told *t, const json_t *r)
{
    if (!ko_str_eq(ko_told_text(r, "verdict"), KO_STR("suspect")))
        return KO_OK;
    return ko_told_add_change(t, ko_told_text(r, "id"));
}

static const struct {
    struct ko_str type;
    enum ko_status (*take)(struct ko_told *t, const json_t *r);
} types[] = {
    {KO_STR_INIT("case"), take_head},       {KO_STR_INIT("chain"), take_chain},
    {KO_STR_INIT("link"), take_link},       {KO_STR_INIT("evidence"), take_evidence},
    {KO_STR_INIT("suspect"), take_suspect}, {KO_STR_INIT("change"), take_change}};

static enum ko_status take(struct ko_told *t, const json_t *r)
{
    struct ko_str type = ko_told_text(r, "type");
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (ko_str_eq(types[i].type, type))
            return types[i].take(t, r);
    }
    return KO_OK;
}

enum ko_status ko_told_case(struct ko_str stream, struct ko_str source,
                            struct ko_told *ret, struct ko_err *err)
{
    *ret = (struct ko_told){0};
    enum ko_status st = KO_OK;
    struct ko_str line;
    for (uint64_t n = 0; st == KO_OK && ko_str_cut(&stream, '\n', &line); n++) {
        if (line.n == 0)
            continue;
        json_t *r = ko_told_parse(line, source, n, err);
        st = r == NULL ? KO_ESYNTAX : take(ret, r);
        json_decref(r);
        if (st == KO_ENOMEM)
            (void)ko_err_nomem(err);
    }
    if (st == KO_OK && isnan(ret->bucket_s)) {
        st = ko_err_set(err, KO_ESYNTAX, "no case stream");
        ko_err_at(err, source, 1, 0);
    }
    return st;
}
