/* stream_read.c: JSON Lines into the model. */
#include "case/fields.h"
#include "case/list_any.h"
#include "case/stream.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

/* The largest time that fits ns in 64 bits, in ms. */
static const int64_t MS_LIMIT = INT64_MAX / KO_MS;
/* A series of a year of seconds with 20 digits each is below this. */
static const size_t LINE_MAX_BYTES = (size_t)64 << 20;
/* Two weeks of one-second buckets and more; a window beyond it was not written by ingest.
 */
static const int64_t BUCKETS_MAX = 2000000;

struct reader {
    struct ko_case *c;
    struct ko_str source;
    uint64_t line;
    struct ko_err *err;
};

static enum ko_status fail(struct reader *r, enum ko_status st, const char *what,
                           const char *name)
{
    ko_err_set(r->err, st, "%s '%s'; is this a case written by ingest?", what, name);
    ko_err_at(r->err, r->source, r->line, 0);
    return st;
}

static enum ko_status nomem(struct reader *r)
{
    return ko_err_nomem(r->err);
}

static struct ko_str json_text(const json_t *j)
{
    return (struct ko_str){json_string_value(j), json_string_length(j)};
}

static enum ko_status read_fields(struct reader *r, const struct ko_field *fields,
                                  const json_t *from, void *record);

static enum ko_status read_strs(struct reader *r, const json_t *j, ko_strs *list)
{
    size_t i;
    json_t *item;
    json_array_foreach (j, i, item) {
        if (!json_is_string(item))
            return KO_ESYNTAX;
        if (ko_case_add_str(r->c, list, json_text(item)) != KO_OK)
            return KO_ENOMEM;
    }
    return KO_OK;
}

static enum ko_status read_nums(struct reader *r, const json_t *j, ko_nums *list)
{
    size_t n = json_array_size(j);
    list->v = ko_arena_alloc(&r->c->arena, n, sizeof *list->v);
    if (list->v == NULL)
        return KO_ENOMEM;
    list->cap = n;
    for (list->n = 0; list->n < n; list->n++) {
        const json_t *item = json_array_get(j, list->n);
        if (!json_is_number(item) && !json_is_null(item))
            return KO_ESYNTAX;
        list->v[list->n] = json_is_null(item) ? NAN : json_number_value(item);
    }
    return KO_OK;
}

static enum ko_status read_entities(struct reader *r, const json_t *j,
                                    ko_entity_ids *list)
{
    size_t i;
    json_t *item;
    json_array_foreach (j, i, item) {
        uint32_t *id;
        if (!json_is_string(item))
            return KO_ESYNTAX;
        KO_LIST_ADD(&r->c->arena, list, id);
        if (id == NULL || ko_case_entity(r->c, json_text(item), id) != KO_OK)
            return KO_ENOMEM;
    }
    return KO_OK;
}

static enum ko_status read_items(struct reader *r, const struct ko_field *f,
                                 const json_t *j, void *at)
{
    size_t i;
    json_t *item;
    json_array_foreach (j, i, item) {
        void *record = ko_list_any_add(&r->c->arena, at, f->item_size);
        if (record == NULL)
            return KO_ENOMEM;
        ko_record_init(f->items, record);
        if (!json_is_object(item))
            return KO_ESYNTAX;
        enum ko_status st = read_fields(r, f->items, item, record);
        if (st != KO_OK)
            return st;
    }
    return KO_OK;
}

static enum ko_status read_enum(const struct ko_field *f, const json_t *j, int *at)
{
    for (int i = 0; f->names[i] != NULL; i++) {
        if (ko_str_eq(json_text(j), ko_str(f->names[i]))) {
            *at = i;
            return KO_OK;
        }
    }
    return KO_ESYNTAX;
}

static enum ko_status read_ms(const json_t *j, int64_t *at)
{
    int64_t ms = json_integer_value(j);
    if (ms > MS_LIMIT || ms < -MS_LIMIT)
        return KO_ERANGE;
    *at = ms * KO_MS;
    return KO_OK;
}

/* Has ${j} the JSON type that members of type ${t} are written in? */
static bool fits(enum ko_field_type t, const json_t *j)
{
    switch (t) {
    case KO_FIELD_STR:
    case KO_FIELD_ENUM:
    case KO_FIELD_ENTITY:
        return json_is_string(j);
    case KO_FIELD_INT:
    case KO_FIELD_TIME:
    case KO_FIELD_DUR:
        return json_is_integer(j);
    case KO_FIELD_NUM:
        return json_is_number(j);
    case KO_FIELD_BOOL:
        return json_is_boolean(j);
    case KO_FIELD_STRS:
    case KO_FIELD_NUMS:
    case KO_FIELD_ENTITIES:
    case KO_FIELD_LIST:
        return json_is_array(j);
    }
    return false;
}

static enum ko_status read_value(struct reader *r, const struct ko_field *f,
                                 const json_t *j, void *at)
{
    if (!fits(f->type, j))
        return KO_ESYNTAX;
    switch (f->type) {
    case KO_FIELD_STR:
        return ko_str_copy(&r->c->arena, json_text(j), at);
    case KO_FIELD_STRS:
        return read_strs(r, j, at);
    case KO_FIELD_INT:
        *(int64_t *)at = json_integer_value(j);
        return KO_OK;
    case KO_FIELD_NUM:
        *(double *)at = json_number_value(j);
        return KO_OK;
    case KO_FIELD_NUMS:
        return read_nums(r, j, at);
    case KO_FIELD_TIME:
    case KO_FIELD_DUR:
        return read_ms(j, at);
    case KO_FIELD_BOOL:
        *(bool *)at = json_is_true(j);
        return KO_OK;
    case KO_FIELD_ENUM:
        return read_enum(f, j, at);
    case KO_FIELD_ENTITY:
        return ko_case_entity(r->c, json_text(j), at);
    case KO_FIELD_ENTITIES:
        return read_entities(r, j, at);
    case KO_FIELD_LIST:
        return read_items(r, f, j, at);
    }
    return KO_OK;
}

static enum ko_status read_fields(struct reader *r, const struct ko_field *fields,
                                  const json_t *from, void *record)
{
    for (const struct ko_field *f = fields; f->name != NULL; f++) {
        const json_t *j = json_object_get(from, f->name);
        if (j == NULL && f->required)
            return fail(r, KO_ESYNTAX, "missing member", f->name);
        if (j == NULL)
            continue;
        enum ko_status st = read_value(r, f, j, (char *)record + f->offset);
        if (st == KO_ENOMEM)
            return nomem(r);
        if (st != KO_OK)
            return fail(r, KO_ESYNTAX, "bad value of member", f->name);
    }
    return KO_OK;
}

/* Entities are special: other records may have named them before their own record comes.
 */
static enum ko_status read_entity(struct reader *r, const struct ko_record_type *t,
                                  const json_t *line, struct ko_str raw)
{
    const json_t *name = json_object_get(line, "name");
    uint32_t index;
    if (!json_is_string(name))
        return fail(r, KO_ESYNTAX, "missing member", "name");
    if (ko_case_entity(r->c, json_text(name), &index) != KO_OK)
        return nomem(r);
    struct ko_entity *e = &r->c->entities.v[index];
    e->rec.raw = raw;
    return read_fields(r, t->fields, line, e);
}

static enum ko_status read_record(struct reader *r, const struct ko_record_type *t,
                                  const json_t *line, struct ko_str raw)
{
    if (strcmp(t->name, "entity") == 0)
        return read_entity(r, t, line, raw);
    struct ko_rec *record =
        ko_list_any_add(&r->c->arena, (char *)r->c + t->list, t->size);
    if (record == NULL)
        return nomem(r);
    ko_record_init(t->fields, record);
    record->raw = raw;
    return read_fields(r, t->fields, line, record);
}

static enum ko_status read_head(struct reader *r, const json_t *line, struct ko_str raw)
{
    struct ko_head *h = &r->c->head;
    enum ko_status st = read_fields(r, ko_head_fields, line, h);
    if (st != KO_OK)
        return st;
    if (!ko_str_eq(h->format, KO_STR(KO_CASE_FORMAT)))
        return fail(r, KO_ESYNTAX, "unknown format", h->format.p);
    if (h->version > KO_CASE_VERSION)
        return fail(
            r, KO_EUNSUPPORTED,
            "the case is of a newer version than this tool reads:", KO_CASE_FORMAT);
    if (h->step <= 0 || h->buckets < 0 || h->buckets > BUCKETS_MAX)
        return fail(r, KO_ESYNTAX, "bad value of member",
                    h->step <= 0 ? "step" : "buckets");
    h->rec.raw = raw;
    return KO_OK;
}

static enum ko_status read_other(struct reader *r, struct ko_str raw)
{
    struct ko_other *o;
    KO_LIST_ADD(&r->c->arena, &r->c->others, o);
    if (o == NULL)
        return nomem(r);
    o->rec.raw = raw;
    return KO_OK;
}

static enum ko_status read_line(struct reader *r, const json_t *line, struct ko_str raw)
{
    const char *type = json_string_value(json_object_get(line, "type"));
    if (type == NULL)
        return fail(r, KO_ESYNTAX, "missing member", "type");
    bool is_head = strcmp(type, "case") == 0;
    if (is_head != (r->c->head.rec.raw.n == 0))
        return fail(r, KO_ESYNTAX,
                    is_head ? "a second header" : "the header must stand before", type);
    if (is_head)
        return read_head(r, line, raw);
    for (const struct ko_record_type *t = ko_record_types; t->name != NULL; t++) {
        if (strcmp(t->name, type) == 0)
            return read_record(r, t, line, raw);
    }
    return read_other(r, raw);
}

static enum ko_status parse_line(struct reader *r, struct ko_str raw)
{
    if (raw.n > LINE_MAX_BYTES)
        return fail(r, KO_ELIMIT, "a line is too long in", "case");
    json_error_t why;
    json_t *line = json_loadb(raw.p, raw.n, JSON_REJECT_DUPLICATES, &why);
    if (line == NULL) {
        ko_err_set(r->err, KO_ESYNTAX, "not a case record: %s; run ingest first",
                   why.text);
        ko_err_at(r->err, r->source, r->line,
                  (uint64_t)(why.column > 0 ? why.column : 0));
        return KO_ESYNTAX;
    }
    enum ko_status st = read_line(r, line, raw);
    json_decref(line);
    return st;
}

enum ko_status ko_stream_read(struct ko_case *c, struct ko_str bytes,
                              struct ko_str source, struct ko_err *err)
{
    struct reader r = {.c = c, .source = source, .err = err};
    struct ko_str rest = bytes, raw;
    while (ko_str_cut(&rest, '\n', &raw)) {
        r.line++;
        if (ko_str_trim(raw).n == 0)
            continue;
        enum ko_status st = parse_line(&r, raw);
        if (st != KO_OK)
            return st;
    }
    if (c->head.rec.raw.n == 0) {
        ko_err_set(err, KO_ESYNTAX,
                   "no case in the input; pipe the output of ingest here");
        ko_err_at(err, source, 0, 0);
        return KO_ESYNTAX;
    }
    return KO_OK;
}
