/* text_alb.c: access logs of the AWS load balancers, application and classic. */
#include "read/text_line.h"

#include "read/text_http.h"
#include "read/text_scan.h"

/*
 * Fields in the order of the AWS documentation ("Access log entries", application load
 * balancers); later ones are appended as AWS adds them, and are not read.
 */
enum alb_field {
    ALB_TYPE,
    ALB_TIME,
    ALB_NAME,
    ALB_CLIENT,
    ALB_TARGET,
    ALB_REQUEST_TIME,
    ALB_TARGET_TIME,
    ALB_RESPONSE_TIME,
    ALB_STATUS,
    ALB_TARGET_STATUS,
    ALB_RECEIVED,
    ALB_SENT,
    ALB_REQUEST,
    ALB_AGENT,
    ALB_CIPHER,
    ALB_PROTOCOL,
    ALB_GROUP,
    ALB_TRACE,
    ALB_DOMAIN,
    ALB_CERTIFICATE,
    ALB_RULE,
    ALB_CREATED,
    ALB_FIELDS
};

static bool is_alb_type(struct ko_str s)
{
    static const struct ko_str types[] = {
        KO_STR_INIT("http"),  KO_STR_INIT("https"), KO_STR_INIT("h2"),
        KO_STR_INIT("grpcs"), KO_STR_INIT("ws"),    KO_STR_INIT("wss"),
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (ko_str_eq(s, types[i]))
            return true;
    }
    return false;
}

/* "app/NAME/ID" and "arn:…:targetgroup/NAME/ID": the name. */
static struct ko_str name_of(struct ko_str s, struct ko_str before)
{
    size_t at;
    if (!ko_str_find(s, before, &at))
        return (struct ko_str){0};
    s = ko_str_skip(s, at + before.n);
    return ko_str_chr(s, '/', &at) ? ko_str_sub(s, 0, at) : s;
}

/* -1 means that this phase was not reached; the phases that were still took their time.
 */
static ko_dur sum_of(const struct ko_str *times, size_t n)
{
    ko_dur sum = -1;
    for (size_t i = 0; i < n; i++) {
        ko_dur d = ko_text_seconds(times[i]);
        if (d >= 0)
            sum = (sum < 0 ? 0 : sum) + d;
    }
    return sum;
}

/*
 * A balancer's entry is stamped when the response is sent; the creation of the request
 * stands in a later field and tells also how long requests took that no target served.
 */
static bool take_alb_times(const struct ko_str *f, struct ko_text_line *ret)
{
    struct ko_stamp end;
    if (ko_time_parse(f[ALB_TIME], &end) != KO_OK)
        return false;
    ret->has_stamp = true;
    ret->stamp = end;
    ret->ev.dur = sum_of(&f[ALB_REQUEST_TIME], 3);
    struct ko_stamp created;
    bool known = ko_time_parse(f[ALB_CREATED], &created) == KO_OK &&
                 created.time <= end.time && end.time - created.time < KO_DAY;
    if (!known) {
        ret->stamp_is_end = true;
        return true;
    }
    ret->stamp = created;
    ko_dur whole = end.time - created.time;
    if (ret->ev.dur < 0 || (ko_text_is_nil(f[ALB_TARGET]) && whole > ret->ev.dur))
        ret->ev.dur = whole;
    return true;
}

static void take_names(const struct ko_str *f, struct ko_event *ev)
{
    size_t at;
    ev->entity = f[ALB_NAME];
    if (ko_str_chr(f[ALB_NAME], '/', &at)) {
        struct ko_str tail = ko_str_skip(f[ALB_NAME], at + 1);
        ev->entity = ko_str_chr(tail, '/', &at) ? ko_str_sub(tail, 0, at) : tail;
    }
    struct ko_str group = name_of(f[ALB_GROUP], KO_STR("targetgroup/"));
    if (!ko_str_eq(group, ev->entity))
        ev->peer = group;
}

enum ko_status ko_text_alb(struct ko_str line, const struct ko_text_hint *hint,
                           struct ko_text_line *ret)
{
    (void)hint;
    struct ko_str f[ALB_FIELDS];
    struct ko_str rest = line;
    if (!ko_text_token(&rest, &f[ALB_TYPE]) || !is_alb_type(f[ALB_TYPE]) ||
        !ko_text_token(&rest, &f[ALB_TIME]) || f[ALB_TIME].n < 19 ||
        !ko_char_is_digit(f[ALB_TIME].p[0]))
        return KO_ENOTFOUND;
    ko_text_line_init(ret);
    for (size_t i = ALB_NAME; i < ALB_FIELDS; i++) {
        if (!ko_text_field(&rest, &f[i]))
            return ko_text_broken(ret, KO_REJECT_FIELD_COUNT);
    }
    if (!take_alb_times(f, ret))
        return ko_text_broken(ret, KO_REJECT_BAD_TIMESTAMP);
    take_names(f, &ret->ev);
    if (!ko_text_is_nil(f[ALB_TARGET]))
        ret->ev.instance = f[ALB_TARGET];
    ko_text_http_status(&ret->ev, ko_text_status(f[ALB_STATUS]));
    ko_text_http_request(&ret->ev, f[ALB_REQUEST]);
    ko_text_http_message(&ret->ev, f[ALB_REQUEST],
                         ko_text_between(f[ALB_STATUS], f[ALB_REQUEST]));
    if (ko_str_starts(f[ALB_TRACE], KO_STR("Root=")))
        ret->ev.trace = ko_str_skip(f[ALB_TRACE], 5);
    return KO_OK;
}

/* "ip:port" with dots or colons in the address. */
static bool is_endpoint(struct ko_str s)
{
    size_t colon;
    return ko_str_rchr(s, ':', &colon) && colon >= 3 && colon + 1 < s.n &&
           ko_char_is_digit(s.p[s.n - 1]);
}

enum elb_field {
    ELB_TIME,
    ELB_NAME,
    ELB_CLIENT,
    ELB_BACKEND,
    ELB_T1,
    ELB_T2,
    ELB_T3,
    ELB_STATUS,
    ELB_BACKEND_STATUS,
    ELB_RECEIVED,
    ELB_SENT,
    ELB_REQUEST,
    ELB_FIELDS
};

static bool is_number(struct ko_str s)
{
    return s.n > 0 && (ko_char_is_digit(s.p[0]) || s.p[0] == '-');
}

/* Classic: time name client backend three times two statuses bytes bytes "request" … */
enum ko_status ko_text_elb(struct ko_str line, const struct ko_text_hint *hint,
                           struct ko_text_line *ret)
{
    (void)hint;
    struct ko_str f[ELB_FIELDS];
    struct ko_str rest = line;
    if (line.n < 19 || line.p[4] != '-' || line.p[10] != 'T')
        return KO_ENOTFOUND;
    for (size_t i = 0; i < ELB_FIELDS; i++) {
        if (!ko_text_field(&rest, &f[i]))
            return KO_ENOTFOUND;
    }
    if (!is_endpoint(f[ELB_CLIENT]) || !is_number(f[ELB_T1]) || !is_number(f[ELB_T3]) ||
        !(is_endpoint(f[ELB_BACKEND]) || ko_text_is_nil(f[ELB_BACKEND])))
        return KO_ENOTFOUND;
    ko_text_line_init(ret);
    if (ko_time_parse(f[ELB_TIME], &ret->stamp) != KO_OK)
        return ko_text_broken(ret, KO_REJECT_BAD_TIMESTAMP);
    ret->has_stamp = true;
    ret->ev.entity = f[ELB_NAME];
    if (!ko_text_is_nil(f[ELB_BACKEND]))
        ret->ev.instance = f[ELB_BACKEND];
    ret->ev.dur = sum_of(&f[ELB_T1], 3);
    ko_text_http_status(&ret->ev, ko_text_status(f[ELB_STATUS]));
    ko_text_http_request(&ret->ev, f[ELB_REQUEST]);
    ko_text_http_message(&ret->ev, f[ELB_REQUEST],
                         ko_text_between(f[ELB_STATUS], f[ELB_REQUEST]));
    return KO_OK;
}
