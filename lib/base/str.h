/* str.h: text as a slice: pointer and length, passed by value, no terminator needed, NUL
 * allowed. */
#ifndef KO_BASE_STR_H
#define KO_BASE_STR_H

#include "base/mem.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Borrowed bytes.  A zeroed struct is the empty slice. */
struct ko_str {
    const char *p;
    size_t n;
};

/* KO_STR("literal") and KO_STR_INIT for static tables. */
#define KO_STR(lit) ((struct ko_str){("" lit), sizeof(lit) - 1})
#define KO_STR_INIT(lit)                                                                 \
    {                                                                                    \
        ("" lit), sizeof(lit) - 1                                                        \
    }

/* KO_FMT with KO_ARG(s) prints a slice through printf: ("%.*s", KO_ARG(s)). */
#define KO_ARG(s) (int)((s).n > 0x7fffffff ? 0x7fffffff : (s).n), ((s).n ? (s).p : "")

/* ko_str(z): The slice of the NUL-terminated ${z}, which may be NULL (empty). */
struct ko_str ko_str(const char *z);

/* ko_str_copy(arena, s, ret): Copy ${s} into ${arena}, with a NUL behind it.  KO_ENOMEM.
 */
KO_WARN_UNUSED enum ko_status ko_str_copy(struct ko_arena *arena, struct ko_str s,
                                          struct ko_str *ret);

/* Those that scanners ask of every few bytes are in the header. */
static inline bool ko_str_eq(struct ko_str a, struct ko_str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* ko_str_ieq: equal but for ASCII case. */
bool ko_str_ieq(struct ko_str a, struct ko_str b);
/* ko_str_cmp: total order of bytes, shorter first on a tie: <0, 0, >0. */
int ko_str_cmp(struct ko_str a, struct ko_str b);
static inline bool ko_str_starts(struct ko_str s, struct ko_str prefix)
{
    return s.n >= prefix.n && ko_str_eq((struct ko_str){s.p, prefix.n}, prefix);
}

bool ko_str_ends(struct ko_str s, struct ko_str suffix);

/* ko_str_find(s, what, ret_at): The first place of ${what} in ${s}; false when absent. */
bool ko_str_find(struct ko_str s, struct ko_str what, size_t *ret_at);
/* ko_str_ifind: the same, ASCII case ignored. */
bool ko_str_ifind(struct ko_str s, struct ko_str what, size_t *ret_at);
/* ko_str_chr(s, c, ret_at): The first place of byte ${c}; false when absent. */
bool ko_str_chr(struct ko_str s, char c, size_t *ret_at);
/* ko_str_rchr(s, c, ret_at): The last place of byte ${c}; false when absent. */
bool ko_str_rchr(struct ko_str s, char c, size_t *ret_at);

/* ko_str_skip(s, n): ${s} without its first ${n} bytes. */
static inline struct ko_str ko_str_skip(struct ko_str s, size_t n)
{
    if (n >= s.n)
        return (struct ko_str){s.n ? s.p + s.n : s.p, 0};
    return (struct ko_str){s.p + n, s.n - n};
}

/* ko_str_sub(s, from, n): At most ${n} bytes of ${s} from ${from}; empty past its end. */
static inline struct ko_str ko_str_sub(struct ko_str s, size_t from, size_t n)
{
    struct ko_str r = ko_str_skip(s, from);
    if (r.n > n)
        r.n = n;
    return r;
}

/*
 * ko_str_cut(rest, c, ret_part):
 * Take the part of ${rest} before byte ${c} and move ${rest} behind that byte.
 *
 * Returns: false, with ${ret_part} untouched, once ${rest} is used up (rest->p == NULL);
 *          "a,,b" gives "a", "", "b"; "" gives one empty part
 */
bool ko_str_cut(struct ko_str *rest, char c, struct ko_str *ret_part);

/* ASCII classes, for any byte value and no locale; in the header because every scanner
 * asks them of every byte. */
static inline bool ko_char_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool ko_char_is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool ko_char_is_alnum(char c)
{
    return ko_char_is_digit(c) || ko_char_is_alpha(c);
}

static inline bool ko_char_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* ko_str_trim(s): ${s} without spaces, tabs, CR and LF at both ends. */
static inline struct ko_str ko_str_trim(struct ko_str s)
{
    size_t from = 0;
    while (from < s.n && ko_char_is_space(s.p[from]))
        from++;
    while (s.n > from && ko_char_is_space(s.p[s.n - 1]))
        s.n--;
    return ko_str_skip(s, from);
}

static inline char ko_char_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

#endif
