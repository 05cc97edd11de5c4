/* str.c: text as a slice: pointer and length, passed by value, no terminator needed, NUL
 * allowed. */
#include "base/str.h"

#include <string.h>

struct ko_str ko_str(const char *z)
{
    return (struct ko_str){z, z ? strlen(z) : 0};
}

enum ko_status ko_str_copy(struct ko_arena *arena, struct ko_str s, struct ko_str *ret)
{
    char *p = ko_arena_alloc(arena, s.n + 1, 1);
    if (p == NULL)
        return KO_ENOMEM;
    if (s.n)
        memcpy(p, s.p, s.n);
    *ret = (struct ko_str){p, s.n};
    return KO_OK;
}

bool ko_str_ieq(struct ko_str a, struct ko_str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++) {
        if (ko_char_lower(a.p[i]) != ko_char_lower(b.p[i]))
            return false;
    }
    return true;
}

int ko_str_cmp(struct ko_str a, struct ko_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int d = n ? memcmp(a.p, b.p, n) : 0;
    if (d != 0)
        return d;
    return (a.n > b.n) - (a.n < b.n);
}

bool ko_str_ends(struct ko_str s, struct ko_str suffix)
{
    return s.n >= suffix.n && ko_str_eq(ko_str_skip(s, s.n - suffix.n), suffix);
}

bool ko_str_find(struct ko_str s, struct ko_str what, size_t *ret_at)
{
    if (what.n == 0) {
        *ret_at = 0;
        return true;
    }
    if (s.n < what.n)
        return false;
    const char *hit = memmem(s.p, s.n, what.p, what.n);
    if (hit == NULL)
        return false;
    *ret_at = (size_t)(hit - s.p);
    return true;
}

bool ko_str_ifind(struct ko_str s, struct ko_str what, size_t *ret_at)
{
    for (size_t i = 0; i + what.n <= s.n; i++) {
        if (ko_str_ieq(ko_str_sub(s, i, what.n), what)) {
            *ret_at = i;
            return true;
        }
    }
    return false;
}

bool ko_str_chr(struct ko_str s, char c, size_t *ret_at)
{
    const char *hit = s.n ? memchr(s.p, c, s.n) : NULL;
    if (hit == NULL)
        return false;
    *ret_at = (size_t)(hit - s.p);
    return true;
}

bool ko_str_rchr(struct ko_str s, char c, size_t *ret_at)
{
    for (size_t i = s.n; i > 0; i--) {
        if (s.p[i - 1] == c) {
            *ret_at = i - 1;
            return true;
        }
    }
    return false;
}

bool ko_str_cut(struct ko_str *rest, char c, struct ko_str *ret_part)
{
    if (rest->p == NULL)
        return false;
    size_t at;
    if (ko_str_chr(*rest, c, &at)) {
        *ret_part = (struct ko_str){rest->p, at};
        *rest = (struct ko_str){rest->p + at + 1, rest->n - at - 1};
    } else {
        *ret_part = *rest;
        *rest = (struct ko_str){NULL, 0};
    }
    return true;
}
