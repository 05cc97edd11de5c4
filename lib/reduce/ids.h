/* ids.h: who was there when: distinct ids by (track, second), thinned evenly when there
 * are too many. */
#ifndef KO_REDUCE_IDS_H
#define KO_REDUCE_IDS_H

#include "base/status.h"
#include "event/time.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An id met in one second of one track. */
struct ko_seen {
    uint64_t id; /* hash */
    int64_t second;
    uint32_t track;
    uint16_t took; /* the longest of its interactions in that second; ko_took_of */
    bool session;  /* else a customer */
    bool bad;      /* one of its interactions in that second failed */
};

/* ko_took_of(dur): A duration in 16 bits, 0 for one that is not said; keeps the order,
 * and tells durations apart that differ by a thousandth. */
uint16_t ko_took_of(ko_dur dur);

/*
 * A set of ko_seen, one an id, second, track and kind.  Past ${max} only ids whose hash ends in `shift` zero bits are kept,
 * so that each one kept stands for 2^shift, the same ones in any order.
 */
struct ko_ids {
    struct ko_seen *v;
    size_t n, max;
    unsigned shift;
    /* private to ids.c */
    size_t cap;
    uint32_t *slots;
    size_t n_slots;
};

void ko_ids_init(struct ko_ids *ids, size_t max);
void ko_ids_release(struct ko_ids *ids);
/* ko_ids_add(ids, seen): Add, or mark what is there bad and as long.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_ids_add(struct ko_ids *ids, struct ko_seen seen);
/* ko_ids_merge(ids, from, tracks): Add all of ${from}, whose track i is tracks[i] here.
 */
KO_WARN_UNUSED enum ko_status ko_ids_merge(struct ko_ids *ids, const struct ko_ids *from,
                                           const uint32_t *tracks);

/* ko_kept(hash, shift): Is ${hash} in the sample of 1 in 2^shift? */
bool ko_kept(uint64_t hash, unsigned shift);

#endif
