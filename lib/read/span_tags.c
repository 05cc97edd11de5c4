/* span_tags.c: a span as tracing systems tell it: fixed members, and tags by name. */
#include "read/span_tags.h"

#include "base/num.h"
#include "read/json_get.h"
#include "read/json_record.h"
#include "read/log_fields.h"
#include "read/roles.h"

#include <math.h>

enum ko_span_kind ko_span_kind_of(struct ko_str word)
{
    static const struct {
        struct ko_str word;
        enum ko_span_kind kind;
    } kinds[] = {
        {KO_STR_INIT("internal"), KO_SPAN_INTERNAL},
        {KO_STR_INIT("server"), KO_SPAN_SERVER},
        {KO_STR_INIT("client"), KO_SPAN_CLIENT},
        {KO_STR_INIT("producer"), KO_SPAN_PRODUCER},
        {KO_STR_INIT("consumer"), KO_SPAN_CONSUMER},
    };
    struct ko_str prefix = KO_STR("SPAN_KIND_");
    if (ko_str_ieq(ko_str_sub(word, 0, prefix.n), prefix))
        word = ko_str_skip(word, prefix.n);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (ko_str_ieq(word, kinds[i].word))
            return kinds[i].kind;
    }
    return KO_SPAN_UNSAID;
}

enum ko_status ko_span_tag(struct ko_reading *rd, struct ko_record *tags,
                           struct ko_str key, const json_t *value)
{
    struct ko_str text;
    enum ko_status st = ko_json_scalar(rd->record, value, &text);
    if (st != KO_OK || text.n == 0)
        return st;
    return ko_record_add(rd->record, tags, key, text, KO_VALUE_TEXT);
}

/* "10.0.0.7", "[fe80::1]", "::1:8080": no name that any other export uses. */
static bool is_address(struct ko_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = ko_char_lower(s.p[i]);
        if (!ko_char_is_digit(c) && c != '.' && c != ':' && c != '[' && c != ']' &&
            !(c >= 'a' && c <= 'f'))
            return false;
    }
    size_t at;
    return ko_str_chr(s, '.', &at) || ko_str_chr(s, ':', &at);
}

/* Names of the other end, the best first (OpenTelemetry's attributes of 2018 to 2025, and
 * OpenTracing's tags). */
static struct ko_str peer_of(const struct ko_record *tags)
{
    static const char *const keys[] = {
        "peer.service", "server.address", "net.peer.name", "peer.hostname",
        "db.namespace", "db.name",        "db.instance",   "messaging.destination.name",
        "db.system",    "db.type"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct ko_str s = ko_record_get(tags, keys[i]);
        if (s.n > 0 && !is_address(s) && !ko_str_ieq(s, KO_STR("localhost")))
            return s;
    }
    return (struct ko_str){0};
}

static void take_status(struct ko_event *ev, const struct ko_record *tags)
{
    static const char *const keys[] = {"http.response.status_code", "http.status_code",
                                       "status.code", "rpc.grpc.status_code"};
    int64_t n;
    for (size_t i = 0; i < sizeof keys / sizeof *keys && ev->status == 0; i++) {
        if (ko_num_int(ko_record_get(tags, keys[i]), &n) == KO_OK && n >= 100 && n < 1000)
            ev->status = n;
    }
    if (ev->outcome == KO_OUTCOME_UNKNOWN)
        ev->outcome = ko_fields_outcome(ev->status);
}

static void take_error(struct ko_event *ev, const struct ko_record *tags)
{
    struct ko_str word = ko_record_get(tags, "otel.status_code");
    if (word.n == 0)
        word = ko_record_get(tags, "status.code");
    if (ko_str_ieq(word, KO_STR("ERROR")) ||
        ko_str_ieq(word, KO_STR("STATUS_CODE_ERROR"))) {
        ev->outcome = KO_OUTCOME_BAD;
        return;
    }
    for (size_t i = 0; i < tags->n; i++) {
        if (ko_str_eq(tags->v[i].key, KO_STR("error")) &&
            !ko_str_ieq(tags->v[i].value, KO_STR("false")))
            ev->outcome = KO_OUTCOME_BAD; /* Zipkin writes the reason there */
    }
}

static void take_identity(struct ko_reading *rd, struct ko_event *ev,
                          const struct ko_record *tags)
{
    struct ko_roles roles;
    struct ko_event own = *ev;
    ko_roles_find(&roles, tags, rd->opt->field_map);
    ko_fields_identity(ev, tags, &roles);
    ev->entity = own.entity.n > 0 ? own.entity : ev->entity;
    ev->operation = own.operation.n > 0 ? own.operation : ev->operation;
    ev->trace = own.trace;
    ev->span = own.span;
    ev->peer = own.peer;
}

enum ko_span_kind ko_span_take_tags(struct ko_reading *rd, struct ko_event *ev,
                                    const struct ko_record *tags, enum ko_span_kind kind)
{
    take_identity(rd, ev, tags);
    take_error(ev, tags);
    take_status(ev, tags);
    if (kind == KO_SPAN_UNSAID)
        kind = ko_span_kind_of(ko_record_get(tags, "span.kind"));
    if (ev->peer.n == 0 && kind != KO_SPAN_INTERNAL)
        ev->peer = peer_of(tags);
    ev->async |= kind == KO_SPAN_CONSUMER;
    return kind;
}

enum ko_status ko_span_add_tags(struct ko_reading *rd, struct ko_record *tags,
                                const json_t *list)
{
    size_t i;
    json_t *tag;
    const char *key;
    enum ko_status st = KO_OK;
    json_array_foreach ((json_t *)list, i, tag) {
        if (st == KO_OK)
            st = ko_span_tag(rd, tags, ko_json_member_text(tag, "key"),
                             json_object_get(tag, "value"));
    }
    json_object_foreach ((json_t *)list, key, tag) {
        if (st == KO_OK)
            st = ko_span_tag(rd, tags, ko_str(key), tag);
    }
    return st;
}

static enum ko_status take_cell(struct ko_reading *rd, struct ko_record *tags,
                                struct ko_str cell)
{
    json_t *list;
    enum ko_reject why;
    cell = ko_str_trim(cell);
    if (cell.n == 0 || (cell.p[0] != '[' && cell.p[0] != '{'))
        return KO_OK;
    enum ko_status st = ko_json_load(rd->record, cell, &list, &why);
    if (st != KO_OK || list == NULL)
        return st;
    struct ko_record own = {0};
    st = ko_span_add_tags(rd, &own, list);
    for (size_t i = 0; i < own.n && st == KO_OK; i++) { /* they outlive the tree */
        struct ko_str value, key;
        st = ko_str_copy(rd->record, own.v[i].key, &key);
        if (st == KO_OK)
            st = ko_str_copy(rd->record, own.v[i].value, &value);
        if (st == KO_OK)
            st = ko_record_add(rd->record, tags, key, value, KO_VALUE_TEXT);
    }
    json_decref(list);
    return st;
}

enum ko_status ko_span_take_cells(struct ko_reading *rd, struct ko_event *ev,
                                  const struct ko_record *r)
{
    static const char *const columns[] = {"tags", "serviceTags", "attributes"};
    struct ko_record tags = {0};
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < sizeof columns / sizeof *columns && st == KO_OK; i++)
        st = take_cell(rd, &tags, ko_record_get(r, columns[i]));
    if (st == KO_OK)
        (void)ko_span_take_tags(rd, ev, &tags, ko_span_kind_of(ko_record_get(r, "kind")));
    return st;
}

static enum ko_status emit_caller(struct ko_reading *rd, const struct ko_event *span)
{
    struct ko_event ev;
    ko_event_init(&ev, KO_EVENT_EDGE);
    ev.place = span->place;
    ev.entity = span->peer;
    ev.peer = span->entity;
    ev.async = span->async;
    ev.value = (double)NAN;
    return ko_reading_edge(rd, &ev);
}

enum ko_status ko_span_emit(struct ko_reading *rd, const struct ko_event *ev,
                            enum ko_span_kind kind)
{
    struct ko_event own = *ev;
    bool called = kind == KO_SPAN_SERVER || kind == KO_SPAN_CONSUMER;
    if (own.entity.n == 0)
        own.entity = KO_STR("unknown_service"); /* OpenTelemetry's default */
    if (called)
        own.peer = (struct ko_str){0};
    enum ko_status st = ko_reading_emit(rd, &own);
    if (st != KO_OK || !called || ev->peer.n == 0)
        return st;
    own.peer = ev->peer;
    return emit_caller(rd, &own);
}
