/* traces_zipkin.c: spans of Zipkin v2. */
#include "read/json_get.h"
#include "read/span_tags.h"
#include "read/traces.h"

bool ko_zipkin_is(const json_t *object)
{
    return json_is_string(json_object_get(object, "traceId")) &&
           json_is_string(json_object_get(object, "id")) &&
           (ko_json_has(object, "localEndpoint") ||
            ko_json_has(object, "remoteEndpoint") ||
            (ko_json_has(object, "timestamp") && ko_json_has(object, "duration")));
}

/* The first moment that the span tells of: one that was reported late has no start. */
static bool take_times(struct ko_event *ev, const json_t *span)
{
    int64_t n = 0;
    const json_t *first = json_array_get(json_object_get(span, "annotations"), 0);
    if (!ko_json_int(json_object_get(span, "timestamp"), &n) || n <= 0) {
        if (!ko_json_int(json_object_get(first, "timestamp"), &n) || n <= 0)
            return false;
    }
    if (n >= INT64_MAX / 1000)
        return false;
    ev->time = n * 1000;
    ev->has_zone = true;
    if (ko_json_int(json_object_get(span, "duration"), &n) && n >= 0 &&
        n < INT64_MAX / 1000)
        ev->dur = n * 1000;
    return true;
}

static enum ko_status add_tags(struct ko_reading *rd, const json_t *span,
                               struct ko_record *tags)
{
    const char *key;
    json_t *value;
    enum ko_status st = KO_OK;
    json_object_foreach (json_object_get(span, "tags"), key, value) {
        bool reason = ko_str_eq(ko_str(key), KO_STR("error")) && json_is_string(value) &&
                      json_string_length(value) == 0; /* said without a reason */
        if (st == KO_OK && reason)
            st = ko_record_add(rd->record, tags, KO_STR("error"), KO_STR("true"),
                               KO_VALUE_TEXT);
        else if (st == KO_OK)
            st = ko_span_tag(rd, tags, ko_str(key), value);
    }
    return st;
}

enum ko_status ko_zipkin_read(struct ko_reading *rd, const json_t *object,
                              struct ko_place place, enum ko_reject *ret_why)
{
    struct ko_event ev;
    struct ko_record tags = {0};
    ko_event_init(&ev, KO_EVENT_SPAN);
    ev.place = place;
    ev.trace = ko_json_member_text(object, "traceId");
    ev.span = ko_json_member_text(object, "id");
    ev.parent = ko_json_member_text(object, "parentId");
    ev.operation = ko_json_member_text(object, "name");
    ev.entity =
        ko_json_member_text(json_object_get(object, "localEndpoint"), "serviceName");
    ev.peer =
        ko_json_member_text(json_object_get(object, "remoteEndpoint"), "serviceName");
    if (!take_times(&ev, object)) {
        *ret_why = KO_REJECT_NO_TIMESTAMP;
        return KO_OK;
    }
    enum ko_status st = add_tags(rd, object, &tags);
    if (st != KO_OK)
        return st;
    enum ko_span_kind kind = ko_span_kind_of(ko_json_member_text(object, "kind"));
    kind = ko_span_take_tags(rd, &ev, &tags, kind);
    return ko_span_emit(rd, &ev, kind);
}
