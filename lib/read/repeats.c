/* repeats.c: values that come again together from record to record, numbered. */
#include "read/repeats.h"

#include "base/bytes.h"

enum { WHOLE = 2 * sizeof(uint64_t), FIRST_CAP = 16, NUMBER_BITS = 12, IN_WORD = 5 };
_Static_assert(KO_REPEATS_VALUES_MAX < 1 << NUMBER_BITS, "numbers fit");
_Static_assert(KO_REPEATS_ROLES_MAX <= 2 * IN_WORD, "numbers of all roles fit a key");

/* A value by its length and its first and last bytes, which are all of a short one; of a
 * long one mixed with those between, since many begin and end alike. */
struct ko_repeated_value {
    uint64_t first, last;
    struct ko_str text;
    uint32_t number; /* 0: the place is free */
};

/* The numbers of the values, and of them together. */
struct ko_repeated_set {
    uint64_t words[2];
    uint32_t number;
};

void ko_repeats_release(struct ko_repeats *m)
{
    for (size_t i = 0; i < KO_REPEATS_ROLES_MAX; i++)
        ko_mem_free(m->values[i].v);
    ko_mem_free(m->sets);
    ko_arena_release(&m->texts);
    *m = (struct ko_repeats){.n = 0};
}

static inline size_t mix(uint64_t a, uint64_t b)
{
    uint64_t h = (a ^ b << 29 ^ b >> 35) * 0x9e3779b97f4a7c15u;
    return (size_t)(h ^ h >> 32);
}

/* ---- values ---- */

static inline struct ko_repeated_value value_of(struct ko_str s)
{
    struct ko_repeated_value v = {0, 0, s, 0};
    if (s.n >= 8) {
        v.first = ko_bytes_le64(s.p);
        v.last = ko_bytes_le64(s.p + s.n - 8);
        for (size_t i = 8; i + 8 < s.n && s.n > WHOLE; i += 8)
            v.first = v.first * 0xd6e8feb86659fd93u ^ ko_bytes_le64(s.p + i);
    } else if (s.n >= 4) {
        v.first = ko_bytes_le32(s.p);
        v.last = ko_bytes_le32(s.p + s.n - 4);
    } else {
        v.first = (uint64_t)(unsigned char)s.p[0] << 8 | (unsigned char)s.p[s.n / 2];
        v.last = (unsigned char)s.p[s.n - 1];
    }
    return v;
}

static inline bool same(const struct ko_repeated_value *a,
                        const struct ko_repeated_value *b)
{
    return a->first == b->first && a->last == b->last && a->text.n == b->text.n &&
           (a->text.n <= WHOLE || ko_bytes_same(a->text.p, b->text.p, a->text.n));
}

/* Where ${value} stands, or would. */
static inline struct ko_repeated_value *place_of(struct ko_repeated_value *v, size_t cap,
                                                 const struct ko_repeated_value *value)
{
    size_t i = mix(value->first, value->last + value->text.n) & (cap - 1);
    while (v[i].number != 0 && !same(&v[i], value))
        i = (i + 1) & (cap - 1);
    return &v[i];
}

static enum ko_status widen_values(struct ko_repeats *m, size_t role)
{
    struct ko_repeated_value *old = m->values[role].v;
    size_t cap = m->values[role].cap;
    size_t wider = cap > 0 ? cap * 2 : FIRST_CAP;
    struct ko_repeated_value *v = ko_mem_alloc(wider, sizeof *v);
    if (v == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < cap; i++) {
        if (old[i].number != 0)
            *place_of(v, wider, &old[i]) = old[i];
    }
    ko_mem_free(old);
    m->values[role].v = v;
    m->values[role].cap = wider;
    return KO_OK;
}

static enum ko_status add_value(struct ko_repeats *m, size_t role,
                                struct ko_repeated_value *value)
{
    if (m->values[role].n == KO_REPEATS_VALUES_MAX)
        return KO_OK;
    if ((m->values[role].n + 1) * 2 > m->values[role].cap &&
        widen_values(m, role) != KO_OK)
        return KO_ENOMEM;
    enum ko_status st = ko_str_copy(&m->texts, value->text, &value->text);
    if (st != KO_OK)
        return st;
    value->number = (uint32_t)++m->values[role].n;
    *place_of(m->values[role].v, m->values[role].cap, value) = *value;
    return KO_OK;
}

/* From 1; 0 when it has too many. */
static inline enum ko_status number_value(struct ko_repeats *m, size_t role,
                                          struct ko_str text, uint32_t *ret)
{
    struct ko_repeated_value value = value_of(text);
    size_t cap = m->values[role].cap;
    *ret = cap > 0 ? place_of(m->values[role].v, cap, &value)->number : 0;
    if (*ret != 0)
        return KO_OK;
    enum ko_status st = add_value(m, role, &value);
    *ret = value.number;
    return st;
}

/* ---- combinations ---- */

static inline struct ko_repeated_set *set_of(struct ko_repeated_set *sets, size_t cap,
                                             const struct ko_repeated_set *set)
{
    size_t i = mix(set->words[0], set->words[1]) & (cap - 1);
    while (sets[i].number != 0 &&
           (sets[i].words[0] != set->words[0] || sets[i].words[1] != set->words[1]))
        i = (i + 1) & (cap - 1);
    return &sets[i];
}

static enum ko_status widen_sets(struct ko_repeats *m)
{
    size_t wider = m->cap > 0 ? m->cap * 2 : FIRST_CAP;
    struct ko_repeated_set *sets = ko_mem_alloc(wider, sizeof *sets);
    if (sets == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < m->cap; i++) {
        if (m->sets[i].number != 0)
            *set_of(sets, wider, &m->sets[i]) = m->sets[i];
    }
    ko_mem_free(m->sets);
    m->sets = sets;
    m->cap = wider;
    return KO_OK;
}

static enum ko_status number_set(struct ko_repeats *m, struct ko_repeated_set *set,
                                 uint32_t *ret)
{
    *ret = m->cap > 0 ? set_of(m->sets, m->cap, set)->number : 0;
    if (*ret != 0 || m->n == KO_REPEATS_MAX)
        return KO_OK;
    if ((m->n + 1) * 2 > m->cap && widen_sets(m) != KO_OK)
        return KO_ENOMEM;
    *ret = set->number = (uint32_t)++m->n;
    *set_of(m->sets, m->cap, set) = *set;
    return KO_OK;
}

enum ko_status ko_repeats_number(struct ko_repeats *m, struct ko_repeats_of of,
                                 const struct ko_record *r, const struct ko_roles *roles,
                                 uint32_t *ret)
{
    uint64_t low = of.apart ? 1 : 0, high = 0;
    *ret = 0;
    for (uint64_t left = of.roles & roles->claimed; left != 0; left &= left - 1) {
        enum ko_role role = (enum ko_role)(__builtin_ctzll(left) + 1);
        uint32_t place = of.place[role], number;
        struct ko_str value = ko_roles_get(roles, r, role);
        if (value.n == 0)
            continue;
        if (value.n > KO_REPEATS_TEXT_MAX)
            return KO_OK;
        enum ko_status st = number_value(m, place, value, &number);
        if (st != KO_OK || number == 0)
            return st;
        if (place < IN_WORD)
            low |= (uint64_t)number << (1 + place * NUMBER_BITS);
        else
            high |= (uint64_t)number << ((place - IN_WORD) * NUMBER_BITS);
    }
    return number_set(m, &(struct ko_repeated_set){{low, high}, 0}, ret);
}
