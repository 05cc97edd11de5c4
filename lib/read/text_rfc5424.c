/* text_rfc5424.c: syslog as RFC 5424 writes it, with structured data. */
#include "read/text_line.h"

#include "base/num.h"
#include "read/text_http.h"
#include "read/text_scan.h"
#include "read/text_syslog.h"

enum { PRI_MAX = 191, VERSION_DIGITS = 3 };

bool ko_text_pri(struct ko_str *rest, struct ko_event *ev)
{
    struct ko_str s = *rest, digits;
    int64_t pri;
    if (!ko_text_enclosed(&s, '<', '>', &digits) || rest->p[0] != '<' || digits.n > 3 ||
        ko_num_int(digits, &pri) != KO_OK || pri < 0 || pri > PRI_MAX)
        return false;
    ev->severity = ko_severity_number(pri % 8, KO_SEV_SCALE_SYSLOG);
    *rest = s;
    return true;
}

void ko_text_syslog_message(struct ko_event *ev, struct ko_str s)
{
    s = ko_str_trim(s);
    (void)ko_text_literal(&s, KO_STR("\xef\xbb\xbf"));
    ev->message = s;
}

static size_t count_digits(struct ko_str s)
{
    size_t n = 0;
    while (n < s.n && ko_char_is_digit(s.p[n]))
        n++;
    return n;
}

/* "123 " before the message: octet counting, as captured from TCP (RFC 6587). */
static void skip_octet_count(struct ko_str *rest)
{
    size_t n = count_digits(*rest);
    struct ko_str s = ko_str_skip(*rest, n);
    if (n > 0 && n < 6 && ko_str_starts(s, KO_STR(" <")))
        *rest = ko_str_skip(s, 1);
}

static bool take_version(struct ko_str *rest)
{
    size_t n = count_digits(*rest);
    if (n == 0 || n > VERSION_DIGITS || rest->p[0] == '0' || n >= rest->n ||
        rest->p[n] != ' ')
        return false;
    *rest = ko_str_skip(*rest, n + 1);
    return true;
}

/* One word and the single blank behind it; printable ASCII (RFC 5424 section 6). */
static bool take_word(struct ko_str *rest, struct ko_str *ret)
{
    size_t n = 0;
    while (n < rest->n && rest->p[n] > ' ' && rest->p[n] < 0x7f)
        n++;
    if (n == 0 || n >= rest->n || rest->p[n] != ' ')
        return false;
    *ret = ko_str_sub(*rest, 0, n);
    *rest = ko_str_skip(*rest, n + 1);
    return true;
}

/* key="value" with \" \\ and \] inside; the value keeps its escapes. */
static bool take_param(struct ko_str *rest, struct ko_event *ev)
{
    struct ko_str s = *rest, value;
    size_t n = 0;
    while (n < s.n && s.p[n] > ' ' && s.p[n] < 0x7f && s.p[n] != '=' && s.p[n] != ']' &&
           s.p[n] != '"')
        n++;
    struct ko_str key = ko_str_sub(s, 0, n);
    s = ko_str_skip(s, n);
    if (n == 0 || !ko_text_literal(&s, KO_STR("=")) || s.n == 0 || s.p[0] != '"' ||
        !ko_text_quoted(&s, &value))
        return false;
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] == '\\')
            i++;
        else if (value.p[i] == ']')
            return false;
    }
    ko_text_apply(ev, key, value, NULL);
    *rest = s;
    return true;
}

/* [id key="value" …], without blanks between elements. */
static bool take_element(struct ko_str *rest, struct ko_event *ev)
{
    struct ko_str s = *rest;
    size_t n = 0;
    if (!ko_text_literal(&s, KO_STR("[")))
        return false;
    while (n < s.n && s.p[n] > ' ' && s.p[n] < 0x7f && s.p[n] != ']' && s.p[n] != '"' &&
           s.p[n] != '=')
        n++;
    if (n == 0)
        return false;
    s = ko_str_skip(s, n);
    while (ko_text_literal(&s, KO_STR(" "))) {
        if (!take_param(&s, ev))
            return false;
    }
    if (!ko_text_literal(&s, KO_STR("]")))
        return false;
    *rest = s;
    return true;
}

static bool take_data(struct ko_str *rest, struct ko_event *ev)
{
    if (ko_text_literal(rest, KO_STR("-")))
        return true;
    if (!take_element(rest, ev))
        return false;
    while (rest->n > 0 && rest->p[0] == '[') {
        if (!take_element(rest, ev))
            return false;
    }
    return true;
}

/* The nil time is valid: the record has none. */
static enum ko_status take_time(struct ko_str s, struct ko_text_line *ret)
{
    if (ko_text_is_nil(s))
        return KO_OK;
    if (s.n < 20 || s.p[10] != 'T' || ko_time_parse(s, &ret->stamp) != KO_OK ||
        !ret->stamp.has_zone)
        return ko_text_broken(ret, KO_REJECT_BAD_TIMESTAMP);
    ret->has_stamp = true;
    return KO_OK;
}

static void take_names(struct ko_event *ev, struct ko_str host, struct ko_str app)
{
    if (!ko_text_is_nil(app))
        ev->entity = app;
    else if (!ko_text_is_nil(host))
        ev->entity = host;
    if (!ko_text_is_nil(host))
        ev->instance = host;
}

enum ko_status ko_text_rfc5424(struct ko_str line, const struct ko_text_hint *hint,
                               struct ko_text_line *ret)
{
    (void)hint;
    struct ko_str rest = line, time, host, app, process, id;
    skip_octet_count(&rest);
    if (rest.n == 0 || rest.p[0] != '<')
        return KO_ENOTFOUND;
    ko_text_line_init(ret);
    if (!ko_text_pri(&rest, &ret->ev) || !take_version(&rest))
        return KO_ENOTFOUND;
    if (!take_word(&rest, &time) || !take_word(&rest, &host) || !take_word(&rest, &app) ||
        !take_word(&rest, &process) || !take_word(&rest, &id))
        return ko_text_broken(ret, KO_REJECT_SYSLOG_MALFORMED);
    take_names(&ret->ev, host, app);
    if (!take_data(&rest, &ret->ev) || (rest.n > 0 && rest.p[0] != ' '))
        return ko_text_broken(ret, KO_REJECT_SYSLOG_MALFORMED);
    ko_text_syslog_message(&ret->ev, rest);
    ko_text_apply_all(&ret->ev, ret->ev.message, hint->roles);
    ret->may_continue = true;
    return take_time(time, ret);
}
