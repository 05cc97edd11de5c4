/* structurizr.c: the simple part of Structurizr's language for models of software. */
#include "read/structurizr.h"

#include "base/list.h"
#include "base/map.h"
#include "read/declare.h"
#include "read/text_scan.h"

#include <math.h>

/* Braces within braces: a model needs six. */
enum { NEST_MAX = 32 };

struct element {
    struct ko_str name;
};

struct model {
    struct ko_reading *rd;
    struct ko_map ids;
    KO_LIST(struct element) elements;
    uint32_t open[NEST_MAX]; /* the element that each brace belongs to */
    size_t depth;
    bool in_comment;
};

#define NOBODY UINT32_MAX

bool ko_structurizr_probe(struct ko_str head, const char **ret_why)
{
    struct ko_str line;
    size_t at;
    *ret_why = "begins with 'workspace … {'";
    while (ko_str_cut(&head, '\n', &line)) {
        line = ko_str_trim(line);
        if (line.n == 0 || line.p[0] == '#' || ko_str_starts(line, KO_STR("//")))
            continue;
        struct ko_str word;
        return ko_text_token(&line, &word) && ko_str_ieq(word, KO_STR("workspace")) &&
               (ko_str_chr(line, '{', &at) || ko_str_chr(head, '{', &at));
    }
    return false;
}

static bool is_type(struct ko_str word)
{
    static const struct ko_str words[] = {KO_STR_INIT("softwareSystem"),
                                          KO_STR_INIT("container"),
                                          KO_STR_INIT("component")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ko_str_ieq(word, words[i]))
            return true;
    }
    return false;
}

static uint32_t enclosing(const struct model *m)
{
    for (size_t i = m->depth < NEST_MAX ? m->depth : NEST_MAX; i-- > 0;) {
        if (m->open[i] != NOBODY)
            return m->open[i];
    }
    return NOBODY;
}

/* "system.api" is known by its last part, too. */
static uint32_t find(const struct model *m, struct ko_str id)
{
    uint32_t index;
    size_t at;
    if (ko_map_get(&m->ids, id, &index))
        return index;
    if (ko_str_rchr(id, '.', &at) && ko_map_get(&m->ids, ko_str_skip(id, at + 1), &index))
        return index;
    return NOBODY;
}

static enum ko_status define(struct model *m, struct ko_str id, struct ko_str rest,
                             uint32_t *ret)
{
    struct ko_str name;
    struct element *e;
    size_t at;
    if (!ko_text_field(&rest, &name) || name.n == 0)
        return KO_OK;
    KO_LIST_ADD(m->rd->arena, &m->elements, e);
    if (e == NULL)
        return KO_ENOMEM;
    enum ko_status st = ko_str_copy(m->rd->arena, name, &e->name);
    if (st == KO_OK && id.n > 0)
        st = ko_map_put(&m->ids, id, (uint32_t)m->elements.n - 1, ret);
    *ret = (uint32_t)m->elements.n - 1;
    struct ko_declaration d = {.name = e->name, .place = ko_reading_place(m->rd)};
    if (ko_str_ifind(rest, KO_STR("database"), &at))
        d.kind = KO_STR("datastore");
    return st == KO_OK ? ko_declare_entity(m->rd, &d) : st;
}

/* People call, too, but cannot fail. */
static enum ko_status call(struct model *m, uint32_t from, struct ko_str rest)
{
    struct ko_str to;
    if (!ko_text_token(&rest, &to))
        return KO_OK;
    uint32_t callee = find(m, to);
    if (from == NOBODY || callee == NOBODY)
        return KO_OK;
    return ko_declare_edge(m->rd, ko_reading_place(m->rd), m->elements.v[from].name,
                           m->elements.v[callee].name, (double)NAN);
}

static enum ko_status own(struct model *m, struct ko_str rest)
{
    struct ko_str owner;
    uint32_t of = enclosing(m);
    if (of == NOBODY || !ko_text_field(&rest, &owner))
        return KO_OK;
    struct ko_declaration d = {
        .name = m->elements.v[of].name, .owner = owner, .place = ko_reading_place(m->rd)};
    return ko_declare_entity(m->rd, &d);
}

static enum ko_status take_words(struct model *m, struct ko_str line, uint32_t *ret)
{
    struct ko_str rest = line, first, second, third;
    if (!ko_text_field(&rest, &first))
        return KO_OK;
    if (ko_str_eq(first, KO_STR("->")))
        return call(m, enclosing(m), rest);
    if (ko_str_ieq(first, KO_STR("owner")) || ko_str_ieq(first, KO_STR("team")))
        return own(m, rest);
    if (ko_str_ieq(first, KO_STR("!include")))
        return ko_ledger_remark(m->rd->ledger, "!include is not followed: give the "
                                               "other files, too");
    if (is_type(first))
        return define(m, (struct ko_str){0}, rest, ret);
    if (!ko_text_token(&rest, &second))
        return KO_OK;
    if (ko_str_eq(second, KO_STR("->")))
        return call(m, find(m, first), rest);
    if (ko_str_eq(second, KO_STR("=")) && ko_text_token(&rest, &third) && is_type(third))
        return define(m, first, rest, ret);
    return KO_OK;
}

/* Braces stand at the end of a line, as the language demands. */
static void take_brace(struct model *m, struct ko_str line, uint32_t opened)
{
    if (line.n > 0 && line.p[0] == '}' && m->depth > 0)
        m->depth--;
    if (line.n == 0 || line.p[line.n - 1] != '{')
        return;
    if (m->depth < NEST_MAX)
        m->open[m->depth] = opened;
    m->depth++;
}

static enum ko_status take_line(struct model *m, struct ko_str line)
{
    size_t at;
    uint32_t opened = NOBODY;
    line = ko_str_trim(line);
    bool begins = ko_str_starts(line, KO_STR("/*"));
    if (begins || m->in_comment) {
        m->in_comment = !ko_str_find(line, KO_STR("*/"), &at);
        return ko_reading_header(m->rd);
    }
    if (line.p[0] == '#' || ko_str_starts(line, KO_STR("//")))
        return ko_reading_header(m->rd);
    enum ko_status st = take_words(m, line, &opened);
    take_brace(m, line, opened);
    return st != KO_OK ? st : ko_reading_accept(m->rd);
}

enum ko_status ko_structurizr_read(struct ko_reading *rd)
{
    struct model m = {.rd = rd};
    struct ko_line line;
    enum ko_status st;
    ko_map_init(&m.ids, 0);
    while ((st = ko_reading_line(rd, &line)) == KO_OK) {
        st = take_line(&m, line.text);
        if (st != KO_OK)
            break;
    }
    ko_map_release(&m.ids);
    return st == KO_END ? KO_OK : st;
}
