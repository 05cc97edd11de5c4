/* take_group.c: an interaction counts in every group that it names, and in the
 * combination of them; so do the numbers of tables over dimensions. */
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
/* Their places in order of name, as the parts of a combination are written. */
static const size_t by_name[] = {1, 5, 2, 0, 3, 4};
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
    return ko_ids_add(&r->ids, seen);
}

/* ---- combinations ---- */

/* The dim=value parts of ${ev} by dimension in r->text; how many there are. */
static size_t combine(struct ko_reducer *r, const struct ko_event *ev)
{
    size_t n = 0;
    ko_buf_reset(&r->text);
    for (size_t i = 0; i < DIMS; i++) {
        struct ko_str value = value_of(ev, by_name[i]);
        if (value.n == 0)
            continue;
        if (n++ > 0)
            ko_buf_putc(&r->text, KO_CELL_BETWEEN);
        ko_buf_put(&r->text, dims[by_name[i]].name);
        ko_buf_putc(&r->text, '=');
        ko_buf_put(&r->text, value);
    }
    return n;
}

/* The tracks of everybody, of each value that ${ev} names, and of all of them together.
 */
static enum ko_status find_tracks(struct ko_reducer *r, const struct ko_interaction *x,
                                  bool bad, struct ko_group_list *ret)
{
    struct ko_track_key key =
        ko_track_key(bad ? KO_TRACK_GROUP_BAD : KO_TRACK_GROUP, x->export_index);
    *ret = (struct ko_group_list){.n = 0};
    key.signal = key.text = r->dim_all;
    enum ko_status st = ko_state_track(r, &key, &ret->v[ret->n++]);
    for (size_t i = 0; i < DIMS && st == KO_OK; i++) {
        key.signal = r->dims[i];
        st = ko_state_value(r, value_of(x->ev, i), &key.text);
        if (st == KO_OK && key.text != KO_NO_ENTITY)
            st = ko_state_track(r, &key, &ret->v[ret->n++]);
    }
    ret->n_single = ret->n;
    if (st != KO_OK || combine(r, x->ev) < 2)
        return st;
    key = ko_track_key(bad ? KO_TRACK_COMBINATION_BAD : KO_TRACK_COMBINATION,
                       x->export_index);
    st = r->text.status;
    if (st == KO_OK)
        st = ko_state_value(r, ko_buf_str(&r->text), &key.text);
    return st == KO_OK ? ko_state_track(r, &key, &ret->v[ret->n++]) : st;
}

static bool names_any(const struct ko_event *ev)
{
    bool any = false;
    for (size_t i = 0; i < DIMS && !any; i++)
        any = value_of(ev, i).n > 0;
    return any;
}

/* Count ${x} on the tracks of ${list}, which are found the first time. */
static enum ko_status count_on(struct ko_reducer *r, const struct ko_interaction *x,
                               bool bad, struct ko_group_list *list)
{
    enum ko_status st = list->n == 0 ? find_tracks(r, x, bad, list) : KO_OK;
    return st == KO_OK ? ko_cells_add_all(&r->cells, list->v, list->n, x->ev->time) : st;
}

enum ko_status ko_take_group(struct ko_reducer *r, const struct ko_interaction *x,
                             struct ko_group_tracks *tracks)
{
    if (!tracks->looked)
        tracks->names_any = names_any(x->ev);
    tracks->looked = true;
    if (!tracks->names_any && x->person == 0)
        return KO_OK;
    enum ko_status st = count_on(r, x, false, &tracks->total);
    if (st == KO_OK && x->bad)
        st = count_on(r, x, true, &tracks->bad);
    for (size_t i = 0; x->person != 0 && i < tracks->total.n_single && st == KO_OK; i++)
        st = count_id(r, x, tracks->total.v[i]);
    return st;
}

/* ---- tables ---- */

double ko_take_number(const struct ko_cell *cell)
{
    return cell->last_time == KO_TIME_NONE ? (double)cell->n : ko_fixed_real(cell->sum);
}

static enum ko_status add_number(struct ko_reducer *r, struct ko_track_key key,
                                 struct ko_str text, const struct ko_event *ev)
{
    uint32_t track;
    bool all = key.signal == r->dim_all;
    enum ko_status st =
        all ? ko_state_text(r, text, &key.text) : ko_state_value(r, text, &key.text);
    if (st == KO_OK)
        st = ko_state_track(r, &key, &track);
    return st == KO_OK ? ko_cells_add_sample(&r->cells, track, ev->time, ev->value) : st;
}

static enum ko_status add_to_group(struct ko_reducer *r, struct ko_track_key key,
                                   struct ko_str dim, struct ko_str value,
                                   const struct ko_event *ev)
{
    enum ko_status st = ko_state_text(r, dim, &key.signal);
    return st == KO_OK ? add_number(r, key, value, ev) : st;
}

static enum ko_status add_interactions(struct ko_reducer *r, const struct ko_event *ev,
                                       uint32_t export_index, bool bad)
{
    struct ko_str rest = ev->message, part, dim;
    struct ko_track_key all = ko_track_key(
        bad ? KO_TRACK_TABLE_COMBINATION_BAD : KO_TRACK_TABLE_COMBINATION, export_index);
    struct ko_track_key one =
        ko_track_key(bad ? KO_TRACK_TABLE_GROUP_BAD : KO_TRACK_TABLE_GROUP, export_index);
    enum ko_status st = add_number(r, all, ev->message, ev);
    while (st == KO_OK && ko_str_cut(&rest, KO_CELL_BETWEEN, &part)) {
        if (ko_str_cut(&part, '=', &dim))
            st = add_to_group(r, one, dim, part, ev);
    }
    return st == KO_OK ? add_to_group(r, one, KO_STR("all"), KO_STR("all"), ev) : st;
}

enum ko_status ko_take_cell(struct ko_reducer *r, const struct ko_event *ev,
                            uint32_t export_index)
{
    if (!ko_fixed_fits(ev->value)) {
        r->exports.v[export_index].unusable++;
        return KO_OK;
    }
    if (ev->time != KO_TIME_NONE)
        return add_interactions(r, ev, export_index,
                                ko_str_eq(ev->what, KO_STR("failed")));
    struct ko_event at = *ev;
    at.time = 0;
    bool expected = ko_str_eq(ev->what, KO_STR("expected"));
    return add_number(
        r, ko_track_key(expected ? KO_TRACK_EXPECTED : KO_TRACK_ACTUAL, export_index),
        ev->message, &at);
}
