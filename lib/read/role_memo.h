/* role_memo.h: what the keys of one export mean, kept from record to record. */
#ifndef KO_READ_ROLE_MEMO_H
#define KO_READ_ROLE_MEMO_H

#include "base/str.h"
#include "read/record.h"
#include "read/roles.h"
#include "read/shape.h"

#include <stdint.h>

enum { KO_ROLE_MEMO_KEYS = 128, KO_ROLE_MEMO_BYTES = 40, KO_ROLE_MEMO_SHAPES = 4 };

/* Of one field map; zeroed remembers nothing.  Keys that fall together replace each
 * other. */
struct ko_role_memo {
    /* private to role_memo.c */
    struct {
        char key[KO_ROLE_MEMO_BYTES];
        size_t n;
        struct ko_role_claim claim;
    } keys[KO_ROLE_MEMO_KEYS];
    struct {
        uint64_t roles;
        enum ko_shape shape;
    } shapes[KO_ROLE_MEMO_SHAPES];
};

/* ko_role_recall(memo, key, field_map): As ko_role_of; ${memo} may be NULL. */
struct ko_role_claim ko_role_recall(struct ko_role_memo *memo, struct ko_str key,
                                    struct ko_str field_map);

/* ko_roles_recall(memo, roles, r, field_map): As ko_roles_find. */
void ko_roles_recall(struct ko_role_memo *memo, struct ko_roles *roles,
                     const struct ko_record *r, struct ko_str field_map);

/* ko_shape_recall(memo, roles, asked): As ko_shape_asked of a record that stands alone,
 * for roles that ko_roles_recall found and an ${asked} that stays. */
enum ko_shape ko_shape_recall(struct ko_role_memo *memo, const struct ko_roles *roles,
                              struct ko_str asked);

#endif
