/* record.c: one record of any format as a flat list of named values. */
#include "read/record.h"

#include "base/list.h"

/* Of a log line; more make the list move. */
enum { FIELDS_USUAL = 16 };

enum ko_status ko_record_add(struct ko_arena *arena, struct ko_record *r,
                             struct ko_str key, struct ko_str value,
                             enum ko_value_type type)
{
    if (r->n >= KO_RECORD_FIELDS_MAX)
        return KO_OK;
    struct ko_field_value *f;
    if (r->v == NULL && (r->v = ko_arena_alloc(arena, FIELDS_USUAL, sizeof *f)) != NULL)
        r->cap = FIELDS_USUAL;
    KO_LIST_ADD(arena, r, f);
    if (f == NULL)
        return KO_ENOMEM;
    *f = (struct ko_field_value){key, value, type};
    return KO_OK;
}

struct ko_str ko_record_get(const struct ko_record *r, const char *key)
{
    struct ko_str wanted = ko_str(key);
    for (size_t i = 0; i < r->n; i++) {
        if (ko_str_eq(r->v[i].key, wanted))
            return r->v[i].value;
    }
    return (struct ko_str){0};
}

bool ko_value_is_nothing(struct ko_str s)
{
    static const struct ko_str words[] = {KO_STR_INIT("null"), KO_STR_INIT("nan"),
                                          KO_STR_INIT("n/a"), KO_STR_INIT("none"),
                                          KO_STR_INIT("nil")};
    s = ko_str_trim(s);
    if (s.n <= 1)
        return s.n == 0 || s.p[0] == '-';
    if (s.n > 4 || ko_char_lower(s.p[0]) != 'n')
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ko_str_ieq(s, words[i]))
            return true;
    }
    return false;
}
