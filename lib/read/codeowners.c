/* codeowners.c: CODEOWNERS of GitHub and GitLab: the owners of paths, and so of what is
 * named after a folder. */
#include "read/codeowners.h"

#include "base/list.h"
#include "read/codeowners_rule.h"
#include "read/declare.h"

/* Each is compared with each; the largest files in public have some thousand. */
enum { RULES_MAX = 20000 };

struct rule {
    struct ko_str pattern, owner, contact;
    unsigned section;
    struct ko_place place;
};

struct book {
    struct ko_reading *rd;
    KO_LIST(struct rule) rules;
    unsigned section;
    struct ko_str owner, contact; /* default of the section */
};

bool ko_codeowners_probe(struct ko_str head, const char **ret_why)
{
    struct ko_str text;
    bool owned = false;
    while (ko_str_cut(&head, '\n', &text)) {
        struct ko_codeowners_line line = ko_codeowners_line(text);
        bool cut = head.p == NULL; /* the last line may be */
        if (line.kind == KO_CODEOWNERS_OTHER && !cut)
            return false;
        owned |= line.kind == KO_CODEOWNERS_RULE && line.owner.n > 0;
    }
    *ret_why = "paths with their @owners";
    return owned;
}

static enum ko_status keep(struct book *b, struct ko_str s, struct ko_str *ret)
{
    return ko_str_copy(b->rd->arena, s, ret);
}

static enum ko_status begin_section(struct book *b, const struct ko_codeowners_line *line)
{
    b->section++;
    enum ko_status st = keep(b, line->owner, &b->owner);
    return st == KO_OK ? keep(b, line->contact, &b->contact) : st;
}

static enum ko_status add_rule(struct book *b, const struct ko_codeowners_line *line)
{
    struct rule *r;
    if (b->rules.n >= RULES_MAX)
        return KO_OK;
    KO_LIST_ADD(b->rd->arena, &b->rules, r);
    if (r == NULL)
        return KO_ENOMEM;
    r->section = b->section;
    r->place = ko_reading_place(b->rd);
    enum ko_status st = keep(b, line->pattern, &r->pattern);
    if (st == KO_OK)
        st = keep(b, line->owner.n > 0 ? line->owner : b->owner, &r->owner);
    return st == KO_OK
               ? keep(b, line->owner.n > 0 ? line->contact : b->contact, &r->contact)
               : st;
}

static enum ko_status take_line(struct book *b, struct ko_str text)
{
    struct ko_codeowners_line line = ko_codeowners_line(text);
    enum ko_status st = KO_OK;
    switch (line.kind) {
    case KO_CODEOWNERS_COMMENT:
        return ko_reading_header(b->rd);
    case KO_CODEOWNERS_SECTION:
        st = begin_section(b, &line);
        return st != KO_OK ? st : ko_reading_accept(b->rd);
    case KO_CODEOWNERS_RULE:
        st = add_rule(b, &line);
        return st != KO_OK ? st : ko_reading_accept(b->rd);
    default:
        return ko_reading_reject(b->rd, KO_REJECT_UNKNOWN_FORMAT);
    }
}

/* The rule that decides for the folder of ${r}: the last that matches. */
static const struct rule *deciding(const struct book *b, const struct rule *r)
{
    for (size_t i = b->rules.n; i-- > 0;) {
        if (ko_codeowners_match(b->rules.v[i].pattern, r->pattern))
            return &b->rules.v[i];
    }
    return r;
}

static enum ko_status emit_owners(struct book *b)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < b->rules.n && st == KO_OK; i++) {
        struct ko_str folder = ko_codeowners_folder(b->rules.v[i].pattern);
        const struct rule *r = deciding(b, &b->rules.v[i]);
        struct ko_declaration d = {
            .name = folder, .owner = r->owner, .contact = r->contact, .place = r->place};
        if (folder.n > 0 && r->owner.n > 0)
            st = ko_declare_entity(b->rd, &d);
    }
    return st;
}

enum ko_status ko_codeowners_read(struct ko_reading *rd)
{
    struct book b = {.rd = rd};
    struct ko_line line;
    enum ko_status st;
    while ((st = ko_reading_line(rd, &line)) == KO_OK) {
        st = take_line(&b, line.text);
        if (st != KO_OK)
            return st;
    }
    return st == KO_END ? emit_owners(&b) : st;
}
