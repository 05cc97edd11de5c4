/* logs_rows.c: logs inside the JSON of searches: streams, rows, hits. */
#include "base/buf.h"
#include "read/interpret.h"
#include "read/json_get.h"
#include "read/json_record.h"
#include "read/json_value.h"
#include "read/logs_json.h"

/* An unusable record among many of one document must not hide the others. */
static void note(enum ko_reject *io_why, enum ko_reject why)
{
    if (why != KO_REJECT_COUNT)
        *io_why = why;
}

static enum ko_status add(struct ko_reading *rd, struct ko_record *r, struct ko_str key,
                          const json_t *value)
{
    struct ko_str text;
    enum ko_status st = ko_json_scalar(rd->record, value, &text);
    if (st != KO_OK || text.n == 0)
        return st;
    return ko_record_add(rd->record, r, key, text, KO_VALUE_TEXT);
}

/* ---- Loki ---- */

static const json_t *streams_of(const json_t *object)
{
    const json_t *data = json_object_get(object, "data");
    if (ko_str_eq(ko_json_member_text(data, "resultType"), KO_STR("streams")))
        return json_object_get(data, "result");
    const json_t *streams = json_object_get(object, "streams");
    return json_is_object(json_object_get(json_array_get(streams, 0), "stream")) ? streams
                                                                                 : NULL;
}

static bool is_stream(const json_t *object)
{
    return json_is_object(json_object_get(object, "stream")) &&
           json_is_array(json_object_get(object, "values"));
}

bool ko_loki_is(const json_t *object)
{
    return is_stream(object) || json_is_array(streams_of(object));
}

/* ["ns", "line"], and labels of the line alone behind it. */
static enum ko_status read_entry(struct ko_reading *rd, const json_t *labels,
                                 const json_t *entry, struct ko_place place,
                                 enum ko_reject *ret_why)
{
    struct ko_record r = {0};
    enum ko_reject why = KO_REJECT_COUNT;
    enum ko_status st = add(rd, &r, KO_STR("timestamp"), json_array_get(entry, 0));
    if (st == KO_OK)
        st = add(rd, &r, KO_STR("line"), json_array_get(entry, 1));
    if (st == KO_OK)
        st = ko_json_flatten(rd->record, labels, &r);
    if (st == KO_OK && json_is_object(json_array_get(entry, 2)))
        st = ko_json_flatten(rd->record, json_array_get(entry, 2), &r);
    if (st == KO_OK)
        st = ko_interpret_log(rd, &r, place, &why);
    note(ret_why, why);
    return st;
}

static enum ko_status read_stream(struct ko_reading *rd, const json_t *stream,
                                  struct ko_place place, enum ko_reject *ret_why)
{
    size_t i;
    json_t *entry;
    enum ko_status st = KO_OK;
    json_array_foreach (json_object_get(stream, "values"), i, entry) {
        if (st == KO_OK)
            st = read_entry(rd, json_object_get(stream, "stream"), entry, place, ret_why);
    }
    return st;
}

enum ko_status ko_loki_read(struct ko_reading *rd, const json_t *object,
                            struct ko_place place, enum ko_reject *ret_why)
{
    size_t i;
    json_t *stream;
    enum ko_status st = KO_OK;
    if (is_stream(object))
        return read_stream(rd, object, place, ret_why);
    json_array_foreach ((json_t *)streams_of(object), i, stream) {
        if (st == KO_OK)
            st = read_stream(rd, stream, place, ret_why);
    }
    return st;
}

/* ---- CloudWatch Logs Insights ---- */

bool ko_insights_is(const json_t *object)
{
    const json_t *row = json_array_get(json_object_get(object, "results"), 0);
    return ko_json_has(json_array_get(row, 0), "field");
}

enum ko_status ko_insights_read(struct ko_reading *rd, const json_t *object,
                                struct ko_place place, enum ko_reject *ret_why)
{
    size_t i, k;
    json_t *row, *cell;
    enum ko_status st = KO_OK;
    json_array_foreach (json_object_get(object, "results"), i, row) {
        struct ko_record r = {0};
        enum ko_reject why = KO_REJECT_COUNT;
        json_array_foreach (row, k, cell) {
            if (st == KO_OK)
                st = add(rd, &r, ko_json_member_text(cell, "field"),
                         json_object_get(cell, "value"));
        }
        if (st == KO_OK)
            st = ko_interpret_record(rd, &r, place, &why);
        note(ret_why, why);
    }
    return st;
}

/* ---- Splunk ---- */

static const json_t *table_of(const json_t *object, bool *ret_by_column)
{
    const json_t *rows = json_object_get(object, "rows");
    *ret_by_column = rows == NULL;
    if (rows == NULL)
        rows = json_object_get(object, "columns");
    return json_is_array(json_array_get(rows, 0)) ? rows : NULL;
}

bool ko_splunk_table_is(const json_t *object)
{
    bool unused;
    return json_is_array(json_object_get(object, "fields")) &&
           table_of(object, &unused) != NULL;
}

/* "_time", or {"name": "_time", …}. */
static struct ko_str name_of(const json_t *field)
{
    return json_is_object(field) ? ko_json_member_text(field, "name")
                                 : ko_json_text(field);
}

/* Several values of one field are a list. */
static const json_t *single(const json_t *cell)
{
    return json_is_array(cell) ? json_array_get(cell, 0) : cell;
}

static enum ko_status read_row(struct ko_reading *rd, const json_t *object, size_t row,
                               struct ko_place place, enum ko_reject *ret_why)
{
    size_t i;
    json_t *field;
    bool by_column;
    struct ko_record r = {0};
    enum ko_reject why = KO_REJECT_COUNT;
    enum ko_status st = KO_OK;
    const json_t *table = table_of(object, &by_column);
    json_array_foreach (json_object_get(object, "fields"), i, field) {
        const json_t *cell = json_array_get(json_array_get(table, by_column ? i : row),
                                            by_column ? row : i);
        if (st == KO_OK)
            st = add(rd, &r, name_of(field), single(cell));
    }
    if (st == KO_OK)
        st = ko_interpret_record(rd, &r, place, &why);
    note(ret_why, why);
    return st;
}

enum ko_status ko_splunk_table_read(struct ko_reading *rd, const json_t *object,
                                    struct ko_place place, enum ko_reject *ret_why)
{
    bool by_column;
    const json_t *table = table_of(object, &by_column);
    size_t n = json_array_size(by_column ? json_array_get(table, 0) : table);
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < n && st == KO_OK; i++)
        st = read_row(rd, object, i, place, ret_why);
    return st;
}

/* ---- Elasticsearch ---- */

static const json_t *hits_of(const json_t *object)
{
    return json_object_get(json_object_get(object, "hits"), "hits");
}

static bool is_hit(const json_t *object)
{
    return json_is_object(json_object_get(object, "_source"));
}

bool ko_elastic_is(const json_t *object)
{
    return is_hit(object) || json_is_array(hits_of(object));
}

/* A source that claims to be a hit again would lead on without end. */
static enum ko_status read_hit(struct ko_reading *rd, const json_t *hit,
                               struct ko_place place, enum ko_reject *ret_why)
{
    const json_t *source = json_object_get(hit, "_source");
    enum ko_reject why = KO_REJECT_NO_TIMESTAMP;
    enum ko_status st = KO_OK;
    if (json_is_object(source) && !ko_elastic_is(source))
        st = ko_json_object(rd, source, place, &why);
    note(ret_why, why);
    return st;
}

enum ko_status ko_elastic_read(struct ko_reading *rd, const json_t *object,
                               struct ko_place place, enum ko_reject *ret_why)
{
    size_t i;
    json_t *hit;
    enum ko_status st = KO_OK;
    if (is_hit(object))
        return read_hit(rd, object, place, ret_why);
    json_array_foreach ((json_t *)hits_of(object), i, hit) {
        if (st == KO_OK)
            st = read_hit(rd, hit, place, ret_why);
    }
    return st;
}
