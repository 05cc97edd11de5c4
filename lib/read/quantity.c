/* quantity.c: numbers as exports write them: with a unit behind, thousands marks, a
 * decimal comma. */
#include "read/quantity.h"

#include "base/num.h"

enum { NUMBER_MAX = 64, UNIT_MAX = 16, WHOLE_NS_FROM = 10000000 };

struct unit_word {
    struct ko_str word;
    double factor;
    bool is_time;
};

static const struct unit_word unit_words[] = {
    {KO_STR_INIT("ms"), 1e-3, true},
    {KO_STR_INIT("s"), 1, true},
    {KO_STR_INIT("us"), 1e-6, true},
    {KO_STR_INIT("\xc2\xb5s"), 1e-6, true},
    {KO_STR_INIT("\xce\xbcs"), 1e-6, true},
    {KO_STR_INIT("ns"), 1e-9, true},
    {KO_STR_INIT("sec"), 1, true},
    {KO_STR_INIT("secs"), 1, true},
    {KO_STR_INIT("seconds"), 1, true},
    {KO_STR_INIT("min"), 60, true},
    {KO_STR_INIT("mins"), 60, true},
    {KO_STR_INIT("minutes"), 60, true},
    {KO_STR_INIT("milliseconds"), 1e-3, true},
    {KO_STR_INIT("hour"), 3600, true},
    {KO_STR_INIT("K"), 1e3, false},
    {KO_STR_INIT("k"), 1e3, false},
    {KO_STR_INIT("Mil"), 1e6, false},
    {KO_STR_INIT("Bil"), 1e9, false},
};

static const struct unit_word *unit_word(struct ko_str s)
{
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++) {
        if (ko_str_eq(unit_words[i].word, s))
            return &unit_words[i];
    }
    return NULL;
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

/* Commas every three digits before the point. */
static bool has_thousands(struct ko_str s)
{
    size_t digits = 0, commas = 0;
    if (s.n > 1 && s.p[0] == '0')
        return false; /* "0,037" is a fraction of somebody else */
    for (size_t i = 0; i < s.n && s.p[i] != '.'; i++) {
        if (ko_char_is_digit(s.p[i])) {
            digits++;
        } else if (s.p[i] == ',') {
            if (digits == 0 || digits > 3 || (commas > 0 && digits != 3))
                return false;
            commas++;
            digits = 0;
        }
    }
    return commas > 0 && digits == 3;
}

static bool parse_number(struct ko_str s, bool decimal_comma, double *ret)
{
    size_t at;
    if (!ko_str_chr(s, ',', &at))
        return ko_num_real(s, ret) == KO_OK;
    if (s.n > NUMBER_MAX || (!decimal_comma && !has_thousands(s)))
        return false;
    char plain[NUMBER_MAX];
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool thousands = s.p[i] == (decimal_comma ? '.' : ',');
        if (!thousands)
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
    s = ko_str_trim(s);
    size_t n = number_length(s);
    double value;
    if (n == 0 || !parse_number(ko_str_sub(s, 0, n), decimal_comma, &value))
        return false;
    struct ko_str unit = ko_str_trim(ko_str_skip(s, n));
    if (unit.n > 0 && !begins_unit(unit))
        return false;
    const struct unit_word *word = unit.n > 0 ? unit_word(unit) : NULL;
    ret->value = word != NULL ? value * word->factor : value;
    ret->unit = word == NULL ? unit : word->is_time ? KO_STR("s") : (struct ko_str){0};
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
