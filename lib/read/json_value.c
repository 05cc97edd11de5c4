/* json_value.c: one JSON value that is a record becomes events. */
#include "read/json_value.h"

#include "read/interpret.h"
#include "read/json_record.h"
#include "read/json_scan.h"
#include "read/json_shapes.h"
#include "read/product.h"

static bool begins_records(struct ko_str value)
{
    if (value.n == 0 || value.p[0] != '[')
        return false;
    struct ko_str inner = ko_str_skip(value, 1);
    inner = ko_str_skip(inner, ko_json_space(inner));
    return inner.n > 0 && (inner.p[0] == '{' || inner.p[0] == ']');
}

static bool is_envelope_name(struct ko_str key)
{
    static const struct ko_str names[] = {
        KO_STR_INIT("data"),          KO_STR_INIT("events"),
        KO_STR_INIT("items"),         KO_STR_INIT("results"),
        KO_STR_INIT("records"),       KO_STR_INIT("Records"),
        KO_STR_INIT("entries"),       KO_STR_INIT("logs"),
        KO_STR_INIT("change_events"), KO_STR_INIT("incidents"),
        KO_STR_INIT("log_entries"),   KO_STR_INIT("deployments"),
        KO_STR_INIT("alerts"),        KO_STR_INIT("changes"),
        KO_STR_INIT("spans"),         KO_STR_INIT("edges"),
        KO_STR_INIT("rows"),          KO_STR_INIT("dependencies"),
        KO_STR_INIT("conversations"), KO_STR_INIT("tasks"),
        KO_STR_INIT("result"),        KO_STR_INIT("statuses")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (ko_str_eq(key, names[i]))
            return true;
    }
    return false;
}

/* A member that only a record has: what else is in it belongs to it. */
static bool is_of_record(struct ko_str key)
{
    static const struct ko_str names[] = {
        KO_STR_INIT("processes"), KO_STR_INIT("traceID"), KO_STR_INIT("traceId"),
        KO_STR_INIT("service"), KO_STR_INIT("graphType")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (ko_str_eq(key, names[i]))
            return true;
    }
    return false;
}

static bool is_record(struct ko_str object)
{
    struct ko_str key, value;
    for (size_t at = 1; ko_json_member(object, &at, &key, &value);) {
        if (is_of_record(key))
            return true;
    }
    return false;
}

bool ko_json_envelope(struct ko_str object, size_t *ret_at)
{
    struct ko_str key, value;
    if (is_record(object))
        return false;
    for (size_t at = 1; ko_json_member(object, &at, &key, &value);) {
        if (!is_envelope_name(key) || !begins_records(value))
            continue;
        *ret_at = (size_t)(value.p - object.p) + 1;
        return true;
    }
    return false;
}

bool ko_json_envelope_open(struct ko_str object, size_t *ret_at)
{
    struct ko_str key = {0}, value;
    size_t at = 1;
    while (ko_json_member(object, &at, &key, &value))
        ;
    if (!is_envelope_name(key) || (size_t)(key.p - object.p) < at)
        return false;
    value = ko_str_skip(object, (size_t)(key.p - object.p) + key.n + 1);
    value = ko_str_skip(value, ko_json_space(value));
    value = ko_str_skip(value, 1); /* the colon */
    value = ko_str_skip(value, ko_json_space(value));
    if (!begins_records(value))
        return false;
    *ret_at = (size_t)(value.p - object.p) + 1;
    return true;
}

/* Splunk streams previews of a search before its result, and a mark behind it. */
static bool is_preview(const struct ko_record *r)
{
    return ko_str_eq(ko_record_get(r, "preview"), KO_STR("true")) ||
           ko_str_eq(ko_record_get(r, "lastrow"), KO_STR("true"));
}

enum ko_status ko_json_object(struct ko_reading *rd, const json_t *object,
                              struct ko_place place, enum ko_reject *ret_why)
{
    struct ko_record r = {0};
    *ret_why = json_is_object(object) ? KO_REJECT_COUNT : KO_REJECT_JSON_SYNTAX;
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    bool done;
    enum ko_status st = ko_json_shape_read(rd, object, place, &done, ret_why);
    if (st == KO_OK && !done)
        st = ko_product_read(rd, object, place, &done, ret_why);
    if (st != KO_OK || done)
        return st;
    st = ko_json_flatten(rd->record, object, &r);
    if (st == KO_OK && !is_preview(&r))
        st = ko_interpret_record(rd, &r, place, ret_why);
    return st;
}

enum ko_status ko_json_value(struct ko_reading *rd, struct ko_str text,
                             struct ko_place place, enum ko_reject *ret_why)
{
    json_t *value;
    enum ko_status st = ko_json_load(rd->record, text, &value, ret_why);
    if (st != KO_OK || value == NULL)
        return st;
    st = ko_json_object(rd, value, place, ret_why);
    json_decref(value);
    return st;
}
