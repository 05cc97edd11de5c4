/* text_scan.c: the pieces that lines of text logs are made of. */
#include "read/text_scan.h"

#include "base/bytes.h"
#include "base/num.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

bool ko_text_token(struct ko_str *rest, struct ko_str *ret)
{
    struct ko_str s = *rest;
    ko_text_blanks(&s);
    if (s.n == 0)
        return false;
    size_t n = (size_t)(ko_bytes_word(s.p, s.p + s.n) - s.p);
    *ret = ko_str_sub(s, 0, n);
    *rest = ko_str_skip(s, n);
    return true;
}

bool ko_text_quoted(struct ko_str *rest, struct ko_str *ret)
{
    struct ko_str s = *rest;
    bool unused = false;
    ko_text_blanks(&s);
    if (s.n == 0 || s.p[0] != '"')
        return false;
    const char *end = s.p + s.n, *p = s.p + 1;
    while ((p = ko_bytes_json_run(p, end, &unused)) < end) {
        if (*p == '"') {
            *ret = (struct ko_str){s.p + 1, (size_t)(p - s.p) - 1};
            *rest = ko_str_skip(s, (size_t)(p - s.p) + 1);
            return true;
        }
        p += *p == '\\' && p + 1 < end ? 2 : 1;
    }
    return false;
}

bool ko_text_enclosed(struct ko_str *rest, char open, char close, struct ko_str *ret)
{
    struct ko_str s = *rest;
    size_t at;
    ko_text_blanks(&s);
    if (s.n == 0 || s.p[0] != open || !ko_str_chr(s, close, &at))
        return false;
    *ret = ko_str_sub(s, 1, at - 1);
    *rest = ko_str_skip(s, at + 1);
    return true;
}

bool ko_text_literal(struct ko_str *rest, struct ko_str lit)
{
    if (!ko_str_starts(*rest, lit))
        return false;
    *rest = ko_str_skip(*rest, lit.n);
    return true;
}

bool ko_text_field(struct ko_str *rest, struct ko_str *ret)
{
    return ko_text_quoted(rest, ret) || ko_text_token(rest, ret);
}

void ko_text_seek_equals(struct ko_str *rest)
{
    size_t at;
    if (!ko_str_chr(*rest, '=', &at))
        at = rest->n;
    while (at > 0 && at < rest->n && rest->p[at - 1] != ' ' && rest->p[at - 1] != '\t')
        at--;
    *rest = ko_str_skip(*rest, at);
}

bool ko_text_pair(struct ko_str *rest, struct ko_str *ret_key, struct ko_str *ret_value)
{
    struct ko_str s = *rest;
    ko_text_blanks(&s);
    size_t n = 0;
    while (n < s.n && ko_text_is_key_byte(s.p[n]))
        n++;
    if (n == 0 || n >= s.n || s.p[n] != '=' || !ko_char_is_alpha(s.p[0]))
        return false;
    struct ko_str key = ko_str_sub(s, 0, n);
    s = ko_str_skip(s, n + 1);
    if (s.n == 0 || is_blank(s.p[0]))
        *ret_value = ko_str_sub(s, 0, 0);
    else if (!ko_text_field(&s, ret_value))
        return false;
    *ret_key = key;
    *rest = s;
    return true;
}

struct ko_str ko_text_between(struct ko_str from, struct ko_str to)
{
    return (struct ko_str){from.p, (size_t)(to.p + to.n - from.p)};
}

bool ko_text_is_nil(struct ko_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '-' && s.p[i] != ' ')
            return false;
    }
    return true;
}

ko_dur ko_text_seconds(struct ko_str s)
{
    ko_dur d;
    return ko_time_parse_dur(s, &d) == KO_OK && d >= 0 ? d : -1;
}

ko_dur ko_text_millis(struct ko_str s)
{
    ko_dur d = ko_text_seconds(s);
    return d < 0 ? d : d / 1000;
}

int64_t ko_text_status(struct ko_str s)
{
    int64_t n;
    return s.n == 3 && ko_num_int(s, &n) == KO_OK && n >= 100 ? n : 0;
}
