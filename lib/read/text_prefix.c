/* text_prefix.c: the names that docker compose logs and stern put before a line. */
#include "read/text_line.h"

#include "read/text_container.h"
#include "read/text_plain.h"
#include "read/text_scan.h"
#include "read/text_trace.h"

/* What the program wrote behind the prefix: the time is before it or within it. */
static enum ko_status take_rest(struct ko_str rest, struct ko_text_line *ret)
{
    struct ko_str behind = rest, time;
    if (ko_text_token(&behind, &time) && ko_time_parse(time, &ret->stamp) == KO_OK &&
        ret->stamp.has_date && ret->stamp.resolution < KO_DAY) {
        ret->has_stamp = true;
        rest = behind;
        (void)ko_text_literal(&rest, KO_STR(" "));
    } else {
        ret->time_inside = true;
    }
    ret->is_framed = ret->may_continue = true;
    ret->belongs_above = ko_text_goes_on(rest);
    ret->ev.message = rest;
    ko_text_bare(&ret->ev.message, &ret->ev);
    return KO_OK;
}

static bool is_name(struct ko_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!ko_char_is_alnum(c) && c != '-' && c != '_' && c != '.')
            return false;
    }
    return s.n > 0 && !ko_char_is_digit(s.p[0]);
}

/* "crm-1", "crm_1": the service without the number of its container. */
static struct ko_str without_replica(struct ko_str name)
{
    size_t n = name.n;
    while (n > 0 && ko_char_is_digit(name.p[n - 1]))
        n--;
    bool numbered = n < name.n && n > 1 && (name.p[n - 1] == '-' || name.p[n - 1] == '_');
    return numbered ? ko_str_sub(name, 0, n - 1) : name;
}

/* "crm-1  | text". */
enum ko_status ko_text_compose(struct ko_str line, const struct ko_text_hint *hint,
                               struct ko_text_line *ret)
{
    (void)hint;
    struct ko_str rest = line, name;
    if (!ko_text_token(&rest, &name) || !is_name(name))
        return KO_ENOTFOUND;
    ko_text_blanks(&rest);
    if (!ko_text_literal(&rest, KO_STR("| ")))
        return KO_ENOTFOUND;
    ko_text_line_init(ret);
    ret->ev.entity = without_replica(name);
    ret->ev.instance = name;
    return take_rest(rest, ret);
}

/* "crm-api-6d4f9c5bdd-69gtn crm-api text": a pod of a workload, one of its containers. */
enum ko_status ko_text_stern(struct ko_str line, const struct ko_text_hint *hint,
                             struct ko_text_line *ret)
{
    (void)hint;
    struct ko_str rest = line, pod, container;
    if (!ko_text_token(&rest, &pod) || !is_name(pod) ||
        ko_text_workload(pod).n == pod.n || !ko_text_token(&rest, &container) ||
        !is_name(container) || !ko_text_literal(&rest, KO_STR(" ")))
        return KO_ENOTFOUND;
    ko_text_line_init(ret);
    ret->ev.instance = pod;
    ret->ev.entity = ko_text_workload(pod);
    return take_rest(rest, ret);
}
