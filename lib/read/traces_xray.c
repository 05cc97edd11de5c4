/* traces_xray.c: segments of AWS X-Ray, which stand as JSON text inside JSON. */
#include "read/json_get.h"
#include "read/json_record.h"
#include "read/read.h"
#include "read/span_tags.h"
#include "read/traces.h"

/* Segments within segments: X-Ray itself nests no deeper than its 64 KiB let it. */
enum { NEST_MAX = 64 };

static bool is_segment(const json_t *object)
{
    return json_is_string(json_object_get(object, "id")) &&
           json_is_string(json_object_get(object, "name")) &&
           json_is_string(json_object_get(object, "trace_id")) &&
           json_is_number(json_object_get(object, "start_time"));
}

static const json_t *segments_of(const json_t *trace)
{
    const json_t *list = ko_json_items(trace, "Segments");
    return json_is_string(json_object_get(json_array_get(list, 0), "Document")) ? list
                                                                                : NULL;
}

bool ko_xray_is(const json_t *object)
{
    const json_t *first = json_array_get(ko_json_items(object, "Traces"), 0);
    return segments_of(first) != NULL || segments_of(object) != NULL ||
           is_segment(object);
}

/* Seconds with a fraction to ns; a double gives back the microseconds they come with. */
static bool time_of(const json_t *value, ko_time *ret)
{
    double s = json_number_value(value);
    if (!json_is_number(value) || !(s > 0 && s < 9e9))
        return false;
    *ret = (ko_time)(s * 1e6 + 0.5) * 1000;
    return true;
}

struct segment {
    struct ko_str trace, parent, service;
    struct ko_place place;
    unsigned depth;
};

static bool is_true(const json_t *object, const char *key)
{
    return json_is_true(json_object_get(object, key));
}

static void take_outcome(struct ko_event *ev, const json_t *segment)
{
    int64_t status;
    const json_t *http = json_object_get(segment, "http");
    if (ko_json_int(json_object_get(json_object_get(http, "response"), "status"),
                    &status))
        ev->status = status;
    bool bad = is_true(segment, "fault") || is_true(segment, "error") ||
               is_true(segment, "throttle");
    ev->outcome = bad ? KO_OUTCOME_BAD : KO_OUTCOME_OK;
}

static enum ko_status emit_segment(struct ko_reading *rd, const json_t *segment,
                                   const struct segment *in, enum ko_reject *ret_why)
{
    struct ko_event ev;
    ko_time end;
    ko_event_init(&ev, KO_EVENT_SPAN);
    ev.place = in->place;
    if (!time_of(json_object_get(segment, "start_time"), &ev.time)) {
        *ret_why = KO_REJECT_NO_TIMESTAMP;
        return KO_OK;
    }
    if (time_of(json_object_get(segment, "end_time"), &end) && end >= ev.time)
        ev.dur = end - ev.time;
    ev.has_zone = true;
    ev.trace = in->trace;
    ev.span = ko_json_member_text(segment, "id");
    ev.parent = in->parent;
    ev.entity = in->service;
    ev.operation = ko_json_member_text(segment, "name");
    struct ko_str space = ko_json_member_text(segment, "namespace");
    if (space.n > 0) /* "aws" and "remote" are calls; others are work of its own */
        ev.peer = ev.operation;
    take_outcome(&ev, segment);
    return ko_span_emit(rd, &ev, space.n > 0 ? KO_SPAN_CLIENT : KO_SPAN_UNSAID);
}

/* The nesting is that of the text, which ko_json_load has bounded; NEST_MAX is less. */
static enum ko_status walk(struct ko_reading *rd, const json_t *segment,
                           struct segment in, enum ko_reject *ret_why)
{
    size_t i;
    json_t *sub;
    enum ko_status st = emit_segment(rd, segment, &in, ret_why);
    if (in.depth >= NEST_MAX)
        return st;
    in.depth++;
    in.parent = ko_json_member_text(segment, "id");
    json_array_foreach (json_object_get(segment, "subsegments"), i, sub) {
        if (st == KO_OK)
            st = walk(rd, sub, in, ret_why);
    }
    return st;
}

static enum ko_status read_segment(struct ko_reading *rd, const json_t *segment,
                                   struct ko_place place, enum ko_reject *ret_why)
{
    struct segment in = {.trace = ko_json_member_text(segment, "trace_id"),
                         .parent = ko_json_member_text(segment, "parent_id"),
                         .service = ko_json_member_text(segment, "name"),
                         .place = place};
    return walk(rd, segment, in, ret_why);
}

static enum ko_status read_trace(struct ko_reading *rd, const json_t *trace,
                                 struct ko_place place, enum ko_reject *ret_why)
{
    size_t i;
    json_t *item, *segment;
    enum ko_status st = KO_OK;
    json_array_foreach ((json_t *)segments_of(trace), i, item) {
        enum ko_reject why;
        if (st == KO_OK)
            st = ko_json_load(rd->record, ko_json_member_text(item, "Document"), &segment,
                              &why);
        if (st != KO_OK)
            return st;
        if (segment == NULL) {
            *ret_why = why;
            continue;
        }
        st = read_segment(rd, segment, place, ret_why);
        json_decref(segment);
    }
    return st;
}

enum ko_status ko_xray_read(struct ko_reading *rd, const json_t *object,
                            struct ko_place place, enum ko_reject *ret_why)
{
    size_t i;
    json_t *trace;
    enum ko_status st = KO_OK;
    if (is_segment(object))
        return read_segment(rd, object, place, ret_why);
    if (segments_of(object) != NULL)
        return read_trace(rd, object, place, ret_why);
    json_array_foreach (json_object_get(object, "Traces"), i, trace) {
        if (st == KO_OK)
            st = read_trace(rd, trace, place, ret_why);
    }
    return st;
}
