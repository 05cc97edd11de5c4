/* dur.c: durations from text and for people. */
#include "event/time.h"

#include "base/num.h"

struct unit {
    struct ko_str name;
    ko_dur ns;
};

static const struct unit units[] = {
    {KO_STR_INIT("ns"), 1},           {KO_STR_INIT("us"), 1000},
    {KO_STR_INIT("\xc2\xb5s"), 1000}, /* micro sign */
    {KO_STR_INIT("\xce\xbcs"), 1000}, /* Greek mu */
    {KO_STR_INIT("ms"), KO_MS},       {KO_STR_INIT("s"), KO_SECOND},
    {KO_STR_INIT("sec"), KO_SECOND},  {KO_STR_INIT("m"), KO_MINUTE},
    {KO_STR_INIT("min"), KO_MINUTE},  {KO_STR_INIT("h"), KO_HOUR},
    {KO_STR_INIT("d"), KO_DAY},       {KO_STR_INIT("w"), 7 * KO_DAY},
};

static bool unit_of(struct ko_str name, ko_dur *ret)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (ko_str_eq(name, units[i].name)) {
            *ret = units[i].ns;
            return true;
        }
    }
    return false;
}

static struct ko_str take_while(struct ko_str *s, bool (*is)(char))
{
    size_t n = 0;
    while (n < s->n && is(s->p[n]))
        n++;
    struct ko_str r = {s->p, n};
    *s = ko_str_skip(*s, n);
    return r;
}

static bool is_unit_byte(char c)
{
    return ko_char_is_alpha(c) || (unsigned char)c >= 0x80;
}

/* One "1.5h" of the text, exact: fraction digits times the unit, never by a double. */
static enum ko_status take_term(struct ko_str *s, ko_dur *total, bool *bare)
{
    struct ko_str whole = take_while(s, ko_char_is_digit);
    struct ko_str fraction = {0};
    if (s->n && s->p[0] == '.') {
        *s = ko_str_skip(*s, 1);
        fraction = take_while(s, ko_char_is_digit);
    }
    if (whole.n + fraction.n == 0)
        return KO_ESYNTAX;
    struct ko_str name = take_while(s, is_unit_byte);
    ko_dur unit = KO_SECOND;
    *bare = name.n == 0;
    if (!*bare && !unit_of(name, &unit))
        return KO_ESYNTAX;
    int64_t v = 0;
    if (whole.n && ko_num_int(whole, &v) != KO_OK)
        return KO_ERANGE;
    ko_dur part = 0;
    if (__builtin_mul_overflow(v, unit, &part))
        return KO_ERANGE;
    for (size_t i = 0; i < fraction.n && unit > 1; i++) {
        unit /= 10;
        part += (fraction.p[i] - '0') * unit;
    }
    return __builtin_add_overflow(*total, part, total) ? KO_ERANGE : KO_OK;
}

enum ko_status ko_time_parse_dur(struct ko_str s, ko_dur *ret)
{
    s = ko_str_trim(s);
    bool negative = s.n && s.p[0] == '-';
    if (negative)
        s = ko_str_skip(s, 1);
    if (s.n == 0)
        return KO_ESYNTAX;
    ko_dur total = 0;
    bool bare = false;
    for (size_t terms = 0; s.n; terms++) {
        enum ko_status st = take_term(&s, &total, &bare);
        if (st != KO_OK)
            return st;
        if (bare && (terms > 0 || s.n))
            return KO_ESYNTAX;
    }
    *ret = negative ? -total : total;
    return KO_OK;
}

/* "4.9 s": one decimal below ten, none above or when it is zero. */
static void put_scaled(struct ko_buf *b, uint64_t d, uint64_t unit, const char *name)
{
    uint64_t tenths = (d + unit / 20) / (unit / 10);
    if (tenths < 100 && tenths % 10 != 0)
        ko_buf_printf(b, "%llu.%llu %s", (unsigned long long)(tenths / 10),
                      (unsigned long long)(tenths % 10), name);
    else
        ko_buf_printf(b, "%llu %s", (unsigned long long)((d + unit / 2) / unit), name);
}

/* "3 h 10 min", rounded to the smaller unit. */
static void put_pair(struct ko_buf *b, uint64_t d, uint64_t big, const char *big_name,
                     uint64_t small, const char *small_name)
{
    uint64_t n = (d + small / 2) / small;
    uint64_t per = big / small;
    ko_buf_printf(b, "%llu %s", (unsigned long long)(n / per), big_name);
    if (n % per != 0)
        ko_buf_printf(b, " %llu %s", (unsigned long long)(n % per), small_name);
}

void ko_time_put_dur(struct ko_buf *b, ko_dur d)
{
    uint64_t u = d < 0 ? 0 - (uint64_t)d : (uint64_t)d;
    if (d < 0)
        ko_buf_putc(b, '-');
    if (u < 1000)
        ko_buf_printf(b, "%llu ns", (unsigned long long)u);
    else if (u < (uint64_t)KO_MS)
        put_scaled(b, u, 1000, "us");
    else if (u < (uint64_t)KO_SECOND)
        put_scaled(b, u, (uint64_t)KO_MS, "ms");
    else if (u < 2 * (uint64_t)KO_MINUTE)
        put_scaled(b, u, (uint64_t)KO_SECOND, "s");
    else if (u < (uint64_t)KO_HOUR)
        put_scaled(b, u, (uint64_t)KO_MINUTE, "min");
    else if (u < 2 * (uint64_t)KO_DAY)
        put_pair(b, u, (uint64_t)KO_HOUR, "h", (uint64_t)KO_MINUTE, "min");
    else
        put_pair(b, u, (uint64_t)KO_DAY, "d", (uint64_t)KO_HOUR, "h");
}
