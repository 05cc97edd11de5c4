/* slots.h: where in an array the item of a hash stands; the array and what makes two
 * items equal are the caller's. */
#ifndef KO_BASE_SLOTS_H
#define KO_BASE_SLOTS_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Open addressing, at most half full.  Zeroed is empty.
 *
 *   slot   upper 32 bits of the hash | 1 + number of the item; 0 free
 *
 * The place of a slot follows from the same 32 bits, so that growing needs no item, and
 * an item is only looked at when it is most likely the right one.
 */
struct ko_slots {
    /* private to slots.c */
    uint64_t *slots;
    size_t n, n_slots;
};

/* A walk over the items of one hash. */
struct ko_slots_walk {
    uint64_t tag;
    size_t at;
};

void ko_slots_release(struct ko_slots *ix);

/* ko_slots_add(ix, hash, item): Enter ${item}, below 2^32 - 1, under ${hash}; nothing is
 * looked for.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_slots_add(struct ko_slots *ix, uint64_t hash,
                                           uint32_t item);

/* ko_slots_clear(ix): Forget the items, keep the room. */
void ko_slots_clear(struct ko_slots *ix);

static inline struct ko_slots_walk ko_slots_walk(uint64_t hash)
{
    return (struct ko_slots_walk){hash >> 32, (size_t)(hash >> 32)};
}

/* ko_slots_next(ix, w, ret_item): The next item that may be the wanted one; false: it is
 * not there.  In the header because each lookup asks it. */
static inline bool ko_slots_next(const struct ko_slots *ix, struct ko_slots_walk *w,
                                 uint32_t *ret_item)
{
    if (ix->n_slots == 0)
        return false;
    for (;;) {
        uint64_t slot = ix->slots[w->at++ & (ix->n_slots - 1)];
        if (slot == 0)
            return false;
        if (slot >> 32 == w->tag) {
            *ret_item = (uint32_t)slot - 1;
            return true;
        }
    }
}

#endif
