/* take_group.c: an interaction counts in every group that it names. */
#include "reduce/state.h"

#include <assert.h>

/* The dimensions in which trouble is localised, and where an event names them. */
static const struct {
    struct ko_str name;
    size_t offset;
} dims[] = {{KO_STR_INIT("region"), offsetof(struct ko_event, region)},
            {KO_STR_INIT("channel"), offsetof(struct ko_event, channel)},
            {KO_STR_INIT("queue"), offsetof(struct ko_event, queue)},
            {KO_STR_INIT("segment"), offsetof(struct ko_event, segment)},
            {KO_STR_INIT("version"), offsetof(struct ko_event, version)},
            {KO_STR_INIT("instance"), offsetof(struct ko_event, instance)}};
enum { DIMS = sizeof dims / sizeof dims[0], PERSON_SEED = 1, SESSION_SEED = 2 };
static_assert((int)DIMS == (int)KO_GROUP_DIMS, "r->dims has a place for each");

enum ko_status ko_group_names(struct ko_reducer *r)
{
    enum ko_status st = ko_state_text(r, KO_STR("all"), &r->dim_all);
    for (size_t i = 0; i < DIMS && st == KO_OK; i++)
        st = ko_state_text(r, dims[i].name, &r->dims[i]);
    return st;
}

static struct ko_str value_of(const struct ko_event *ev, size_t dim)
{
    const void *at = (const char *)ev + dims[dim].offset;
    return ko_str_trim(*(const struct ko_str *)at);
}

void ko_take_person(const struct ko_event *ev, struct ko_interaction *ret)
{
    ret->session = ev->customer.n == 0;
    struct ko_str who = ret->session ? ev->session : ev->customer;
    ret->person = who.n > 0 ? ko_hash(who, ret->session ? SESSION_SEED : PERSON_SEED) : 0;
}

static enum ko_status count_id(struct ko_reducer *r, const struct ko_interaction *x,
                               uint32_t track)
{
    struct ko_seen seen = {.id = x->person,
                           .second = ko_time_floor(x->ev->time, KO_SECOND) / KO_SECOND,
                           .track = track,
                           .bad = x->bad,
                           .session = x->session};
    return x->person != 0 ? ko_ids_add(&r->ids, seen) : KO_OK;
}

static enum ko_status count_in(struct ko_reducer *r, const struct ko_interaction *x,
                               uint32_t dim, uint32_t value)
{
    uint32_t track, bad_track;
    struct ko_track_key key = ko_track_key(KO_TRACK_GROUP, x->export_index);
    key.signal = dim;
    key.text = value;
    enum ko_status st = ko_state_track(r, &key, &track);
    if (st == KO_OK)
        st = ko_cells_add(&r->cells, track, x->ev->time);
    if (st == KO_OK)
        st = count_id(r, x, track);
    if (st != KO_OK || !x->bad)
        return st;
    key.family = KO_TRACK_GROUP_BAD;
    st = ko_state_track(r, &key, &bad_track);
    return st == KO_OK ? ko_cells_add(&r->cells, bad_track, x->ev->time) : st;
}

enum ko_status ko_take_group(struct ko_reducer *r, const struct ko_interaction *x)
{
    bool any = x->person != 0;
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < DIMS && st == KO_OK; i++) {
        struct ko_str value = value_of(x->ev, i);
        uint32_t number;
        if (value.n == 0)
            continue;
        any = true;
        st = ko_state_text(r, value, &number);
        if (st == KO_OK)
            st = count_in(r, x, r->dims[i], number);
    }
    if (!any || st != KO_OK)
        return st;
    return count_in(r, x, r->dim_all, r->dim_all);
}
