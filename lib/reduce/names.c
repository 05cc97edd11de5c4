/* names.c: one entity under the many names that exports give it. */
#include "reduce/names.h"

#include "base/map.h"

#include <stdlib.h>

enum { ORDINAL_MAX = 3 };

/* One spelling: a stripped name, with all raw names that strip to it. */
struct spelling {
    struct ko_str text;
    uint32_t fold; /* number of its folded form */
    uint64_t records;
    bool declared;
};

enum { MEMBER_0 = 1, MEMBER_OTHER = 2 };

/* Working data of one resolve. */
struct resolver {
    const struct ko_names *names;
    struct ko_arena *arena;
    struct ko_str *result;
    struct ko_map spelling_map, fold_map, set_map;
    struct ko_map plain_map;    /* stripped names */
    struct ko_map data_map;     /* (stripped name, export) with data */
    struct spelling *spellings; /* room for one a name */
    uint32_t *spelling_of;      /* KO_NO_ENTITY: an alias decided */
    unsigned char *members;     /* MEMBER_* of each possible set */
    struct ko_buf scratch;
};

static struct ko_str folded(struct resolver *r, struct ko_str s)
{
    ko_buf_reset(&r->scratch);
    ko_name_fold(s, &r->scratch);
    return ko_buf_str(&r->scratch);
}

static bool exact_alias(struct resolver *r, struct ko_str name, struct ko_str *ret)
{
    for (size_t i = 0; i < r->names->n_aliases; i++) {
        if (ko_str_eq(r->names->aliases[i].alias, name)) {
            *ret = r->names->aliases[i].name;
            return true;
        }
    }
    return false;
}

static bool folded_alias(struct resolver *r, struct ko_str name, struct ko_str *ret)
{
    struct ko_buf other;
    ko_buf_init(&other, KO_BUF_MAX);
    struct ko_str want = folded(r, name);
    bool found = false;
    for (size_t i = 0; i < r->names->n_aliases && !found; i++) {
        ko_buf_reset(&other);
        ko_name_fold(r->names->aliases[i].alias, &other);
        found = want.n > 0 && ko_str_eq(want, ko_buf_str(&other));
        if (found)
            *ret = r->names->aliases[i].name;
    }
    ko_buf_release(&other);
    return found;
}

/* The set of which "name-2" is a member: "name", when "name-0" exists as well. */
static enum ko_status note_member(struct resolver *r, struct ko_str s)
{
    struct ko_str head, part;
    if (!ko_name_cut(s, &head, &part) || part.n > ORDINAL_MAX || !ko_name_is_number(part))
        return KO_OK;
    uint32_t index;
    enum ko_status st = ko_map_put(&r->set_map, head, (uint32_t)r->set_map.n, &index);
    if (st == KO_OK)
        r->members[index] |= ko_str_eq(part, KO_STR("0")) ? MEMBER_0 : MEMBER_OTHER;
    return st;
}

static struct ko_str set_of(const struct resolver *r, struct ko_str s)
{
    struct ko_str head, part;
    uint32_t index;
    bool member = ko_name_cut(s, &head, &part) && part.n <= ORDINAL_MAX &&
                  ko_name_is_number(part) && ko_map_get(&r->set_map, head, &index) &&
                  r->members[index] == (MEMBER_0 | MEMBER_OTHER);
    return member ? head : s;
}

/* ---- instances of a service that is known by its own name ---- */

static struct ko_str data_key(uint32_t *fields, uint32_t plain, uint32_t export_index)
{
    fields[0] = plain;
    fields[1] = export_index;
    return (struct ko_str){(const char *)fields, 2 * sizeof *fields};
}

static enum ko_status note_plain(struct resolver *r)
{
    enum ko_status st = KO_OK;
    uint32_t index, fields[2], unused;
    for (size_t i = 0; i < r->names->n && st == KO_OK; i++)
        st = ko_map_put(&r->plain_map, ko_name_strip(r->names->v[i].raw),
                        (uint32_t)r->plain_map.n, &index);
    for (size_t i = 0; i < r->names->n_uses && st == KO_OK; i++) {
        const struct ko_name_use *use = &r->names->uses[i];
        struct ko_str plain = ko_name_strip(r->names->v[use->name].raw);
        if (ko_map_get(&r->plain_map, plain, &index))
            st = ko_map_put(&r->data_map, data_key(fields, index, use->export_index), 0,
                            &unused);
    }
    return st;
}

/* Does one export have data under both names?  Then it means two things by them. */
static bool are_told_apart(const struct resolver *r, struct ko_str a, struct ko_str b)
{
    uint32_t left, right, fields[2], unused;
    if (!ko_map_get(&r->plain_map, a, &left) || !ko_map_get(&r->plain_map, b, &right))
        return false;
    for (size_t i = 0; i < r->names->n_uses; i++) {
        uint32_t e = r->names->uses[i].export_index;
        if (ko_map_get(&r->data_map, data_key(fields, left, e), &unused) &&
            ko_map_get(&r->data_map, data_key(fields, right, e), &unused))
            return true;
    }
    return false;
}

/* "crm.example.com" is a host of "crm" where that name is known as well. */
static struct ko_str host_of(const struct resolver *r, struct ko_str s)
{
    size_t at;
    uint32_t unused;
    if (!ko_str_chr(s, '.', &at) || at == 0)
        return s;
    struct ko_str head = ko_str_sub(s, 0, at);
    return ko_map_get(&r->plain_map, head, &unused) && !are_told_apart(r, s, head) ? head
                                                                                   : s;
}

/* "crm-api-6d4-x1" is an instance of "crm-api" where that name is known as well. */
static struct ko_str base_of(const struct resolver *r, struct ko_str s)
{
    struct ko_str head = s, part;
    uint32_t unused;
    for (int cuts = 0; cuts < 2; cuts++) {
        if (!ko_name_cut(head, &head, &part) || !ko_name_is_instance(part))
            return host_of(r, s);
        if (ko_map_get(&r->plain_map, head, &unused))
            return are_told_apart(r, s, head) ? s : head;
    }
    return host_of(r, s);
}

/* "crm-1" where other records say that crm-api runs on it, if no export tells the two
 * apart. */
static struct ko_str runs_on(const struct resolver *r, size_t i, struct ko_str stripped)
{
    const struct ko_name *name = &r->names->v[i];
    uint32_t of;
    if (r->names->hosts == NULL || name->declared ||
        !ko_hosts_find(r->names->hosts, name->raw, &of))
        return stripped;
    struct ko_str owner = ko_name_strip(r->names->v[of].raw);
    return are_told_apart(r, stripped, owner) ? stripped : owner;
}

/* ---- spellings ---- */

static enum ko_status add_spelling(struct resolver *r, size_t i, struct ko_str text)
{
    const struct ko_name *name = &r->names->v[i];
    uint32_t index, fold;
    enum ko_status st =
        ko_map_put(&r->spelling_map, text, (uint32_t)r->spelling_map.n, &index);
    if (st != KO_OK)
        return st;
    struct ko_str key = folded(r, text);
    if (r->scratch.status != KO_OK)
        return r->scratch.status;
    st = ko_map_put(&r->fold_map, key.n > 0 ? key : text, (uint32_t)r->fold_map.n, &fold);
    struct spelling *s = &r->spellings[index];
    s->text = text;
    s->fold = fold;
    s->records += name->records;
    s->declared |= name->declared;
    r->spelling_of[i] = index;
    return st;
}

static enum ko_status find_spellings(struct resolver *r)
{
    enum ko_status st = note_plain(r);
    for (size_t i = 0; i < r->names->n && st == KO_OK; i++) {
        if (r->names->v[i].instance)
            st = note_member(r, ko_name_strip(r->names->v[i].raw));
    }
    for (size_t i = 0; i < r->names->n && st == KO_OK; i++) {
        struct ko_str raw = r->names->v[i].raw;
        struct ko_str stripped = ko_name_strip(raw);
        r->spelling_of[i] = KO_NO_ENTITY;
        if (exact_alias(r, raw, &r->result[i]) ||
            exact_alias(r, stripped, &r->result[i]) ||
            folded_alias(r, stripped, &r->result[i]))
            continue;
        struct ko_str owner = runs_on(r, i, stripped);
        if (!ko_str_eq(owner, stripped))
            stripped = owner;
        else if (r->names->v[i].instance)
            stripped = set_of(r, stripped);
        st = add_spelling(r, i, base_of(r, stripped));
    }
    return st;
}

/* (folded form, export, spelling), to find forms that one export spells in two ways. */
struct use {
    uint32_t fold, export_index, spelling;
};

static int by_use(const void *a, const void *b)
{
    const struct use *x = a, *y = b;
    if (x->fold != y->fold)
        return x->fold < y->fold ? -1 : 1;
    if (x->export_index != y->export_index)
        return x->export_index < y->export_index ? -1 : 1;
    return (x->spelling > y->spelling) - (x->spelling < y->spelling);
}

static enum ko_status mark_distinguished(struct resolver *r, bool *apart)
{
    struct use *uses = ko_arena_alloc(r->arena, r->names->n_uses, sizeof *uses);
    if (uses == NULL)
        return KO_ENOMEM;
    size_t n = 0;
    for (size_t i = 0; i < r->names->n_uses; i++) {
        uint32_t s = r->spelling_of[r->names->uses[i].name];
        if (s != KO_NO_ENTITY)
            uses[n++] =
                (struct use){r->spellings[s].fold, r->names->uses[i].export_index, s};
    }
    if (n > 1)
        qsort(uses, n, sizeof *uses, by_use);
    for (size_t i = 1; i < n; i++) {
        if (uses[i].fold == uses[i - 1].fold &&
            uses[i].export_index == uses[i - 1].export_index &&
            uses[i].spelling != uses[i - 1].spelling)
            apart[uses[i].fold] = true;
    }
    return KO_OK;
}

static bool is_better(const struct spelling *a, const struct spelling *b)
{
    if (a->declared != b->declared)
        return a->declared;
    if (a->records != b->records)
        return a->records > b->records;
    return ko_str_cmp(a->text, b->text) < 0;
}

static enum ko_status choose(struct resolver *r)
{
    bool *apart = ko_arena_alloc(r->arena, r->fold_map.n, sizeof *apart);
    uint32_t *best = ko_arena_alloc(r->arena, r->fold_map.n, sizeof *best);
    enum ko_status st = apart && best ? mark_distinguished(r, apart) : KO_ENOMEM;
    if (st != KO_OK)
        return st;
    for (uint32_t i = (uint32_t)r->spelling_map.n; i-- > 0;)
        best[r->spellings[i].fold] = i;
    for (uint32_t i = 0; i < r->spelling_map.n; i++) {
        uint32_t *b = &best[r->spellings[i].fold];
        if (is_better(&r->spellings[i], &r->spellings[*b]))
            *b = i;
    }
    for (size_t i = 0; i < r->names->n; i++) {
        uint32_t fold;
        if (r->spelling_of[i] != KO_NO_ENTITY) {
            const struct spelling *s = &r->spellings[r->spelling_of[i]];
            r->result[i] = apart[s->fold] ? s->text : r->spellings[best[s->fold]].text;
        } else if (ko_map_get(&r->fold_map, folded(r, r->result[i]), &fold) &&
                   !apart[fold]) {
            r->result[i] = r->spellings[best[fold]].text;
        }
    }
    return KO_OK;
}

enum ko_status ko_names_resolve(const struct ko_names *names, struct ko_arena *arena,
                                struct ko_str *ret)
{
    struct resolver r = {.names = names, .arena = arena, .result = ret};
    ko_map_init(&r.spelling_map, 0);
    ko_map_init(&r.fold_map, 0);
    ko_map_init(&r.set_map, 0);
    ko_map_init(&r.plain_map, 0);
    ko_map_init(&r.data_map, 0);
    ko_buf_init(&r.scratch, KO_BUF_MAX);
    r.spellings = ko_arena_alloc(arena, names->n, sizeof *r.spellings);
    r.spelling_of = ko_arena_alloc(arena, names->n, sizeof *r.spelling_of);
    r.members = ko_arena_alloc(arena, names->n, sizeof *r.members);
    enum ko_status st = KO_ENOMEM;
    if (r.spellings != NULL && r.spelling_of != NULL && r.members != NULL)
        st = find_spellings(&r);
    if (st == KO_OK)
        st = choose(&r);
    ko_map_release(&r.spelling_map);
    ko_map_release(&r.fold_map);
    ko_map_release(&r.set_map);
    ko_map_release(&r.plain_map);
    ko_map_release(&r.data_map);
    ko_buf_release(&r.scratch);
    return st;
}
