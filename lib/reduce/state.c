/* state.c: the tables of a reducer: names, tracks, texts, and the events kept whole. */
#include "reduce/state.h"

#include "reduce/mask.h"

enum ko_status ko_state_name(struct ko_reducer *r, struct ko_str raw, uint32_t *ret)
{
    raw = ko_str_trim(raw);
    *ret = KO_NO_ENTITY;
    if (raw.n == 0)
        return KO_OK;
    if (r->fold > 0 && !ko_fold_keeps(raw, r->fold, KO_FOLD_NAME))
        raw = KO_MASK_OTHER;
    uint32_t fresh = (uint32_t)r->names.n;
    enum ko_status st = ko_map_put(&r->name_map, raw, fresh, ret);
    if (st != KO_OK || *ret != fresh)
        return st;
    struct ko_name *name;
    int *level;
    uint32_t *count;
    KO_LIST_ADD(&r->arena, &r->names, name);
    KO_LIST_ADD(&r->arena, &r->pattern_levels, level);
    KO_LIST_ADD(&r->arena, &r->pattern_counts, count);
    if (name == NULL || level == NULL || count == NULL)
        return KO_ENOMEM;
    r->keys++;
    return ko_str_copy(&r->arena, raw, &name->raw);
}

enum ko_status ko_state_text(struct ko_reducer *r, struct ko_str s, uint32_t *ret)
{
    s = ko_str_trim(s);
    *ret = KO_NO_ENTITY;
    return s.n == 0 ? KO_OK : ko_map_put(&r->text_map, s, (uint32_t)r->text_map.n, ret);
}

enum ko_status ko_state_value(struct ko_reducer *r, struct ko_str s, uint32_t *ret)
{
    s = ko_str_trim(s);
    if (s.n > 0 && r->fold > 0 && !ko_fold_keeps(s, r->fold, KO_FOLD_VALUE))
        s = KO_MASK_OTHER;
    enum ko_status st = ko_state_text(r, s, ret);
    while (st == KO_OK && r->text_counts.n < r->text_map.n) {
        bool *counts;
        KO_LIST_ADD(&r->arena, &r->text_counts, counts);
        st = counts != NULL ? KO_OK : KO_ENOMEM;
    }
    if (st == KO_OK && *ret != KO_NO_ENTITY && !r->text_counts.v[*ret]) {
        r->text_counts.v[*ret] = true;
        r->keys++;
    }
    return st;
}

struct ko_str ko_state_said(const struct ko_reducer *r, uint32_t number)
{
    return number != KO_NO_ENTITY ? r->text_map.entries[number].key : KO_STR("");
}

/* ---- tracks ---- */

static uint64_t hash_of(const struct ko_track_key *k)
{
    const uint64_t words[] = {(uint64_t)k->family << 32 | k->export_index,
                              (uint64_t)k->entity << 32 | k->caller,
                              (uint64_t)k->instance << 32 | k->signal, k->text};
    uint64_t h = 0;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        h = (h ^ words[i]) * 0x9e3779b97f4a7c15u;
        h ^= h >> 32;
    }
    return h * 0xd6e8feb86659fd93u;
}

static bool same(const struct ko_track_key *a, const struct ko_track_key *b)
{
    return a->family == b->family && a->export_index == b->export_index &&
           a->entity == b->entity && a->caller == b->caller &&
           a->instance == b->instance && a->signal == b->signal && a->text == b->text;
}

static enum ko_status add_track(struct ko_reducer *r, const struct ko_track_key *key)
{
    struct ko_track *track;
    if (r->tracks.n >= KO_TRACKS_MAX)
        return KO_ELIMIT;
    KO_LIST_ADD(&r->arena, &r->tracks, track);
    if (track == NULL)
        return KO_ENOMEM;
    track->key = *key;
    r->keys += key->family != KO_TRACK_TIME && key->family != KO_TRACK_TEMPLATE;
    return KO_OK;
}

static enum ko_status add_tracks(struct ko_reducer *r, const struct ko_track_key *key)
{
    struct ko_track_key one = *key;
    enum ko_status st = add_track(r, key);
    for (int i = 1; key->family == KO_BLOCK_FIRST && i < KO_BLOCK_TRACKS && st == KO_OK;
         i++) {
        one.family = (enum ko_family)(KO_BLOCK_FIRST + i);
        st = add_track(r, &one);
    }
    return st;
}

bool ko_state_find_track(const struct ko_reducer *r, const struct ko_track_key *key,
                         uint32_t *ret)
{
    struct ko_slots_walk w = ko_slots_walk(hash_of(key));
    while (ko_slots_next(&r->track_slots, &w, ret)) {
        if (same(&r->tracks.v[*ret].key, key))
            return true;
    }
    return false;
}

enum ko_status ko_state_track(struct ko_reducer *r, const struct ko_track_key *key,
                              uint32_t *ret)
{
    if (ko_state_find_track(r, key, ret))
        return KO_OK;
    *ret = (uint32_t)r->tracks.n;
    enum ko_status st = add_tracks(r, key);
    return st == KO_OK ? ko_slots_add(&r->track_slots, hash_of(key), *ret) : st;
}

enum ko_status ko_state_measured(struct ko_reducer *r, uint32_t track,
                                 enum ko_metric_kind kind, struct ko_str unit)
{
    struct ko_track *t = &r->tracks.v[track];
    if (kind > t->kind)
        t->kind = kind;
    bool better = unit.n > 0 && (t->unit.n == 0 || ko_str_cmp(unit, t->unit) < 0);
    return better ? ko_str_copy(&r->arena, unit, &t->unit) : KO_OK;
}

/* ---- events kept whole ---- */

enum ko_status ko_state_keep(struct ko_reducer *r, const struct ko_event *ev)
{
    if (r->kept.n >= KO_KEPT_MAX)
        return KO_ELIMIT;
    struct ko_event *copy;
    KO_LIST_ADD(&r->arena, &r->kept, copy);
    if (copy == NULL)
        return KO_ENOMEM;
    struct ko_event bare = *ev;
    ko_event_trim(&bare);
    return ko_event_copy(&r->arena, &bare, copy);
}

bool ko_state_before(const struct ko_reducer *r, uint32_t a_export, uint64_t a_line,
                     uint32_t b_export, uint64_t b_line)
{
    int order = a_export == b_export ? 0
                                     : ko_str_cmp(r->exports.v[a_export].file,
                                                  r->exports.v[b_export].file);
    return order != 0 ? order < 0 : a_line < b_line;
}
