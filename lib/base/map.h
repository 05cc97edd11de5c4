/* map.h: byte strings to small numbers. */
#ifndef KO_BASE_MAP_H
#define KO_BASE_MAP_H

#include "base/mem.h"
#include "base/slots.h"
#include "base/status.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An entry, in order of first insertion. */
struct ko_map_entry {
    struct ko_str key;
    uint32_t value;
};

/* Results never depend on the seed: walk entries[] (insertion order) or sort. */
struct ko_map {
    struct ko_map_entry *entries;
    size_t n;
    /* private to map.c */
    size_t cap;
    struct ko_slots slots; /* into entries */
    uint64_t seed;
    struct ko_arena keys;
};

/* ko_map_init(m, seed): Make ${m} empty; ${seed} only spreads the slots against chosen
 * collisions. */
void ko_map_init(struct ko_map *m, uint64_t seed);
void ko_map_release(struct ko_map *m);

/* ko_map_get(m, key, ret_value): Look ${key} up; false when absent. */
bool ko_map_get(const struct ko_map *m, struct ko_str key, uint32_t *ret_value);

/*
 * ko_map_put(m, key, value, ret_value):
 * Insert ${key} with ${value} unless it is there; ${ret_value} gets the value now stored.
 *
 * Owns:    the key is copied
 * Errors:  KO_ENOMEM; KO_ELIMIT past 2^31 entries
 * Cost:    amortised O(key bytes)
 */
KO_WARN_UNUSED enum ko_status ko_map_put(struct ko_map *m, struct ko_str key,
                                         uint32_t value, uint32_t *ret_value);

/* ko_hash(s, seed): 64-bit hash of bytes, the same on every machine. */
uint64_t ko_hash(struct ko_str s, uint64_t seed);

#endif
