/* scan.c: the lexical pieces that the text forms of a time are made of. */
#include "event/scan.h"

enum { SECONDS_PER_DAY = 86400, YEAR_MIN = 1973, YEAR_MAX = 2262, LEAP_YEAR = 2000 };

void ko_scan_init(struct ko_scan *c, struct ko_str s)
{
    *c = (struct ko_scan){.p = s.p, .end = s.n ? s.p + s.n : s.p};
}

static size_t left(const struct ko_scan *c)
{
    return (size_t)(c->end - c->p);
}

bool ko_scan_bytes(struct ko_scan *c, struct ko_str lit)
{
    if (!ko_str_starts((struct ko_str){c->p, left(c)}, lit))
        return false;
    c->p += lit.n;
    return true;
}

size_t ko_scan_blanks(struct ko_scan *c)
{
    const char *from = c->p;
    while (ko_scan_byte(c, ' ') || ko_scan_byte(c, '\t') ||
           ko_scan_bytes(c, KO_STR("\xc2\xa0")) ||
           ko_scan_bytes(c, KO_STR("\xe2\x80\xaf"))) {
    }
    return (size_t)(c->p - from);
}

bool ko_scan_digits(struct ko_scan *c, size_t min, size_t max, unsigned *ret)
{
    unsigned v = 0;
    size_t n = 0;
    size_t room = left(c);
    while (n < room && ko_char_is_digit(c->p[n])) {
        if (n == max)
            return false;
        v = v * 10 + (unsigned)(c->p[n++] - '0');
    }
    if (n < min)
        return false;
    c->p += n;
    *ret = v;
    return true;
}

bool ko_scan_year(struct ko_scan *c)
{
    const char *from = c->p;
    unsigned y;
    if (!ko_scan_digits(c, 2, 4, &y))
        return false;
    if (c->p - from == 3) {
        c->p = from;
        return false;
    }
    if (c->p - from == 2)
        y += y < YEAR_MIN - 1900 ? 2000 : 1900;
    c->year = y;
    c->has_year = true;
    return true;
}

/* The longest of ${names} that the letters at ${c} spell, whole or by the first three. */
static bool take_name(struct ko_scan *c, const struct ko_str *names, size_t n_names,
                      unsigned *ret)
{
    size_t n = 0;
    size_t room = left(c);
    while (n < room && ko_char_is_alpha(c->p[n]))
        n++;
    struct ko_str word = {c->p, n};
    for (unsigned i = 0; n >= 3 && i < n_names; i++) {
        if (ko_char_lower(word.p[0]) != names[i].p[0])
            continue;
        if (ko_str_ieq(word, names[i]) || ko_str_ieq(word, ko_str_sub(names[i], 0, 3))) {
            c->p += n;
            *ret = i;
            return true;
        }
    }
    return false;
}

bool ko_scan_month(struct ko_scan *c)
{
    static const struct ko_str names[] = {
        KO_STR_INIT("january"), KO_STR_INIT("february"), KO_STR_INIT("march"),
        KO_STR_INIT("april"),   KO_STR_INIT("may"),      KO_STR_INIT("june"),
        KO_STR_INIT("july"),    KO_STR_INIT("august"),   KO_STR_INIT("september"),
        KO_STR_INIT("october"), KO_STR_INIT("november"), KO_STR_INIT("december"),
    };
    unsigned i;
    if (!take_name(c, names, sizeof names / sizeof names[0], &i))
        return false;
    c->month = i + 1;
    return true;
}

bool ko_scan_weekday(struct ko_scan *c)
{
    static const struct ko_str names[] = {
        KO_STR_INIT("monday"),   KO_STR_INIT("tuesday"), KO_STR_INIT("wednesday"),
        KO_STR_INIT("thursday"), KO_STR_INIT("friday"),  KO_STR_INIT("saturday"),
        KO_STR_INIT("sunday"),
    };
    unsigned i;
    if (!take_name(c, names, sizeof names / sizeof names[0], &i))
        return false;
    (void)ko_scan_byte(c, ',');
    return true;
}

/* Digits behind the point: nine are kept, the rest passed over. */
static bool take_fraction(struct ko_scan *c)
{
    uint32_t ns = 0;
    ko_dur unit = KO_SECOND;
    const char *p = c->p;
    for (; p < c->end && ko_char_is_digit(*p); p++) {
        if (unit > 1) {
            unit /= 10;
            ns += (uint32_t)(*p - '0') * (uint32_t)unit;
        }
    }
    if (p == c->p)
        return false;
    c->p = p;
    c->ns = ns;
    c->resolution = unit;
    return true;
}

static bool fraction_follows(const struct ko_scan *c)
{
    size_t n = left(c);
    if (n < 2 || !ko_char_is_digit(c->p[1]))
        return false;
    if (c->p[0] == '.' || c->p[0] == ',')
        return true;
    return c->p[0] == ':' && n >= 4 && ko_char_is_digit(c->p[2]) &&
           ko_char_is_digit(c->p[3]) && (n == 4 || !ko_char_is_digit(c->p[4]));
}

static bool word_ends(const struct ko_scan *c)
{
    return c->p == c->end || !ko_char_is_alnum(*c->p);
}

/* AM or PM, for an hour of 1..12; another hour keeps its value and is refused later. */
static void take_half_day(struct ko_scan *c)
{
    const char *from = c->p;
    ko_scan_blanks(c);
    bool pm = false;
    if (left(c) >= 2 && ko_char_lower(c->p[1]) == 'm') {
        char half = ko_char_lower(c->p[0]);
        pm = half == 'p';
        c->p += half == 'a' || half == 'p' ? 2 : 0;
    }
    if (c->p == from || ko_char_lower(c->p[-1]) != 'm' || !word_ends(c)) {
        c->p = from;
        return;
    }
    if (c->hour == 0 || c->hour > 12)
        c->hour = 24;
    else
        c->hour = c->hour % 12 + (pm ? 12 : 0);
}

static size_t count_digits(const struct ko_scan *c)
{
    size_t n = 0;
    while (n < left(c) && ko_char_is_digit(c->p[n]))
        n++;
    return n;
}

/*
 * :ss[.fraction], or nothing.  Some writers lose the point of a whole second and leave
 * its zeros: "14:04:00000" has the milliseconds behind, 8 and 11 digits finer ones.  A
 * colon with another number of digits behind it is no time of day.
 */
static bool take_seconds(struct ko_scan *c)
{
    if (!ko_scan_byte(c, ':'))
        return true;
    size_t n = count_digits(c);
    if (n == 0) {
        c->p--;
        return true;
    }
    if (n != 2 && n != 5 && n != 8 && n != 11)
        return false;
    c->second = (unsigned)(c->p[0] - '0') * 10 + (unsigned)(c->p[1] - '0');
    c->p += 2;
    c->resolution = KO_SECOND;
    if (n > 2)
        return take_fraction(c);
    if (fraction_follows(c)) {
        c->p++;
        (void)take_fraction(c);
    }
    return true;
}

bool ko_scan_clock(struct ko_scan *c)
{
    struct ko_scan saved = *c;
    c->second = 0;
    c->resolution = KO_MINUTE;
    c->has_clock = true;
    if (!ko_scan_digits(c, 1, 2, &c->hour) || !ko_scan_byte(c, ':') ||
        !ko_scan_digits(c, 2, 2, &c->minute) || !take_seconds(c)) {
        *c = saved;
        return false;
    }
    take_half_day(c);
    return true;
}

/* ±hh, ±hhmm, ±hh:mm; behind a blank only with minutes, so that "- 5" stays a number. */
static bool take_offset(struct ko_scan *c, bool behind_blank)
{
    const char *from = c->p;
    bool west = ko_scan_byte(c, '-');
    if (!west && !ko_scan_byte(c, '+'))
        return false;
    size_t n = 0;
    while (n < left(c) && n < 5 && ko_char_is_digit(c->p[n]))
        n++;
    unsigned hh = 0, mm = 0;
    bool good = false;
    if (n == 4) {
        good = ko_scan_digits(c, 4, 4, &hh);
        mm = hh % 100;
        hh /= 100;
    } else if (n == 2) {
        good = ko_scan_digits(c, 2, 2, &hh) &&
               (ko_scan_byte(c, ':') ? ko_scan_digits(c, 2, 2, &mm) : !behind_blank);
    }
    if (!good || hh > 23 || mm > 59 || !word_ends(c)) {
        c->p = from;
        return false;
    }
    c->offset_s = (int32_t)(hh * 3600 + mm * 60) * (west ? -1 : 1);
    c->has_zone = true;
    return true;
}

/* Abbreviations that name different offsets in different places or seasons. */
static bool is_doubtful_zone(struct ko_str word)
{
    static const struct ko_str names[] = {
        KO_STR_INIT("CET"),  KO_STR_INIT("CEST"), KO_STR_INIT("EST"),
        KO_STR_INIT("EDT"),  KO_STR_INIT("CST"),  KO_STR_INIT("CDT"),
        KO_STR_INIT("MST"),  KO_STR_INIT("MDT"),  KO_STR_INIT("PST"),
        KO_STR_INIT("PDT"),  KO_STR_INIT("BST"),  KO_STR_INIT("IST"),
        KO_STR_INIT("JST"),  KO_STR_INIT("KST"),  KO_STR_INIT("SGT"),
        KO_STR_INIT("HKT"),  KO_STR_INIT("WET"),  KO_STR_INIT("WEST"),
        KO_STR_INIT("EET"),  KO_STR_INIT("EEST"), KO_STR_INIT("MSK"),
        KO_STR_INIT("AEST"), KO_STR_INIT("AEDT"), KO_STR_INIT("ACST"),
        KO_STR_INIT("AWST"), KO_STR_INIT("NZST"), KO_STR_INIT("NZDT"),
        KO_STR_INIT("BRT"),  KO_STR_INIT("ART"),  KO_STR_INIT("AKST"),
        KO_STR_INIT("AKDT"), KO_STR_INIT("HST"),  KO_STR_INIT("MEZ"),
        KO_STR_INIT("MESZ"), KO_STR_INIT("AST"),  KO_STR_INIT("ADT"),
        KO_STR_INIT("PKT"),  KO_STR_INIT("WIB"),  KO_STR_INIT("SAST"),
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (word.p[0] == names[i].p[0] && ko_str_eq(word, names[i]))
            return true;
    }
    return false;
}

enum { ZONE_NAME_MAX = 4 };

static bool take_zone_name(struct ko_scan *c, bool behind_blank)
{
    size_t n = 0;
    while (n < left(c) && n <= ZONE_NAME_MAX && ko_char_is_alnum(c->p[n]))
        n++;
    if (n == 0 || n > ZONE_NAME_MAX)
        return false;
    struct ko_str word = {c->p, n};
    bool utc = ko_str_eq(word, KO_STR("UTC")) || ko_str_eq(word, KO_STR("GMT")) ||
               ko_str_eq(word, KO_STR("Z")) ||
               (!behind_blank && ko_str_eq(word, KO_STR("z")));
    if (!utc && !(behind_blank && is_doubtful_zone(word)))
        return false;
    if (utc && !c->has_zone)
        c->has_zone = true;
    else if (!c->has_zone)
        c->zone = word;
    c->p += n;
    return true;
}

/* "[Europe/Berlin]" as java.time writes it behind the offset, which already says all. */
static void skip_region(struct ko_scan *c)
{
    struct ko_str rest = {c->p, left(c)};
    size_t close;
    if (!ko_str_starts(rest, KO_STR("[")) || !ko_str_chr(rest, ']', &close))
        return;
    struct ko_str name = ko_str_sub(rest, 1, close - 1);
    size_t slash;
    if (ko_str_chr(name, '/', &slash) || ko_str_eq(name, KO_STR("UTC")))
        c->p += close + 1;
}

void ko_scan_zone(struct ko_scan *c)
{
    const char *from = c->p;
    if (ko_scan_byte(c, 'Z') && word_ends(c)) {
        c->has_zone = true;
        skip_region(c);
        return;
    }
    c->p = from;
    bool blank = ko_scan_byte(c, ' ');
    if (take_offset(c, blank)) {
        const char *behind = c->p;
        skip_region(c);
        if (ko_scan_byte(c, ' ') && !take_zone_name(c, true))
            c->p = behind;
        return;
    }
    if (!take_zone_name(c, blank))
        c->p = from;
}

static unsigned days_in_month(unsigned year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

static bool date_in_range(const struct ko_scan *c)
{
    if (c->has_year && (c->year < YEAR_MIN || c->year > YEAR_MAX))
        return false;
    return c->month >= 1 && c->month <= 12 && c->day >= 1 &&
           c->day <= days_in_month(c->has_year ? c->year : LEAP_YEAR, c->month);
}

enum ko_status ko_scan_instant(const struct ko_scan *c, ko_time *ret)
{
    if (c->hour > 23 || c->minute > 59 || c->second > 60)
        return KO_ERANGE;
    int64_t days = 0;
    if (c->has_date) {
        if (!date_in_range(c))
            return KO_ERANGE;
        days = ko_time_days(c->has_year ? c->year : 1970, c->month, c->day);
    }
    int64_t s = days * SECONDS_PER_DAY + (int64_t)c->hour * 3600 +
                (int64_t)c->minute * 60 + c->second - c->offset_s;
    if (c->second == 60 && s % SECONDS_PER_DAY != 0)
        return KO_ERANGE;
    if (s > INT64_MAX / KO_SECOND - 1)
        return KO_ERANGE;
    *ret = s * KO_SECOND + c->ns;
    return KO_OK;
}
