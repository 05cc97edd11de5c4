/* repeats.c: values that come again together from record to record, numbered. */
#include "read/repeats.h"

#include "base/bytes.h"

/* Roles that one set may hold. */
enum { ROLES_MAX = 12, WHOLE = 2 * sizeof(uint64_t) };

/* A value by its length and its first and last bytes, which are all of a short one. */
struct value {
    uint64_t first, last;
    struct ko_str text;
};

struct ko_repeat {
    struct ko_repeats_of of; /* of the roles asked for, those that the record has */
    size_t n;
    const struct value *values;
};

void ko_repeats_release(struct ko_repeats *m)
{
    ko_slots_release(&m->slots);
}

static inline struct value value_of(struct ko_str s)
{
    struct value v = {0, 0, s};
    if (s.n >= 8) {
        v.first = ko_bytes_le64(s.p);
        v.last = ko_bytes_le64(s.p + s.n - 8);
    } else if (s.n >= 4) {
        v.first = ko_bytes_le32(s.p);
        v.last = ko_bytes_le32(s.p + s.n - 4);
    } else if (s.n > 0) {
        v.first = (uint64_t)(unsigned char)s.p[0] << 8 | (unsigned char)s.p[s.n / 2];
        v.last = (unsigned char)s.p[s.n - 1];
    }
    return v;
}

static inline bool same(const struct value *a, const struct value *b)
{
    return a->first == b->first && a->last == b->last && a->text.n == b->text.n &&
           (a->text.n <= WHOLE || ko_bytes_same(a->text.p, b->text.p, a->text.n));
}

static inline uint64_t mix(uint64_t h, const struct value *v)
{
    h = (h ^ v->first ^ (uint64_t)v->text.n << 56) * 0x9e3779b97f4a7c15u;
    h = (h ^ h >> 32 ^ v->last) * 0xd6e8feb86659fd93u;
    return h ^ h >> 32;
}

/* The values of the record at hand, and their hash. */
struct found {
    struct ko_repeat item;
    struct value values[ROLES_MAX];
    uint64_t hash;
};

static void gather(struct ko_repeats_of of, const struct ko_record *r,
                   const struct ko_roles *roles, struct found *ret)
{
    of.roles &= roles->claimed;
    ret->item = (struct ko_repeat){of, 0, ret->values};
    uint64_t hash = of.roles + (of.apart ? 1 : 0);
    for (uint64_t left = of.roles; left != 0; left &= left - 1) {
        enum ko_role role = (enum ko_role)(__builtin_ctzll(left) + 1);
        struct value *v = &ret->values[ret->item.n++];
        *v = value_of(ko_roles_get(roles, r, role));
        hash = mix(hash, v);
    }
    ret->hash = hash * 0x9e3779b97f4a7c15u;
}

static bool is_same(const struct ko_repeat *a, const struct ko_repeat *b)
{
    bool is = a->of.roles == b->of.roles && a->of.apart == b->of.apart;
    for (size_t i = 0; i < b->n && is; i++)
        is = same(&a->values[i], &b->values[i]);
    return is;
}

static enum ko_status add(struct ko_repeats *m, struct ko_arena *arena,
                          const struct found *found)
{
    struct ko_repeat *item;
    size_t n = found->item.n;
    struct value *values = ko_arena_alloc(arena, n, sizeof *values);
    KO_LIST_ADD(arena, &m->items, item);
    if (values == NULL || item == NULL)
        return KO_ENOMEM;
    *item = found->item;
    item->values = values;
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < n && st == KO_OK; i++) {
        values[i] = found->values[i];
        st = ko_str_copy(arena, values[i].text, &values[i].text);
    }
    return st == KO_OK ? ko_slots_add(&m->slots, found->hash, (uint32_t)(m->items.n - 1))
                       : st;
}

enum ko_status ko_repeats_number(struct ko_repeats *m, struct ko_arena *arena,
                                 struct ko_repeats_of of, const struct ko_record *r,
                                 const struct ko_roles *roles, uint32_t *ret)
{
    struct found found;
    gather(of, r, roles, &found);
    struct ko_slots_walk w = ko_slots_walk(found.hash);
    while (ko_slots_next(&m->slots, &w, ret)) {
        if (is_same(&m->items.v[(*ret)++], &found.item))
            return KO_OK;
    }
    *ret = 0;
    if (m->items.n == KO_REPEATS_MAX)
        return KO_OK;
    enum ko_status st = add(m, arena, &found);
    *ret = (uint32_t)m->items.n;
    return st;
}
