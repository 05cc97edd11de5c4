/* time_parse.c: the text forms of an instant, told apart by their shape. */
#include "event/scan.h"
#include "event/time.h"

static char peek(const struct ko_scan *c, size_t at)
{
    return (size_t)(c->end - c->p) > at ? c->p[at] : '\0';
}

static size_t count_digits(const struct ko_scan *c)
{
    size_t n = 0;
    while (ko_char_is_digit(peek(c, n)))
        n++;
    return n;
}

/* What may stand between a date and its time of day. */
static bool take_gap(struct ko_scan *c)
{
    if (ko_scan_byte(c, 'T') || ko_scan_byte(c, 't'))
        return true;
    bool comma = ko_scan_byte(c, ',');
    bool blank = ko_scan_blanks(c) > 0;
    if (blank && ko_scan_byte(c, '@'))
        ko_scan_blanks(c);
    return comma || blank;
}

/* A date was read: a time of day and a zone may follow. */
static void take_time_of_day(struct ko_scan *c)
{
    c->has_date = true;
    const char *from = c->p;
    if (take_gap(c) && ko_scan_clock(c)) {
        ko_scan_zone(c);
        return;
    }
    c->p = from;
    c->resolution = KO_DAY;
}

/* 2026-03-14 or 2026/03/14. */
static bool form_year_first(struct ko_scan *c)
{
    char separator = peek(c, 4);
    if (!ko_scan_year(c) || !ko_scan_byte(c, separator) ||
        !ko_scan_digits(c, 2, 2, &c->month) || !ko_scan_byte(c, separator) ||
        !ko_scan_digits(c, 2, 2, &c->day))
        return false;
    take_time_of_day(c);
    return true;
}

/* 20260314T140400[.fraction]Z, the basic format of ISO 8601. */
static bool form_basic(struct ko_scan *c)
{
    unsigned date, clock;
    if (!ko_scan_digits(c, 8, 8, &date) || !ko_scan_byte(c, 'T') ||
        !ko_scan_digits(c, 6, 6, &clock))
        return false;
    c->year = date / 10000;
    c->month = date / 100 % 100;
    c->day = date % 100;
    c->hour = clock / 10000;
    c->minute = clock / 100 % 100;
    c->second = clock % 100;
    c->resolution = KO_SECOND;
    c->has_year = c->has_date = c->has_clock = true;
    ko_scan_zone(c);
    return true;
}

/* 06/Feb/2009:12:14:14 +0000, 14/Mar/26 2:55 PM, 14-Mar-2026 14:04:00, 14 Mar 2026 14:04
 */
static bool form_day_month_name(struct ko_scan *c)
{
    if (!ko_scan_digits(c, 1, 2, &c->day))
        return false;
    char separator = peek(c, 0);
    if (!ko_scan_byte(c, separator) || !ko_scan_month(c) || !ko_scan_byte(c, separator) ||
        !ko_scan_year(c))
        return false;
    const char *from = c->p;
    if (ko_scan_byte(c, ':') && ko_scan_clock(c)) {
        c->has_date = true;
        ko_scan_zone(c);
        return true;
    }
    c->p = from;
    take_time_of_day(c);
    return true;
}

static enum ko_date_order order_of(unsigned a, unsigned b)
{
    if (a == b)
        return KO_DATE_CLEAR;
    if (a > 12)
        return KO_DATE_DAY_FIRST;
    return b > 12 ? KO_DATE_MONTH_FIRST : KO_DATE_EITHER;
}

/* 3/14/2026 and 14.03.2026: with points the day is first, with slashes the month if it
 * can be. */
static bool form_numbers(struct ko_scan *c)
{
    unsigned a, b;
    char separator = '\0';
    if (!ko_scan_digits(c, 1, 2, &a))
        return false;
    separator = peek(c, 0);
    if (!ko_scan_byte(c, separator) || !ko_scan_digits(c, 1, 2, &b) ||
        !ko_scan_byte(c, separator) || !ko_scan_year(c))
        return false;
    if (separator != '.')
        c->order = order_of(a, b);
    bool day_first = separator == '.' || c->order == KO_DATE_DAY_FIRST;
    c->day = day_first ? a : b;
    c->month = day_first ? b : a;
    take_time_of_day(c);
    return true;
}

static bool form_clock_only(struct ko_scan *c)
{
    if (!ko_scan_clock(c))
        return false;
    ko_scan_zone(c);
    return true;
}

/* The year at the end of "Sat Mar 14 14:04:00 [UTC] 2026". */
static void take_late_year(struct ko_scan *c)
{
    const char *from = c->p;
    if (ko_scan_blanks(c) == 0 || count_digits(c) != 4 || !ko_scan_year(c))
        c->p = from;
}

/* Mar 14 14:04:00, Mar 14 2026 14:04:00, Mar 14, 2026 @ 14:04:00.000 */
static bool form_month_name_day(struct ko_scan *c)
{
    if (!ko_scan_month(c))
        return false;
    (void)ko_scan_byte(c, '.');
    if (ko_scan_blanks(c) == 0 || !ko_scan_digits(c, 1, 2, &c->day))
        return false;
    const char *from = c->p;
    (void)ko_scan_byte(c, ',');
    if (ko_scan_blanks(c) == 0 || count_digits(c) != 4 || !ko_scan_year(c))
        c->p = from;
    take_time_of_day(c);
    return c->has_year || c->has_clock;
}

/* Sat Mar 14 14:04:00.123456 2026; Sat, 14 Mar 2026 14:04:00 GMT */
static bool form_weekday(struct ko_scan *c)
{
    if (!ko_scan_weekday(c) || ko_scan_blanks(c) == 0)
        return false;
    if (ko_char_is_digit(peek(c, 0)))
        return form_day_month_name(c);
    if (!form_month_name_day(c))
        return false;
    if (!c->has_year)
        take_late_year(c);
    return true;
}

static bool form_short_number(struct ko_scan *c, size_t digits)
{
    char separator = peek(c, digits);
    bool name = ko_char_is_alpha(peek(c, digits + 1));
    switch (separator) {
    case ':':
        return form_clock_only(c);
    case '/':
        return name ? form_day_month_name(c) : form_numbers(c);
    case '.':
        return form_numbers(c);
    case '-':
    case ' ':
        return name && form_day_month_name(c);
    default:
        return false;
    }
}

/* Which form the first bytes promise.  The epoch is handled before. */
static bool take_form(struct ko_scan *c)
{
    size_t digits = count_digits(c);
    if (digits == 4 && (peek(c, 4) == '-' || peek(c, 4) == '/'))
        return form_year_first(c);
    if (digits == 8)
        return form_basic(c);
    if (digits == 1 || digits == 2)
        return form_short_number(c, digits);
    if (digits > 0)
        return false;
    struct ko_scan as_weekday = *c;
    if (form_weekday(&as_weekday)) {
        *c = as_weekday;
        return true;
    }
    return form_month_name_day(c);
}

/* Two digits at ${p} as 0..99, or a number over 99. */
static unsigned two(const char *p)
{
    unsigned tens = (unsigned)(unsigned char)p[0] - '0';
    unsigned ones = (unsigned)(unsigned char)p[1] - '0';
    return tens > 9 || ones > 9 ? 1000 : tens * 10 + ones;
}

enum { RFC3339_SECONDS = 19 }; /* bytes of 2026-03-14T14:04:00 */

/* A fraction at ${q}, at most to the ns; returns what follows. */
static const char *fast_fraction(const char *q, const char *end, struct ko_scan *c)
{
    uint32_t ns = 0;
    ko_dur unit = KO_SECOND;
    if (end - q >= 2 && (*q == '.' || *q == ',') && ko_char_is_digit(q[1])) {
        for (q++; q < end && ko_char_is_digit(*q) && unit > 1; q++) {
            unit /= 10;
            ns += (uint32_t)(*q - '0') * (uint32_t)unit;
        }
    }
    c->ns = ns;
    c->resolution = unit;
    return q;
}

/* Only a zone, a blank that is not the one before AM and PM, or an end may follow. */
static bool fast_end(const char *q, const char *end)
{
    if (q == end || *q == 'Z' || *q == '+' || *q == '-' || *q == ']')
        return true;
    return *q == ' ' && end - q >= 2 && q[1] != 'A' && q[1] != 'a' && q[1] != 'P' &&
           q[1] != 'p' && q[1] != ' ';
}

/*
 * The form of nearly all input, by fixed positions; whatever is unusual about the text
 * makes it return false and the general way is taken.
 */
static bool fast_rfc3339(struct ko_scan *c)
{
    const char *p = c->p;
    if (c->end - p < RFC3339_SECONDS || p[4] != '-' || p[7] != '-' || p[13] != ':' ||
        p[16] != ':' || (p[10] != 'T' && p[10] != ' '))
        return false;
    unsigned century = two(p), year = two(p + 2);
    unsigned month = two(p + 5), day = two(p + 8);
    unsigned hour = two(p + 11), minute = two(p + 14), second = two(p + 17);
    if ((century | year | month | day | hour | minute | second) > 127)
        return false;
    const char *q = fast_fraction(p + RFC3339_SECONDS, c->end, c);
    if (!fast_end(q, c->end))
        return false;
    c->year = century * 100 + year;
    c->month = month;
    c->day = day;
    c->hour = hour;
    c->minute = minute;
    c->second = second;
    c->has_date = c->has_year = c->has_clock = true;
    c->p = q;
    if (q < c->end)
        ko_scan_zone(c);
    return true;
}

enum { EPOCH_DIGITS = 19, EPOCH_TEXT = 40 };

/* A decimal number as its digits and where the point stands among them. */
struct decimal {
    char digits[EPOCH_TEXT];
    size_t n, point;
};

static bool take_exponent(struct ko_scan *c, struct decimal *d)
{
    unsigned e;
    c->p++;
    (void)ko_scan_byte(c, '+');
    if (!ko_scan_digits(c, 1, 2, &e) || d->point + e > EPOCH_DIGITS)
        return false;
    d->point += e;
    while (d->n < d->point)
        d->digits[d->n++] = '0';
    return true;
}

static bool take_decimal(struct ko_scan *c, struct decimal *d)
{
    *d = (struct decimal){0};
    while (ko_char_is_digit(peek(c, 0)) && d->n <= EPOCH_DIGITS)
        d->digits[d->n++] = *c->p++;
    d->point = d->n;
    if (peek(c, 0) == '.' && ko_char_is_digit(peek(c, 1))) {
        c->p++;
        for (; ko_char_is_digit(peek(c, 0)); c->p++) {
            if (d->n < EPOCH_TEXT)
                d->digits[d->n++] = *c->p;
        }
    }
    if (peek(c, 0) == 'e' || peek(c, 0) == 'E')
        return take_exponent(c, d);
    return true;
}

/* The unit, in ns, of an integer part of ${digits} digits in 1973..2286; 0 for none. */
static uint64_t epoch_unit(size_t digits)
{
    switch (digits) {
    case 9:
    case 10:
        return 1000000000;
    case 12:
    case 13:
        return 1000000;
    case 15:
    case 16:
        return 1000;
    case 18:
    case 19:
        return 1;
    default:
        return 0;
    }
}

/* KO_ENOTFOUND when the text is no epoch. */
static enum ko_status take_epoch(struct ko_scan *c, struct ko_stamp *ret)
{
    struct decimal d;
    if (!take_decimal(c, &d))
        return KO_ENOTFOUND;
    uint64_t unit = epoch_unit(d.point);
    if (unit == 0)
        return KO_ENOTFOUND;
    uint64_t v = 0;
    for (size_t i = 0; i < d.point; i++)
        v = v * 10 + (uint64_t)(d.digits[i] - '0');
    if (v > (uint64_t)(INT64_MAX - KO_SECOND) / unit || d.digits[0] == '0')
        return KO_ERANGE;
    v *= unit;
    for (size_t i = d.point; i < d.n && unit > 1; i++) {
        unit /= 10;
        v += (uint64_t)(d.digits[i] - '0') * unit;
    }
    *ret = (struct ko_stamp){.time = (ko_time)v,
                             .has_zone = true,
                             .has_date = true,
                             .has_year = true,
                             .resolution = (ko_dur)unit};
    return KO_OK;
}

/* The instant when day and month change places. */
static enum ko_status exchange(const struct ko_scan *c, ko_time *ret)
{
    struct ko_scan other = *c;
    other.day = c->month;
    other.month = c->day;
    return ko_scan_instant(&other, ret);
}

static enum ko_status stamp_of(const struct ko_scan *c, struct ko_stamp *ret)
{
    ko_time t;
    enum ko_status st = ko_scan_instant(c, &t);
    if (st != KO_OK)
        return st;
    *ret = (struct ko_stamp){
        .time = t,
        .has_zone = c->has_zone,
        .has_date = c->has_date,
        .has_year = c->has_year,
        .resolution = c->resolution,
        .zone = c->zone,
        .leap_day = c->has_date && !c->has_year && c->month == 2 && c->day == 29,
        .order = c->order,
    };
    return c->order == KO_DATE_EITHER ? exchange(c, &ret->day_first) : KO_OK;
}

/* Nine digits and more, or the 1.7e9 that some writers make of it. */
static bool epoch_shaped(const struct ko_scan *c)
{
    size_t digits = count_digits(c);
    if (digits != 1 || peek(c, 1) != '.')
        return digits >= 9;
    struct ko_str rest = {c->p, (size_t)(c->end - c->p)};
    size_t at;
    return ko_str_chr(rest, 'e', &at) || ko_str_chr(rest, 'E', &at);
}

enum ko_status ko_time_parse(struct ko_str s, struct ko_stamp *ret)
{
    struct ko_scan c;
    struct ko_stamp stamp;
    enum ko_status st;
    ko_scan_init(&c, s);
    if (s.n == 0)
        return KO_ESYNTAX;
    if (fast_rfc3339(&c) && c.p == c.end)
        return stamp_of(&c, ret);
    ko_scan_init(&c, s);
    if (epoch_shaped(&c)) {
        st = take_epoch(&c, &stamp);
        if (st == KO_ENOTFOUND)
            return KO_ESYNTAX;
    } else {
        if (!take_form(&c) || c.p != c.end)
            return KO_ESYNTAX;
        st = stamp_of(&c, &stamp);
    }
    if (c.p != c.end)
        return KO_ESYNTAX;
    if (st == KO_OK)
        *ret = stamp;
    return st;
}

/* An epoch of ${digits} whole digits at the start of a line, where other numbers stand as
 * well. */
static bool plausible_epoch(const struct ko_stamp *s, size_t digits)
{
    static const ko_time year_2000 = INT64_C(946684800) * KO_SECOND;
    static const ko_time year_2100 = INT64_C(4102444800) * KO_SECOND;
    return digits % 3 == 1 && s->time >= year_2000 && s->time < year_2100;
}

static enum ko_status prefix_epoch(struct ko_scan *c, struct ko_stamp *ret)
{
    size_t digits = count_digits(c);
    struct ko_str number = {c->p, 0};
    while (ko_char_is_digit(peek(c, number.n)) ||
           (peek(c, number.n) == '.' && ko_char_is_digit(peek(c, number.n + 1))))
        number.n++;
    if (ko_char_is_alnum(peek(c, number.n)))
        return KO_ENOTFOUND;
    struct ko_scan only;
    ko_scan_init(&only, number);
    enum ko_status st = take_epoch(&only, ret);
    if (st != KO_OK || only.p != only.end || !plausible_epoch(ret, digits))
        return KO_ENOTFOUND;
    c->p += number.n;
    return KO_OK;
}

static enum ko_status prefix_form(struct ko_scan *c, struct ko_stamp *ret)
{
    struct ko_scan start = *c;
    if (!fast_rfc3339(c)) {
        *c = start;
        if (!take_form(c))
            return KO_ENOTFOUND;
    }
    bool enough = c->has_clock && (c->has_date || c->resolution <= KO_SECOND);
    if (!enough || ko_char_is_alnum(peek(c, 0)))
        return KO_ENOTFOUND;
    return stamp_of(c, ret);
}

enum ko_status ko_time_prefix(struct ko_str line, struct ko_stamp *ret, size_t *ret_n)
{
    struct ko_scan c;
    struct ko_stamp stamp;
    ko_scan_init(&c, line);
    if (line.n == 0)
        return KO_ENOTFOUND;
    bool bracket = ko_scan_byte(&c, '[');
    enum ko_status st =
        count_digits(&c) >= 9 ? prefix_epoch(&c, &stamp) : prefix_form(&c, &stamp);
    if (st != KO_OK)
        return st;
    if (bracket)
        (void)ko_scan_byte(&c, ']');
    while (ko_scan_byte(&c, ' ') || ko_scan_byte(&c, '\t')) {
    }
    *ret = stamp;
    *ret_n = (size_t)(c.p - line.p);
    return KO_OK;
}
