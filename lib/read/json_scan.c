/* json_scan.c: where JSON values begin and end in a text, without building them. */
#include "read/json_scan.h"

/* Behind the quote that closes the string at the first byte of ${s}. */
static bool string_end(struct ko_str s, size_t *ret)
{
    for (size_t i = 1; i < s.n; i++) {
        if (s.p[i] == '\\') {
            i++;
        } else if (s.p[i] == '"') {
            *ret = i + 1;
            return true;
        }
    }
    return false;
}

static bool ends_word(char c)
{
    return ko_char_is_space(c) || c == ',' || c == ']' || c == '}' || c == '{' ||
           c == '[' || c == '"';
}

/* Numbers, true, false, null, and whatever else stands there. */
static size_t word_end(struct ko_str s)
{
    size_t i = 1;
    while (i < s.n && !ends_word(s.p[i]))
        i++;
    return i;
}

bool ko_json_value_end(struct ko_str s, size_t *ret_end, size_t *ret_depth)
{
    size_t depth = 0, n;
    *ret_depth = 0;
    if (s.n == 0)
        return false;
    if (s.p[0] != '{' && s.p[0] != '[' && s.p[0] != '"') {
        *ret_end = word_end(s);
        return true;
    }
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '"') {
            if (!string_end(ko_str_skip(s, i), &n))
                return false;
            i += n - 1;
        } else if (c == '{' || c == '[') {
            depth++;
            *ret_depth = depth > *ret_depth ? depth : *ret_depth;
        } else if ((c == '}' || c == ']') && depth > 0) {
            depth--;
        } else {
            continue;
        }
        if (depth == 0) {
            *ret_end = i + 1;
            return true;
        }
    }
    return false;
}

size_t ko_json_space(struct ko_str s)
{
    size_t i = 0;
    while (i < s.n && ko_char_is_space(s.p[i]))
        i++;
    return i;
}

bool ko_json_member(struct ko_str object, size_t *at, struct ko_str *ret_key,
                    struct ko_str *ret_value)
{
    struct ko_str s = ko_str_skip(object, *at);
    size_t n, depth;
    s = ko_str_skip(s, ko_json_space(s));
    if (s.n > 0 && s.p[0] == ',') {
        s = ko_str_skip(s, 1);
        s = ko_str_skip(s, ko_json_space(s));
    }
    if (s.n == 0 || s.p[0] != '"' || !string_end(s, &n))
        return false;
    *ret_key = ko_str_sub(s, 1, n - 2);
    s = ko_str_skip(s, n);
    s = ko_str_skip(s, ko_json_space(s));
    if (s.n == 0 || s.p[0] != ':')
        return false;
    s = ko_str_skip(s, 1);
    s = ko_str_skip(s, ko_json_space(s));
    if (!ko_json_value_end(s, &n, &depth))
        return false;
    *ret_value = ko_str_sub(s, 0, n);
    *at = (size_t)(s.p - object.p) + n;
    return true;
}
