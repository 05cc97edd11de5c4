/* traces_otlp.c: spans of OTLP in JSON, of the collector's file exporter and of Tempo. */
#include "read/json_get.h"
#include "read/otlp.h"
#include "read/span_tags.h"
#include "read/traces.h"

/* Names of one thing in the versions of the protocol. */
static const json_t *first_member(const json_t *object, const char *const *keys)
{
    for (; *keys != NULL; keys++) {
        const json_t *value = json_object_get(object, *keys);
        if (value != NULL)
            return value;
    }
    return NULL;
}

static const json_t *resources_of(const json_t *object)
{
    static const char *const keys[] = {"resourceSpans", "resource_spans", "batches",
                                       NULL};
    const json_t *trace = json_object_get(object, "trace");
    return first_member(json_is_object(trace) ? trace : object, keys);
}

bool ko_otlp_traces_is(const json_t *object)
{
    return json_is_array(resources_of(object));
}

/* A number, or the name of one. */
static enum ko_span_kind kind_of(const json_t *value)
{
    static const enum ko_span_kind kinds[] = {KO_SPAN_UNSAID,   KO_SPAN_INTERNAL,
                                              KO_SPAN_SERVER,   KO_SPAN_CLIENT,
                                              KO_SPAN_PRODUCER, KO_SPAN_CONSUMER};
    int64_t n;
    if (ko_json_int(value, &n))
        return n >= 0 && n <= 5 ? kinds[n] : KO_SPAN_UNSAID;
    return ko_span_kind_of(ko_json_text(value));
}

static void take_status(struct ko_event *ev, const json_t *span)
{
    const json_t *code = json_object_get(json_object_get(span, "status"), "code");
    struct ko_str word = ko_json_text(code);
    int64_t n = 0;
    (void)ko_json_int(code, &n);
    if (n == 2 || ko_str_ieq(word, KO_STR("STATUS_CODE_ERROR")))
        ev->outcome = KO_OUTCOME_BAD;
    else if (n == 1 || ko_str_ieq(word, KO_STR("STATUS_CODE_OK")))
        ev->outcome = KO_OUTCOME_OK;
}

static bool take_times(struct ko_event *ev, const json_t *span)
{
    static const char *const starts[] = {"startTimeUnixNano", "start_time_unix_nano",
                                         NULL};
    static const char *const ends[] = {"endTimeUnixNano", "end_time_unix_nano", NULL};
    ko_time end;
    if (!ko_otlp_time(first_member(span, starts), &ev->time))
        return false;
    if (ko_otlp_time(first_member(span, ends), &end) && end >= ev->time)
        ev->dur = end - ev->time;
    ev->has_zone = true;
    return true;
}

/* A span that hangs on no other of its trace but is linked to one: taken from a queue. */
static enum ko_status take_link(struct ko_reading *rd, struct ko_event *ev,
                                const json_t *span)
{
    const json_t *link = json_array_get(json_object_get(span, "links"), 0);
    struct ko_str trace, id;
    if (ev->parent.n > 0 || !json_is_object(link))
        return KO_OK;
    enum ko_status st = ko_otlp_id(rd->record, json_object_get(link, "traceId"), &trace);
    if (st == KO_OK)
        st = ko_otlp_id(rd->record, json_object_get(link, "spanId"), &id);
    if (st == KO_OK && ko_str_ieq(trace, ev->trace)) {
        ev->parent = id;
        ev->async = true;
    }
    return st;
}

static enum ko_status take_ids(struct ko_reading *rd, struct ko_event *ev,
                               const json_t *span)
{
    static const char *const traces[] = {"traceId", "trace_id", NULL};
    static const char *const spans[] = {"spanId", "span_id", NULL};
    static const char *const parents[] = {"parentSpanId", "parent_span_id", NULL};
    enum ko_status st = ko_otlp_id(rd->record, first_member(span, traces), &ev->trace);
    if (st == KO_OK)
        st = ko_otlp_id(rd->record, first_member(span, spans), &ev->span);
    if (st == KO_OK)
        st = ko_otlp_id(rd->record, first_member(span, parents), &ev->parent);
    return st == KO_OK ? take_link(rd, ev, span) : st;
}

static enum ko_status emit_span(struct ko_reading *rd, const json_t *span,
                                const json_t *resource, struct ko_place place,
                                enum ko_reject *ret_why)
{
    struct ko_event ev;
    struct ko_record tags = {0};
    ko_event_init(&ev, KO_EVENT_SPAN);
    ev.place = place;
    if (!take_times(&ev, span)) {
        *ret_why = KO_REJECT_NO_TIMESTAMP;
        return KO_OK;
    }
    enum ko_status st = take_ids(rd, &ev, span);
    if (st == KO_OK)
        st = ko_otlp_attributes(rd, json_object_get(span, "attributes"), &tags);
    if (st == KO_OK)
        st = ko_otlp_attributes(rd, json_object_get(resource, "attributes"), &tags);
    if (st != KO_OK)
        return st;
    ev.operation = ko_json_member_text(span, "name");
    ev.entity = ko_record_get(&tags, "service.name");
    take_status(&ev, span);
    enum ko_span_kind kind =
        ko_span_take_tags(rd, &ev, &tags, kind_of(json_object_get(span, "kind")));
    return ko_span_emit(rd, &ev, kind);
}

static enum ko_status emit_resource(struct ko_reading *rd, const json_t *batch,
                                    struct ko_place place, enum ko_reject *ret_why)
{
    static const char *const scopes[] = {"scopeSpans", "scope_spans",
                                         "instrumentationLibrarySpans",
                                         "instrumentation_library_spans", NULL};
    size_t i, k;
    json_t *scope, *span;
    enum ko_status st = KO_OK;
    json_array_foreach ((json_t *)first_member(batch, scopes), i, scope) {
        json_array_foreach (json_object_get(scope, "spans"), k, span) {
            if (st == KO_OK)
                st = emit_span(rd, span, json_object_get(batch, "resource"), place,
                               ret_why);
        }
    }
    return st;
}

enum ko_status ko_otlp_traces_read(struct ko_reading *rd, const json_t *object,
                                   struct ko_place place, enum ko_reject *ret_why)
{
    size_t i;
    json_t *batch;
    enum ko_status st = KO_OK;
    json_array_foreach ((json_t *)resources_of(object), i, batch) {
        if (st == KO_OK)
            st = emit_resource(rd, batch, place, ret_why);
    }
    return st;
}
