/* otlp.c: what all signals of OTLP in JSON have in common. */
#include "read/otlp.h"

#include "read/json_get.h"

/* The one member of an AnyValue, if it is a scalar. */
static const json_t *scalar_of(const json_t *any)
{
    static const char *const keys[] = {"stringValue",  "intValue",     "doubleValue",
                                       "boolValue",    "string_value", "int_value",
                                       "double_value", "bool_value"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const json_t *value = json_object_get(any, keys[i]);
        if (value != NULL)
            return value;
    }
    return NULL;
}

enum ko_status ko_otlp_attributes(struct ko_reading *rd, const json_t *list,
                                  struct ko_record *r)
{
    size_t i;
    json_t *item;
    json_array_foreach ((json_t *)list, i, item) {
        struct ko_str text, key = ko_json_member_text(item, "key");
        enum ko_status st =
            ko_json_scalar(rd->record, scalar_of(json_object_get(item, "value")), &text);
        if (st == KO_OK && key.n > 0 && text.n > 0)
            st = ko_record_add(rd->record, r, key, text, KO_VALUE_TEXT);
        if (st != KO_OK)
            return st;
    }
    return KO_OK;
}

bool ko_otlp_time(const json_t *value, ko_time *ret)
{
    int64_t n;
    if (!ko_json_int(value, &n) || n <= 0)
        return false;
    *ret = n;
    return true;
}

static int digit64(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (ko_char_is_digit(c))
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

/* Ids have 16 or 8 bytes: 24 digits that end in "==" or 12 that end in "=". */
static bool is_base64(struct ko_str s)
{
    size_t pad = s.n == 24 ? 2 : s.n == 12 ? 1 : 0;
    if (pad == 0)
        return false;
    for (size_t i = 0; i + pad < s.n; i++) {
        if (digit64(s.p[i]) < 0)
            return false;
    }
    return s.p[s.n - 1] == '=' && s.p[s.n - pad] == '=';
}

static enum ko_status hex_of(struct ko_arena *arena, struct ko_str s, struct ko_str *ret)
{
    static const char hex[] = "0123456789abcdef";
    uint32_t bits = 0;
    unsigned n_bits = 0;
    char text[32];
    size_t n = 0;
    for (size_t i = 0; i < s.n && s.p[i] != '='; i++) {
        bits = (bits << 6 | (uint32_t)digit64(s.p[i])) & 0xffff;
        n_bits += 6;
        for (; n_bits >= 4 && n < sizeof text; n_bits -= 4)
            text[n++] = hex[bits >> (n_bits - 4) & 15];
    }
    return ko_str_copy(arena, (struct ko_str){text, n & ~(size_t)1}, ret);
}

static bool is_zero(struct ko_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '0')
            return false;
    }
    return true;
}

enum ko_status ko_otlp_id(struct ko_arena *arena, const json_t *value, struct ko_str *ret)
{
    struct ko_str s = ko_json_text(value);
    enum ko_status st = is_base64(s) ? hex_of(arena, s, &s) : KO_OK;
    *ret = is_zero(s) ? (struct ko_str){0} : s;
    return st;
}
