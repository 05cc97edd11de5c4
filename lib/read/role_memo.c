/* role_memo.c: what the keys of one export mean, kept from record to record. */
#include "read/role_memo.h"

#include <string.h>

static size_t slot_of(struct ko_str key)
{
    size_t ends = (size_t)(unsigned char)key.p[0] * 31 +
                  (size_t)(unsigned char)key.p[key.n - 1] * 7 +
                  (size_t)(unsigned char)key.p[key.n / 2];
    return (ends * 5 + key.n) % KO_ROLE_MEMO_KEYS;
}

struct ko_role_claim ko_role_recall(struct ko_role_memo *memo, struct ko_str key,
                                    struct ko_str field_map)
{
    if (memo == NULL || key.n == 0 || key.n > KO_ROLE_MEMO_BYTES)
        return ko_role_of(key, field_map);
    size_t i = slot_of(key);
    if (memo->keys[i].n == key.n && memcmp(memo->keys[i].key, key.p, key.n) == 0)
        return memo->keys[i].claim;
    memo->keys[i].n = key.n;
    memcpy(memo->keys[i].key, key.p, key.n);
    memo->keys[i].claim = ko_role_of(key, field_map);
    return memo->keys[i].claim;
}

void ko_roles_recall(struct ko_role_memo *memo, struct ko_roles *roles,
                     const struct ko_record *r, struct ko_str field_map)
{
    ko_roles_none(roles);
    for (size_t i = 0; i < r->n; i++) {
        if (r->v[i].type != KO_VALUE_NONE)
            ko_roles_claim_field(roles, ko_role_recall(memo, r->v[i].key, field_map), r,
                                 i);
    }
    ko_roles_take_unit(roles, r);
}

enum ko_shape ko_shape_recall(struct ko_role_memo *memo, const struct ko_roles *roles,
                              struct ko_str asked)
{
    size_t i = (size_t)(roles->claimed % 61) % KO_ROLE_MEMO_SHAPES;
    if (roles->claimed == 0 || memo->shapes[i].roles != roles->claimed) {
        memo->shapes[i].roles = roles->claimed;
        memo->shapes[i].shape = ko_shape_asked(roles, false, asked);
    }
    return memo->shapes[i].shape;
}
