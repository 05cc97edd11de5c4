/* channel_internal.c: an entity's own capacity: a fault at home shows here first, and
 * victims of others show it least. */
#include "blame/clue.h"
#include "blame/family.h"
#include "blame/peers.h"

#include "base/map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A series of own capacity, by what it says and what its numbers are. */
struct reading {
    const struct ko_series *s;
    uint64_t numbers;
    size_t place;
};

static int by_numbers(const void *a, const void *b)
{
    const struct reading *x = a, *y = b;
    int order = ko_str_cmp(x->s->signal, y->s->signal);
    if (order != 0)
        return order;
    if (x->numbers != y->numbers)
        return x->numbers < y->numbers ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static int by_place(const void *a, const void *b)
{
    const struct reading *x = a, *y = b;
    return x->place < y->place ? -1 : x->place > y->place;
}

/* Traffic follows the requests: load, however the export files it. */
static bool is_traffic(struct ko_str signal)
{
    static const char *const words[] = {"network", "receive", "transmit", "rx_", "tx_"};
    size_t at;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ko_str_ifind(signal, ko_str(words[i]), &at))
            return true;
    }
    return false;
}

static bool is_own_capacity(const struct ko_series *s)
{
    return !s->normal && !is_traffic(s->signal) && s->caller == KO_NO_ENTITY &&
           (s->cls == KO_CLASS_RESOURCE || s->cls == KO_CLASS_HEALTH);
}

static size_t gather(const struct ko_scene *scene, struct reading *readings)
{
    size_t n = 0;
    for (size_t i = 0; i < scene->c->series.n; i++) {
        const struct ko_series *s = &scene->c->series.v[i];
        struct ko_str bytes = {(const char *)s->v.v, s->v.n * sizeof *s->v.v};
        if (is_own_capacity(s))
            readings[n++] = (struct reading){s, ko_hash(bytes, 0), i};
    }
    return n;
}

static bool is_constant(const struct ko_series *s)
{
    double first = NAN;
    for (size_t i = 0; i < s->v.n; i++) {
        double x = s->v.v[i];
        if (isnan(first))
            first = x;
        else if (!isnan(x) && (x < first || x > first))
            return false;
    }
    return true;
}

static bool is_same(const struct reading *a, const struct reading *b)
{
    return a->numbers == b->numbers && ko_str_eq(a->s->signal, b->s->signal);
}

/* Move those of one signal that are not shared to ${to}; how many. */
static size_t keep_unshared(const struct reading *readings, size_t n, struct reading *to)
{
    size_t kept = 0;
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && is_same(&readings[i], &readings[end]))
            end++;
        if (end == i + 1 || is_constant(readings[i].s)) {
            memmove(&to[kept], &readings[i], (end - i) * sizeof *readings);
            kept += end - i;
        }
        i = end;
    }
    return kept;
}

/* The same numbers on two entities are those of the host that they share, not theirs;
 * where most of a signal is shared, the rest is of hosts with one entity. */
static size_t drop_shared(struct reading *readings, size_t n)
{
    size_t kept = 0;
    qsort(readings, n, sizeof *readings, by_numbers);
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && ko_str_eq(readings[i].s->signal, readings[end].s->signal))
            end++;
        size_t own = keep_unshared(readings + i, end - i, readings + kept);
        kept += 2 * own >= end - i ? own : 0;
        i = end;
    }
    qsort(readings, kept, sizeof *readings, by_place);
    return kept;
}

enum ko_status ko_channel_internal(const struct ko_scene *scene, ko_clues *clues)
{
    struct reading *readings =
        ko_arena_alloc(scene->scratch, scene->c->series.n + 1, sizeof *readings);
    if (readings == NULL)
        return KO_ENOMEM;
    struct ko_family family;
    size_t n = drop_shared(readings, gather(scene, readings)), from = clues->n;
    enum ko_status st = ko_family_init(scene, &family);
    for (size_t i = 0; i < n && st == KO_OK; i++)
        st = ko_clue_score_series(scene, readings[i].s, ko_baseline_event(readings[i].s),
                                  KO_CHANNEL_INTERNAL, &family, clues);
    if (st == KO_OK)
        st = ko_peers_calibrate(clues, from, scene->scratch);
    return st == KO_OK ? ko_family_divide(&family, clues, from, scene->scratch) : st;
}
