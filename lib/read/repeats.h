/* repeats.h: values that come again together from record to record, numbered. */
#ifndef KO_READ_REPEATS_H
#define KO_READ_REPEATS_H

#include "base/mem.h"
#include "base/status.h"
#include "read/record.h"
#include "read/roles.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Combinations told apart, and values of one role; those that come later have no number,
 * nor has a value of more bytes. */
enum {
    KO_REPEATS_MAX = 4096,
    KO_REPEATS_VALUES_MAX = 4095,
    KO_REPEATS_ROLES_MAX = 10,
    KO_REPEATS_TEXT_MAX = 256
};

struct ko_repeated_value;
struct ko_repeated_set;

/*
 * Each role has a table of its values, so that what is looked at for each record is
 * small; the numbers of the values are the key of the combination:
 *
 *   service  pay 1, desk 2     region  eu 1, us 2      (2, 1) is combination 3
 *
 * Tables are of open addressing, at most half full.  Zeroed is empty.
 */
struct ko_repeats {
    /* private to repeats.c */
    struct {
        struct ko_repeated_value *v;
        size_t n, cap;
    } values[KO_REPEATS_ROLES_MAX];
    struct ko_repeated_set *sets;
    size_t n, cap;
    struct ko_arena texts;
};

void ko_repeats_release(struct ko_repeats *m);

/* What of a record is looked at: the values of roles, each with its place, always the
 * same for one struct ko_repeats; and whatever else tells records apart. */
struct ko_repeats_of {
    uint64_t roles;       /* of KO_ROLE_BIT */
    const uint8_t *place; /* of each of them, by role; below KO_REPEATS_ROLES_MAX */
    bool apart;
};

/*
 * ko_repeats_number(m, of, r, roles, ret):
 * The number of what ${r} has of ${of}: from 1, without gaps; 0 when there are too many, or one
 * is too long.
 *
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status
ko_repeats_number(struct ko_repeats *m, struct ko_repeats_of of,
                  const struct ko_record *r, const struct ko_roles *roles, uint32_t *ret);

#endif
