/* stamp_memo.c: times read along the one before them: the same text is the same instant,
 * and one that differs in its seconds alone is not read anew. */
#include "event/stamp_memo.h"

#include "base/bytes.h"
#include "event/scan.h"

#include <string.h>

enum { FRACTION_DIGITS = 9 };

/* Two digits of a second that is no leap second; -1 otherwise. */
static int second_at(const char *p)
{
    unsigned tens = (unsigned)(unsigned char)p[0] - '0';
    unsigned ones = (unsigned)(unsigned char)p[1] - '0';
    return tens > 5 || ones > 9 ? -1 : (int)(tens * 10 + ones);
}

/* ${n} digits behind a point, in ns; -1 when one is none. */
static ko_dur fraction_at(const char *p, size_t n)
{
    static const ko_dur units[FRACTION_DIGITS + 1] = {
        KO_SECOND, 100 * KO_MS, 10 * KO_MS, KO_MS, 100000, 10000, 1000, 100, 10, 1};
    ko_dur digits = 0;
    for (size_t i = 0; i < n; i++) {
        if (!ko_char_is_digit(p[i]))
            return -1;
        digits = digits * 10 + (p[i] - '0');
    }
    return digits * units[n];
}

static size_t digits_at(struct ko_str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.n && ko_char_is_digit(s.p[at + n]))
        n++;
    return n;
}

/* Behind "hh:mm:", with a point and a fraction or nothing of the clock behind them. */
static bool find_second(struct ko_str s, size_t *ret_at, size_t *ret_fraction)
{
    for (size_t i = 5; i + 3 <= s.n; i++) {
        if (s.p[i] != ':' || s.p[i - 3] != ':' || digits_at(s, i + 1) != 2 ||
            digits_at(s, i - 2) != 2)
            continue;
        bool point = i + 3 < s.n && (s.p[i + 3] == '.' || s.p[i + 3] == ',');
        *ret_at = i + 1;
        *ret_fraction = point ? digits_at(s, i + 4) : 0;
        return (i + 3 == s.n || s.p[i + 3] != ':') && (!point || *ret_fraction > 0) &&
               *ret_fraction <= FRACTION_DIGITS;
    }
    return false;
}

/* The part of the instant that ${text} says with its seconds; -1 where they are none. */
static ko_dur seconds_of(const struct ko_stamp_memo *m, const char *text)
{
    int second = second_at(text + m->second);
    ko_dur fraction =
        m->fraction_n > 0 ? fraction_at(text + m->second + 3, m->fraction_n) : 0;
    return second < 0 || fraction < 0 ? -1 : second * KO_SECOND + fraction;
}

/* Texts that may be read in two ways, or name a zone that is not trusted, are left out.
 */
static void learn(struct ko_stamp_memo *m, struct ko_str s, const struct ko_stamp *stamp)
{
    m->n = 0;
    if (s.n > sizeof m->text || stamp->order != KO_DATE_CLEAR || stamp->zone.n > 0)
        return;
    memcpy(m->text, s.p, s.n);
    m->n = s.n;
    m->stamp = *stamp;
    if (find_second(s, &m->second, &m->fraction_n)) {
        ko_dur seconds = seconds_of(m, s.p);
        m->minute = stamp->time - seconds;
        if (seconds >= 0 && m->minute % KO_MINUTE == 0)
            return;
    }
    m->second = 0;
}

/* Does the text at ${p}, as long as the one remembered, differ in its seconds alone? */
static bool take(const struct ko_stamp_memo *m, const char *p, struct ko_stamp *ret)
{
    size_t from = m->second, behind = from + 2 + (m->fraction_n > 0 ? 1 : 0);
    size_t rest = behind + m->fraction_n;
    if (m->second == 0) {
        if (!ko_bytes_same(p, m->text, m->n))
            return false;
        *ret = m->stamp;
        return true;
    }
    ko_dur seconds = seconds_of(m, p);
    if (seconds < 0 || !ko_bytes_same(p, m->text, from) ||
        (m->fraction_n > 0 && p[behind - 1] != m->text[behind - 1]) ||
        !ko_bytes_same(p + rest, m->text + rest, m->n - rest))
        return false;
    *ret = m->stamp;
    ret->time = m->minute + seconds;
    return true;
}

enum ko_status ko_stamp_memo_parse(struct ko_stamp_memo *m, struct ko_str s,
                                   struct ko_stamp *ret)
{
    if (m->n > 0 && s.n == m->n && take(m, s.p, ret))
        return KO_OK;
    enum ko_status st = ko_time_parse(s, ret);
    if (st == KO_OK)
        learn(m, s, ret);
    return st;
}

/* Nothing at the start of ${rest} belongs to the time before it; AM and PM would. */
static bool is_behind_time(struct ko_str rest)
{
    struct ko_scan c;
    if (rest.n == 0)
        return true;
    if (rest.p[0] != ' ')
        return false;
    if (rest.n > 2 && rest.p[1] == ' ' && !ko_char_is_alpha(rest.p[2]))
        return true;
    char half = rest.n > 2 ? ko_char_lower(rest.p[2]) : '\0';
    if (half == 'm' || half == ' ')
        half = rest.n > 3 ? ko_char_lower(rest.p[3]) : '\0';
    if (half == 'm')
        return false;
    ko_scan_init(&c, rest);
    ko_scan_zone(&c);
    return c.p == rest.p;
}

enum ko_status ko_stamp_memo_prefix(struct ko_stamp_memo *m, struct ko_str line,
                                    struct ko_stamp *ret, size_t *ret_n)
{
    if (m->n > 0 && line.n > m->n && line.p[m->n] == ' ' && take(m, line.p, ret) &&
        is_behind_time(ko_str_skip(line, m->n))) {
        *ret_n = m->n;
        while (*ret_n < line.n && (line.p[*ret_n] == ' ' || line.p[*ret_n] == '\t'))
            ++*ret_n;
        return KO_OK;
    }
    enum ko_status st = ko_time_prefix(line, ret, ret_n);
    if (st == KO_OK && line.p[0] != '[') {
        struct ko_str text = ko_str_trim(ko_str_sub(line, 0, *ret_n));
        if (text.n < line.n && line.p[text.n] == ' ' &&
            is_behind_time(ko_str_skip(line, text.n)))
            learn(m, text, ret);
    }
    return st;
}
