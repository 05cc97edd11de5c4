/* finish_log.c: what logs counted goes to the board, calls to the edges. */
#include "reduce/finish.h"

static const enum ko_signal signal_of[] = {[KO_TRACK_LINES] = KO_SIGNAL_LINES,
                                           [KO_TRACK_LOG_ERRORS] = KO_SIGNAL_LOG_ERRORS,
                                           [KO_TRACK_REQUESTS] = KO_SIGNAL_REQUESTS,
                                           [KO_TRACK_ERRORS] = KO_SIGNAL_ERRORS,
                                           [KO_TRACK_LATENCY] = KO_SIGNAL_LATENCY,
                                           [KO_TRACK_RETRIES] = KO_SIGNAL_RETRIES};

/* Add the cells of `track`, none of which may be there, to the row of its signal; their
 * distributions are needed nowhere else. */
static enum ko_status add_track(struct ko_finish *f, uint32_t track,
                                struct ko_row_key key)
{
    struct ko_cells_walk w = ko_cells_walk(&f->r->cells, track);
    const struct ko_track *info = &f->r->tracks.v[track];
    struct ko_row *row;
    key.signal = signal_of[info->key.family];
    enum ko_status st = ko_board_row(&f->board, key, info->key.export_index, &row);
    for (struct ko_cell c; st == KO_OK && ko_cells_next(&w, &c);) {
        size_t bucket;
        if (!ko_grid_bucket(row->grid, c.time, &bucket))
            continue;
        ko_row_sum(row, c.time, c.n, c.sum);
        if (c.hist != NULL && row->hist != NULL)
            st = ko_hist_move(&row->hist[bucket], c.hist);
    }
    return st;
}

static uint64_t total(const struct ko_finish *f, uint32_t track)
{
    uint64_t n = 0;
    struct ko_cells_walk w = ko_cells_walk(&f->r->cells, track);
    for (struct ko_cell c; ko_cells_next(&w, &c);)
        n += c.n;
    return n;
}

static bool has_cells(const struct ko_finish *f, uint32_t track)
{
    return ko_cells_has(&f->r->cells, track);
}

static enum ko_status add_call(struct ko_finish *f, uint32_t requests,
                               const struct ko_row_key *key)
{
    struct ko_calls call = {.caller = key->caller,
                            .callee = key->entity,
                            .n = total(f, requests),
                            .weight = 1};
    return ko_finish_call(f, &call);
}

/* Where something is counted, its failures are: an empty track of errors means none. */
static enum ko_status add_block(struct ko_finish *f, uint32_t first)
{
    const struct ko_track *t = &f->r->tracks.v[first];
    struct ko_row_key key = {.entity = f->entity_of[t->key.entity],
                             .caller = KO_NO_ENTITY,
                             .source = KO_SOURCE_LOG};
    if (t->key.caller != KO_NO_ENTITY)
        key.caller = f->entity_of[t->key.caller];
    if (key.caller == key.entity)
        return KO_OK;
    uint32_t requests = first + (uint32_t)(KO_TRACK_REQUESTS - KO_BLOCK_FIRST);
    enum ko_status st = KO_OK;
    for (uint32_t i = 0; i < KO_BLOCK_TRACKS && st == KO_OK; i++) {
        enum ko_family family = f->r->tracks.v[first + i].key.family;
        bool with_zeros = (family == KO_TRACK_ERRORS && has_cells(f, requests)) ||
                          (family == KO_TRACK_LOG_ERRORS && has_cells(f, first));
        if (has_cells(f, first + i) || with_zeros)
            st = add_track(f, first + i, key);
    }
    bool normal = f->realm_of[t->key.export_index] != 0;
    if (st == KO_OK && key.caller != KO_NO_ENTITY && has_cells(f, requests) && !normal)
        st = add_call(f, requests, &key);
    return st;
}

enum ko_status ko_finish_logs(struct ko_finish *f)
{
    enum ko_status st = KO_OK;
    for (uint32_t i = 0; i < f->r->tracks.n && st == KO_OK; i++) {
        if (f->r->tracks.v[i].key.family == KO_BLOCK_FIRST)
            st = add_block(f, i);
    }
    return st;
}
