/* take_spot.c: an interaction counts at its spot: its entity, and the values of
 * dimensions that it names. */
#include "reduce/take.h"

/* The dimensions in which trouble is localised, by name, and where an event names them.
 */
static const struct {
    struct ko_str name;
    size_t offset;
} dims[] = {{KO_STR_INIT("channel"), offsetof(struct ko_event, channel)},
            {KO_STR_INIT("instance"), offsetof(struct ko_event, instance)},
            {KO_STR_INIT("queue"), offsetof(struct ko_event, queue)},
            {KO_STR_INIT("region"), offsetof(struct ko_event, region)},
            {KO_STR_INIT("segment"), offsetof(struct ko_event, segment)},
            {KO_STR_INIT("version"), offsetof(struct ko_event, version)}};
enum { DIMS = sizeof dims / sizeof dims[0], PERSON_SEED = 1, SESSION_SEED = 2 };

void ko_take_person(const struct ko_event *ev, struct ko_interaction *ret)
{
    ret->session = ev->customer.n == 0;
    struct ko_str who = ret->session ? ev->session : ev->customer;
    if (who.n == 0)
        who = ev->reference;
    ret->person = who.n > 0 ? ko_hash(who, ret->session ? SESSION_SEED : PERSON_SEED) : 0;
}

/* ---- what a spot is called ---- */

/* Append one part to r->text, its value as it is folded. */
static enum ko_status put_part(struct ko_reducer *r, struct ko_str dim,
                               struct ko_str value)
{
    uint32_t number;
    enum ko_status st = ko_state_value(r, value, &number);
    if (st != KO_OK || number == KO_NO_ENTITY)
        return st;
    if (r->text.n > 0)
        ko_buf_putc(&r->text, KO_CELL_BETWEEN);
    ko_buf_put(&r->text, dim);
    ko_buf_putc(&r->text, '=');
    ko_buf_put(&r->text, ko_state_said(r, number));
    return r->text.status;
}

static enum ko_status number_text(struct ko_reducer *r, uint32_t *ret)
{
    return ko_state_text(r, ko_buf_str(&r->text), ret);
}

enum ko_status ko_spot_text(struct ko_reducer *r, struct ko_str parts, uint32_t *ret)
{
    struct ko_str part, dim;
    enum ko_status st = KO_OK;
    ko_buf_reset(&r->text);
    while (st == KO_OK && ko_str_cut(&parts, KO_CELL_BETWEEN, &part)) {
        if (ko_str_cut(&part, '=', &dim))
            st = put_part(r, dim, part);
    }
    return st == KO_OK ? number_text(r, ret) : st;
}

static enum ko_status text_of(struct ko_reducer *r, const struct ko_event *ev,
                              uint32_t *ret)
{
    enum ko_status st = KO_OK;
    ko_buf_reset(&r->text);
    for (size_t i = 0; i < DIMS && st == KO_OK; i++) {
        const void *at = (const char *)ev + dims[i].offset;
        struct ko_str value = ko_str_trim(*(const struct ko_str *)at);
        if (value.n > 0)
            st = put_part(r, dims[i].name, value);
    }
    return st == KO_OK ? number_text(r, ret) : st;
}

/* ---- counting ---- */

/* The track of ${count}, found the first time. */
static enum ko_status find_track(struct ko_reducer *r, const struct ko_interaction *x,
                                 enum ko_spot_count count, struct ko_spot_tracks *t)
{
    if (t->tracks[count] != 0)
        return KO_OK;
    struct ko_track_key key =
        ko_track_key(ko_spot_family(x->witness, count), x->export_index);
    key.entity = x->entity;
    key.text = t->text;
    return ko_state_track(r, &key, &t->tracks[count]);
}

static ko_time minute_of(const struct ko_interaction *x)
{
    return ko_time_floor(x->ev->time, KO_MINUTE);
}

static enum ko_status count(struct ko_reducer *r, const struct ko_interaction *x,
                            enum ko_spot_count what, struct ko_spot_tracks *t)
{
    enum ko_status st = find_track(r, x, what, t);
    return st == KO_OK ? ko_cells_add(&r->cells, t->tracks[what], minute_of(x)) : st;
}

static enum ko_status count_person(struct ko_reducer *r, const struct ko_interaction *x,
                                   const struct ko_spot_tracks *t)
{
    struct ko_seen seen = {.id = x->person,
                           .second = ko_time_floor(x->ev->time, KO_SECOND) / KO_SECOND,
                           .track = t->tracks[KO_SPOT_ALL],
                           .took = ko_took_of(x->took),
                           .bad = x->bad,
                           .session = x->session};
    return ko_ids_add(&r->ids, seen);
}

enum ko_status ko_take_spot(struct ko_reducer *r, const struct ko_interaction *x,
                            struct ko_spot_tracks *t)
{
    enum ko_status st = t->looked ? KO_OK : text_of(r, x->ev, &t->text);
    t->looked = st == KO_OK;
    if (st != KO_OK || (t->text == KO_NO_ENTITY && x->person == 0))
        return st;
    st = count(r, x, KO_SPOT_ALL, t);
    if (st == KO_OK && x->bad)
        st = count(r, x, KO_SPOT_BAD, t);
    bool timed = !x->bad && x->took >= KO_TOOK_MIN && x->took <= KO_TAKE_DUR_MAX;
    if (st == KO_OK && timed)
        st = find_track(r, x, KO_SPOT_TOOK, t);
    if (st == KO_OK && timed)
        st = ko_cells_add_dur(&r->took, t->tracks[KO_SPOT_TOOK], minute_of(x), x->took);
    return st == KO_OK && x->person != 0 ? count_person(r, x, t) : st;
}
