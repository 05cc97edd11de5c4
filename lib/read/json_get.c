/* json_get.c: members of JSON values as slices and numbers, whatever their type. */
#include "read/json_get.h"

#include "base/buf.h"
#include "base/num.h"

enum { SCALAR_BYTES_MAX = 64 };

struct ko_str ko_json_text(const json_t *value)
{
    return json_is_string(value)
               ? (struct ko_str){json_string_value(value), json_string_length(value)}
               : (struct ko_str){0};
}

struct ko_str ko_json_member_text(const json_t *object, const char *key)
{
    return ko_json_text(json_object_get(object, key));
}

struct ko_str ko_json_first_text(const json_t *object, const char *const *keys, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct ko_str s = ko_json_member_text(object, keys[i]);
        if (s.n > 0)
            return s;
    }
    return (struct ko_str){0};
}

bool ko_json_int(const json_t *value, int64_t *ret)
{
    if (json_is_integer(value)) {
        *ret = json_integer_value(value);
        return true;
    }
    if (json_is_real(value)) {
        double x = json_real_value(value);
        if (!(x > -9e18 && x < 9e18))
            return false;
        *ret = (int64_t)x;
        return true;
    }
    return ko_num_int(ko_json_text(value), ret) == KO_OK;
}

enum ko_status ko_json_scalar(struct ko_arena *arena, const json_t *value,
                              struct ko_str *ret)
{
    *ret = ko_json_text(value);
    if (!json_is_number(value) && !json_is_boolean(value))
        return KO_OK;
    struct ko_buf b;
    ko_buf_init(&b, SCALAR_BYTES_MAX);
    if (json_is_integer(value))
        ko_buf_printf(&b, "%lld", (long long)json_integer_value(value));
    else if (json_is_real(value))
        ko_num_put_exact(&b, json_real_value(value));
    else
        ko_buf_puts(&b, json_is_true(value) ? "true" : "false");
    enum ko_status st = b.status;
    if (st == KO_OK)
        st = ko_str_copy(arena, ko_buf_str(&b), ret);
    ko_buf_release(&b);
    return st;
}

bool ko_json_has(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return value != NULL && !json_is_null(value);
}

const json_t *ko_json_items(const json_t *object, const char *key)
{
    const json_t *items = json_object_get(object, key);
    return json_is_object(json_array_get(items, 0)) ? items : NULL;
}
