/* log_plan.c: what the log records that name the same places have in common. */
#include "reduce/take.h"

#include <stddef.h>

/* More combinations of places are resolved each time. */
enum { PLANS_MAX = 1 << 12 };

static const size_t offsets[KO_LOG_PLAN_TEXTS] = {
    offsetof(struct ko_event, entity),  offsetof(struct ko_event, peer),
    offsetof(struct ko_event, region),  offsetof(struct ko_event, channel),
    offsetof(struct ko_event, queue),   offsetof(struct ko_event, segment),
    offsetof(struct ko_event, version), offsetof(struct ko_event, instance)};

static struct ko_str text_of(const struct ko_event *ev, size_t i)
{
    return *(const struct ko_str *)(const void *)((const char *)ev + offsets[i]);
}

static uint64_t hash_of(const struct ko_event *ev, uint32_t export_index)
{
    uint64_t h = (uint64_t)export_index << 1 | (ev->peer_is_caller ? 1 : 0);
    for (size_t i = 0; i < KO_LOG_PLAN_TEXTS; i++) {
        struct ko_str s = text_of(ev, i);
        if (s.n > 0)
            h = ko_hash(s, h + i);
    }
    return h;
}

static bool is_of(const struct ko_log_plan *p, const struct ko_event *ev,
                  uint32_t export_index)
{
    bool same =
        p->export_index == export_index && p->peer_is_caller == ev->peer_is_caller;
    for (size_t i = 0; i < KO_LOG_PLAN_TEXTS && same; i++)
        same = ko_str_eq(p->texts[i], text_of(ev, i));
    return same;
}

static enum ko_status find_block(struct ko_reducer *r, uint32_t export_index,
                                 uint32_t entity, uint32_t caller, uint32_t *ret)
{
    struct ko_track_key key = ko_track_key(KO_BLOCK_FIRST, export_index);
    key.entity = entity;
    key.caller = caller;
    return ko_state_track(r, &key, ret);
}

/* The call that the record speaks of, seen from its caller. */
static enum ko_status find_call(struct ko_reducer *r, const struct ko_event *ev,
                                struct ko_log_plan *p)
{
    uint32_t peer;
    enum ko_status st = ko_state_name(r, ev->peer, &peer);
    if (st != KO_OK || peer == KO_NO_ENTITY || peer == p->entity)
        return st;
    return ev->peer_is_caller ? find_block(r, p->export_index, p->entity, peer, &p->call)
                              : find_block(r, p->export_index, peer, p->entity, &p->call);
}

static enum ko_status resolve(struct ko_reducer *r, const struct ko_event *ev,
                              uint32_t export_index, struct ko_log_plan *p)
{
    *p = (struct ko_log_plan){.export_index = export_index,
                              .peer_is_caller = ev->peer_is_caller};
    enum ko_status st = ko_take_name(r, ev, export_index, &p->entity);
    if (st != KO_OK)
        return st;
    p->by_file = ko_str_eq(r->names.v[p->entity].raw, r->exports.v[export_index].stem);
    st = find_block(r, export_index, p->entity, KO_NO_ENTITY, &p->block);
    return st == KO_OK ? find_call(r, ev, p) : st;
}

static enum ko_status add_plan(struct ko_reducer *r, const struct ko_event *ev,
                               const struct ko_log_plan *plan, uint64_t hash,
                               struct ko_log_plan **ret)
{
    KO_LIST_ADD(&r->arena, &r->plans, *ret);
    if (*ret == NULL)
        return KO_ENOMEM;
    **ret = *plan;
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < KO_LOG_PLAN_TEXTS && st == KO_OK; i++)
        st = ko_str_copy(&r->arena, text_of(ev, i), &(*ret)->texts[i]);
    return st == KO_OK ? ko_slots_add(&r->plan_slots, hash, (uint32_t)(r->plans.n - 1))
                       : st;
}

static enum ko_status find_plan(struct ko_reducer *r, const struct ko_event *ev,
                                uint32_t export_index, struct ko_log_plan **ret)
{
    uint64_t hash = hash_of(ev, export_index);
    struct ko_slots_walk w = ko_slots_walk(hash);
    for (uint32_t i; ko_slots_next(&r->plan_slots, &w, &i);) {
        *ret = &r->plans.v[i];
        if (is_of(*ret, ev, export_index))
            return KO_OK;
    }
    enum ko_status st = resolve(r, ev, export_index, &r->plan);
    *ret = &r->plan;
    return st == KO_OK && r->plans.n < PLANS_MAX ? add_plan(r, ev, &r->plan, hash, ret)
                                                 : st;
}

static bool is_kept(const struct ko_reducer *r, const struct ko_log_plan *plan)
{
    return plan != &r->plan;
}

/* By the number that the reader gave the places, if it did. */
enum ko_status ko_log_plan(struct ko_reducer *r, const struct ko_event *ev,
                           uint32_t export_index, struct ko_log_plan **ret)
{
    struct ko_plan_memos *memos = &r->exports.v[export_index].plans;
    if (ev->places == 0 || ev->places >= KO_PLACES_MAX)
        return find_plan(r, ev, export_index, ret);
    if (ev->places < memos->n && memos->v[ev->places] != 0) {
        *ret = &r->plans.v[memos->v[ev->places] - 1];
        return KO_OK;
    }
    while (memos->n <= ev->places) {
        uint32_t *fresh;
        KO_LIST_ADD(&r->arena, memos, fresh);
        if (fresh == NULL)
            return KO_ENOMEM;
    }
    enum ko_status st = find_plan(r, ev, export_index, ret);
    if (st == KO_OK && is_kept(r, *ret))
        memos->v[ev->places] = (uint32_t)(*ret - r->plans.v) + 1;
    return st;
}
