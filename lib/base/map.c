/* map.c: byte strings to small numbers: the one hash table of the project. */
#include "base/map.h"

#include <string.h>

enum { FIRST_SLOTS = 64 };

static uint64_t mix(uint64_t h)
{
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    h ^= h >> 32;
    return h;
}

/* Little-endian words, so that the value does not depend on the machine. */
static uint64_t word(const char *p)
{
    uint64_t w;
    memcpy(&w, p, sizeof w);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    w = __builtin_bswap64(w);
#endif
    return w;
}

/* The last n % 8 bytes of s, n > 0; read with those before them where there are. */
static uint64_t tail(struct ko_str s)
{
    size_t n = s.n % 8;
    if (s.n >= 8)
        return word(s.p + s.n - 8) >> (8 * (8 - n));
    uint64_t w = 0;
    for (size_t i = n; i > 0; i--)
        w = w << 8 | (unsigned char)s.p[i - 1];
    return w;
}

uint64_t ko_hash(struct ko_str s, uint64_t seed)
{
    uint64_t h = mix(seed ^ (uint64_t)s.n);
    for (size_t i = 0; i + 8 <= s.n; i += 8)
        h = mix(h ^ word(s.p + i)) + 0x9e3779b97f4a7c15u;
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
    ko_mem_free(m->slots);
    ko_arena_release(&m->keys);
    ko_map_init(m, m->seed);
}

static size_t find_slot(const struct ko_map *m, struct ko_str key, uint64_t hash)
{
    size_t mask = m->n_slots - 1;
    size_t i = (size_t)hash & mask;
    while (m->slots[i] != 0) {
        const struct ko_map_entry *e = &m->entries[m->slots[i] - 1];
        if (e->hash == hash && ko_str_eq(e->key, key))
            break;
        i = (i + 1) & mask;
    }
    return i;
}

bool ko_map_get(const struct ko_map *m, struct ko_str key, uint32_t *ret_value)
{
    if (m->n == 0)
        return false;
    size_t i = find_slot(m, key, ko_hash(key, m->seed));
    if (m->slots[i] == 0)
        return false;
    *ret_value = m->entries[m->slots[i] - 1].value;
    return true;
}

static enum ko_status widen(struct ko_map *m)
{
    size_t wider = m->n_slots ? m->n_slots * 2 : FIRST_SLOTS;
    uint32_t *slots = ko_mem_alloc(wider, sizeof *slots);
    if (slots == NULL)
        return KO_ENOMEM;
    for (size_t k = 0; k < m->n; k++) {
        size_t i = (size_t)m->entries[k].hash & (wider - 1);
        while (slots[i] != 0)
            i = (i + 1) & (wider - 1);
        slots[i] = (uint32_t)k + 1;
    }
    ko_mem_free(m->slots);
    m->slots = slots;
    m->n_slots = wider;
    return KO_OK;
}

static enum ko_status add_entry(struct ko_map *m, struct ko_map_entry e)
{
    if (m->n == m->cap) {
        size_t cap = m->cap ? m->cap * 2 : FIRST_SLOTS / 2;
        struct ko_map_entry *p = ko_mem_resize(m->entries, cap, sizeof *p);
        if (p == NULL)
            return KO_ENOMEM;
        m->entries = p;
        m->cap = cap;
    }
    enum ko_status st = ko_str_copy(&m->keys, e.key, &e.key);
    if (st != KO_OK)
        return st;
    m->entries[m->n++] = e;
    return KO_OK;
}

enum ko_status ko_map_put(struct ko_map *m, struct ko_str key, uint32_t value,
                          uint32_t *ret_value)
{
    if (m->n >= (size_t)1 << 31)
        return KO_ELIMIT;
    if ((m->n + 1) * 2 > m->n_slots) {
        enum ko_status st = widen(m);
        if (st != KO_OK)
            return st;
    }
    uint64_t hash = ko_hash(key, m->seed);
    size_t i = find_slot(m, key, hash);
    if (m->slots[i] == 0) {
        enum ko_status st = add_entry(m, (struct ko_map_entry){key, value, hash});
        if (st != KO_OK)
            return st;
        m->slots[i] = (uint32_t)m->n;
    }
    *ret_value = m->entries[m->slots[i] - 1].value;
    return KO_OK;
}
