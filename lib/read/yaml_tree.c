/* yaml_tree.c: YAML documents as JSON values, one after the other, within bounds. */
#include "read/yaml_tree.h"

#include "base/num.h"

#include <string.h>

struct anchor {
    char name[64];
    json_t *value; /* counted */
    size_t nodes;
};

/* A mapping or sequence that is open. */
struct level {
    json_t *value; /* counted */
    json_t *key;   /* counted: the key whose value comes next */
    size_t nodes_before;
    char anchor[64];
};

/* A document on its way. */
struct tree {
    struct level levels[KO_YAML_DEPTH_MAX];
    size_t depth;
    struct anchor *anchors;
    size_t n_anchors;
    size_t nodes;
    json_t *root;
    struct ko_yaml_error *error;
    uint64_t line;
};

enum ko_status ko_yaml_open(struct ko_yaml *y, struct ko_str bytes)
{
    if (!yaml_parser_initialize(&y->parser))
        return KO_ENOMEM;
    y->open = true;
    yaml_parser_set_input_string(&y->parser, (const unsigned char *)bytes.p, bytes.n);
    return KO_OK;
}

void ko_yaml_close(struct ko_yaml *y)
{
    if (y->open)
        yaml_parser_delete(&y->parser);
    y->open = false;
}

static enum ko_status fail(struct tree *t, const char *text, bool is_limit)
{
    *t->error = (struct ko_yaml_error){text, t->line, is_limit};
    return KO_ESYNTAX;
}

static void free_tree(struct tree *t)
{
    for (size_t i = 0; i < t->depth; i++) {
        json_decref(t->levels[i].value);
        json_decref(t->levels[i].key);
    }
    for (size_t i = 0; i < t->n_anchors; i++)
        json_decref(t->anchors[i].value);
    json_decref(t->root);
    ko_mem_free(t->anchors);
}

static void keep_name(char to[64], const yaml_char_t *name)
{
    to[0] = '\0';
    size_t n = name != NULL ? strlen((const char *)name) : 0;
    if (n > 0 && n < 64)
        memcpy(to, name, n + 1);
}

/* An anchor that is set again means the newer value. */
static enum ko_status add_anchor(struct tree *t, const char *name, json_t *value,
                                 size_t nodes)
{
    if (name[0] == '\0')
        return KO_OK;
    if (t->n_anchors == KO_YAML_ANCHORS_MAX)
        return fail(t, "too many anchors", true);
    struct anchor *more = ko_mem_resize(t->anchors, t->n_anchors + 1, sizeof *t->anchors);
    if (more == NULL)
        return KO_ENOMEM;
    t->anchors = more;
    struct anchor *a = &t->anchors[t->n_anchors++];
    memcpy(a->name, name, sizeof a->name);
    a->value = json_incref(value);
    a->nodes = nodes;
    return KO_OK;
}

/* Put ${value}, which is given away, into what is open. */
static enum ko_status put(struct tree *t, json_t *value)
{
    if (t->depth == 0) {
        json_decref(t->root);
        t->root = value;
        return KO_OK;
    }
    struct level *top = &t->levels[t->depth - 1];
    if (json_is_array(top->value))
        return json_array_append_new(top->value, value) == 0 ? KO_OK : KO_ENOMEM;
    if (top->key == NULL) {
        top->key = value;
        return KO_OK;
    }
    int failed = 0;
    if (json_is_string(top->key)) /* other keys have no use here */
        failed = json_object_setn_new(top->value, json_string_value(top->key),
                                      json_string_length(top->key), value);
    else
        json_decref(value);
    json_decref(top->key);
    top->key = NULL;
    return failed == 0 ? KO_OK : KO_ENOMEM;
}

static bool is_key(const struct tree *t)
{
    return t->depth > 0 && json_is_object(t->levels[t->depth - 1].value) &&
           t->levels[t->depth - 1].key == NULL;
}

static json_t *scalar(const struct tree *t, const yaml_event_t *e)
{
    struct ko_str s = {(const char *)e->data.scalar.value, e->data.scalar.length};
    int64_t n;
    bool plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && !is_key(t);
    if (plain && (s.n == 0 || ko_str_eq(s, KO_STR("~")) || ko_str_ieq(s, KO_STR("null"))))
        return json_null();
    if (plain && ko_str_ieq(s, KO_STR("true")))
        return json_true();
    if (plain && ko_str_ieq(s, KO_STR("false")))
        return json_false();
    if (plain && s.p[0] != '0' && s.p[0] != '+' && ko_num_int(s, &n) == KO_OK)
        return json_integer(n);
    return json_stringn(s.p, s.n);
}

static enum ko_status count_nodes(struct tree *t, size_t n)
{
    t->nodes += n;
    return t->nodes <= KO_YAML_NODES_MAX
               ? KO_OK
               : fail(t, "more nodes than a document may have", true);
}

static enum ko_status take_scalar(struct tree *t, const yaml_event_t *e)
{
    char name[64];
    keep_name(name, e->data.scalar.anchor);
    enum ko_status st = count_nodes(t, 1);
    if (st != KO_OK)
        return st;
    size_t at;
    struct ko_str s = {(const char *)e->data.scalar.value, e->data.scalar.length};
    if (ko_str_chr(s, '\0', &at))
        return fail(t, "a NUL in a text", false);
    json_t *value = scalar(t, e);
    if (value == NULL)
        return KO_ENOMEM;
    st = add_anchor(t, name, value, 1);
    if (st == KO_OK)
        return put(t, value);
    json_decref(value);
    return st;
}

static enum ko_status take_alias(struct tree *t, const yaml_event_t *e)
{
    for (size_t i = t->n_anchors; i-- > 0;) {
        struct anchor *a = &t->anchors[i];
        if (strcmp(a->name, (const char *)e->data.alias.anchor) != 0)
            continue;
        enum ko_status st = count_nodes(t, a->nodes);
        return st != KO_OK ? st : put(t, json_incref(a->value));
    }
    return fail(t, "an alias of nothing", false);
}

static enum ko_status open_level(struct tree *t, json_t *value, const yaml_char_t *anchor)
{
    enum ko_status st = value != NULL ? count_nodes(t, 1) : KO_ENOMEM;
    if (st == KO_OK && t->depth == KO_YAML_DEPTH_MAX)
        st = fail(t, "nested too deep", true);
    if (st != KO_OK) {
        json_decref(value);
        return st;
    }
    struct level *top = &t->levels[t->depth++];
    *top = (struct level){.value = value, .nodes_before = t->nodes - 1};
    keep_name(top->anchor, anchor);
    return KO_OK;
}

static enum ko_status close_level(struct tree *t)
{
    struct level top = t->levels[--t->depth];
    json_decref(top.key);
    enum ko_status st = add_anchor(t, top.anchor, top.value, t->nodes - top.nodes_before);
    if (st == KO_OK)
        return put(t, top.value);
    json_decref(top.value);
    return st;
}

static enum ko_status take_event(struct tree *t, const yaml_event_t *e)
{
    t->line = e->start_mark.line + 1;
    switch (e->type) {
    case YAML_SCALAR_EVENT:
        return take_scalar(t, e);
    case YAML_ALIAS_EVENT:
        return take_alias(t, e);
    case YAML_MAPPING_START_EVENT:
        return open_level(t, json_object(), e->data.mapping_start.anchor);
    case YAML_SEQUENCE_START_EVENT:
        return open_level(t, json_array(), e->data.sequence_start.anchor);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        return close_level(t);
    default:
        return KO_OK;
    }
}

static enum ko_status parse(struct ko_yaml *y, struct tree *t, yaml_event_t *e)
{
    if (yaml_parser_parse(&y->parser, e))
        return KO_OK;
    if (y->parser.error == YAML_MEMORY_ERROR)
        return KO_ENOMEM;
    t->line = y->parser.problem_mark.line + 1;
    return fail(t, y->parser.problem != NULL ? y->parser.problem : "not YAML", false);
}

/* Events up to the end of a document. */
static enum ko_status build(struct ko_yaml *y, struct tree *t, uint64_t *ret_lines)
{
    for (;;) {
        yaml_event_t e;
        enum ko_status st = parse(y, t, &e);
        if (st != KO_OK)
            return st;
        yaml_event_type_t type = e.type;
        *ret_lines = e.end_mark.line + (e.end_mark.column > 0 ? 1 : 0);
        st = take_event(t, &e);
        yaml_event_delete(&e);
        if (st != KO_OK || type == YAML_DOCUMENT_END_EVENT)
            return st;
        if (type == YAML_STREAM_END_EVENT || type == YAML_NO_EVENT)
            return KO_END;
    }
}

enum ko_status ko_yaml_next(struct ko_yaml *y, json_t **ret, uint64_t *ret_lines,
                            struct ko_yaml_error *ret_error)
{
    struct tree t = {.error = ret_error};
    enum ko_status st = build(y, &t, ret_lines);
    if (st == KO_OK) {
        *ret = t.root != NULL ? t.root : json_null();
        t.root = NULL;
    }
    free_tree(&t);
    return st;
}
