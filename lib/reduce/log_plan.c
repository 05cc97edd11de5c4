/* log_plan.c: what the log records that name the same places have in common. */
#include "reduce/take.h"

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
                                uint32_t export_index, struct ko_log_plan *p)
{
    uint32_t peer;
    enum ko_status st = ko_state_name(r, ev->peer, &peer);
    if (st != KO_OK || peer == KO_NO_ENTITY || peer == p->entity)
        return st;
    return ev->peer_is_caller ? find_block(r, export_index, p->entity, peer, &p->call)
                              : find_block(r, export_index, peer, p->entity, &p->call);
}

static enum ko_status resolve(struct ko_reducer *r, const struct ko_event *ev,
                              uint32_t export_index, struct ko_log_plan *p)
{
    *p = (struct ko_log_plan){.call = 0};
    enum ko_status st = ko_take_name(r, ev, export_index, &p->entity);
    if (st != KO_OK)
        return st;
    p->by_file = ko_str_eq(r->names.v[p->entity].raw, r->exports.v[export_index].stem);
    st = find_block(r, export_index, p->entity, KO_NO_ENTITY, &p->block);
    return st == KO_OK ? find_call(r, ev, export_index, p) : st;
}

/* Where 1 + what was found for ${number} of the reader is kept; NULL: it is not. */
static enum ko_status find_memo(struct ko_reducer *r, struct ko_number_memos *memos,
                                uint32_t number, uint32_t **ret)
{
    *ret = NULL;
    if (number == 0 || number >= KO_NUMBERS_MAX)
        return KO_OK;
    while (memos->n <= number) {
        uint32_t *fresh;
        KO_LIST_ADD(&r->arena, memos, fresh);
        if (fresh == NULL)
            return KO_ENOMEM;
    }
    *ret = &memos->v[number];
    return KO_OK;
}

static enum ko_status find_plan(struct ko_reducer *r, const struct ko_event *ev,
                                uint32_t export_index, struct ko_log_plan **ret)
{
    uint32_t number, *memo;
    enum ko_status st = find_memo(r, &r->exports.v[export_index].who, ev->who, &memo);
    if (st == KO_OK)
        st = ko_said_number(&r->who, &r->arena, KO_SAID_WHO, ev, export_index, &number);
    *ret = &r->plan;
    if (st != KO_OK || number == KO_SAID_NONE)
        return st == KO_OK ? resolve(r, ev, export_index, *ret) : st;
    if (number == r->plans.n) {
        KO_LIST_ADD(&r->arena, &r->plans, *ret);
        st = *ret != NULL ? resolve(r, ev, export_index, *ret) : KO_ENOMEM;
    }
    *ret = &r->plans.v[number];
    if (memo != NULL)
        *memo = number + 1;
    return st;
}

enum ko_status ko_log_plan(struct ko_reducer *r, const struct ko_event *ev,
                           uint32_t export_index, struct ko_log_plan **ret)
{
    const struct ko_number_memos *memos = &r->exports.v[export_index].who;
    uint32_t known = ev->who < memos->n ? memos->v[ev->who] : 0;
    if (known == 0)
        return find_plan(r, ev, export_index, ret);
    *ret = &r->plans.v[known - 1];
    return KO_OK;
}

/* The number of what ${ev} says of where; KO_SAID_NONE when there are too many. */
static enum ko_status number_where(struct ko_reducer *r, const struct ko_event *ev,
                                   uint32_t export_index, uint32_t *ret)
{
    struct ko_number_memos *memos = &r->exports.v[export_index].where;
    uint32_t *memo;
    if (ev->where < memos->n && memos->v[ev->where] != 0) {
        *ret = memos->v[ev->where] - 1;
        return KO_OK;
    }
    enum ko_status st = find_memo(r, memos, ev->where, &memo);
    if (st == KO_OK)
        st = ko_said_number(&r->where, &r->arena, KO_SAID_WHERE, ev, export_index, ret);
    if (st == KO_OK && memo != NULL && *ret != KO_SAID_NONE)
        *memo = *ret + 1;
    return st;
}

static enum ko_status add_spots(struct ko_reducer *r, uint32_t entity, uint32_t where,
                                uint64_t hash, struct ko_log_spots **ret)
{
    KO_LIST_ADD(&r->arena, &r->spots, *ret);
    if (*ret == NULL)
        return KO_ENOMEM;
    (*ret)->entity = entity;
    (*ret)->where = where;
    return ko_slots_add(&r->spot_slots, hash, (uint32_t)(r->spots.n - 1));
}

enum ko_status ko_log_spots(struct ko_reducer *r, const struct ko_event *ev,
                            uint32_t export_index, uint32_t entity,
                            struct ko_log_spots **ret)
{
    uint32_t where;
    enum ko_status st = number_where(r, ev, export_index, &where);
    if (st != KO_OK)
        return st;
    uint64_t hash = ((uint64_t)entity << 32 | where) * 0x9e3779b97f4a7c15u;
    hash ^= hash << 32; /* the upper half is what tells */
    struct ko_slots_walk w = ko_slots_walk(hash);
    for (uint32_t i; where != KO_SAID_NONE && ko_slots_next(&r->spot_slots, &w, &i);) {
        *ret = &r->spots.v[i];
        if ((*ret)->entity == entity && (*ret)->where == where)
            return KO_OK;
    }
    if (where != KO_SAID_NONE && r->spots.n < KO_LOG_SPOTS_MAX)
        return add_spots(r, entity, where, hash, ret);
    r->spots_at_hand = (struct ko_log_spots){.entity = entity};
    *ret = &r->spots_at_hand;
    return KO_OK;
}
