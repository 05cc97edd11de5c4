/* said.c: what events say of one matter, its texts together, numbered. */
#include "reduce/said.h"

#include "base/map.h"

#include <stddef.h>

enum { TEXTS_MAX = 6, QUEUE = 3, CHANNEL = 4 };
#define TEXT(m) offsetof(struct ko_event, m)

static const struct {
    size_t n;
    size_t offsets[TEXTS_MAX];
} matters[] = {[KO_SAID_WHO] = {3, {TEXT(entity), TEXT(peer), TEXT(instance)}},
               [KO_SAID_WHERE] = {6,
                                  {TEXT(region), TEXT(channel), TEXT(queue),
                                   TEXT(segment), TEXT(version), TEXT(instance)}}};

struct ko_said_key {
    uint32_t export_index;
    bool peer_is_caller;
    struct ko_str texts[TEXTS_MAX]; /* as written */
};

void ko_said_release(struct ko_said *said)
{
    ko_slots_release(&said->slots);
}

static struct ko_said_key key_of(enum ko_said_what what, const struct ko_event *ev,
                                 uint32_t export_index, uint64_t *ret_hash)
{
    struct ko_said_key key = {.export_index = export_index,
                              .peer_is_caller =
                                  what == KO_SAID_WHO && ev->peer_is_caller};
    uint64_t h = (uint64_t)export_index << 1 | (key.peer_is_caller ? 1 : 0);
    for (size_t i = 0; i < matters[what].n; i++) {
        const void *at = (const char *)ev + matters[what].offsets[i];
        key.texts[i] = *(const struct ko_str *)at;
        if (key.texts[i].n > 0)
            h = ko_hash(key.texts[i], h + i);
    }
    bool nameless = ko_str_trim(ev->entity).n == 0 && ko_str_trim(ev->instance).n == 0;
    if (what == KO_SAID_WHO && nameless) { /* these say it instead */
        key.texts[QUEUE] = ev->queue;
        key.texts[CHANNEL] = ev->channel;
        h = ko_hash(ev->channel, ko_hash(ev->queue, h));
    }
    *ret_hash = h;
    return key;
}

static bool same(const struct ko_said_key *a, const struct ko_said_key *b)
{
    bool is =
        a->export_index == b->export_index && a->peer_is_caller == b->peer_is_caller;
    for (size_t i = 0; i < TEXTS_MAX && is; i++)
        is = ko_str_eq(a->texts[i], b->texts[i]);
    return is;
}

static enum ko_status add(struct ko_said *said, struct ko_arena *arena,
                          const struct ko_said_key *key, uint64_t hash)
{
    struct ko_said_key *kept;
    KO_LIST_ADD(arena, &said->keys, kept);
    if (kept == NULL)
        return KO_ENOMEM;
    *kept = *key;
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < TEXTS_MAX && st == KO_OK; i++) {
        if (key->texts[i].n > 0)
            st = ko_str_copy(arena, key->texts[i], &kept->texts[i]);
    }
    return st == KO_OK ? ko_slots_add(&said->slots, hash, (uint32_t)(said->keys.n - 1))
                       : st;
}

enum ko_status ko_said_number(struct ko_said *said, struct ko_arena *arena,
                              enum ko_said_what what, const struct ko_event *ev,
                              uint32_t export_index, uint32_t *ret)
{
    uint64_t hash;
    struct ko_said_key key = key_of(what, ev, export_index, &hash);
    struct ko_slots_walk w = ko_slots_walk(hash);
    while (ko_slots_next(&said->slots, &w, ret)) {
        if (same(&said->keys.v[*ret], &key))
            return KO_OK;
    }
    *ret = KO_SAID_NONE;
    if (said->keys.n == KO_SAID_MAX)
        return KO_OK;
    enum ko_status st = add(said, arena, &key, hash);
    *ret = (uint32_t)(said->keys.n - 1);
    return st;
}
