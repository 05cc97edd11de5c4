/* name_shape.c: what the form of one name tells: the service in it, and its instance. */
#include "reduce/names.h"

enum { POD_SUFFIX = 5, SET_HASH_MIN = 8, SET_HASH_MAX = 10 };

/* Kubernetes draws suffixes from this alphabet, without vowels so as not to make words
 * (apimachinery util/rand); older versions also used hex digits in the first hash. */
static bool is_pod_char(char c)
{
    return ko_char_is_digit(c) || (c >= 'a' && c <= 'z' && c != 'a' && c != 'e' &&
                                   c != 'i' && c != 'o' && c != 'u');
}

static size_t digits_in(struct ko_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ko_char_is_digit(s.p[i]) ? 1 : 0;
    return n;
}

static bool is_pod_suffix(struct ko_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!is_pod_char(s.p[i]))
            return false;
    }
    return s.n == POD_SUFFIX;
}

static bool is_set_hash(struct ko_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!is_pod_char(s.p[i]) && !(s.p[i] >= 'a' && s.p[i] <= 'f'))
            return false;
    }
    return s.n >= SET_HASH_MIN && s.n <= SET_HASH_MAX && digits_in(s) >= 2;
}

bool ko_name_cut(struct ko_str s, struct ko_str *ret_head, struct ko_str *ret_part)
{
    size_t at;
    if (!ko_str_rchr(s, '-', &at) || at == 0)
        return false;
    *ret_head = ko_str_sub(s, 0, at);
    *ret_part = ko_str_skip(s, at + 1);
    return true;
}

static struct ko_str strip_pod(struct ko_str s)
{
    struct ko_str head, part, head2, part2;
    if (!ko_name_cut(s, &head, &part))
        return s;
    if (is_set_hash(part))
        return head;
    if (!is_pod_suffix(part))
        return s;
    if (ko_name_cut(head, &head2, &part2) && is_set_hash(part2))
        return head2;
    return digits_in(part) > 0 ? head : s;
}

bool ko_name_is_number(struct ko_str s)
{
    return s.n > 0 && digits_in(s) == s.n;
}

static struct ko_str strip_port(struct ko_str s)
{
    size_t at;
    if (ko_str_rchr(s, ':', &at) && at > 0 && ko_name_is_number(ko_str_skip(s, at + 1)))
        return ko_str_sub(s, 0, at);
    return s;
}

static struct ko_str strip_domain(struct ko_str s)
{
    size_t svc, dot;
    if (!ko_str_chr(s, '.', &dot) || dot == 0)
        return s;
    if (ko_str_find(s, KO_STR(".svc."), &svc) || ko_str_ends(s, KO_STR(".svc")) ||
        ko_str_ends(s, KO_STR(".local")) || ko_str_ends(s, KO_STR(".internal")))
        return ko_str_sub(s, 0, dot);
    return s;
}

struct ko_str ko_name_strip(struct ko_str raw)
{
    struct ko_str s = ko_str_trim(raw);
    struct ko_str prefix = KO_STR("service.");
    if (s.n > prefix.n && ko_str_ieq(ko_str_sub(s, 0, prefix.n), prefix))
        s = ko_str_skip(s, prefix.n);
    return strip_pod(strip_domain(strip_port(s)));
}

void ko_name_fold(struct ko_str s, struct ko_buf *out)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c != '-' && c != '_' && c != '.' && c != ' ')
            ko_buf_putc(out, ko_char_lower(c));
    }
}

bool ko_name_is_instance(struct ko_str part)
{
    for (size_t i = 0; i < part.n; i++) {
        char c = part.p[i];
        if (!ko_char_is_digit(c) && !(c >= 'a' && c <= 'z'))
            return false;
    }
    bool version =
        part.n > 1 && part.p[0] == 'v' && ko_name_is_number(ko_str_skip(part, 1));
    return part.n > 0 && part.n <= SET_HASH_MAX && digits_in(part) > 0 && !version;
}
