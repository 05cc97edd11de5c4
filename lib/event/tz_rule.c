/* tz_rule.c: the yearly rule of a time zone as POSIX writes it. */
#include "event/tz_rule.h"

#include "event/time.h"

enum { SECONDS_PER_DAY = 86400, HOURS_MAX = 167, CHANGE_AT_S = 2 * 3600, LAST_WEEK = 5 };

/* Each take_* moves ${s} behind what it read. */
static bool take_byte(struct ko_str *s, char c)
{
    if (s->n == 0 || s->p[0] != c)
        return false;
    *s = ko_str_skip(*s, 1);
    return true;
}

static bool take_number(struct ko_str *s, unsigned max, unsigned *ret)
{
    unsigned v = 0;
    size_t n = 0;
    for (; n < s->n && n < 3 && ko_char_is_digit(s->p[n]); n++)
        v = v * 10 + (unsigned)(s->p[n] - '0');
    if (n == 0 || v > max)
        return false;
    *s = ko_str_skip(*s, n);
    *ret = v;
    return true;
}

/* "CET" or "<+0330>". */
static bool take_name(struct ko_str *s)
{
    size_t n = 0;
    if (take_byte(s, '<')) {
        if (!ko_str_chr(*s, '>', &n) || n < 1)
            return false;
        *s = ko_str_skip(*s, n + 1);
        return true;
    }
    while (n < s->n && ko_char_is_alpha(s->p[n]))
        n++;
    *s = ko_str_skip(*s, n);
    return n >= 3;
}

/* [+-]h[h][:mm[:ss]] in seconds. */
static bool take_hms(struct ko_str *s, int32_t *ret)
{
    bool negative = take_byte(s, '-');
    if (!negative)
        (void)take_byte(s, '+');
    unsigned h, m = 0, sec = 0;
    if (!take_number(s, HOURS_MAX, &h))
        return false;
    if (take_byte(s, ':') && !take_number(s, 59, &m))
        return false;
    if (take_byte(s, ':') && !take_number(s, 59, &sec))
        return false;
    int32_t v = (int32_t)(h * 3600 + m * 60 + sec);
    *ret = negative ? -v : v;
    return true;
}

static bool take_day(struct ko_str *s, struct ko_tz_change *ret)
{
    if (take_byte(s, 'M')) {
        ret->kind = KO_TZ_WEEKDAY;
        return take_number(s, 12, &ret->month) && ret->month > 0 && take_byte(s, '.') &&
               take_number(s, LAST_WEEK, &ret->week) && ret->week > 0 &&
               take_byte(s, '.') && take_number(s, 6, &ret->weekday);
    }
    if (take_byte(s, 'J')) {
        ret->kind = KO_TZ_JULIAN;
        return take_number(s, 365, &ret->day) && ret->day > 0;
    }
    ret->kind = KO_TZ_DAY;
    return take_number(s, 365, &ret->day);
}

static bool take_change(struct ko_str *s, struct ko_tz_change *ret)
{
    *ret = (struct ko_tz_change){.second = CHANGE_AT_S};
    return take_byte(s, ',') && take_day(s, ret) &&
           (!take_byte(s, '/') || take_hms(s, &ret->second));
}

enum ko_status ko_tz_rule_parse(struct ko_str s, struct ko_tz_rule *ret)
{
    struct ko_tz_rule r = {0};
    int32_t west;
    if (!take_name(&s) || !take_hms(&s, &west))
        return KO_ESYNTAX;
    r.std_s = r.dst_s = -west;
    if (s.n) {
        r.has_dst = true;
        r.dst_s = r.std_s + 3600;
        if (!take_name(&s))
            return KO_ESYNTAX;
        if (s.n && s.p[0] != ',') {
            if (!take_hms(&s, &west))
                return KO_ESYNTAX;
            r.dst_s = -west;
        }
        if (!take_change(&s, &r.start) || !take_change(&s, &r.end) || s.n)
            return KO_ESYNTAX;
    }
    *ret = r;
    return KO_OK;
}

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* 1970-01-01 was a Thursday. */
static unsigned weekday_of(int64_t days)
{
    int64_t w = (days + 4) % 7;
    return (unsigned)(w < 0 ? w + 7 : w);
}

static int64_t weekday_change(const struct ko_tz_change *c, int64_t year)
{
    int64_t first = ko_time_days(year, c->month, 1);
    int64_t next = c->month == 12 ? ko_time_days(year + 1, 1, 1)
                                  : ko_time_days(year, c->month + 1, 1);
    int64_t day = first + (c->weekday + 7 - weekday_of(first)) % 7 + 7 * (c->week - 1);
    return day < next ? day : day - 7;
}

/* Local second since 1970 at which ${c} happens in ${year}. */
static int64_t change_at(const struct ko_tz_change *c, int64_t year)
{
    int64_t days = ko_time_days(year, 1, 1);
    switch (c->kind) {
    case KO_TZ_WEEKDAY:
        days = weekday_change(c, year);
        break;
    case KO_TZ_JULIAN:
        days += c->day - 1 + (is_leap(year) && c->day >= 60 ? 1 : 0);
        break;
    case KO_TZ_DAY:
        days += c->day;
        break;
    }
    return days * SECONDS_PER_DAY + c->second;
}

int32_t ko_tz_rule_offset(const struct ko_tz_rule *rule, int64_t utc_s)
{
    if (!rule->has_dst)
        return rule->std_s;
    int64_t year = ko_time_civil((utc_s + rule->std_s) * KO_SECOND).year;
    int64_t start = change_at(&rule->start, year) - rule->std_s;
    int64_t end = change_at(&rule->end, year) - rule->dst_s;
    bool summer =
        start < end ? utc_s >= start && utc_s < end : utc_s >= start || utc_s < end;
    return summer ? rule->dst_s : rule->std_s;
}
