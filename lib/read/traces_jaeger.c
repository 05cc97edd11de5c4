/* traces_jaeger.c: spans of Jaeger: whole traces, and single spans as they are stored. */
#include "read/json_get.h"
#include "read/span_tags.h"
#include "read/traces.h"

/* A span as a search hit has it under "_source". */
static const json_t *span_in(const json_t *object)
{
    const json_t *source = json_object_get(object, "_source");
    return json_is_object(source) ? source : object;
}

static bool is_span(const json_t *object)
{
    return ko_json_has(object, "traceID") && ko_json_has(object, "spanID") &&
           ko_json_has(object, "operationName");
}

bool ko_jaeger_is(const json_t *object)
{
    return is_span(span_in(object)) ||
           (json_is_array(json_object_get(object, "spans")) &&
            json_is_object(json_object_get(object, "processes")));
}

/* Tags are a list of {key, value}, or a map in which dots were replaced ("tag"). */
static enum ko_status all_tags(struct ko_reading *rd, struct ko_record *tags,
                               const json_t *span, const json_t *process)
{
    const json_t *lists[] = {json_object_get(span, "tags"), json_object_get(span, "tag"),
                             json_object_get(process, "tags"),
                             json_object_get(process, "tag")};
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < sizeof lists / sizeof *lists && st == KO_OK; i++)
        st = ko_span_add_tags(rd, tags, lists[i]);
    return st;
}

/* Some clients write all 128 bits of a trace's id, some its last 64 only. */
static bool is_same_trace(struct ko_str a, struct ko_str b)
{
    if (a.n < b.n)
        return is_same_trace(b, a);
    return b.n == 0 || ko_str_ieq(ko_str_skip(a, a.n - b.n), b);
}

/* The span that this one hangs on: the first it is a child of in its own trace, else the
 * first that it follows from. */
static void take_parent(struct ko_event *ev, const json_t *span)
{
    size_t i;
    json_t *ref;
    ev->parent = ko_json_member_text(span, "parentSpanID");
    json_array_foreach (json_object_get(span, "references"), i, ref) {
        struct ko_str id = ko_json_member_text(ref, "spanID");
        bool follows =
            ko_str_ieq(ko_json_member_text(ref, "refType"), KO_STR("FOLLOWS_FROM"));
        struct ko_str trace = ko_json_member_text(ref, "traceID");
        bool own = is_same_trace(trace, ev->trace);
        if (id.n == 0 || !own || (ev->parent.n > 0 && (follows || !ev->async)))
            continue;
        ev->parent = id;
        ev->async = follows;
    }
}

static bool take_times(struct ko_event *ev, const json_t *span)
{
    int64_t n;
    if (ko_json_int(json_object_get(span, "startTime"), &n) && n > 0 &&
        n < INT64_MAX / 1000)
        ev->time = n * 1000;
    else if (ko_json_int(json_object_get(span, "startTimeMillis"), &n) && n > 0 &&
             n < INT64_MAX / KO_MS)
        ev->time = n * KO_MS;
    if (ko_json_int(json_object_get(span, "duration"), &n) && n >= 0 &&
        n < INT64_MAX / 1000)
        ev->dur = n * 1000;
    ev->has_zone = true;
    return ev->time != KO_TIME_NONE;
}

static enum ko_status emit_span(struct ko_reading *rd, const json_t *span,
                                const json_t *process, struct ko_place place,
                                enum ko_reject *ret_why)
{
    struct ko_event ev;
    struct ko_record tags = {0};
    ko_event_init(&ev, KO_EVENT_SPAN);
    ev.place = place;
    ev.trace = ko_json_member_text(span, "traceID");
    ev.span = ko_json_member_text(span, "spanID");
    ev.operation = ko_json_member_text(span, "operationName");
    ev.entity = ko_json_member_text(process, "serviceName");
    if (!take_times(&ev, span)) {
        *ret_why = KO_REJECT_BAD_TIMESTAMP;
        return KO_OK;
    }
    take_parent(&ev, span);
    enum ko_status st = all_tags(rd, &tags, span, process);
    if (st != KO_OK)
        return st;
    enum ko_span_kind kind = ko_span_take_tags(rd, &ev, &tags, KO_SPAN_UNSAID);
    return ko_span_emit(rd, &ev, kind);
}

static enum ko_status say_warnings(struct ko_reading *rd, const json_t *span)
{
    if (json_array_size(json_object_get(span, "warnings")) == 0)
        return KO_OK;
    return ko_ledger_remark(rd->ledger, "Jaeger warns of some spans, as it does where it "
                                        "corrected a clock");
}

static enum ko_status emit_any(struct ko_reading *rd, const json_t *span,
                               const json_t *processes, struct ko_place place,
                               enum ko_reject *ret_why)
{
    const json_t *process = json_object_get(span, "process");
    const char *id = json_string_value(json_object_get(span, "processID"));
    if (!json_is_object(process) && id != NULL)
        process = json_object_get(processes, id);
    enum ko_status st = say_warnings(rd, span);
    return st != KO_OK ? st : emit_span(rd, span, process, place, ret_why);
}

enum ko_status ko_jaeger_read(struct ko_reading *rd, const json_t *object,
                              struct ko_place place, enum ko_reject *ret_why)
{
    const json_t *span = span_in(object);
    if (is_span(span))
        return emit_any(rd, span, NULL, place, ret_why);
    size_t i;
    json_t *item;
    enum ko_status st = KO_OK;
    json_array_foreach (json_object_get(object, "spans"), i, item) {
        if (st == KO_OK)
            st = emit_any(rd, item, json_object_get(object, "processes"), place, ret_why);
    }
    return st;
}
