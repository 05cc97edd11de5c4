/* names.c: which entities a text names. */
#include "spread/names.h"

#include "spread/words.h"

#include <string.h>

/* Names are looked up in lower case; no longer word is one. */
enum { NAME_BYTES_MIN = 3, NAME_BYTES_MAX = 200 };

static bool joins(char c)
{
    return ko_char_is_alnum(c) || c == '-' || c == '_';
}

static bool is_one_word(struct ko_str name)
{
    for (size_t i = 0; i < name.n; i++) {
        if (!joins(name.p[i]))
            return false;
    }
    return name.n <= NAME_BYTES_MAX;
}

static struct ko_str lower(struct ko_str s, char room[NAME_BYTES_MAX])
{
    for (size_t i = 0; i < s.n; i++)
        room[i] = ko_char_lower(s.p[i]);
    return (struct ko_str){room, s.n};
}

static enum ko_status add(struct ko_names *names, struct ko_str name, uint32_t entity,
                          bool *odd)
{
    char room[NAME_BYTES_MAX];
    uint32_t at;
    if (name.n < NAME_BYTES_MIN)
        return KO_OK;
    if (!is_one_word(name)) {
        *odd = true;
        return KO_OK;
    }
    return ko_map_put(&names->whole, lower(name, room), entity, &at);
}

static enum ko_status add_entity(struct ko_names *names, uint32_t entity)
{
    const struct ko_entity *e = &names->c->entities.v[entity];
    bool odd = false;
    enum ko_status st = add(names, e->name, entity, &odd);
    for (size_t i = 0; i < e->aliases.n && st == KO_OK; i++)
        st = add(names, e->aliases.v[i], entity, &odd);
    if (odd)
        names->odd[names->n_odd++] = entity;
    return st;
}

enum ko_status ko_names_init(const struct ko_case *c, struct ko_arena *scratch,
                             struct ko_names *ret)
{
    struct ko_names names = {.c = c};
    names.odd = ko_arena_alloc(scratch, c->entities.n + 1, sizeof *names.odd);
    if (names.odd == NULL)
        return KO_ENOMEM;
    ko_map_init(&names.whole, 0);
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < c->entities.n && st == KO_OK; i++)
        st = add_entity(&names, (uint32_t)i);
    if (st != KO_OK)
        ko_map_release(&names.whole);
    else
        *ret = names;
    return st;
}

void ko_names_release(struct ko_names *names)
{
    ko_map_release(&names->whole);
}

static size_t add_found(uint32_t entity, uint32_t *found, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (found[i] == entity)
            return n;
    }
    if (n < KO_NAMES_MAX)
        found[n++] = entity;
    return n;
}

static bool is_named(const struct ko_entity *e, struct ko_str text)
{
    if (ko_words_name(text, e->name))
        return true;
    for (size_t i = 0; i < e->aliases.n; i++) {
        if (ko_words_name(text, e->aliases.v[i]))
            return true;
    }
    return false;
}

size_t ko_names_find(const struct ko_names *names, struct ko_str text,
                     uint32_t ret[KO_NAMES_MAX])
{
    char room[NAME_BYTES_MAX];
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        size_t from = i;
        uint32_t entity;
        while (i < text.n && joins(text.p[i]))
            i++;
        struct ko_str word = ko_str_sub(text, from, i - from);
        if (word.n >= NAME_BYTES_MIN && word.n <= NAME_BYTES_MAX &&
            ko_map_get(&names->whole, lower(word, room), &entity))
            n = add_found(entity, ret, n);
    }
    for (size_t i = 0; i < names->n_odd; i++) {
        if (is_named(&names->c->entities.v[names->odd[i]], text))
            n = add_found(names->odd[i], ret, n);
    }
    return n;
}
