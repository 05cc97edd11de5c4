/* text_haproxy.c: HAProxy's HTTP and TCP logs, with or without syslog's head. */
#include "read/text_line.h"

#include "base/num.h"
#include "read/text_http.h"
#include "read/text_scan.h"

enum { TIMERS_MAX = 5, HTTP_TIMERS = 5, TCP_TIMERS = 3 };

/* "0/4800/1/-1/4945" or "+4945" at the end while the transfer still runs. */
static size_t take_timers(struct ko_str s, ko_dur *ret)
{
    struct ko_str part;
    size_t n = 0;
    while (ko_str_cut(&s, '/', &part)) {
        if (n == TIMERS_MAX)
            return 0;
        if (part.n > 0 && part.p[0] == '+')
            part = ko_str_skip(part, 1);
        int64_t ms;
        if (ko_num_int(part, &ms) != KO_OK || ms < -1 || ms > INT64_MAX / KO_MS)
            return 0;
        ret[n++] = ms < 0 ? -1 : ms * KO_MS;
    }
    return n;
}

/* "1/1/1/1/+2": the last of the connection counters is the retries; "+" a redispatch. */
static void take_retries(struct ko_event *ev, struct ko_str counters)
{
    size_t slash;
    int64_t n;
    if (!ko_str_rchr(counters, '/', &slash))
        return;
    struct ko_str last = ko_str_skip(counters, slash + 1);
    if (ko_str_starts(last, KO_STR("+")))
        last = ko_str_skip(last, 1);
    if (ko_num_int(last, &n) == KO_OK && n > 0 && n < 1000)
        ev->attempt = n + 1;
}

/* "backend/server"; <NOSRV> is nobody. */
static void take_backend(struct ko_event *ev, struct ko_str s)
{
    size_t slash;
    if (!ko_str_chr(s, '/', &slash)) {
        ev->entity = s;
        return;
    }
    ev->entity = ko_str_sub(s, 0, slash);
    struct ko_str server = ko_str_skip(s, slash + 1);
    if (server.n > 0 && server.p[0] != '<')
        ev->instance = server;
}

/* status bytes cookie cookie state counters queues "request", after five timers. */
static bool take_http(struct ko_str rest, struct ko_event *ev)
{
    struct ko_str status, bytes, cookie1, cookie2, state, counters, queues, request, last;
    if (!ko_text_token(&rest, &status) || !ko_text_token(&rest, &bytes) ||
        !ko_text_token(&rest, &cookie1) || !ko_text_token(&rest, &cookie2) ||
        !ko_text_token(&rest, &state) || !ko_text_token(&rest, &counters) ||
        !ko_text_token(&rest, &queues) || state.n != 4)
        return false;
    ko_text_http_status(ev, ko_text_status(status));
    take_retries(ev, counters);
    last = queues;
    /* captured headers may stand before the request, and long requests lack their end */
    size_t quote;
    if (ko_str_chr(rest, '"', &quote)) {
        rest = ko_str_skip(rest, quote);
        last = rest;
        if (ko_text_quoted(&rest, &request))
            ko_text_http_request(ev, request);
    }
    ev->message = ko_text_between(state, last);
    if (ev->status == 0) /* "-1": no response was ever sent */
        ev->outcome = KO_OUTCOME_BAD;
    return true;
}

/* bytes state counters queues, after three timers. */
static bool take_tcp(struct ko_str rest, struct ko_event *ev)
{
    struct ko_str bytes, state, counters, queues;
    if (!ko_text_token(&rest, &bytes) || !ko_text_token(&rest, &state) || state.n != 2 ||
        !ko_text_token(&rest, &counters) || !ko_text_token(&rest, &queues))
        return false;
    take_retries(ev, counters);
    ev->message = ko_text_between(state, queues);
    /* the first letter says who ended it: "-" a normal end, C client, others a fault */
    ev->outcome = state.p[0] == '-' ? KO_OUTCOME_OK : KO_OUTCOME_BAD;
    return true;
}

/* "frontend/bind: SSL handshake failure": an error line, not a request. */
static bool take_error(struct ko_str rest, struct ko_event *ev)
{
    struct ko_str where;
    size_t slash;
    if (!ko_text_token(&rest, &where) || where.n < 2 || where.p[where.n - 1] != ':' ||
        !ko_str_chr(where, '/', &slash))
        return false;
    ko_text_blanks(&rest);
    ev->entity = ko_str_sub(where, 0, slash);
    ev->message = rest;
    return rest.n > 0;
}

static bool take_request(struct ko_str rest, struct ko_event *ev)
{
    struct ko_str frontend, backend, timers;
    ko_dur t[TIMERS_MAX];
    if (!ko_text_token(&rest, &frontend) || !ko_text_token(&rest, &backend) ||
        !ko_text_token(&rest, &timers))
        return false;
    size_t n = take_timers(timers, t);
    if (n != HTTP_TIMERS && n != TCP_TIMERS)
        return false;
    take_backend(ev, backend);
    ev->dur = t[n - 1];
    ev->wait = n == HTTP_TIMERS ? t[1] : t[0];
    return n == HTTP_TIMERS ? take_http(rest, ev) : take_tcp(rest, ev);
}

/* "10.0.1.2:33000 [14/Mar/2026:13:50:03.695] …" */
static bool take_head(struct ko_str *rest, struct ko_str *ret_time)
{
    struct ko_str client;
    size_t colon;
    return ko_text_token(rest, &client) && ko_str_rchr(client, ':', &colon) &&
           colon + 1 < client.n && ko_char_is_digit(client.p[client.n - 1]) &&
           ko_text_enclosed(rest, '[', ']', ret_time) && ret_time->n > 20 &&
           ret_time->p[2] == '/';
}

enum ko_status ko_text_haproxy(struct ko_str line, const struct ko_text_hint *hint,
                               struct ko_text_line *ret)
{
    (void)hint;
    struct ko_str rest = line, time;
    if (!take_head(&rest, &time))
        return KO_ENOTFOUND;
    ko_text_blanks(&rest);
    ko_text_line_init(ret);
    if (!take_request(rest, &ret->ev)) {
        ko_text_line_init(ret);
        if (!take_error(rest, &ret->ev))
            return ko_text_broken(ret, KO_REJECT_FIELD_COUNT);
    }
    if (ko_time_parse(time, &ret->stamp) != KO_OK)
        return ko_text_broken(ret, KO_REJECT_BAD_TIMESTAMP);
    ret->has_stamp = true;
    return KO_OK;
}
