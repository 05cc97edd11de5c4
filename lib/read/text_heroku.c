/* text_heroku.c: the router log of Heroku, raw or as Papertrail reframes it. */
#include "read/text_line.h"

#include "read/text_http.h"
#include "read/text_scan.h"

/* "2026-03-14T13:50:03.695596+00:00 heroku[router]: " or "… app heroku/router: " */
static bool take_frame(struct ko_str *rest, struct ko_text_line *ret)
{
    struct ko_str app;
    size_t n;
    if (ko_time_prefix(*rest, &ret->stamp, &n) != KO_OK)
        return false;
    *rest = ko_str_skip(*rest, n);
    if (ko_text_literal(rest, KO_STR("heroku[router]: ")))
        return true;
    if (!ko_text_token(rest, &app) || !ko_text_literal(rest, KO_STR(" heroku/router: ")))
        return false;
    ret->ev.entity = app;
    return true;
}

/* "service" is how long the dyno took, not a name; the router's own failures (H12 …)
 * state a status too. */
static void take_pair(struct ko_event *ev, struct ko_str key, struct ko_str value)
{
    if (ko_str_eq(key, KO_STR("service")))
        ev->dur = ko_text_seconds(value);
    else if (ko_str_eq(key, KO_STR("status")))
        ko_text_http_status(ev, ko_text_status(value));
    else if (ko_str_eq(key, KO_STR("request_id")))
        ev->request = value;
    else if (ko_str_eq(key, KO_STR("dyno")) && value.n > 0)
        ev->instance = value;
    else if (ko_str_eq(key, KO_STR("path")))
        ev->operation = value;
    else if (ko_str_eq(key, KO_STR("host")) && ev->entity.n == 0)
        ev->entity = value;
    else if (ko_str_eq(key, KO_STR("at")) && ev->severity == KO_SEV_UNKNOWN)
        ev->severity = ko_severity_word(value);
}

enum ko_status ko_text_heroku(struct ko_str line, const struct ko_text_hint *hint,
                              struct ko_text_line *ret)
{
    (void)hint;
    struct ko_str rest = line, key, value;
    size_t at;
    if (!ko_str_find(ko_str_sub(line, 0, 128), KO_STR("heroku"), &at))
        return KO_ENOTFOUND;
    ko_text_line_init(ret);
    if (!take_frame(&rest, ret))
        return KO_ENOTFOUND;
    ret->has_stamp = true;
    ret->ev.message = ko_str_trim(rest);
    while (ko_text_pair(&rest, &key, &value))
        take_pair(&ret->ev, key, value);
    return KO_OK;
}
