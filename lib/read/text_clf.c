/* text_clf.c: common and combined access logs of Apache, nginx and their kin. */
#include "read/text_line.h"

#include "base/num.h"
#include "event/stamp_memo.h"
#include "read/text_http.h"
#include "read/text_scan.h"
#include "read/text_tail.h"

enum { HEAD_TOKENS = 8 };

/* The "[06/Feb/2009:" that all these formats have; its index. */
static bool find_time(struct ko_str line, size_t *ret_at)
{
    for (size_t from = 0;;) {
        size_t at;
        if (!ko_str_chr(ko_str_skip(line, from), '[', &at))
            return false;
        at += from;
        if (at + 5 < line.n && ko_char_is_digit(line.p[at + 1]) &&
            (line.p[at + 3] == '/' || line.p[at + 2] == '/')) {
            *ret_at = at;
            return true;
        }
        from = at + 1;
    }
}

static bool is_address(struct ko_str s)
{
    size_t marks = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = ko_char_lower(s.p[i]);
        if (c == '.' || c == ':')
            marks++;
        else if (!ko_char_is_digit(c) && !(c >= 'a' && c <= 'f') && c != ',')
            return false;
    }
    return marks >= 2;
}

/* "[vhost[:port]] client ident user": the virtual host is what was asked; some sites
 * leave ident or user out. */
static bool take_head(struct ko_str head, struct ko_event *ev)
{
    struct ko_str token[HEAD_TOKENS];
    size_t n = 0;
    while (n < HEAD_TOKENS && ko_text_token(&head, &token[n]))
        n++;
    if (n == 0)
        return false;
    if (n >= 4 && !is_address(token[0]) && is_address(token[1])) {
        size_t colon;
        ev->entity = token[0];
        if (ko_str_rchr(token[0], ':', &colon))
            ev->entity = ko_str_sub(token[0], 0, colon);
    }
    return true;
}

/* "request" status bytes: the request may hold quotes that its writer did not escape. */
static bool take_request(struct ko_str *rest, struct ko_event *ev, struct ko_str *status)
{
    struct ko_str s = *rest;
    struct ko_str request, bytes;
    if (!ko_text_quoted(&s, &request) || !ko_text_token(&s, status))
        return false;
    if (ko_text_status(*status) == 0 && !ko_text_is_nil(*status))
        return false;
    (void)ko_text_token(&s, &bytes);
    ko_text_http_status(ev, ko_text_status(*status));
    ko_text_http_request(ev, request);
    ko_text_http_message(ev, request, ko_text_between(request, *status));
    *rest = s;
    return true;
}

enum ko_status ko_text_clf(struct ko_str line, const struct ko_text_hint *hint,
                           struct ko_text_line *ret)
{
    size_t at;
    struct ko_str time, status, referer, agent;
    if (!find_time(line, &at))
        return KO_ENOTFOUND;
    ko_text_line_init(ret);
    struct ko_str rest = ko_str_skip(line, at);
    if (!take_head(ko_str_sub(line, 0, at), &ret->ev) ||
        !ko_text_enclosed(&rest, '[', ']', &time))
        return KO_ENOTFOUND;
    if (!take_request(&rest, &ret->ev, &status))
        return ko_text_broken(ret, KO_REJECT_FIELD_COUNT);
    enum ko_status st = hint->stamps != NULL
                            ? ko_stamp_memo_parse(hint->stamps, time, &ret->stamp)
                            : ko_time_parse(time, &ret->stamp);
    if (st != KO_OK)
        return ko_text_broken(ret, KO_REJECT_BAD_TIMESTAMP);
    ret->has_stamp = true;
    if (ko_text_quoted(&rest, &referer))
        (void)ko_text_quoted(&rest, &agent);
    ko_text_tail(rest, hint->last_number, ret);
    return KO_OK;
}
