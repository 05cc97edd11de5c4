/* json_layout.c: where the values of JSON lines stand, learnt from the lines before. */
#include "read/json_layout.h"

#include "base/bytes.h"

/* ---- learning ---- */

static struct ko_json_node *find(struct ko_json_node *branch, struct ko_str lead,
                                 enum ko_value_type type, bool is_end)
{
    while (branch != NULL && !(branch->type == type && ko_str_eq(branch->lead, lead) &&
                               (branch->form != NULL) == is_end))
        branch = branch->beside;
    return branch;
}

static struct ko_json_node *put_node(struct ko_json_layout *layout,
                                     struct ko_arena *arena, struct ko_json_node **branch,
                                     struct ko_str lead, enum ko_value_type type)
{
    struct ko_json_node *node = find(*branch, lead, type, false);
    if (node != NULL)
        return node;
    node = ko_arena_alloc(arena, 1, sizeof *node);
    char *copy = ko_arena_alloc(arena, lead.n + KO_BYTES_STEP, 1);
    if (node == NULL || copy == NULL)
        return NULL;
    if (lead.n > 0)
        memcpy(copy, lead.p, lead.n);
    *node =
        (struct ko_json_node){.lead = {copy, lead.n}, .type = type, .beside = *branch};
    *branch = node;
    layout->n_nodes++;
    return node;
}

static const char *end_of(const struct ko_json_token *t)
{
    return t->value.p + (t->type == KO_VALUE_NONE ? KO_JSON_NULL.n : t->value.n);
}

static enum ko_status put_end(struct ko_json_layout *layout, struct ko_arena *arena,
                              struct ko_json_node **branch, struct ko_str tail,
                              const struct ko_json_node *what, size_t n)
{
    uint8_t *order = NULL;
    if (find(*branch, tail, KO_VALUE_NONE, true) != NULL)
        return KO_OK;
    struct ko_json_node *end = put_node(layout, arena, branch, tail, KO_VALUE_NONE);
    if (what->order != NULL)
        order = ko_arena_alloc(arena, n, sizeof *order);
    if (end == NULL || (what->order != NULL && order == NULL))
        return KO_ENOMEM;
    for (size_t i = 0; i < n && order != NULL; i++)
        order[i] = what->order[i];
    end->form = what->form;
    end->order = order;
    return KO_OK;
}

enum ko_status ko_json_layout_add(struct ko_json_layout *layout, struct ko_arena *arena,
                                  struct ko_str text, const struct ko_json_tokens *tokens,
                                  const struct ko_json_form *form, const uint8_t *order)
{
    const char *from = text.p;
    struct ko_json_node **branch = &layout->top;
    size_t leaves = 0;
    if (layout->n_nodes + tokens->n >= KO_JSON_LAYOUT_NODES)
        return KO_OK;
    for (size_t i = 0; i < tokens->n; i++) {
        const struct ko_json_token *t = &tokens->v[i];
        if (t->what != KO_JSON_LEAF)
            continue;
        struct ko_str lead = {from, (size_t)(t->value.p - from)};
        struct ko_json_node *node = put_node(layout, arena, branch, lead, t->type);
        if (node == NULL)
            return KO_ENOMEM;
        branch = &node->below;
        from = end_of(t);
        leaves++;
    }
    struct ko_str tail = {from, (size_t)(text.p + text.n - from)};
    return put_end(layout, arena, branch, tail,
                   &(struct ko_json_node){.form = form, .order = order}, leaves);
}

/* ---- reading ---- */

/* Most texts are ASCII without escapes. */
static inline bool take_text(struct ko_json_scan *s, struct ko_json_leaf *ret)
{
    bool high = false;
    const char *end = ko_bytes_json_run(s->p, s->end, &high);
    if (high || end == s->end || *end != '"')
        return ko_json_scan_text(s, &ret->value, &ret->escaped);
    ret->value = (struct ko_str){s->p, (size_t)(end - s->p)};
    s->p = end;
    return true;
}

/* Most numbers are short and have no exponent. */
static inline bool take_number(struct ko_json_scan *s, struct ko_json_leaf *ret)
{
    enum { FEW = 9 };
    const char *p = s->p, *end = ko_bytes_digits(p, s->end);
    size_t whole = (size_t)(end - p), part = 1;
    bool real = end < s->end && *end == '.';
    if (real) {
        const char *point = end;
        end = ko_bytes_digits(point + 1, s->end);
        part = (size_t)(end - point) - 1;
    }
    if (whole - 1 >= FEW || part - 1 >= FEW - 1 || (*p == '0' && whole > 1) ||
        end == s->end || (*end | ' ') == 'e')
        return ko_json_scan_number(s, &ret->value, &ret->real);
    ret->value = (struct ko_str){p, (size_t)(end - p)};
    ret->real = real;
    s->p = end;
    return true;
}

static inline bool take_value(struct ko_json_scan *s, enum ko_value_type type,
                              struct ko_json_leaf *ret)
{
    enum ko_value_type found;
    ret->escaped = ret->real = false;
    if (type == KO_VALUE_TEXT)
        return take_text(s, ret);
    if (type == KO_VALUE_NUMBER)
        return take_number(s, ret);
    return ko_json_scan_word(s, &ret->value, &found) && found == type;
}

/* Take the lead of ${node}, and its value. */
static inline bool take_node(struct ko_json_scan *s, const struct ko_json_node *node,
                             struct ko_json_leaf *ret)
{
    if (!ko_bytes_begin(s->p, s->end, node->lead.p, node->lead.n))
        return false;
    const char *from = s->p;
    s->p += node->lead.n;
    if (node->form != NULL ? s->p == s->end : take_value(s, node->type, ret))
        return true;
    s->p = from;
    return false;
}

/* The branch at ${link} is taken next time before those that stand at ${first}. */
static void put_first(struct ko_json_node **first, struct ko_json_node **link)
{
    struct ko_json_node *node = *link;
    *link = node->beside;
    node->beside = *first;
    *first = node;
}

/* In one place, so that what each byte costs is inline. */
const struct ko_json_node *ko_json_layout_take(struct ko_json_layout *layout,
                                               struct ko_str text,
                                               struct ko_json_leaf *leaves)
{
    struct ko_json_scan s = {text.p, text.p + text.n};
    struct ko_json_node **branch = &layout->top;
    for (size_t i = 0; i < KO_JSON_TOKENS_MAX; i++) {
        struct ko_json_node **link = branch, *node = *link;
        size_t tries = 0;
        while (node != NULL && !take_node(&s, node, &leaves[i])) {
            link = &node->beside;
            node = ++tries < KO_JSON_LAYOUT_TRIES ? *link : NULL;
        }
        if (node == NULL)
            return NULL;
        if (link != branch)
            put_first(branch, link);
        if (node->form != NULL)
            return node;
        branch = &node->below;
    }
    return NULL;
}
