/* text_tail.c: what sites append to the combined access format: times, upstreams, ids. */
#include "read/text_tail.h"

#include "base/num.h"
#include "read/quantity.h"
#include "read/text_http.h"
#include "read/text_scan.h"

/* Names that nginx sites give to their variables, beside those that every log has. */
enum tail_key { TAIL_NONE, TAIL_TOTAL, TAIL_TRIES, TAIL_REQUEST, TAIL_HOST, TAIL_SKIP };

static enum tail_key tail_key(struct ko_str key)
{
    static const struct {
        struct ko_str name;
        enum tail_key key;
    } keys[] = {
        {KO_STR_INIT("rt"), TAIL_TOTAL},
        {KO_STR_INIT("request_time"), TAIL_TOTAL},
        {KO_STR_INIT("urt"), TAIL_TRIES},
        {KO_STR_INIT("uaddr"), TAIL_TRIES},
        {KO_STR_INIT("ua"), TAIL_TRIES},
        {KO_STR_INIT("us"), TAIL_TRIES},
        {KO_STR_INIT("ust"), TAIL_TRIES},
        {KO_STR_INIT("upstream"), TAIL_TRIES},
        {KO_STR_INIT("upstream_addr"), TAIL_TRIES},
        {KO_STR_INIT("upstream_status"), TAIL_TRIES},
        {KO_STR_INIT("upstream_response_time"), TAIL_TRIES},
        {KO_STR_INIT("uct"), TAIL_SKIP},
        {KO_STR_INIT("uht"), TAIL_SKIP},
        {KO_STR_INIT("upstream_connect_time"), TAIL_SKIP},
        {KO_STR_INIT("upstream_header_time"), TAIL_SKIP},
        {KO_STR_INIT("cs"), TAIL_SKIP},
        {KO_STR_INIT("rid"), TAIL_REQUEST},
        {KO_STR_INIT("request_id"), TAIL_REQUEST},
        {KO_STR_INIT("host"), TAIL_HOST},
        {KO_STR_INIT("vhost"), TAIL_HOST},
        {KO_STR_INIT("server_name"), TAIL_HOST},
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (ko_str_ieq(key, keys[i].name))
            return keys[i].key;
    }
    return TAIL_NONE;
}

static void set(struct ko_str *slot, struct ko_str value)
{
    if (slot->n == 0 && !ko_text_is_nil(value))
        *slot = value;
}

/* nginx writes its line when the response is out: $time_local is the end. */
static void take_total(struct ko_text_line *ret, ko_dur dur)
{
    if (dur < 0 || ret->ev.dur >= 0)
        return;
    ret->ev.dur = dur;
    ret->stamp_is_end = true;
}

static void take_tries(struct ko_event *ev, struct ko_str list)
{
    int64_t tries = ko_text_http_tries(list);
    if (tries > 1 && tries > ev->attempt)
        ev->attempt = tries;
}

static void take_pair(struct ko_text_line *ret, struct ko_str key, struct ko_str value)
{
    ko_dur dur;
    switch (tail_key(key)) {
    case TAIL_TOTAL:
        if (ko_quantity_dur(value, KO_SECOND, &dur))
            take_total(ret, dur);
        break;
    case TAIL_TRIES:
        take_tries(&ret->ev, value);
        break;
    case TAIL_REQUEST:
        set(&ret->ev.request, value);
        break;
    case TAIL_HOST:
        set(&ret->ev.entity, value);
        break;
    case TAIL_NONE:
        ko_text_apply(&ret->ev, key, value, NULL);
        break;
    case TAIL_SKIP:
        break;
    }
}

/* A list that is not quoted: "10.0.0.1:80, 10.0.0.2:80" is one field. */
static bool take_list(struct ko_str *rest, struct ko_str *ret)
{
    struct ko_str first, more;
    if (!ko_text_field(rest, &first))
        return false;
    *ret = first;
    while (ret->n > 0 && ret->p[ret->n - 1] == ',' && ko_text_token(rest, &more))
        *ret = ko_text_between(first, more);
    return true;
}

/*
 * request_length request_time [upstream] [alternative] addr length time status req_id,
 * the default of the Kubernetes ingress controller.
 */
static bool take_ingress(struct ko_str rest, struct ko_text_line *ret)
{
    struct ko_str length, time, upstream, other, addr, lengths, times, statuses, id;
    if (!ko_text_token(&rest, &length) || !ko_text_token(&rest, &time) ||
        !ko_text_enclosed(&rest, '[', ']', &upstream))
        return false;
    take_total(ret, ko_text_seconds(time));
    set(&ret->ev.peer, upstream);
    (void)ko_text_enclosed(&rest, '[', ']', &other);
    if (take_list(&rest, &addr) && take_list(&rest, &lengths) &&
        take_list(&rest, &times) && take_list(&rest, &statuses)) {
        take_tries(&ret->ev, addr);
        if (ko_text_token(&rest, &id))
            set(&ret->ev.request, id);
    }
    return true;
}

static bool has_point(struct ko_str s)
{
    size_t at;
    return ko_str_chr(s, '.', &at);
}

/* A bare number: request times of nginx have a point, Apache's have none. */
static void take_number(struct ko_text_line *ret, struct ko_str token, ko_dur last_number)
{
    int64_t n;
    if (token.n == 0 || !ko_char_is_digit(token.p[0]))
        return;
    if (has_point(token)) {
        take_total(ret, ko_text_seconds(token));
        return;
    }
    if (ret->ev.dur >= 0 || last_number == 0 || ko_num_int(token, &n) != KO_OK ||
        n > INT64_MAX / last_number)
        return;
    ret->ev.dur = n * last_number;
}

void ko_text_tail(struct ko_str tail, ko_dur last_number, struct ko_text_line *ret)
{
    struct ko_str key, value;
    if (tail.n == 0 || take_ingress(tail, ret))
        return;
    while (tail.n > 0) {
        if (ko_text_pair(&tail, &key, &value))
            take_pair(ret, key, value);
        else if (take_list(&tail, &value))
            take_number(ret, value, last_number);
        else
            return;
    }
}

enum { SAMPLE_LINES = 400, FAST = 50, WAIT_MAX_S = 60 };

/* The first whole number behind the second quoted text of an access line; -1 none. */
static int64_t last_number_of(struct ko_str line)
{
    size_t at;
    struct ko_str rest = line, quoted, token;
    int64_t n;
    if (!ko_str_find(line, KO_STR("] \""), &at))
        return -1;
    rest = ko_str_skip(line, at + 1);
    if (!ko_text_quoted(&rest, &quoted) || !ko_text_token(&rest, &token) ||
        !ko_text_token(&rest, &token))
        return -1;
    while (ko_text_field(&rest, &token)) {
        if (token.n > 0 && ko_char_is_digit(token.p[0]) && ko_num_int(token, &n) == KO_OK)
            return n;
    }
    return -1;
}

/*
 * Whole seconds stay under a usual time-out; microseconds of a real request are hardly
 * ever under 50; milliseconds are both often under 50 and beyond a time-out in seconds.
 */
ko_dur ko_text_tail_unit(struct ko_str head)
{
    struct ko_str line;
    size_t n = 0, fast = 0;
    int64_t max = 0;
    for (size_t i = 0; i < SAMPLE_LINES && ko_str_cut(&head, '\n', &line); i++) {
        int64_t v = last_number_of(ko_str_trim(line));
        if (v < 0)
            continue;
        n++;
        fast += v < FAST ? 1 : 0;
        max = v > max ? v : max;
    }
    if (n == 0)
        return 0;
    if (fast * 10 < n)
        return 1000;
    return max > WAIT_MAX_S ? KO_MS : KO_SECOND;
}
