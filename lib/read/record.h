/* record.h: one record of any format as a flat list of named values. */
#ifndef KO_READ_RECORD_H
#define KO_READ_RECORD_H

#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

enum ko_value_type { KO_VALUE_TEXT, KO_VALUE_NUMBER, KO_VALUE_BOOL, KO_VALUE_NONE };

/* Nested members have dotted keys ("labels.app"); value is text in every type. */
struct ko_field_value {
    struct ko_str key;
    struct ko_str value;
    enum ko_value_type type;
};

/* More fields than this of one record are left out; no usual log comes near. */
enum { KO_RECORD_FIELDS_MAX = 4096 };

struct ko_record {
    struct ko_field_value *v;
    size_t n, cap;
};

/* ko_record_add(arena, r, key, value, type): Append a field; the slices are borrowed. */
KO_WARN_UNUSED enum ko_status ko_record_add(struct ko_arena *arena, struct ko_record *r,
                                            struct ko_str key, struct ko_str value,
                                            enum ko_value_type type);

/* ko_record_get(r, key): The value of the first field called exactly ${key}; empty. */
struct ko_str ko_record_get(const struct ko_record *r, const char *key);

/* ko_value_missing(s): "", "-", "null", "nan", "n/a", "none": nothing was measured. */
bool ko_value_is_nothing(struct ko_str s);
static inline bool ko_value_missing(struct ko_str s)
{
    char first = s.n > 0 ? ko_char_lower(s.p[0]) : ' ';
    return (first <= ' ' || first == '-' || first == 'n') && ko_value_is_nothing(s);
}

#endif
