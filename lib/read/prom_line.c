/* prom_line.c: one line of Prometheus' text formats taken apart. */
#include "read/prom_line.h"

#include "base/buf.h"
#include "base/num.h"

#include <math.h>

/* What is left of the line. */
struct scan {
    struct ko_arena *arena;
    struct ko_str s;
    bool strict;
};

static bool starts_name(char c)
{
    return ko_char_is_alpha(c) || c == '_';
}

static bool at(const struct scan *in, char c)
{
    return in->s.n > 0 && in->s.p[0] == c;
}

static bool take(struct scan *in, char c)
{
    if (!at(in, c))
        return false;
    in->s = ko_str_skip(in->s, 1);
    return true;
}

static void blanks(struct scan *in)
{
    while (at(in, ' ') || at(in, '\t'))
        in->s = ko_str_skip(in->s, 1);
}

/* The blank between two parts. */
static bool gap(struct scan *in)
{
    if (in->strict)
        return take(in, ' ');
    if (!at(in, ' ') && !at(in, '\t'))
        return false;
    blanks(in);
    return true;
}

static struct ko_str word(struct scan *in, bool colon)
{
    size_t n = 0;
    if (in->s.n == 0 || !(starts_name(in->s.p[0]) || (colon && in->s.p[0] == ':')))
        return (struct ko_str){0};
    while (n < in->s.n && (ko_char_is_alnum(in->s.p[n]) || in->s.p[n] == '_' ||
                           (colon && in->s.p[n] == ':')))
        n++;
    struct ko_str ret = ko_str_sub(in->s, 0, n);
    in->s = ko_str_skip(in->s, n);
    return ret;
}

static struct ko_str token(struct scan *in)
{
    size_t n = 0;
    while (n < in->s.n && in->s.p[n] != ' ' && in->s.p[n] != '\t')
        n++;
    struct ko_str ret = ko_str_sub(in->s, 0, n);
    in->s = ko_str_skip(in->s, n);
    return ret;
}

static enum ko_status unescape(struct ko_arena *arena, struct ko_str s,
                               struct ko_str *ret)
{
    char *p = ko_arena_alloc(arena, s.n + 1, 1);
    if (p == NULL)
        return KO_ENOMEM;
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool known = s.p[i] == '\\' && i + 1 < s.n &&
                     (s.p[i + 1] == 'n' || s.p[i + 1] == '"' || s.p[i + 1] == '\\');
        if (known)
            i++;
        p[n++] = known && s.p[i] == 'n' ? '\n' : s.p[i];
    }
    *ret = (struct ko_str){p, n};
    return KO_OK;
}

/* "text" with \" inside. */
static enum ko_status quoted(struct scan *in, struct ko_str *ret)
{
    bool escaped = false;
    if (!take(in, '"'))
        return KO_ESYNTAX;
    for (size_t i = 0; i < in->s.n; i++) {
        char c = in->s.p[i];
        if (c == '\\') {
            escaped = true;
            i++;
            continue;
        }
        if (c != '"')
            continue;
        *ret = ko_str_sub(in->s, 0, i);
        in->s = ko_str_skip(in->s, i + 1);
        return escaped ? unescape(in->arena, *ret, ret) : KO_OK;
    }
    return KO_ESYNTAX;
}

static bool has_label(const struct ko_record *r, struct ko_str key)
{
    for (size_t i = 0; i < r->n; i++) {
        if (ko_str_eq(r->v[i].key, key))
            return true;
    }
    return false;
}

/* key="value", or the "name" alone that stands first in braces since Prometheus 3. */
static enum ko_status label(struct scan *in, struct ko_record *r)
{
    struct ko_str key, value;
    enum ko_status st = KO_OK;
    bool is_quoted = at(in, '"');
    if (is_quoted)
        st = quoted(in, &key);
    else
        key = word(in, false);
    if (st != KO_OK || key.n == 0)
        return st != KO_OK ? st : KO_ESYNTAX;
    if (is_quoted && !at(in, '=')) {
        value = key;
        key = KO_STR("__name__");
    } else if (!take(in, '=')) {
        return KO_ESYNTAX;
    } else {
        st = quoted(in, &value);
    }
    if (st != KO_OK)
        return st;
    return has_label(r, key) ? KO_ESYNTAX
                             : ko_record_add(in->arena, r, key, value, KO_VALUE_TEXT);
}

/* {a="b",c="d"} */
static enum ko_status labels(struct scan *in, struct ko_record *r)
{
    if (!take(in, '{'))
        return KO_ESYNTAX;
    blanks(in);
    if (take(in, '}'))
        return KO_OK;
    for (;;) {
        enum ko_status st = label(in, r);
        if (st != KO_OK)
            return st;
        blanks(in);
        if (take(in, '}'))
            return KO_OK;
        if (!take(in, ','))
            return KO_ESYNTAX;
        blanks(in);
        if (!in->strict && take(in, '}'))
            return KO_OK;
    }
}

/* A native histogram: from brace to brace. */
static bool native(struct scan *in, struct ko_prom_line *ret)
{
    size_t end;
    if (!at(in, '{') || !ko_str_chr(in->s, '}', &end))
        return false;
    ret->value = ko_str_sub(in->s, 0, end + 1);
    ret->is_native = true;
    in->s = ko_str_skip(in->s, end + 1);
    return true;
}

/* # {trace_id="…"} value time */
static enum ko_status exemplar(struct scan *in, struct ko_prom_line *ret)
{
    ret->has_exemplar = true;
    if (!take(in, '#') || !gap(in))
        return KO_ESYNTAX;
    enum ko_status st = labels(in, &ret->exemplar);
    if (st != KO_OK || !gap(in))
        return st != KO_OK ? st : KO_ESYNTAX;
    ret->exemplar_value = token(in);
    if (in->s.n > 0 && gap(in)) {
        ret->exemplar_time = token(in);
        if (ret->exemplar_time.n == 0)
            return KO_ESYNTAX;
    }
    return ret->exemplar_value.n > 0 && in->s.n == 0 ? KO_OK : KO_ESYNTAX;
}

static enum ko_status tail(struct scan *in, struct ko_prom_line *ret)
{
    if (!gap(in))
        return KO_ESYNTAX;
    if (!native(in, ret))
        ret->value = token(in);
    if (ret->value.n == 0)
        return KO_ESYNTAX;
    if (in->s.n == 0)
        return KO_OK;
    if (!gap(in))
        return KO_ESYNTAX;
    if (!at(in, '#')) {
        ret->time = token(in);
        if (ret->time.n == 0)
            return KO_ESYNTAX;
        if (in->s.n == 0)
            return KO_OK;
        if (!gap(in))
            return KO_ESYNTAX;
    }
    return exemplar(in, ret);
}

enum ko_status ko_prom_line(struct ko_arena *arena, struct ko_str line, bool strict,
                            struct ko_prom_line *ret)
{
    struct scan in = {arena, strict ? line : ko_str_trim(line), strict};
    *ret = (struct ko_prom_line){.is_dump = in.s.n > 0 && in.s.p[0] == '{'};
    ret->name = word(&in, true);
    if (ret->name.n == 0 && !ret->is_dump)
        return KO_ESYNTAX;
    struct ko_str behind_name = in.s;
    if (!strict)
        blanks(&in);
    if (at(&in, '{')) {
        enum ko_status st = labels(&in, &ret->labels);
        if (st != KO_OK)
            return st;
    } else {
        in.s = behind_name;
    }
    if (ret->name.n == 0)
        ret->name = ko_record_get(&ret->labels, "__name__");
    return tail(&in, ret);
}

static bool is_whole(struct ko_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!ko_char_is_digit(s.p[i]))
            return false;
    }
    return s.n > 0;
}

bool ko_prom_time(struct ko_str s, enum ko_prom_clock clock, ko_time *ret)
{
    struct ko_stamp stamp;
    double x;
    if (ko_time_parse(s, &stamp) == KO_OK && stamp.has_date) {
        *ret = stamp.time;
        return ko_num_real(s, &x) == KO_OK;
    }
    if (ko_num_real(s, &x) != KO_OK)
        return false;
    struct ko_str digits = s.n > 0 && s.p[0] == '-' ? ko_str_skip(s, 1) : s;
    double scale = is_whole(digits) && clock == KO_PROM_MS ? 1e6 : 1e9;
    *ret = fabs(x * scale) < 9e18 ? (ko_time)(x * scale) : KO_TIME_NONE;
    return true;
}
