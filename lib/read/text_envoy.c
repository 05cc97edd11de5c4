/* text_envoy.c: the default access logs of Envoy and of Istio's sidecars. */
#include "read/text_line.h"

#include "read/text_http.h"
#include "read/text_scan.h"

/* "outbound|8080||crm-api.prod.svc.cluster.local": whom the sidecar called. */
static void take_cluster(struct ko_event *ev, struct ko_str cluster)
{
    size_t bar;
    if (!ko_str_rchr(cluster, '|', &bar))
        return;
    struct ko_str host = ko_str_skip(cluster, bar + 1);
    if (ko_str_starts(cluster, KO_STR("outbound|"))) {
        ev->peer = host;
        ev->entity = (struct ko_str){0}; /* the authority is the callee's name as well */
    } else if (host.n > 0) {
        ev->entity = host;
    }
}

/*
 * Behind the response flags Istio names details, termination and transport failure; the
 * first number is the bytes received in both.
 */
static bool take_details(struct ko_str *rest, struct ko_str *io_said)
{
    struct ko_str word;
    struct ko_str peek = *rest;
    if (!ko_text_token(&peek, &word))
        return false;
    if (ko_char_is_digit(word.p[0]))
        return true;
    *io_said = word;
    *rest = peek;
    return ko_text_token(rest, &word) && ko_text_field(rest, &word);
}

/*
 * The authority is the service asked, unless it is a bare address.  What Istio adds
 * begins with the cluster.
 */
static void take_names(struct ko_str rest, struct ko_event *ev)
{
    struct ko_str forwarded, agent, id, authority, upstream, cluster;
    if (!ko_text_field(&rest, &forwarded) || !ko_text_field(&rest, &agent) ||
        !ko_text_field(&rest, &id) || !ko_text_field(&rest, &authority))
        return;
    if (!ko_text_is_nil(id))
        ev->request = id;
    if (!ko_text_is_nil(authority) && !ko_char_is_digit(authority.p[0]))
        ev->entity = authority;
    if (ko_text_field(&rest, &upstream) && !ko_text_is_nil(upstream))
        ev->instance = upstream;
    if (ko_text_token(&rest, &cluster))
        take_cluster(ev, cluster);
}

/* UR… flags mean that Envoy itself tried again until its limit. */
static void take_flags(struct ko_event *ev, struct ko_str flags)
{
    size_t at;
    if (ko_str_find(flags, KO_STR("URX"), &at))
        ev->attempt = 2;
    if (ev->status == 0 && !ko_text_is_nil(flags)) {
        ev->outcome = KO_OUTCOME_BAD; /* the caller left, or nobody was there */
        ev->severity = KO_SEV_WARN;
    }
}

enum ko_status ko_text_envoy(struct ko_str line, const struct ko_text_hint *hint,
                             struct ko_text_line *ret)
{
    (void)hint;
    struct ko_str rest = line;
    struct ko_str time, request, status, flags, received, sent, dur, served;
    if (line.n < 22 || line.p[0] != '[' || line.p[5] != '-' ||
        !ko_text_enclosed(&rest, '[', ']', &time) || !ko_text_quoted(&rest, &request) ||
        !ko_text_token(&rest, &status) || !ko_text_token(&rest, &flags))
        return KO_ENOTFOUND;
    ko_text_line_init(ret);
    if (!ko_char_is_digit(status.p[0]) || flags.p[0] == '"')
        return KO_ENOTFOUND;
    struct ko_str said = flags;
    if (!take_details(&rest, &said) || !ko_text_token(&rest, &received) ||
        !ko_text_token(&rest, &sent) || !ko_text_token(&rest, &dur) ||
        !ko_text_token(&rest, &served))
        return ko_text_broken(ret, KO_REJECT_FIELD_COUNT);
    if (ko_time_parse(time, &ret->stamp) != KO_OK)
        return ko_text_broken(ret, KO_REJECT_BAD_TIMESTAMP);
    ret->has_stamp = true;
    ko_text_http_status(&ret->ev, ko_text_status(status));
    ko_text_http_request(&ret->ev, request);
    take_flags(&ret->ev, flags);
    ret->ev.dur = ko_text_millis(dur);
    ko_text_http_message(&ret->ev, request, ko_text_between(request, said));
    take_names(rest, &ret->ev);
    return KO_OK;
}
