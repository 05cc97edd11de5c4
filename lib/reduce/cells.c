/* cells.c: numbers by (track, time): one sparse table whose grain of time grows when it
 * is full. */
#include "reduce/cells.h"

#include "base/mem.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>

const int64_t ko_grain_chain[KO_GRAINS] = {1, 5, 10, 30, 60, 300, 900, 3600};

/*
 * key = track << 36 | number of the grain + BIAS.  Any ko_time is within 9.3e9 s of 1970,
 * so that the number takes 35 bits and a key is never 0.
 */
enum { TIME_BITS = 36, FIRST_SLOTS = 1024 };
#define BIAS ((int64_t)1 << 34)

static uint64_t key_of(const struct ko_cells *t, uint32_t track, ko_time time)
{
    int64_t number = ko_time_floor(time, t->grain_ns) / t->grain_ns;
    return (uint64_t)track << TIME_BITS | (uint64_t)(number + BIAS);
}

uint32_t ko_cell_track(const struct ko_cell *c)
{
    return (uint32_t)(c->key >> TIME_BITS);
}

ko_time ko_cell_time(const struct ko_cells *t, const struct ko_cell *c)
{
    int64_t number = (int64_t)(c->key & (((uint64_t)1 << TIME_BITS) - 1)) - BIAS;
    return number * t->grain_ns;
}

void ko_cells_init(struct ko_cells *t, size_t max)
{
    *t = (struct ko_cells){.max = max, .grain_ns = ko_grain_chain[0] * KO_SECOND};
}

static void release_cell(struct ko_cell *c)
{
    if (c->hist != NULL)
        ko_hist_release(c->hist);
    ko_mem_free(c->hist);
    c->hist = NULL;
}

void ko_cells_release(struct ko_cells *t)
{
    for (size_t i = 0; i < t->n; i++)
        release_cell(&t->v[i]);
    ko_mem_free(t->v);
    ko_mem_free(t->slots);
    ko_cells_init(t, t->max);
}

/* The upper half of the hash stands in the slot, so that a cell is only touched when it
 * is most likely the right one. */
static uint64_t hash_of(uint64_t key)
{
    uint64_t h = key * 0x9e3779b97f4a7c15u;
    return h ^ h >> 32;
}

static uint64_t slot_value(uint64_t hash, size_t index)
{
    return (hash & ~(uint64_t)UINT32_MAX) | (uint64_t)(index + 1);
}

static size_t index_in(uint64_t slot)
{
    return (size_t)(slot & UINT32_MAX) - 1;
}

static size_t slot_of(const struct ko_cells *t, uint64_t key, uint64_t hash)
{
    size_t mask = t->n_slots - 1;
    size_t i = (size_t)hash & mask;
    while (t->slots[i] != 0 &&
           (t->slots[i] >> 32 != hash >> 32 || t->v[index_in(t->slots[i])].key != key))
        i = (i + 1) & mask;
    return i;
}

static enum ko_status rehash(struct ko_cells *t, size_t n_slots)
{
    uint64_t *slots = ko_mem_alloc(n_slots, sizeof *slots);
    if (slots == NULL)
        return KO_ENOMEM;
    ko_mem_free(t->slots);
    t->slots = slots;
    t->n_slots = n_slots;
    for (size_t k = 0; k < t->n; k++) {
        uint64_t hash = hash_of(t->v[k].key);
        t->slots[slot_of(t, t->v[k].key, hash)] = slot_value(hash, k);
    }
    return KO_OK;
}

static enum ko_status make_room(struct ko_cells *t)
{
    if (t->n == t->cap) {
        size_t cap = t->cap ? t->cap * 2 : FIRST_SLOTS / 2;
        struct ko_cell *v = ko_mem_resize(t->v, cap, sizeof *v);
        if (v == NULL)
            return KO_ENOMEM;
        t->v = v;
        t->cap = cap;
    }
    if ((t->n + 1) * 2 <= t->n_slots)
        return KO_OK;
    return rehash(t, t->n_slots ? t->n_slots * 2 : FIRST_SLOTS);
}

static enum ko_status find_or_add(struct ko_cells *t, uint64_t key, struct ko_cell **ret)
{
    enum ko_status st = make_room(t);
    if (st != KO_OK)
        return st;
    uint64_t hash = hash_of(key);
    size_t slot = slot_of(t, key, hash);
    if (t->slots[slot] == 0) {
        t->v[t->n] = (struct ko_cell){.key = key, .last_time = KO_TIME_NONE};
        t->slots[slot] = slot_value(hash, t->n++);
    }
    *ret = &t->v[index_in(t->slots[slot])];
    return KO_OK;
}

static void keep_last(struct ko_cell *into, ko_time time, double value)
{
    bool later = time > into->last_time;
    bool same = time == into->last_time && time != KO_TIME_NONE;
    if (later || (same && value > into->last)) {
        into->last_time = time;
        into->last = value;
    }
}

/* Everything of `from` into `into`; `from` loses its distribution. */
static enum ko_status merge_cell(struct ko_cell *into, struct ko_cell *from)
{
    enum ko_status st = KO_OK;
    if (into->hist == NULL) {
        into->hist = from->hist;
        from->hist = NULL;
    } else if (from->hist != NULL) {
        st = ko_hist_merge(into->hist, from->hist);
        release_cell(from);
    }
    into->n += from->n;
    into->sum = ko_fixed_add(into->sum, from->sum);
    keep_last(into, from->last_time, from->last);
    return st;
}

/* Take the cell of another table, of a finer or equal grain. */
static enum ko_status take_cell(struct ko_cells *t, uint32_t track, ko_time time,
                                struct ko_cell *from)
{
    struct ko_cell *into;
    enum ko_status st = find_or_add(t, key_of(t, track, time), &into);
    if (st != KO_OK) {
        release_cell(from);
        return st;
    }
    return merge_cell(into, from);
}

static enum ko_status coarsen(struct ko_cells *t)
{
    if (t->grain + 1 >= KO_GRAINS)
        return KO_ELIMIT;
    struct ko_cells fine = *t;
    ko_cells_init(t, fine.max);
    t->grain = fine.grain + 1;
    t->grain_ns = ko_grain_chain[t->grain] * KO_SECOND;
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < fine.n && st == KO_OK; i++)
        st = take_cell(t, ko_cell_track(&fine.v[i]), ko_cell_time(&fine, &fine.v[i]),
                       &fine.v[i]);
    ko_cells_release(&fine);
    return st;
}

static enum ko_status keep_within_max(struct ko_cells *t)
{
    enum ko_status st = KO_OK;
    while (t->n > t->max && st == KO_OK)
        st = coarsen(t);
    return st;
}

enum ko_status ko_cells_at(struct ko_cells *t, uint32_t track, ko_time time,
                           struct ko_cell **ret)
{
    assert(track < 1u << 27);
    size_t before = t->n;
    enum ko_status st = find_or_add(t, key_of(t, track, time), ret);
    if (st != KO_OK || t->n == before || t->n <= t->max)
        return st;
    st = keep_within_max(t);
    return st == KO_OK ? find_or_add(t, key_of(t, track, time), ret) : st;
}

enum ko_status ko_cells_add(struct ko_cells *t, uint32_t track, ko_time time,
                            ko_fixed value)
{
    struct ko_cell *c;
    enum ko_status st = ko_cells_at(t, track, time, &c);
    if (st != KO_OK)
        return st;
    c->n++;
    c->sum = ko_fixed_add(c->sum, value);
    return KO_OK;
}

enum ko_status ko_cells_add_dur(struct ko_cells *t, uint32_t track, ko_time time,
                                ko_dur dur)
{
    struct ko_cell *c;
    enum ko_status st = ko_cells_at(t, track, time, &c);
    if (st != KO_OK)
        return st;
    if (c->hist == NULL)
        c->hist = ko_mem_alloc(1, sizeof *c->hist);
    if (c->hist == NULL)
        return KO_ENOMEM;
    c->n++;
    c->sum = ko_fixed_add(c->sum, dur);
    return ko_hist_add(c->hist, dur);
}

enum ko_status ko_cells_add_sample(struct ko_cells *t, uint32_t track, ko_time time,
                                   double value)
{
    struct ko_cell *c;
    enum ko_status st = ko_cells_at(t, track, time, &c);
    if (st != KO_OK)
        return st;
    c->n++;
    c->sum = ko_fixed_add(c->sum, ko_fixed_from(value));
    keep_last(c, time, value);
    return KO_OK;
}

enum ko_status ko_cells_merge(struct ko_cells *t, struct ko_cells *from,
                              const uint32_t *tracks)
{
    enum ko_status st = KO_OK;
    while (t->grain < from->grain && st == KO_OK)
        st = coarsen(t);
    for (size_t i = 0; i < from->n && st == KO_OK; i++) {
        struct ko_cell *c = &from->v[i];
        st = take_cell(t, tracks[ko_cell_track(c)], ko_cell_time(from, c), c);
        if (st == KO_OK)
            st = keep_within_max(t);
    }
    ko_cells_release(from);
    return st;
}

enum ko_status ko_cells_remap(struct ko_cells *t, const uint32_t *tracks)
{
    struct ko_cells old = *t;
    ko_cells_init(t, old.max);
    return ko_cells_merge(t, &old, tracks);
}

static int by_key(const void *a, const void *b)
{
    uint64_t x = ((const struct ko_cell *)a)->key;
    uint64_t y = ((const struct ko_cell *)b)->key;
    return (x > y) - (x < y);
}

/* Cells of one track, mostly in order already, since exports are. */
static void sort_track(struct ko_cell *v, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (v[i].key < v[i - 1].key) {
            qsort(v, n, sizeof *v, by_key);
            return;
        }
    }
}

/* Counting sort by track, then each track by time. */
enum ko_status ko_cells_sort(struct ko_cells *t)
{
    uint32_t tracks = 0;
    for (size_t i = 0; i < t->n; i++) {
        uint32_t track = ko_cell_track(&t->v[i]);
        tracks = track >= tracks ? track + 1 : tracks;
    }
    size_t *end = ko_mem_alloc((size_t)tracks + 1, sizeof *end);
    struct ko_cell *v = ko_mem_alloc(t->n, sizeof *v);
    enum ko_status st = end != NULL && v != NULL ? KO_OK : KO_ENOMEM;
    for (size_t i = 0; st == KO_OK && i < t->n; i++)
        end[ko_cell_track(&t->v[i]) + 1]++;
    for (uint32_t k = 0; st == KO_OK && k < tracks; k++)
        end[k + 1] += end[k];
    for (size_t i = 0; st == KO_OK && i < t->n; i++)
        v[end[ko_cell_track(&t->v[i])]++] = t->v[i];
    for (uint32_t k = 0; st == KO_OK && k < tracks; k++) {
        size_t first = k > 0 ? end[k - 1] : 0;
        sort_track(v + first, end[k] - first);
    }
    ko_mem_free(end);
    ko_mem_free(st == KO_OK ? t->v : v);
    t->v = st == KO_OK ? v : t->v;
    t->cap = st == KO_OK ? t->n : t->cap;
    return st;
}
