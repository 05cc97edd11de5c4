/* quantity.c: numbers as exports write them: with a unit behind, thousands marks, a
 * decimal comma. */
#include "read/quantity.h"

#include "base/num.h"
#include "event/unit.h"

enum { NUMBER_MAX = 64, UNIT_MAX = 24, WHOLE_NS_FROM = 10000000 };

/* How Grafana writes large numbers. */
static const struct {
    struct ko_str word;
    double factor;
} scales[] = {
    {KO_STR_INIT("K"), 1e3},   {KO_STR_INIT("k"), 1e3},    {KO_STR_INIT("Mil"), 1e6},
    {KO_STR_INIT("Bil"), 1e9}, {KO_STR_INIT("Tri"), 1e12}, {KO_STR_INIT("M"), 1e6},
    {KO_STR_INIT("G"), 1e9},
};

/* What stands behind a number: a scale, a unit, or both ("1.2 K req/s"). */
static struct ko_str take_scale(struct ko_str unit, double *io_value)
{
    struct ko_str word = unit;
    size_t at;
    if (ko_str_chr(unit, ' ', &at))
        word = ko_str_sub(unit, 0, at);
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        if (!ko_str_eq(scales[i].word, word))
            continue;
        *io_value *= scales[i].factor;
        return ko_str_trim(ko_str_skip(unit, word.n));
    }
    return unit;
}

static bool is_mark(char c)
{
    return c == '.' || c == ',' || c == '+' || c == '-';
}

/* How many of the first bytes of ${s} make the number. */
static size_t number_length(struct ko_str s)
{
    size_t i = 0;
    while (i < s.n && (ko_char_is_digit(s.p[i]) || is_mark(s.p[i])))
        i++;
    bool exponent = i > 0 && i + 1 < s.n && (s.p[i] == 'e' || s.p[i] == 'E') &&
                    (ko_char_is_digit(s.p[i + 1]) || is_mark(s.p[i + 1]));
    if (!exponent)
        return i;
    i += 2;
    while (i < s.n && ko_char_is_digit(s.p[i]))
        i++;
    return i;
}

/* Marks every three digits before the decimal ${point}. */
static bool has_thousands(struct ko_str s, char mark, char point)
{
    size_t digits = 0, marks = 0;
    if (s.n > 1 && s.p[0] == '0')
        return false; /* "0,037" is a fraction of somebody else */
    for (size_t i = 0; i < s.n && s.p[i] != point; i++) {
        if (ko_char_is_digit(s.p[i])) {
            digits++;
        } else if (s.p[i] == mark) {
            if (digits == 0 || digits > 3 || (marks > 0 && digits != 3))
                return false;
            marks++;
            digits = 0;
        }
    }
    return marks > 0 && digits == 3;
}

/* "1 234", "1'234", with a hard or a thin blank too: bytes of a mark between thousands
 * at the begin of ${s}, 0 if none stands there. */
static size_t thousands_mark(struct ko_str s)
{
    static const struct ko_str marks[] = {KO_STR_INIT(" "), KO_STR_INIT("'"),
                                          KO_STR_INIT("\xc2\xa0"),
                                          KO_STR_INIT("\xe2\x80\xaf")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t n = marks[i].n;
        if (!ko_str_starts(s, marks[i]) || s.n < n + 3)
            continue;
        bool three = ko_char_is_digit(s.p[n]) && ko_char_is_digit(s.p[n + 1]) &&
                     ko_char_is_digit(s.p[n + 2]);
        return three && (s.n == n + 3 || !ko_char_is_digit(s.p[n + 3])) ? n : 0;
    }
    return 0;
}

/* ${s} without such marks, in ${room} of ${cap} bytes; ${s} itself if it has none. */
static struct ko_str without_marks(struct ko_str s, char *room, size_t cap)
{
    size_t n = 0;
    bool any = false;
    if (s.n > cap)
        return s;
    for (size_t i = 0; i < s.n;) {
        size_t mark =
            i > 0 && ko_char_is_digit(s.p[i - 1]) ? thousands_mark(ko_str_skip(s, i)) : 0;
        any |= mark > 0;
        i += mark;
        room[n++] = s.p[i++];
    }
    return any ? (struct ko_str){room, n} : s;
}

static bool parse_number(struct ko_str s, bool decimal_comma, double *ret)
{
    char mark = decimal_comma ? '.' : ',', point = decimal_comma ? ',' : '.';
    size_t at;
    bool comma = ko_str_chr(s, ',', &at);
    if (!comma && !(decimal_comma && has_thousands(s, mark, point)))
        return ko_num_real(s, ret) == KO_OK;
    if (s.n > NUMBER_MAX || (!decimal_comma && !has_thousands(s, mark, point)))
        return false;
    char plain[NUMBER_MAX];
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != mark)
            plain[n++] = s.p[i] == ',' ? '.' : s.p[i];
    }
    return ko_num_real((struct ko_str){plain, n}, ret) == KO_OK;
}

static bool begins_unit(struct ko_str s)
{
    char c = s.p[0];
    return s.n <= UNIT_MAX &&
           (ko_char_is_alpha(c) || c == '%' || c == '/' || (unsigned char)c >= 0x80);
}

bool ko_quantity_parse(struct ko_str s, bool decimal_comma, struct ko_quantity *ret)
{
    char room[NUMBER_MAX];
    struct ko_str whole = ko_str_trim(s);
    if (!decimal_comma && ko_num_plain(whole, &ret->value)) {
        ret->unit = (struct ko_str){0};
        return true;
    }
    s = without_marks(whole, room, sizeof room);
    size_t n = number_length(s);
    double value;
    if (n == 0 || !parse_number(ko_str_sub(s, 0, n), decimal_comma, &value))
        return false;
    struct ko_str unit = ko_str_skip(s, n);
    unit = ko_str_trim(ko_str_skip(whole, whole.n - unit.n)); /* ${s} may be our own */
    if (unit.n > 0 && !begins_unit(unit))
        return false;
    double factor = 1;
    if (unit.n > 0) {
        unit = take_scale(unit, &value);
        (void)ko_unit_base(unit, &unit, &factor);
    }
    ret->value = value * factor;
    ret->unit = unit;
    return true;
}

static bool in_dur(double ns, ko_dur *ret)
{
    if (!(ns >= 0 && ns < 9e18))
        return false;
    *ret = (ko_dur)(ns + 0.5);
    return true;
}

/* "HH:MM:SS" or "MM:SS". */
static bool parse_clock(struct ko_str s, ko_dur *ret)
{
    int64_t total = 0, parts = 0, part;
    struct ko_str word;
    while (ko_str_cut(&s, ':', &word)) {
        if (ko_num_int(word, &part) != KO_OK || part < 0 || part > 100000 || ++parts > 3)
            return false;
        total = total * 60 + part;
    }
    *ret = total * KO_SECOND;
    return parts >= 2;
}

bool ko_quantity_dur(struct ko_str s, ko_dur bare_unit, ko_dur *ret)
{
    struct ko_quantity q;
    size_t at;
    s = ko_str_trim(s);
    if (bare_unit > 0 && ko_num_plain(s, &q.value))
        return in_dur(q.value * (double)bare_unit, ret);
    if (ko_str_chr(s, ':', &at))
        return parse_clock(s, ret);
    bool plain = ko_quantity_parse(s, false, &q);
    if (plain && ko_str_eq(q.unit, KO_STR("s")))
        return in_dur(q.value * 1e9, ret);
    if (!plain || q.unit.n > 0)
        return s.n > 0 && ko_char_is_digit(s.p[0]) && ko_time_parse_dur(s, ret) == KO_OK;
    if (bare_unit > 0)
        return in_dur(q.value * (double)bare_unit, ret);
    if (ko_str_chr(s, '.', &at))
        return in_dur(q.value * 1e9, ret);
    return in_dur(q.value >= WHOLE_NS_FROM ? q.value : q.value * 1e6, ret);
}
