/* text_rfc3164.c: BSD syslog, with or without its priority, and what daemons log in it.
 */
#include "read/text_line.h"

#include "base/num.h"
#include "read/text_http.h"
#include "read/text_scan.h"
#include "read/text_syslog.h"

enum { TAG_MAX = 128, REPEATS_MAX = 100000 };

static bool is_tag_byte(char c)
{
    return ko_char_is_alnum(c) || c == '-' || c == '_' || c == '.' || c == '/' ||
           c == '%' || c == '@' || c == '(' || c == ')';
}

/*
 * "telephony[42]:", "kernel:"; ${strict} asks for the process id.
 * The colon is part of the tag in every daemon's habit; RFC 3164 only ends it somewhere.
 */
static bool take_tag(struct ko_str *rest, bool strict, struct ko_str *ret)
{
    struct ko_str s = *rest, process;
    size_t n = 0;
    while (n < s.n && n < TAG_MAX && is_tag_byte(s.p[n]))
        n++;
    struct ko_str tag = ko_str_sub(s, 0, n);
    s = ko_str_skip(s, n);
    bool has_process =
        s.n > 0 && s.p[0] == '[' && ko_text_enclosed(&s, '[', ']', &process);
    if (n == 0 || (strict && !has_process) || !ko_text_literal(&s, KO_STR(":")))
        return false;
    ko_text_blanks(&s);
    *ret = tag;
    *rest = s;
    return true;
}

/* "host tag:" or "tag:"; a file of one machine often lacks the host. */
static bool take_names(struct ko_str *rest, bool strict, struct ko_event *ev)
{
    struct ko_str s = *rest, host, tag;
    if (take_tag(&s, strict, &tag)) {
        ev->entity = tag;
        *rest = s;
        return true;
    }
    if (!ko_text_token(&s, &host))
        return false;
    ev->instance = host;
    ko_text_blanks(&s);
    bool tagged = take_tag(&s, strict, &tag);
    ev->entity = tagged ? tag : host;
    *rest = s;
    return tagged || !strict;
}

/* The router of Heroku has a format of its own. */
static bool is_router(struct ko_str message, const struct ko_event *ev)
{
    return ko_str_starts(message, KO_STR("at=")) &&
           ko_str_starts(ev->entity, KO_STR("heroku"));
}

static bool ends_in_times(struct ko_str s)
{
    return ko_str_ends(s, KO_STR(" times")) || ko_str_ends(s, KO_STR(" times "));
}

/*
 * "last message repeated 3 times" stands for three of the record before;
 * "message repeated 3 times: [ text]" for three of its own.
 */
static void take_repeats(struct ko_text_line *ret)
{
    struct ko_str s = ret->ev.message, number;
    int64_t n;
    bool last = ko_text_literal(&s, KO_STR("last message repeated "));
    if ((!last && !ko_text_literal(&s, KO_STR("message repeated "))) ||
        !ko_text_token(&s, &number) || ko_num_int(number, &n) != KO_OK || n < 1 ||
        n > REPEATS_MAX)
        return;
    if (last) {
        if (!ends_in_times(s))
            return;
        ret->repeats_previous = true;
        ret->times = (uint64_t)n;
    } else if (ko_text_literal(&s, KO_STR(" times: ["))) {
        size_t close;
        if (ko_str_rchr(s, ']', &close))
            s = ko_str_sub(s, 0, close);
        ret->ev.message = ko_str_trim(s);
        ret->times = (uint64_t)n;
    }
}

/* The access line of a proxy inside its syslog record tells more than the frame. */
static bool take_inner(const struct ko_text_hint *hint, struct ko_text_line *io)
{
    static ko_text_parse_fn *const inner[] = {ko_text_haproxy, ko_text_envoy,
                                              ko_text_clf};
    struct ko_text_line line;
    for (size_t i = 0; i < sizeof inner / sizeof inner[0]; i++) {
        if (inner[i](io->ev.message, hint, &line) != KO_OK)
            continue;
        if (line.ev.entity.n == 0)
            line.ev.entity = io->ev.entity;
        if (line.ev.instance.n == 0)
            line.ev.instance = io->ev.instance;
        *io = line;
        return true;
    }
    return false;
}

/* Does a bracket with a colon behind it stand anywhere, as behind a process id? */
static bool may_have_process(struct ko_str s)
{
    size_t at;
    while (ko_str_chr(s, ']', &at)) {
        s = ko_str_skip(s, at + 1);
        if (s.n > 0 && s.p[0] == ':')
            return true;
    }
    return false;
}

/*
 * Without a priority the shape of the time decides: a month's name is syslog's own; an
 * ISO time is anybody's, so that the tag must then have a process id.
 */
enum ko_status ko_text_rfc3164(struct ko_str line, const struct ko_text_hint *hint,
                               struct ko_text_line *ret)
{
    struct ko_str rest = line;
    size_t n = 0;
    if (line.n == 0 || line.p[0] == '[')
        return KO_ENOTFOUND;
    bool month = ko_char_is_alpha(line.p[0]);
    bool framed = line.p[0] == '<';
    bool strict = !framed && !month;
    if (strict && (!ko_char_is_digit(line.p[0]) || !may_have_process(line)))
        return KO_ENOTFOUND;
    ko_text_line_init(ret);
    if (framed && !ko_text_pri(&rest, &ret->ev))
        return KO_ENOTFOUND;
    enum ko_status st = ko_time_prefix(rest, &ret->stamp, &n);
    if (st != KO_OK && framed)
        return ko_text_broken(ret, KO_REJECT_SYSLOG_MALFORMED);
    if (st != KO_OK || !ret->stamp.has_date)
        return KO_ENOTFOUND;
    rest = ko_str_skip(rest, n);
    if (!take_names(&rest, strict, &ret->ev) || is_router(rest, &ret->ev))
        return KO_ENOTFOUND;
    ret->has_stamp = true;
    ret->may_continue = ret->may_be_repeated = true;
    ko_text_syslog_message(&ret->ev, rest);
    take_repeats(ret);
    if (!take_inner(hint, ret))
        ko_text_apply_all(&ret->ev, ret->ev.message, hint->roles);
    return KO_OK;
}
