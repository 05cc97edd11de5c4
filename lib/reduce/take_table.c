/* take_table.c: the numbers of tables over dimensions. */
#include "reduce/state.h"

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
