/* stream_write.c: the model as JSON Lines. */
#include "base/json.h"
#include "base/num.h"
#include "case/fields.h"
#include "case/list_any.h"
#include "case/stream.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

static void put_fields(const struct ko_case *c, const struct ko_field *fields,
                       const void *record, struct ko_buf *out);

static void put_int(struct ko_buf *out, int64_t n)
{
    ko_buf_printf(out, "%lld", (long long)n);
}

static void put_strs(const ko_strs *list, struct ko_buf *out)
{
    ko_buf_putc(out, '[');
    for (size_t i = 0; i < list->n; i++) {
        if (i)
            ko_buf_putc(out, ',');
        ko_json_put_str(out, list->v[i]);
    }
    ko_buf_putc(out, ']');
}

static void put_nums(const ko_nums *list, struct ko_buf *out)
{
    ko_buf_putc(out, '[');
    for (size_t i = 0; i < list->n; i++) {
        if (i)
            ko_buf_putc(out, ',');
        ko_num_put(out, list->v[i]);
    }
    ko_buf_putc(out, ']');
}

static void put_entities(const struct ko_case *c, const ko_entity_ids *list,
                         struct ko_buf *out)
{
    ko_buf_putc(out, '[');
    for (size_t i = 0; i < list->n; i++) {
        if (i)
            ko_buf_putc(out, ',');
        ko_json_put_str(out, ko_case_name(c, list->v[i]));
    }
    ko_buf_putc(out, ']');
}

static void put_items(const struct ko_case *c, const struct ko_field *f, const void *at,
                      struct ko_buf *out)
{
    struct ko_list_any list = ko_list_any_get(at);
    ko_buf_putc(out, '[');
    for (size_t i = 0; i < list.n; i++) {
        if (i)
            ko_buf_putc(out, ',');
        ko_buf_putc(out, '{');
        put_fields(c, f->items, (const char *)list.v + i * f->item_size, out);
        ko_buf_putc(out, '}');
    }
    ko_buf_putc(out, ']');
}

/* Is the member "not said", and so left out of the line? */
static bool left_out(const struct ko_field *f, const void *at)
{
    if (f->required)
        return false;
    switch (f->type) {
    case KO_FIELD_STR:
        return ((const struct ko_str *)at)->n == 0;
    case KO_FIELD_NUM:
        return !isfinite(*(const double *)at);
    case KO_FIELD_TIME:
        return *(const ko_time *)at == KO_TIME_NONE;
    case KO_FIELD_BOOL:
        return !*(const bool *)at;
    case KO_FIELD_ENTITY:
        return *(const uint32_t *)at == KO_NO_ENTITY;
    case KO_FIELD_STRS:
    case KO_FIELD_NUMS:
    case KO_FIELD_ENTITIES:
    case KO_FIELD_LIST:
        return ko_list_any_get(at).n == 0;
    case KO_FIELD_INT:
    case KO_FIELD_DUR:
    case KO_FIELD_ENUM:
        break;
    }
    return false;
}

static int64_t floor_ms(int64_t ns)
{
    return ns / KO_MS - (ns % KO_MS < 0);
}

static void put_value(const struct ko_case *c, const struct ko_field *f, const void *at,
                      struct ko_buf *out)
{
    switch (f->type) {
    case KO_FIELD_STR:
        ko_json_put_str(out, *(const struct ko_str *)at);
        break;
    case KO_FIELD_STRS:
        put_strs(at, out);
        break;
    case KO_FIELD_INT:
        put_int(out, *(const int64_t *)at);
        break;
    case KO_FIELD_NUM:
        ko_num_put(out, *(const double *)at);
        break;
    case KO_FIELD_NUMS:
        put_nums(at, out);
        break;
    case KO_FIELD_TIME:
    case KO_FIELD_DUR:
        put_int(out, floor_ms(*(const int64_t *)at));
        break;
    case KO_FIELD_BOOL:
        ko_buf_puts(out, *(const bool *)at ? "true" : "false");
        break;
    case KO_FIELD_ENUM:
        ko_json_put_str(out, ko_str(f->names[*(const int *)at]));
        break;
    case KO_FIELD_ENTITY:
        ko_json_put_str(out, ko_case_name(c, *(const uint32_t *)at));
        break;
    case KO_FIELD_ENTITIES:
        put_entities(c, at, out);
        break;
    case KO_FIELD_LIST:
        put_items(c, f, at, out);
        break;
    }
}

static void put_fields(const struct ko_case *c, const struct ko_field *fields,
                       const void *record, struct ko_buf *out)
{
    for (const struct ko_field *f = fields; f->name != NULL; f++) {
        const void *at = (const char *)record + f->offset;
        if (left_out(f, at))
            continue;
        ko_json_key(out, f->name);
        put_value(c, f, at, out);
    }
}

static bool is_known(const struct ko_field *fields, const char *name)
{
    if (strcmp(name, "type") == 0)
        return true;
    for (const struct ko_field *f = fields; f->name != NULL; f++) {
        if (strcmp(f->name, name) == 0)
            return true;
    }
    return false;
}

/* Members of the line that was read which this version does not know stay behind the
 * known ones. */
static void put_unknown_members(const struct ko_field *fields, struct ko_str raw,
                                struct ko_buf *out)
{
    json_t *line = json_loadb(raw.p, raw.n, JSON_REJECT_DUPLICATES, NULL);
    const char *name;
    json_t *value;
    json_object_foreach (line, name, value) {
        if (is_known(fields, name))
            continue;
        char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
        if (text == NULL) {
            out->status = out->status ? out->status : KO_ENOMEM;
            break;
        }
        ko_json_key(out, name);
        ko_buf_puts(out, text);
        free(text);
    }
    json_decref(line);
}

static void put_record(const struct ko_case *c, const char *type,
                       const struct ko_field *fields, const void *record,
                       struct ko_buf *out)
{
    const struct ko_rec *rec = record;
    if (rec->raw.n && !rec->changed) {
        ko_buf_put(out, rec->raw);
        return;
    }
    ko_buf_putc(out, '{');
    ko_json_key(out, "type");
    ko_json_put_str(out, ko_str(type));
    put_fields(c, fields, record, out);
    if (rec->raw.n)
        put_unknown_members(fields, rec->raw, out);
    ko_buf_putc(out, '}');
}

void ko_stream_put_record(const struct ko_case *c, const char *type, const void *record,
                          struct ko_buf *out)
{
    if (strcmp(type, "case") == 0) {
        put_record(c, type, ko_head_fields, record, out);
        return;
    }
    for (const struct ko_record_type *t = ko_record_types; t->name != NULL; t++) {
        if (strcmp(t->name, type) == 0)
            put_record(c, type, t->fields, record, out);
    }
}

void ko_stream_write(const struct ko_case *c, struct ko_buf *out)
{
    put_record(c, "case", ko_head_fields, &c->head, out);
    ko_buf_putc(out, '\n');
    for (const struct ko_record_type *t = ko_record_types; t->name != NULL; t++) {
        struct ko_list_any list = ko_list_any_get((const char *)c + t->list);
        for (size_t i = 0; i < list.n; i++) {
            put_record(c, t->name, t->fields, (const char *)list.v + i * t->size, out);
            ko_buf_putc(out, '\n');
        }
    }
    for (size_t i = 0; i < c->others.n; i++) {
        ko_buf_put(out, c->others.v[i].rec.raw);
        ko_buf_putc(out, '\n');
    }
}
