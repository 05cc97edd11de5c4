/* text_explore.c: logs as Grafana Explore downloads them as text. */
#include "read/text_explore.h"

#include "read/json_record.h"
#include "read/log_fields.h"
#include "read/roles.h"
#include "read/text_line.h"
#include "read/text_plain.h"
#include "read/text_scan.h"

enum { MILLIS_DIGITS = 13 };

/* "1773496203695\t2026-03-14T13:50:03.695Z\ttext" */
enum ko_status ko_text_explore(struct ko_str line, const struct ko_text_hint *hint,
                               struct ko_text_line *ret)
{
    (void)hint;
    struct ko_str rest = line, millis, time;
    if (line.n < 30 || line.p[MILLIS_DIGITS] != '\t' ||
        !ko_str_cut(&rest, '\t', &millis) || !ko_str_cut(&rest, '\t', &time) ||
        rest.p == NULL)
        return KO_ENOTFOUND;
    ko_text_line_init(ret);
    if (ko_time_parse(millis, &ret->stamp) != KO_OK)
        return KO_ENOTFOUND;
    ret->has_stamp = true;
    ret->may_continue = true;
    ret->ev.message = rest;
    ko_text_bare(&ret->ev.message, &ret->ev);
    return KO_OK;
}

static enum ko_status keep(struct ko_arena *arena, struct ko_event *labels)
{
    struct ko_str *const texts[] = {&labels->entity, &labels->instance, &labels->region,
                                    &labels->channel, &labels->queue};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (texts[i]->n > 0 && ko_str_copy(arena, *texts[i], texts[i]) != KO_OK)
            return KO_ENOMEM;
    }
    return KO_OK;
}

static enum ko_status take_labels(struct ko_arena *arena, struct ko_str json,
                                  struct ko_event *io_labels)
{
    json_t *value;
    enum ko_reject why;
    enum ko_status st = ko_json_load(arena, json, &value, &why);
    if (st != KO_OK || value == NULL)
        return st;
    struct ko_record r = {0};
    struct ko_roles roles;
    st = ko_json_flatten(arena, value, &r);
    if (st == KO_OK) {
        ko_roles_find(&roles, &r, (struct ko_str){0});
        ko_fields_identity(io_labels, &r, &roles);
        st = keep(arena, io_labels);
    }
    json_decref(value);
    return st;
}

enum ko_status ko_text_explore_head(struct ko_arena *arena, struct ko_str line,
                                    struct ko_event *io_labels, bool *ret_is_head)
{
    static const struct ko_str names[] = {KO_STR_INIT("Common labels: "),
                                          KO_STR_INIT("Line limit: "),
                                          KO_STR_INIT("Total bytes processed: ")};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct ko_str rest = line;
        if (!ko_text_literal(&rest, names[i]))
            continue;
        *ret_is_head = true;
        return i == 0 ? take_labels(arena, rest, io_labels) : KO_OK;
    }
    *ret_is_head = false;
    return KO_OK;
}
