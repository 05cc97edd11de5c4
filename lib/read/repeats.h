/* repeats.h: values that come again together from record to record, numbered. */
#ifndef KO_READ_REPEATS_H
#define KO_READ_REPEATS_H

#include "base/list.h"
#include "base/mem.h"
#include "base/slots.h"
#include "base/status.h"
#include "read/record.h"
#include "read/roles.h"

#include <stdbool.h>
#include <stdint.h>

/* Told apart; those that come later have no number. */
enum { KO_REPEATS_MAX = 4096 };

struct ko_repeat;

/* Zeroed is empty; all of it lives in one arena but ${slots}, which ko_repeats_release
 * frees. */
struct ko_repeats {
    /* private to repeats.c */
    KO_LIST(struct ko_repeat) items;
    struct ko_slots slots;
};

void ko_repeats_release(struct ko_repeats *m);

/* What of a record is looked at: the values of ${roles}, and whatever else tells records
 * apart. */
struct ko_repeats_of {
    uint64_t roles;
    bool apart;
};

/*
 * ko_repeats_number(m, arena, of, r, roles, ret):
 * The number of what ${r} has of ${of}: from 1, without gaps; 0 when there are too many.
 *
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status
ko_repeats_number(struct ko_repeats *m, struct ko_arena *arena, struct ko_repeats_of of,
                  const struct ko_record *r, const struct ko_roles *roles, uint32_t *ret);

#endif
