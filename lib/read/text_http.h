/* text_http.h: what all access logs have in common: a request, a status, a verdict. */
#ifndef KO_READ_TEXT_HTTP_H
#define KO_READ_TEXT_HTTP_H

#include "base/str.h"
#include "event/event.h"
#include "read/role_memo.h"

#include <stdint.h>

/*
 * ko_text_http_status(ev, status):
 * Put the status, how it ended for the caller, and the level that an access line never
 * states itself: 5xx is an error; 408, 429 and 499 (the caller gave up) a warning.
 */
void ko_text_http_status(struct ko_event *ev, int64_t status);

/* ko_text_http_request(ev, request): The operation: method and path of "GET /p?q
 * HTTP/1.1", without host and query. */
void ko_text_http_request(struct ko_event *ev, struct ko_str request);

/*
 * ko_text_http_message(ev, request, whole):
 * The message: the request where it ended well, else ${whole}, in which it also stands
 * how it ended; so that good and bad ones do not fall into one template, whose numbers
 * are masked.
 */
void ko_text_http_message(struct ko_event *ev, struct ko_str request,
                          struct ko_str whole);

/* ko_text_http_host(url, ret): The host of "https://crm.example.com:443/v1"; empty. */
struct ko_str ko_text_http_host(struct ko_str url);

/* ko_text_http_tries(list): How many upstreams a list "10.0.0.1:80, 10.0.0.2:80" names:
 * nginx separates tries by commas and internal redirects by " : ". */
int64_t ko_text_http_tries(struct ko_str list);

/*
 * ko_text_apply(ev, key, value, memo):
 * Put a named value where the name says; what the event already says stays.  ${memo} may
 * be NULL.
 */
void ko_text_apply(struct ko_event *ev, struct ko_str key, struct ko_str value,
                   struct ko_role_memo *memo);

/* ko_text_apply_all(ev, text, memo): ko_text_apply of every key=value among the words of
 * ${text}; reads the first 4 KiB. */
void ko_text_apply_all(struct ko_event *ev, struct ko_str text,
                       struct ko_role_memo *memo);

#endif
