/* ids.c: who was there when: distinct ids by (track, second). */
#include "reduce/ids.h"

#include "base/mem.h"

enum { FIRST_SLOTS = 1024 };

bool ko_kept(uint64_t hash, unsigned shift)
{
    return (hash & (((uint64_t)1 << shift) - 1)) == 0;
}

/* The bits behind the leading one that are kept. */
enum { TOOK_BITS = 10 };

uint16_t ko_took_of(ko_dur dur)
{
    uint64_t v = dur < 0 ? 0 : (uint64_t)dur;
    unsigned shift = 0;
    while (v >> shift >= (uint64_t)2 << TOOK_BITS)
        shift++;
    return dur < 0 ? 0 : (uint16_t)(((uint64_t)shift << TOOK_BITS) + (v >> shift) + 1);
}

void ko_ids_init(struct ko_ids *ids, size_t max)
{
    *ids = (struct ko_ids){.max = max};
}

void ko_ids_release(struct ko_ids *ids)
{
    ko_mem_free(ids->v);
    ko_mem_free(ids->slots);
    ko_ids_init(ids, ids->max);
}

static bool same(const struct ko_seen *a, const struct ko_seen *b)
{
    return a->id == b->id && a->second == b->second && a->track == b->track &&
           a->session == b->session;
}

static size_t slot_of(const struct ko_ids *ids, const struct ko_seen *seen)
{
    uint64_t h = seen->id ^ (uint64_t)seen->second * 0x9e3779b97f4a7c15u ^
                 ((uint64_t)seen->track + 1) * 0xd6e8feb86659fd93u;
    h *= 0x9e3779b97f4a7c15u;
    size_t mask = ids->n_slots - 1;
    size_t i = (size_t)(h ^ h >> 32) & mask;
    while (ids->slots[i] != 0 && !same(&ids->v[ids->slots[i] - 1], seen))
        i = (i + 1) & mask;
    return i;
}

static enum ko_status rehash(struct ko_ids *ids, size_t n_slots)
{
    uint32_t *slots = ko_mem_alloc(n_slots, sizeof *slots);
    if (slots == NULL)
        return KO_ENOMEM;
    ko_mem_free(ids->slots);
    ids->slots = slots;
    ids->n_slots = n_slots;
    for (size_t k = 0; k < ids->n; k++)
        ids->slots[slot_of(ids, &ids->v[k])] = (uint32_t)k + 1;
    return KO_OK;
}

static enum ko_status make_room(struct ko_ids *ids)
{
    if (ids->n == ids->cap) {
        size_t cap = ids->cap ? ids->cap * 2 : FIRST_SLOTS / 2;
        struct ko_seen *v = ko_mem_resize(ids->v, cap, sizeof *v);
        if (v == NULL)
            return KO_ENOMEM;
        ids->v = v;
        ids->cap = cap;
    }
    if ((ids->n + 1) * 2 <= ids->n_slots)
        return KO_OK;
    return rehash(ids, ids->n_slots ? ids->n_slots * 2 : FIRST_SLOTS);
}

static enum ko_status thin(struct ko_ids *ids, unsigned shift)
{
    size_t kept = 0;
    for (size_t i = 0; i < ids->n; i++) {
        if (ko_kept(ids->v[i].id, shift))
            ids->v[kept++] = ids->v[i];
    }
    ids->n = kept;
    ids->shift = shift;
    return ids->n_slots ? rehash(ids, ids->n_slots) : KO_OK;
}

enum ko_status ko_ids_add(struct ko_ids *ids, struct ko_seen seen)
{
    if (!ko_kept(seen.id, ids->shift))
        return KO_OK;
    enum ko_status st = make_room(ids);
    if (st != KO_OK)
        return st;
    size_t slot = slot_of(ids, &seen);
    if (ids->slots[slot] != 0) {
        struct ko_seen *known = &ids->v[ids->slots[slot] - 1];
        known->bad |= seen.bad;
        known->took = seen.took > known->took ? seen.took : known->took;
        return KO_OK;
    }
    ids->v[ids->n++] = seen;
    ids->slots[slot] = (uint32_t)ids->n;
    while (ids->n > ids->max && ids->shift < 63 && st == KO_OK)
        st = thin(ids, ids->shift + 1);
    return st;
}

enum ko_status ko_ids_merge(struct ko_ids *ids, const struct ko_ids *from,
                            const uint32_t *tracks)
{
    enum ko_status st = KO_OK;
    if (from->shift > ids->shift)
        st = thin(ids, from->shift);
    for (size_t i = 0; i < from->n && st == KO_OK; i++) {
        struct ko_seen seen = from->v[i];
        seen.track = tracks[seen.track];
        st = ko_ids_add(ids, seen);
    }
    return st;
}
