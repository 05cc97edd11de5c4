/* json_tokens.c: a JSON object taken apart into slices of its text, where that is safe.
 */
#include "read/json_tokens.h"

#include "base/bytes.h"
#include "base/utf8.h"

#include <string.h>

/* Integers of 18 digits fit 64 bits; decimals of 17 digits are the same double in
 * whatever way they are written. */
enum { WHOLE_DIGITS_MAX = 18, REAL_DIGITS_MAX = 17 };

static void skip_space(struct ko_json_scan *s)
{
    while (s->p < s->end && ko_char_is_space(*s->p))
        s->p++;
}

static bool take_char(struct ko_json_scan *s, char c)
{
    if (s->p < s->end && *s->p == c) {
        s->p++;
        return true;
    }
    skip_space(s);
    if (s->p == s->end || *s->p != c)
        return false;
    s->p++;
    return true;
}

bool ko_json_scan_text(struct ko_json_scan *s, struct ko_str *ret, bool *ret_escaped)
{
    const char *start = s->p;
    bool high = false, escaped = false;
    for (;;) {
        s->p = ko_bytes_json_run(s->p, s->end, &high);
        if (s->p == s->end || (unsigned char)*s->p < 0x20)
            return false;
        if (*s->p == '"')
            break;
        escaped = true;
        s->p++;
        if (s->p == s->end || (unsigned char)*s->p < 0x20)
            return false;
        s->p += *s->p == '"' || *s->p == '\\' ? 1 : 0;
    }
    *ret = (struct ko_str){start, (size_t)(s->p - start)};
    *ret_escaped = escaped;
    return !high || ko_utf8_valid(*ret);
}

static inline size_t take_digits(struct ko_json_scan *s)
{
    const char *start = s->p;
    s->p = ko_bytes_digits(start, s->end);
    return (size_t)(s->p - start);
}

bool ko_json_scan_number(struct ko_json_scan *s, struct ko_str *ret, bool *ret_real)
{
    const char *start = s->p;
    bool minus = s->p < s->end && *s->p == '-';
    s->p += minus ? 1 : 0;
    bool zero = s->p < s->end && *s->p == '0';
    size_t whole = take_digits(s), part = 0;
    if (whole == 0 || (zero && whole > 1) || whole > WHOLE_DIGITS_MAX)
        return false;
    bool real = s->p < s->end && *s->p == '.';
    if (real) {
        s->p++;
        part = take_digits(s);
        if (part == 0 || whole + part > REAL_DIGITS_MAX)
            return false;
    }
    *ret = (struct ko_str){start, (size_t)(s->p - start)};
    *ret_real = real;
    return s->p < s->end && *s->p != 'e' && *s->p != 'E' && !(minus && zero);
}

bool ko_json_scan_word(struct ko_json_scan *s, struct ko_str *ret,
                       enum ko_value_type *ret_type)
{
    static const struct {
        struct ko_str word;
        enum ko_value_type type;
    } words[] = {{KO_STR_INIT("true"), KO_VALUE_BOOL},
                 {KO_STR_INIT("false"), KO_VALUE_BOOL},
                 {KO_STR_INIT("null"), KO_VALUE_NONE}};
    struct ko_str rest = {s->p, (size_t)(s->end - s->p)};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!ko_str_starts(rest, words[i].word))
            continue;
        *ret_type = words[i].type;
        *ret = ko_str_sub(rest, 0, *ret_type == KO_VALUE_NONE ? 0 : words[i].word.n);
        s->p += words[i].word.n;
        return true;
    }
    return false;
}

/* The string whose opening quote was taken; its closing one is taken too. */
static bool take_string(struct ko_json_scan *s, struct ko_str *ret, bool *ret_escaped)
{
    if (!ko_json_scan_text(s, ret, ret_escaped))
        return false;
    s->p++;
    return true;
}

static bool take_value(struct ko_json_scan *s, struct ko_json_token *t)
{
    skip_space(s);
    if (s->p == s->end)
        return false;
    if (*s->p == '{') {
        s->p++;
        t->what = KO_JSON_OPEN;
        return true;
    }
    t->what = KO_JSON_LEAF;
    if (*s->p == '"') {
        s->p++;
        t->type = KO_VALUE_TEXT;
        return take_string(s, &t->value, &t->escaped);
    }
    t->type = KO_VALUE_NUMBER;
    if (*s->p == '-' || ko_char_is_digit(*s->p))
        return ko_json_scan_number(s, &t->value, &t->real);
    return ko_json_scan_word(s, &t->value, &t->type);
}

static void note(struct ko_json_tokens *ts, const struct ko_json_token *t)
{
    uint64_t ends = t->key.n > 0 ? (uint64_t)(unsigned char)t->key.p[0] << 8 |
                                       (unsigned char)t->key.p[t->key.n - 1]
                                 : 0;
    uint64_t word = ends << 16 | t->key.n << 8 | (uint64_t)t->what << 4 | t->type;
    word *= 0x9e3779b97f4a7c15u;
    ts->mark += word ^ word >> 29;
}

static struct ko_json_token *add(struct ko_json_tokens *ts)
{
    if (ts->n == KO_JSON_TOKENS_MAX)
        return NULL;
    struct ko_json_token *t = &ts->v[ts->n++];
    *t = (struct ko_json_token){.what = KO_JSON_CLOSE};
    return t;
}

static bool take_member(struct ko_json_scan *s, struct ko_json_tokens *ts,
                        unsigned *depth)
{
    struct ko_json_token *t = add(ts);
    bool escaped;
    if (t == NULL || !take_char(s, '"') || !take_string(s, &t->key, &escaped) ||
        escaped || !take_char(s, ':') || !take_value(s, t))
        return false;
    note(ts, t);
    ts->nested |= t->what == KO_JSON_OPEN;
    *depth += t->what == KO_JSON_OPEN ? 1 : 0;
    return *depth <= KO_JSON_TOKENS_DEPTH;
}

/* The brackets that close behind a member; false when a key or nothing has to follow. */
static bool take_closes(struct ko_json_scan *s, struct ko_json_tokens *ts,
                        unsigned *depth)
{
    while (*depth > 0 && take_char(s, '}')) {
        struct ko_json_token *t = --*depth > 0 ? add(ts) : NULL;
        if (t != NULL)
            note(ts, t);
        else if (*depth > 0)
            return false;
    }
    return true;
}

bool ko_json_tokens_take(struct ko_str text, struct ko_json_tokens *ret)
{
    struct ko_json_scan s = {text.p, text.p + text.n};
    unsigned depth = 1;
    ret->n = 0;
    ret->mark = 0;
    ret->nested = false;
    if (text.n == 0 || !take_char(&s, '{'))
        return false;
    while (depth > 0) {
        unsigned before = depth;
        if (!take_member(&s, ret, &depth))
            return false;
        bool empty = depth > before; /* until its first member */
        if (empty)
            continue;
        if (!take_closes(&s, ret, &depth) || (depth > 0 && !take_char(&s, ',')))
            return false;
    }
    skip_space(&s);
    return s.p == s.end;
}

/* ---- escapes ---- */

static bool take_hex(struct ko_json_scan *s, uint32_t *ret)
{
    if (s->end - s->p < 4)
        return false;
    *ret = 0;
    for (int i = 0; i < 4; i++) {
        char c = ko_char_lower(*s->p++);
        if (!ko_char_is_digit(c) && !(c >= 'a' && c <= 'f'))
            return false;
        *ret = *ret << 4 | (uint32_t)(ko_char_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return true;
}

/* A code point behind "\u", both halves of a pair; never 0. */
static bool take_code_point(struct ko_json_scan *s, uint32_t *ret)
{
    uint32_t low;
    if (!take_hex(s, ret) || *ret == 0 || (*ret >= 0xdc00 && *ret < 0xe000))
        return false;
    if (*ret < 0xd800 || *ret >= 0xe000)
        return true;
    if (s->end - s->p < 2 || s->p[0] != '\\' || s->p[1] != 'u')
        return false;
    s->p += 2;
    if (!take_hex(s, &low) || low < 0xdc00 || low >= 0xe000)
        return false;
    *ret = 0x10000 + ((*ret - 0xd800) << 10) + (low - 0xdc00);
    return true;
}

static char *put_utf8(char *out, uint32_t cp)
{
    if (cp < 0x80) {
        *out++ = (char)cp;
        return out;
    }
    unsigned more = cp < 0x800 ? 1 : cp < 0x10000 ? 2 : 3;
    static const unsigned char first[] = {0, 0xc0, 0xe0, 0xf0};
    *out++ = (char)(first[more] | cp >> (6 * more));
    while (more-- > 0)
        *out++ = (char)(0x80 | (cp >> (6 * more) & 0x3f));
    return out;
}

/* What stands behind a backslash. */
static bool take_escape(struct ko_json_scan *s, char **out)
{
    static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    char c = s->p < s->end ? *s->p++ : '\0';
    const char *at = c != '\0' ? strchr(names, c) : NULL;
    uint32_t cp;
    if (at != NULL) {
        *(*out)++ = meant[at - names];
        return true;
    }
    if (c != 'u' || !take_code_point(s, &cp))
        return false;
    *out = put_utf8(*out, cp);
    return true;
}

enum ko_status ko_json_unescape(struct ko_arena *arena, struct ko_str value,
                                struct ko_str *ret)
{
    struct ko_json_scan s = {value.p, value.p + value.n};
    char *text = ko_arena_alloc(arena, value.n, 1); /* no escape grows */
    char *out = text;
    if (text == NULL)
        return KO_ENOMEM;
    while (s.p < s.end) {
        char c = *s.p++;
        if (c != '\\')
            *out++ = c;
        else if (!take_escape(&s, &out))
            return KO_ESYNTAX;
    }
    *ret = (struct ko_str){text, (size_t)(out - text)};
    return KO_OK;
}
