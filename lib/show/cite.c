/* cite.c: the references to evidence inside a text. */
#include "show/cite.h"

enum ko_status ko_cite_index(const struct ko_case *c, struct ko_map *ids)
{
    for (size_t i = 0; i < c->evidence.n; i++) {
        uint32_t stored;
        enum ko_status st = ko_map_put(ids, c->evidence.v[i].id, (uint32_t)i, &stored);
        if (st != KO_OK)
            return st;
    }
    return KO_OK;
}

/* Longer words are no ids; also what bounds the work on a text full of brackets. */
enum { ID_BYTES_MAX = 24 };

static bool is_separator(char c)
{
    return c == ' ' || c == ',';
}

/* The id at ${at}, which ends before a separator or the bracket's end; empty if none. */
static struct ko_str id_at(struct ko_str s, size_t at)
{
    size_t n = 0;
    while (n < ID_BYTES_MAX && at + n < s.n && !is_separator(s.p[at + n]) &&
           s.p[at + n] != ']')
        n++;
    return ko_str_sub(s, at, n);
}

/* Is ${s}, which starts behind a "[", nothing but ids that exist up to its "]"? */
static bool is_reference(const struct ko_map *ids, struct ko_str s)
{
    size_t at = 0, found = 0;
    while (at < s.n && s.p[at] != ']') {
        struct ko_str id = id_at(s, at);
        uint32_t index;
        if (id.n && !ko_map_get(ids, id, &index))
            return false;
        found += id.n > 0;
        at += id.n ? id.n : 1;
    }
    return found > 0 && at < s.n;
}

/*
 * A reference of several ids is taken id by id: the next call begins with the separator,
 * so the rest behind an id is "E7]…" in a bracket that was checked when it was opened.
 */
static size_t skip_to_id(const struct ko_map *ids, struct ko_str s)
{
    uint32_t index;
    size_t at = 0;
    while (at < s.n && is_separator(s.p[at]))
        at++;
    if (at > 0 && at < s.n && ko_map_get(ids, id_at(s, at), &index) &&
        is_reference(ids, ko_str_skip(s, at)))
        return at;
    for (at = 0; at < s.n; at++) {
        if (s.p[at] == '[' && is_reference(ids, ko_str_skip(s, at + 1)))
            return at + 1;
    }
    return s.n;
}

bool ko_cite_next(const struct ko_map *ids, struct ko_str *rest, struct ko_str *ret_plain,
                  struct ko_str *ret_id)
{
    if (rest->n == 0)
        return false;
    size_t at = skip_to_id(ids, *rest);
    *ret_plain = ko_str_sub(*rest, 0, at);
    *ret_id = at < rest->n ? id_at(*rest, at) : KO_STR("");
    *rest = ko_str_skip(*rest, at + ret_id->n);
    return true;
}

struct ko_str ko_cite_bare(struct ko_str plain, bool behind, bool before)
{
    if (behind && plain.n && (plain.p[0] == ']' || plain.p[0] == ','))
        plain = ko_str_skip(plain, 1);
    if (before && plain.n && plain.p[plain.n - 1] == '[')
        plain.n--;
    return plain;
}
