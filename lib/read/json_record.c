/* json_record.c: a JSON object as a flat record. */
#include "read/json_record.h"

#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "read/json_scan.h"
#include "read/read.h"

/* Members deeper than this have no role anywhere in the catalogue of formats. */
enum { FLATTEN_DEPTH = 12, KEY_BYTES_MAX = 4096, JOINED_MAX = 64 << 10 };

static const char replacement[] = "\xef\xbf\xbd";

static enum ko_status repair(struct ko_arena *arena, struct ko_str s, struct ko_str *ret)
{
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    while (s.n > 0) {
        uint32_t cp;
        size_t n = ko_utf8_next(s, &cp);
        if (cp == KO_UTF8_BAD)
            ko_buf_puts(&b, replacement);
        else
            ko_buf_put(&b, ko_str_sub(s, 0, n));
        s = ko_str_skip(s, n);
    }
    enum ko_status st = b.status;
    if (st == KO_OK)
        st = ko_str_copy(arena, ko_buf_str(&b), ret);
    ko_buf_release(&b);
    return st;
}

static enum ko_reject reason_of(enum json_error_code code)
{
    switch (code) {
    case json_error_duplicate_key:
        return KO_REJECT_JSON_DUPLICATE_KEY;
    case json_error_stack_overflow:
        return KO_REJECT_JSON_TOO_DEEP;
    case json_error_numeric_overflow:
        return KO_REJECT_NUMBER_RANGE;
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return KO_REJECT_NUL_BYTE;
    default:
        return KO_REJECT_JSON_SYNTAX;
    }
}

static bool refuse_early(struct ko_str text, enum ko_reject *ret_why)
{
    size_t end, depth, at;
    if (ko_str_chr(text, '\0', &at)) {
        *ret_why = KO_REJECT_NUL_BYTE;
        return true;
    }
    if (ko_json_value_end(text, &end, &depth) && depth > KO_READ_DEPTH_MAX) {
        *ret_why = KO_REJECT_JSON_TOO_DEEP;
        return true;
    }
    return false;
}

enum ko_status ko_json_load(struct ko_arena *arena, struct ko_str text, json_t **ret,
                            enum ko_reject *ret_why)
{
    json_error_t error;
    *ret = NULL;
    *ret_why = KO_REJECT_COUNT;
    if (refuse_early(text, ret_why))
        return KO_OK;
    json_t *value = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &error);
    if (value == NULL && json_error_code(&error) == json_error_invalid_utf8) {
        enum ko_status st = repair(arena, text, &text);
        if (st != KO_OK)
            return st;
        value = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &error);
    }
    if (value == NULL) {
        enum json_error_code code = json_error_code(&error);
        if (code == json_error_out_of_memory)
            return KO_ENOMEM;
        *ret_why = reason_of(code);
        return KO_OK;
    }
    *ret = value;
    return KO_OK;
}

static struct ko_str text_of(const json_t *value)
{
    return (struct ko_str){json_string_value(value), json_string_length(value)};
}

static void put_scalar(struct ko_buf *b, const json_t *value)
{
    if (json_is_string(value))
        ko_buf_put(b, text_of(value));
    else if (json_is_integer(value))
        ko_buf_printf(b, "%lld", (long long)json_integer_value(value));
    else if (json_is_real(value))
        ko_num_put_exact(b, json_real_value(value));
    else if (json_is_boolean(value))
        ko_buf_puts(b, json_is_true(value) ? "true" : "false");
}

static bool is_bytes(struct ko_str key, const json_t *array)
{
    size_t i;
    json_t *item;
    if (!ko_str_ends(key, KO_STR("MESSAGE")))
        return false;
    json_array_foreach ((json_t *)array, i, item) {
        if (!json_is_integer(item) || json_integer_value(item) < 0 ||
            json_integer_value(item) > 255)
            return false;
    }
    return true;
}

static void join(struct ko_buf *b, struct ko_str key, const json_t *array)
{
    bool bytes = is_bytes(key, array);
    size_t i;
    json_t *item;
    json_array_foreach ((json_t *)array, i, item) {
        if (bytes) {
            ko_buf_putc(b, (char)json_integer_value(item));
            continue;
        }
        if (i > 0 && b->n > 0)
            ko_buf_puts(b, ", ");
        put_scalar(b, item);
    }
}

/* A value that is no text has to be printed. */
static enum ko_status add_printed(struct ko_arena *arena, struct ko_str key,
                                  const json_t *value, struct ko_record *r)
{
    struct ko_buf b;
    struct ko_str text;
    enum ko_value_type type = json_is_number(value)    ? KO_VALUE_NUMBER
                              : json_is_boolean(value) ? KO_VALUE_BOOL
                              : json_is_null(value)    ? KO_VALUE_NONE
                                                       : KO_VALUE_TEXT;
    ko_buf_init(&b, JOINED_MAX);
    if (json_is_array(value))
        join(&b, key, value);
    else
        put_scalar(&b, value);
    enum ko_status st = b.status == KO_ENOMEM ? KO_ENOMEM : KO_OK;
    if (st == KO_OK)
        st = ko_str_copy(arena, ko_buf_str(&b), &text);
    ko_buf_release(&b);
    return st != KO_OK ? st : ko_record_add(arena, r, key, text, type);
}

static enum ko_status join_key(struct ko_arena *arena, struct ko_str prefix,
                               struct ko_str key, struct ko_str *ret)
{
    if (prefix.n == 0) {
        *ret = key;
        return KO_OK;
    }
    struct ko_buf b;
    ko_buf_init(&b, KEY_BYTES_MAX);
    ko_buf_put(&b, prefix);
    ko_buf_putc(&b, '.');
    ko_buf_put(&b, key);
    enum ko_status st = b.status == KO_ENOMEM ? KO_ENOMEM : KO_OK;
    if (st == KO_OK)
        st = ko_str_copy(arena, ko_buf_str(&b), ret);
    ko_buf_release(&b);
    return st;
}

static bool holds_objects(const json_t *array)
{
    size_t i;
    json_t *item;
    json_array_foreach ((json_t *)array, i, item) {
        if (json_is_object(item) || json_is_array(item))
            return true;
    }
    return false;
}

static enum ko_status flatten(struct ko_arena *arena, const json_t *object,
                              struct ko_str prefix, unsigned depth, struct ko_record *r)
{
    const char *name;
    json_t *value;
    enum ko_status st = KO_OK;
    json_object_foreach ((json_t *)object, name, value) {
        struct ko_str key;
        st = join_key(arena, prefix, ko_str(name), &key);
        if (st != KO_OK)
            return st;
        if (json_is_object(value))
            st = depth < FLATTEN_DEPTH ? flatten(arena, value, key, depth + 1, r) : KO_OK;
        else if (json_is_string(value))
            st = ko_record_add(arena, r, key, text_of(value), KO_VALUE_TEXT);
        else if (!json_is_array(value) || !holds_objects(value))
            st = add_printed(arena, key, value, r);
        if (st != KO_OK)
            return st;
    }
    return KO_OK;
}

enum ko_status ko_json_flatten(struct ko_arena *arena, const json_t *object,
                               struct ko_record *r)
{
    return flatten(arena, object, (struct ko_str){0}, 1, r);
}
