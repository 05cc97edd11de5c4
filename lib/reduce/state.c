/* state.c: the tables of a reducer: names, tracks, texts, and the events kept whole. */
#include "reduce/state.h"

enum ko_status ko_state_name(struct ko_reducer *r, struct ko_str raw, uint32_t *ret)
{
    raw = ko_str_trim(raw);
    *ret = KO_NO_ENTITY;
    if (raw.n == 0)
        return KO_OK;
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
    return ko_str_copy(&r->arena, raw, &name->raw);
}

enum ko_status ko_state_text(struct ko_reducer *r, struct ko_str s, uint32_t *ret)
{
    s = ko_str_trim(s);
    *ret = KO_NO_ENTITY;
    return s.n == 0 ? KO_OK : ko_map_put(&r->text_map, s, (uint32_t)r->text_map.n, ret);
}

static enum ko_status add_track(struct ko_reducer *r, const struct ko_track *t)
{
    struct ko_track *track;
    if (r->tracks.n >= KO_TRACKS_MAX)
        return KO_ELIMIT;
    KO_LIST_ADD(&r->arena, &r->tracks, track);
    if (track == NULL)
        return KO_ENOMEM;
    *track = *t;
    enum ko_status st = ko_str_copy(&r->arena, t->signal, &track->signal);
    if (st == KO_OK)
        st = ko_str_copy(&r->arena, t->text, &track->text);
    return st == KO_OK ? ko_str_copy(&r->arena, t->unit, &track->unit) : st;
}

static enum ko_status add_block(struct ko_reducer *r, const struct ko_track *t)
{
    enum ko_status st = KO_OK;
    for (int i = 0; i < KO_BLOCK_TRACKS && st == KO_OK; i++) {
        struct ko_track one = *t;
        one.family = (enum ko_family)(KO_BLOCK_FIRST + i);
        st = add_track(r, &one);
    }
    return st;
}

/* Of two texts that say the same thing, one that does not depend on order. */
static enum ko_status prefer_unit(struct ko_reducer *r, struct ko_track *track,
                                  struct ko_str unit)
{
    bool better = track->unit.n == 0 || ko_str_cmp(unit, track->unit) < 0;
    return unit.n > 0 && better ? ko_str_copy(&r->arena, unit, &track->unit) : KO_OK;
}

enum ko_status ko_state_track(struct ko_reducer *r, const struct ko_track *t,
                              uint32_t *ret)
{
    const uint32_t numbers[] = {(uint32_t)t->family, t->export_index, t->entity,
                                t->caller, t->instance};
    ko_buf_reset(&r->key);
    ko_buf_put(&r->key, (struct ko_str){(const char *)numbers, sizeof numbers});
    ko_buf_put(&r->key, t->signal);
    ko_buf_putc(&r->key, '\0');
    ko_buf_put(&r->key, t->text);
    if (r->key.status != KO_OK)
        return r->key.status;
    uint32_t fresh = (uint32_t)r->tracks.n;
    enum ko_status st = ko_map_put(&r->track_map, ko_buf_str(&r->key), fresh, ret);
    if (st != KO_OK)
        return st;
    if (*ret == fresh)
        return t->family == KO_BLOCK_FIRST ? add_block(r, t) : add_track(r, t);
    struct ko_track *track = &r->tracks.v[*ret];
    if (t->kind > track->kind)
        track->kind = t->kind;
    return prefer_unit(r, track, t->unit);
}

#define SLICE(m) offsetof(struct ko_event, m)
static const size_t event_slices[] = {
    SLICE(entity),  SLICE(peer),     SLICE(instance), SLICE(message), SLICE(signal),
    SLICE(unit),    SLICE(trace),    SLICE(span),     SLICE(parent),  SLICE(operation),
    SLICE(request), SLICE(customer), SLICE(session),  SLICE(region),  SLICE(channel),
    SLICE(queue),   SLICE(journey),  SLICE(segment),  SLICE(what),    SLICE(id),
    SLICE(version), SLICE(owner),    SLICE(contact),  SLICE(link)};

enum ko_status ko_state_keep(struct ko_reducer *r, const struct ko_event *ev)
{
    if (r->kept.n >= KO_KEPT_MAX)
        return KO_ELIMIT;
    struct ko_event *copy;
    KO_LIST_ADD(&r->arena, &r->kept, copy);
    if (copy == NULL)
        return KO_ENOMEM;
    *copy = *ev;
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < sizeof event_slices / sizeof event_slices[0]; i++) {
        struct ko_str *s = (struct ko_str *)(void *)((char *)copy + event_slices[i]);
        if (st == KO_OK)
            st = ko_str_copy(&r->arena, ko_str_trim(*s), s);
    }
    return st;
}

bool ko_state_before(const struct ko_reducer *r, uint32_t a_export, uint64_t a_line,
                     uint32_t b_export, uint64_t b_line)
{
    int order = a_export == b_export ? 0
                                     : ko_str_cmp(r->exports.v[a_export].file,
                                                  r->exports.v[b_export].file);
    return order != 0 ? order < 0 : a_line < b_line;
}
