/* logs_otlp.c: log records of OTLP in JSON, as the collector's file exporter writes them.
 */
#include "base/buf.h"
#include "read/interpret.h"
#include "read/json_get.h"
#include "read/logs_json.h"
#include "read/otlp.h"

enum { BODY_BYTES_MAX = 64 << 10 };

/* The first of two names of one member, as JSON and as protobuf spell it. */
static const json_t *either(const json_t *object, const char *camel, const char *snake)
{
    const json_t *value = json_object_get(object, camel);
    return value != NULL ? value : json_object_get(object, snake);
}

bool ko_otlp_logs_is(const json_t *object)
{
    return json_is_array(either(object, "resourceLogs", "resource_logs"));
}

static enum ko_status add(struct ko_reading *rd, struct ko_record *r, const char *key,
                          struct ko_str value)
{
    return value.n == 0 ? KO_OK
                        : ko_record_add(rd->record, r, ko_str(key), value, KO_VALUE_TEXT);
}

/* 0 means that nobody knew it: when it was seen is the next best. */
static enum ko_status add_time(struct ko_reading *rd, const json_t *log,
                               struct ko_record *r)
{
    ko_time unused;
    struct ko_str text;
    const json_t *time = either(log, "timeUnixNano", "time_unix_nano");
    if (!ko_otlp_time(time, &unused))
        time = either(log, "observedTimeUnixNano", "observed_time_unix_nano");
    if (!ko_otlp_time(time, &unused))
        return KO_OK;
    enum ko_status st = ko_json_scalar(rd->record, time, &text);
    return st == KO_OK ? add(rd, r, "timeUnixNano", text) : st;
}

/* 9, "9" or "SEVERITY_NUMBER_INFO". */
static enum ko_status add_severity(struct ko_reading *rd, const json_t *log,
                                   struct ko_record *r)
{
    static const struct ko_str prefix = KO_STR_INIT("SEVERITY_NUMBER_");
    struct ko_str number;
    struct ko_str text = ko_json_text(either(log, "severityText", "severity_text"));
    enum ko_status st = ko_json_scalar(
        rd->record, either(log, "severityNumber", "severity_number"), &number);
    if (st != KO_OK)
        return st;
    if (ko_str_starts(number, prefix)) {
        text = ko_str_skip(number, prefix.n);
        number.n = 0;
    }
    st = add(rd, r, "severityNumber", number);
    return st == KO_OK ? add(rd, r, "severityText", text) : st;
}

static enum ko_status add_id(struct ko_reading *rd, struct ko_record *r, const char *key,
                             const json_t *value)
{
    struct ko_str id;
    enum ko_status st = ko_otlp_id(rd->record, value, &id);
    return st == KO_OK ? add(rd, r, key, id) : st;
}

static bool is_text(struct ko_str key)
{
    return ko_str_ieq(key, KO_STR("message")) || ko_str_ieq(key, KO_STR("msg")) ||
           ko_str_ieq(key, KO_STR("body")) || ko_str_ieq(key, KO_STR("log"));
}

/* The members of a map, and the text that stands for them all where none is the message.
 */
static enum ko_status add_map(struct ko_reading *rd, const json_t *values,
                              struct ko_record *r)
{
    struct ko_buf b;
    struct ko_str text;
    bool has_text = false;
    size_t first = r->n;
    enum ko_status st = ko_otlp_attributes(rd, values, r);
    if (st != KO_OK)
        return st;
    ko_buf_init(&b, BODY_BYTES_MAX);
    for (size_t i = first; i < r->n; i++) {
        has_text = has_text || is_text(r->v[i].key);
        ko_buf_printf(&b, "%s%.*s=%.*s", i > first ? " " : "", KO_ARG(r->v[i].key),
                      KO_ARG(r->v[i].value));
    }
    st = b.status == KO_ENOMEM ? KO_ENOMEM
                               : ko_str_copy(rd->record, ko_buf_str(&b), &text);
    ko_buf_release(&b);
    return st == KO_OK && !has_text ? add(rd, r, "body", text) : st;
}

static enum ko_status add_body(struct ko_reading *rd, const json_t *log,
                               struct ko_record *r)
{
    const json_t *body = json_object_get(log, "body");
    const json_t *map = either(body, "kvlistValue", "kvlist_value");
    struct ko_str text = ko_json_text(either(body, "stringValue", "string_value"));
    if (json_is_string(body))
        text = ko_json_text(body);
    if (json_is_object(map))
        return add_map(rd, json_object_get(map, "values"), r);
    if (text.n == 0)
        text = ko_json_text(either(log, "eventName", "event_name"));
    return add(rd, r, "body", text);
}

static enum ko_status read_log(struct ko_reading *rd, const json_t *log,
                               const json_t *resource, struct ko_place place,
                               enum ko_reject *ret_why)
{
    struct ko_record r = {0};
    enum ko_status st = add_time(rd, log, &r);
    if (st == KO_OK)
        st = add_severity(rd, log, &r);
    if (st == KO_OK)
        st = add_id(rd, &r, "traceId", either(log, "traceId", "trace_id"));
    if (st == KO_OK)
        st = add_id(rd, &r, "spanId", either(log, "spanId", "span_id"));
    if (st == KO_OK)
        st = add_body(rd, log, &r);
    if (st == KO_OK)
        st = ko_otlp_attributes(rd, json_object_get(resource, "attributes"), &r);
    if (st == KO_OK)
        st = ko_otlp_attributes(rd, json_object_get(log, "attributes"), &r);
    return st == KO_OK ? ko_interpret_log(rd, &r, place, ret_why) : st;
}

static enum ko_status read_scope(struct ko_reading *rd, const json_t *scope,
                                 const json_t *resource, struct ko_place place,
                                 enum ko_reject *ret_why)
{
    size_t i;
    json_t *log;
    enum ko_status st = KO_OK;
    json_array_foreach ((json_t *)either(scope, "logRecords", "log_records"), i, log) {
        enum ko_reject why = KO_REJECT_COUNT;
        if (st == KO_OK)
            st = read_log(rd, log, resource, place, &why);
        if (why != KO_REJECT_COUNT)
            *ret_why = why;
    }
    return st;
}

enum ko_status ko_otlp_logs_read(struct ko_reading *rd, const json_t *object,
                                 struct ko_place place, enum ko_reject *ret_why)
{
    size_t i, k;
    json_t *batch, *scope;
    enum ko_status st = KO_OK;
    json_array_foreach ((json_t *)either(object, "resourceLogs", "resource_logs"), i,
                        batch) {
        const json_t *scopes = either(batch, "scopeLogs", "scope_logs");
        if (scopes == NULL)
            scopes = json_object_get(batch, "instrumentationLibraryLogs");
        json_array_foreach ((json_t *)scopes, k, scope) {
            if (st == KO_OK)
                st = read_scope(rd, scope, json_object_get(batch, "resource"), place,
                                ret_why);
        }
    }
    return st;
}
