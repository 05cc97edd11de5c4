/* num.c: numbers from text and to text, exact and the same in every locale. */
#include "base/num.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Longest text of a number that is looked at; more digits than any exporter writes. */
enum { NUM_TEXT_MAX = 400 };
/* 10^15 and fewer: digits that a double holds exactly, and powers of ten that it holds
 * exactly. */
enum { EXACT_DIGITS = 15, EXACT_POWER = 22 };

static const double power_of_ten[EXACT_POWER + 1] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* Decimal digits that surely fit 64 bits. */
enum { INT_DIGITS = 18 };

enum ko_status ko_num_int(struct ko_str s, int64_t *ret)
{
    int64_t plain = 0;
    size_t n = 0;
    while (n < s.n && n < INT_DIGITS && ko_char_is_digit(s.p[n]))
        plain = plain * 10 + (s.p[n++] - '0');
    if (n > 0 && n == s.n) {
        *ret = plain;
        return KO_OK;
    }
    bool negative = s.n && s.p[0] == '-';
    if (s.n && (s.p[0] == '-' || s.p[0] == '+'))
        s = ko_str_skip(s, 1);
    if (s.n == 0)
        return KO_ESYNTAX;
    uint64_t v = 0;
    uint64_t limit = negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
    bool too_big = false;
    for (size_t i = 0; i < s.n; i++) {
        if (!ko_char_is_digit(s.p[i]))
            return KO_ESYNTAX;
        uint64_t digit = (uint64_t)(s.p[i] - '0');
        if (v > (limit - digit) / 10)
            too_big = true;
        else
            v = v * 10 + digit;
    }
    if (too_big)
        return KO_ERANGE;
    *ret = negative ? (int64_t)(0 - v) : (int64_t)v;
    return KO_OK;
}

/* The parts of a decimal real: digits without the point, and the power of ten that they
 * carry. */
struct decimal {
    uint64_t digits;
    int n_digits; /* significant ones; may exceed EXACT_DIGITS, then digits is not to be
                     used */
    int exponent;
    bool negative;
};

static bool take_digits(struct ko_str *s, struct decimal *d, bool fraction)
{
    bool any = false;
    while (s->n && ko_char_is_digit(s->p[0])) {
        any = true;
        if (d->n_digits > 0 || s->p[0] != '0') {
            if (d->n_digits++ < EXACT_DIGITS)
                d->digits = d->digits * 10 + (uint64_t)(s->p[0] - '0');
        }
        if (fraction)
            d->exponent--;
        *s = ko_str_skip(*s, 1);
    }
    return any;
}

static enum ko_status scan_decimal(struct ko_str s, struct decimal *d)
{
    if (s.n && (s.p[0] == '-' || s.p[0] == '+')) {
        d->negative = s.p[0] == '-';
        s = ko_str_skip(s, 1);
    }
    bool any = take_digits(&s, d, false);
    if (s.n && s.p[0] == '.') {
        s = ko_str_skip(s, 1);
        any = take_digits(&s, d, true) || any;
    }
    if (!any)
        return KO_ESYNTAX;
    if (s.n && (s.p[0] == 'e' || s.p[0] == 'E')) {
        int64_t e;
        enum ko_status st = ko_num_int(ko_str_skip(s, 1), &e);
        if (st == KO_ESYNTAX)
            return st;
        if (st == KO_ERANGE || e > 100000 || e < -100000)
            e = s.n > 1 && s.p[1] == '-' ? -100000 : 100000;
        d->exponent += (int)e;
        s.n = 0;
    }
    return s.n == 0 ? KO_OK : KO_ESYNTAX;
}

bool ko_num_plain(struct ko_str s, double *ret)
{
    uint64_t digits = 0;
    size_t point = s.n;
    if (s.n == 0 || s.n > EXACT_DIGITS || !ko_char_is_digit(s.p[0]))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        unsigned digit = (unsigned)(unsigned char)s.p[i] - '0';
        if (digit <= 9)
            digits = digits * 10 + digit;
        else if (s.p[i] == '.' && point == s.n)
            point = i;
        else
            return false;
    }
    size_t behind = point < s.n ? s.n - point - 1 : 0;
    *ret = (double)digits / power_of_ten[behind];
    return true;
}

enum ko_status ko_num_real(struct ko_str s, double *ret)
{
    if (ko_num_plain(s, ret))
        return KO_OK;
    if (s.n > NUM_TEXT_MAX)
        return KO_ERANGE;
    struct decimal d = {0};
    enum ko_status st = scan_decimal(s, &d);
    if (st != KO_OK)
        return st;
    if (d.n_digits <= EXACT_DIGITS && d.exponent >= -EXACT_POWER &&
        d.exponent <= EXACT_POWER) {
        double v = (double)d.digits;
        v = d.exponent < 0 ? v / power_of_ten[-d.exponent] : v * power_of_ten[d.exponent];
        *ret = d.negative ? -v : v;
        return KO_OK;
    }
    char text[NUM_TEXT_MAX + 1];
    memcpy(text, s.p, s.n);
    text[s.n] = '\0';
    double v = strtod(text, NULL);
    if (!isfinite(v))
        return KO_ERANGE;
    *ret = v;
    return KO_OK;
}

bool ko_num_is_nan(struct ko_str s)
{
    if (s.n && (s.p[0] == '-' || s.p[0] == '+'))
        s = ko_str_skip(s, 1);
    return ko_str_ieq(s, KO_STR("nan")) || ko_str_ieq(s, KO_STR("inf")) ||
           ko_str_ieq(s, KO_STR("infinity"));
}

enum { PUT_DIGITS = 9, PUT_ZEROS = 4 }; /* significant ones; behind "0." at most */

/* The decimal digits of ${n}, at least ${least} of them. */
static void put_whole(struct ko_buf *b, uint32_t n, size_t least)
{
    char text[PUT_DIGITS + PUT_ZEROS];
    size_t at = sizeof text;
    for (; n > 0 || sizeof text - at < least; n /= 10)
        text[--at] = (char)('0' + n % 10);
    ko_buf_put(b, (struct ko_str){text + at, sizeof text - at});
}

/*
 * ${x} as "%.9g" prints it, by whole numbers: its nine digits are those of x * 10^k,
 * which is off by less than 2e-7.  False where that is too close to the middle of two, or
 * ${x} is not within 1e-4 to 1e9.
 */
static bool put_real(struct ko_buf *b, double x)
{
    size_t k = PUT_DIGITS + PUT_ZEROS - 1; /* digits behind the point */
    if (!(x >= 1e-4 && x < 1e9))
        return false;
    while (x * power_of_ten[k] >= 1e9)
        k--;
    double scaled = x * power_of_ten[k], down = floor(scaled), rest = scaled - down;
    if (k == 0 || fabs(rest - 0.5) < 1e-6)
        return false;
    uint32_t n = (uint32_t)down + (rest > 0.5 ? 1 : 0), unit = 1;
    for (; k > 0 && n % 10 == 0; k--)
        n /= 10;
    if (k >= PUT_DIGITS) {
        ko_buf_puts(b, "0.");
        put_whole(b, n, k);
        return true;
    }
    for (size_t i = 0; i < k; i++)
        unit *= 10;
    put_whole(b, n / unit, 1);
    if (k > 0) {
        ko_buf_putc(b, '.');
        put_whole(b, n % unit, k);
    }
    return true;
}

void ko_num_put(struct ko_buf *b, double x)
{
    if (!isfinite(x)) {
        ko_buf_puts(b, "null");
        return;
    }
    if (x < 0) {
        ko_buf_putc(b, '-');
        x = -x;
    }
    if (x < 1e9 && x == floor(x))
        put_whole(b, (uint32_t)x, 1);
    else if (!put_real(b, x))
        ko_buf_printf(b, "%.9g", x);
}

void ko_num_put_exact(struct ko_buf *b, double x)
{
    enum { FIRST = 15, LAST = 17 };
    struct ko_buf own;
    double back = 0;
    ko_buf_init(&own, KO_BUF_MAX);
    for (int digits = FIRST; digits <= LAST; digits++) {
        ko_buf_reset(&own);
        ko_buf_printf(&own, "%.*g", digits, x);
        if (digits == LAST ||
            (ko_num_real(ko_buf_str(&own), &back) == KO_OK && back == x))
            break;
    }
    ko_buf_put(b, ko_buf_str(&own));
    if (own.status != KO_OK && b->status == KO_OK)
        b->status = own.status;
    ko_buf_release(&own);
}

void ko_num_human(struct ko_buf *b, double x)
{
    static const struct {
        double at;
        const char *suffix;
    } scale[] = {{1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e4, "k"}};
    if (!isfinite(x)) {
        ko_buf_puts(b, "unknown");
        return;
    }
    double a = fabs(x);
    for (size_t i = 0; i < sizeof scale / sizeof scale[0]; i++) {
        if (a >= scale[i].at) {
            double unit = scale[i].at == 1e4 ? 1e3 : scale[i].at;
            ko_buf_printf(b, "%.*f%s", a / unit < 100 ? 1 : 0, x / unit, scale[i].suffix);
            return;
        }
    }
    if (a >= 100 || x == floor(x))
        ko_buf_printf(b, "%.0f", x);
    else
        ko_buf_printf(b, "%.3g", x);
}
