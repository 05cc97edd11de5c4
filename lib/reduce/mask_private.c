/* mask_private.c: messages without personal data and secrets. */
#include "reduce/mask.h"

#include <stdbool.h>

static const char *const secret_keys[] = {
    "password", "passwd",        "pwd",         "secret",       "token",
    "apikey",   "api_key",       "api-key",     "access_token", "authorization",
    "auth",     "client_secret", "private_key", "ssn",          "iban"};

static bool is_mail_char(char c)
{
    return ko_char_is_alnum(c) || c == '.' || c == '_' || c == '-' || c == '+' ||
           c == '%';
}

/* Length of a mail address at the start of `s`; 0 when there is none. */
static size_t mail_length(struct ko_str s)
{
    size_t n = 0;
    while (n < s.n && is_mail_char(s.p[n]))
        n++;
    if (n == 0 || n == s.n || s.p[n] != '@')
        return 0;
    size_t host = n + 1, end = host, dots = 0;
    while (end < s.n &&
           (ko_char_is_alnum(s.p[end]) || s.p[end] == '-' || s.p[end] == '.'))
        dots += s.p[end++] == '.' ? 1 : 0;
    while (end > host && s.p[end - 1] == '.') {
        end--;
        dots--;
    }
    return end > host && dots > 0 ? end : 0;
}

/* Digits, each with at most one blank, dash or bracket before it. */
static size_t number_length(struct ko_str s, size_t *ret_digits, bool *ret_parted)
{
    size_t n = 0, end = 0;
    *ret_digits = 0;
    *ret_parted = false;
    if (s.p[0] == '+' || s.p[0] == '(')
        n++;
    while (n < s.n) {
        bool digit = ko_char_is_digit(s.p[n]);
        bool part = s.p[n] == ' ' || s.p[n] == '-' || s.p[n] == ')';
        if (!digit && (!part || n != end || *ret_digits == 0))
            break;
        n++;
        if (digit) {
            ++*ret_digits;
            *ret_parted = *ret_parted || end + 1 < n;
            end = n;
        }
    }
    return end;
}

/* ISO/IEC 7812-1 annex B: the check digit of payment cards. */
static bool check_digit_holds(struct ko_str s)
{
    unsigned sum = 0, place = 0;
    for (size_t i = s.n; i-- > 0;) {
        if (!ko_char_is_digit(s.p[i]))
            continue;
        unsigned d = (unsigned)(s.p[i] - '0') << (place & 1);
        sum += d > 9 ? d - 9 : d;
        place++;
    }
    return sum % 10 == 0;
}

/* "+49 30 1234567", "555-123-4567": told by its plus or by three groups, not 2026-03-14.
 */
static bool is_phone(struct ko_str s, size_t digits)
{
    if (digits < 8 || digits > 15)
        return false;
    if (s.p[0] == '+' || s.p[0] == '(')
        return true;
    return digits == 10 && s.n == 12 && (s.p[3] == '-' || s.p[3] == ' ') &&
           (s.p[7] == '-' || s.p[7] == ' ');
}

static size_t put_number(struct ko_str s, struct ko_buf *out)
{
    size_t digits;
    bool parted;
    size_t n = number_length(s, &digits, &parted);
    struct ko_str number = ko_str_sub(s, 0, n);
    if (n == 0)
        return 0;
    if (digits >= 13 && digits <= 19 && check_digit_holds(number))
        ko_buf_puts(out, "<card>");
    else if (is_phone(number, digits))
        ko_buf_puts(out, "<phone>");
    else
        ko_buf_put(out, number);
    return n;
}

/* Length of a key that holds a secret, with its '=' or ':' and quotes; 0 otherwise. */
static size_t secret_key_length(struct ko_str s)
{
    for (size_t i = 0; i < sizeof secret_keys / sizeof secret_keys[0]; i++) {
        struct ko_str key = ko_str(secret_keys[i]);
        if (!ko_str_ieq(ko_str_sub(s, 0, key.n), key))
            continue;
        size_t n = key.n;
        if (n < s.n && (s.p[n] == '"' || s.p[n] == '\''))
            n++;
        if (n >= s.n || (s.p[n] != '=' && s.p[n] != ':'))
            continue;
        n++;
        while (n < s.n && (s.p[n] == ' ' || s.p[n] == '"' || s.p[n] == '\''))
            n++;
        return n;
    }
    return 0;
}

static size_t value_length(struct ko_str s)
{
    size_t n = 0;
    while (n < s.n && !ko_char_is_space(s.p[n]) && s.p[n] != '"' && s.p[n] != '\'' &&
           s.p[n] != ',' && s.p[n] != '&' && s.p[n] != ';' && s.p[n] != '}')
        n++;
    return n;
}

static bool is_scheme(struct ko_str s, size_t n)
{
    struct ko_str word = ko_str_sub(s, 0, n);
    return ko_str_ieq(word, KO_STR("bearer")) || ko_str_ieq(word, KO_STR("basic"));
}

static size_t put_secret_value(struct ko_str s, struct ko_buf *out)
{
    size_t n = value_length(s);
    size_t used = n;
    if (is_scheme(s, n) && n + 1 < s.n && s.p[n] == ' ') {
        ko_buf_put(out, ko_str_sub(s, 0, n + 1));
        used = n + 1 + value_length(ko_str_skip(s, n + 1));
    }
    if (used > 0)
        ko_buf_puts(out, "<secret>");
    return used;
}

static size_t put_secret(struct ko_str s, struct ko_buf *out)
{
    size_t n = secret_key_length(s);
    if (n == 0 && s.n > 7 && is_scheme(s, 6) && s.p[6] == ' ' &&
        value_length(ko_str_skip(s, 7)) >= 8)
        n = 7;
    if (n == 0 && s.n > 20 && ko_str_starts(s, KO_STR("eyJ")))
        return put_secret_value(s, out);
    if (n == 0)
        return 0;
    ko_buf_put(out, ko_str_sub(s, 0, n));
    return n + put_secret_value(ko_str_skip(s, n), out);
}

static size_t word_length(struct ko_str s)
{
    size_t n = 1;
    while (n < s.n && ko_char_is_alnum(s.p[n - 1]) && ko_char_is_alnum(s.p[n]))
        n++;
    return n;
}

void ko_mask_private(struct ko_str text, struct ko_buf *out)
{
    while (text.n > 0 && out->status == KO_OK) {
        size_t n = mail_length(text);
        if (n > 0)
            ko_buf_puts(out, "<email>");
        else if ((n = put_secret(text, out)) > 0)
            ;
        else if (ko_char_is_digit(text.p[0]) || text.p[0] == '+' || text.p[0] == '(')
            n = put_number(text, out);
        if (n == 0) {
            n = word_length(text);
            ko_buf_put(out, ko_str_sub(text, 0, n));
        }
        text = ko_str_skip(text, n);
    }
}
