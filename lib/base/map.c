/* map.c: byte strings to small numbers. */
#include "base/map.h"

#include "base/bytes.h"

#include <string.h>

enum { FIRST_ROOM = 32 };

static uint64_t mix(uint64_t h)
{
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    h ^= h >> 32;
    return h;
}

/* The last n % 8 bytes of s, n > 0; read with those before them where there are. */
static uint64_t tail(struct ko_str s)
{
    size_t n = s.n % 8;
    if (s.n >= 8)
        return ko_bytes_le64(s.p + s.n - 8) >> (8 * (8 - n));
    uint64_t w = 0;
    for (size_t i = n; i > 0; i--)
        w = w << 8 | (unsigned char)s.p[i - 1];
    return w;
}

uint64_t ko_hash(struct ko_str s, uint64_t seed)
{
    uint64_t h = mix(seed ^ (uint64_t)s.n);
    for (size_t i = 0; i + 8 <= s.n; i += 8)
        h = mix(h ^ ko_bytes_le64(s.p + i)) + 0x9e3779b97f4a7c15u;
    if (s.n % 8 != 0)
        h = mix(h ^ tail(s));
    return mix(h);
}

void ko_map_init(struct ko_map *m, uint64_t seed)
{
    *m = (struct ko_map){.seed = seed};
}

void ko_map_release(struct ko_map *m)
{
    ko_mem_free(m->entries);
    ko_slots_release(&m->slots);
    ko_arena_release(&m->keys);
    ko_map_init(m, m->seed);
}

static const struct ko_map_entry *find(const struct ko_map *m, struct ko_str key,
                                       uint64_t hash)
{
    struct ko_slots_walk w = ko_slots_walk(hash);
    for (uint32_t i; ko_slots_next(&m->slots, &w, &i);) {
        if (ko_str_eq(m->entries[i].key, key))
            return &m->entries[i];
    }
    return NULL;
}

bool ko_map_get(const struct ko_map *m, struct ko_str key, uint32_t *ret_value)
{
    const struct ko_map_entry *e = find(m, key, ko_hash(key, m->seed));
    if (e == NULL)
        return false;
    *ret_value = e->value;
    return true;
}

static enum ko_status add_entry(struct ko_map *m, struct ko_map_entry e)
{
    if (m->n == m->cap) {
        size_t cap = m->cap ? m->cap * 2 : FIRST_ROOM;
        struct ko_map_entry *p = ko_mem_resize(m->entries, cap, sizeof *p);
        if (p == NULL)
            return KO_ENOMEM;
        m->entries = p;
        m->cap = cap;
    }
    enum ko_status st = ko_str_copy(&m->keys, e.key, &e.key);
    if (st == KO_OK)
        m->entries[m->n] = e;
    return st;
}

enum ko_status ko_map_put(struct ko_map *m, struct ko_str key, uint32_t value,
                          uint32_t *ret_value)
{
    uint64_t hash = ko_hash(key, m->seed);
    const struct ko_map_entry *e = find(m, key, hash);
    if (e != NULL) {
        *ret_value = e->value;
        return KO_OK;
    }
    if (m->n >= (size_t)1 << 31)
        return KO_ELIMIT;
    enum ko_status st = add_entry(m, (struct ko_map_entry){key, value});
    if (st == KO_OK)
        st = ko_slots_add(&m->slots, hash, (uint32_t)m->n);
    if (st != KO_OK)
        return st;
    m->n++;
    *ret_value = value;
    return KO_OK;
}
