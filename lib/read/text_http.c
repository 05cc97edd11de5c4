/* text_http.c: what all access logs have in common: a request, a status, a verdict. */
#include "read/text_http.h"

#include "read/log_fields.h"

enum { SERVER_ERROR = 500 };

void ko_text_http_status(struct ko_event *ev, int64_t status)
{
    ev->status = status;
    ev->outcome = ko_fields_outcome(status);
    if (status >= SERVER_ERROR)
        ev->severity = KO_SEV_ERROR;
    else if (ev->outcome == KO_OUTCOME_BAD)
        ev->severity = KO_SEV_WARN;
    else if (status > 0)
        ev->severity = KO_SEV_INFO;
}

void ko_text_http_message(struct ko_event *ev, struct ko_str request, struct ko_str whole)
{
    ev->message = ev->outcome == KO_OUTCOME_BAD ? whole : request;
}

static bool is_method(struct ko_str s)
{
    if (s.n < 3 || s.n > 16)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if ((s.p[i] < 'A' || s.p[i] > 'Z') && s.p[i] != '-')
            return false;
    }
    return true;
}

/* "https://crm.example.com:443/v1/x" without its host: "/v1/x". */
static struct ko_str path_of(struct ko_str url)
{
    struct ko_str host = ko_text_http_host(url);
    struct ko_str behind = {host.p + host.n, (size_t)(url.p + url.n - host.p) - host.n};
    size_t slash;
    return ko_str_chr(behind, '/', &slash) ? ko_str_skip(behind, slash) : url;
}

/* Garbage that some client sent ("\x16\x03\x01") is no operation. */
void ko_text_http_request(struct ko_event *ev, struct ko_str request)
{
    size_t end, query;
    if (!ko_str_chr(request, ' ', &end) || !is_method(ko_str_sub(request, 0, end)))
        return;
    struct ko_str url = ko_str_skip(request, end + 1);
    if (ko_str_rchr(url, ' ', &end))
        url = ko_str_sub(url, 0, end);
    if (ko_str_chr(url, '?', &query))
        url = ko_str_sub(url, 0, query);
    ev->operation = ko_text_http_host(url).n > 0
                        ? path_of(url)
                        : (struct ko_str){request.p, (size_t)(url.p + url.n - request.p)};
}

struct ko_str ko_text_http_host(struct ko_str url)
{
    size_t at;
    if (!ko_str_find(url, KO_STR("://"), &at))
        return (struct ko_str){0};
    struct ko_str host = ko_str_skip(url, at + 3);
    for (at = 0; at < host.n; at++) {
        if (host.p[at] == '/' || host.p[at] == ':' || host.p[at] == '?')
            break;
    }
    return ko_str_sub(host, 0, at);
}

int64_t ko_text_http_tries(struct ko_str list)
{
    int64_t n = 1;
    for (size_t i = 0; i < list.n; i++) {
        if (list.p[i] == ',')
            n++;
    }
    return n;
}
