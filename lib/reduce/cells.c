/* cells.c: numbers by (track, time): pages of neighbouring grains. */
#include "reduce/cells.h"

#include "reduce/cells_page.h"
#include "reduce/narrow.h"

#include <assert.h>
#include <string.h>

const int64_t ko_grain_chain[KO_GRAINS] = {1, 5, 10, 30, 60, 300, 900, 3600};

enum { FIRST_PAGES = 256, FIRST_TRACKS = 64, USUAL_SHARE = 8 };

/* The first values of each cell are in the price of the page, so that a name that is met
 * once costs the same whichever page it is in. */
enum { PAID_BYTES = 2 * sizeof(int64_t) };

/* A page, its place in the table, and two slots, since those are at most half full. */
static size_t page_bytes(enum ko_page_kind kind)
{
    size_t cell =
        ko_page_shapes[kind].size + (kind == KO_PAGE_DURATIONS ? PAID_BYTES : 0);
    return (cell << ko_page_shapes[kind].bits) + 4 * sizeof(uint64_t);
}

static size_t hist_bytes(const struct ko_hist *h)
{
    size_t bytes = ko_hist_bytes(h);
    return bytes > PAID_BYTES ? bytes - PAID_BYTES : 0;
}

void ko_cells_init(struct ko_cells *t, size_t max_bytes)
{
    *t = (struct ko_cells){.max_bytes = max_bytes,
                           .grain_ns = ko_grain_chain[0] * KO_SECOND,
                           .now = KO_TIME_NONE};
}

static void release_hists(struct ko_cells *t)
{
    for (size_t i = 0; i < t->n; i++) {
        if (t->tracks[ko_page_track(&t->pages[i])].kind != KO_PAGE_DURATIONS)
            continue;
        struct ko_durations *cells = t->pages[i].cells;
        for (size_t k = 0; k < 1u << ko_page_shapes[KO_PAGE_DURATIONS].bits; k++)
            ko_hist_release(&cells[k].hist);
    }
}

void ko_cells_release(struct ko_cells *t)
{
    release_hists(t);
    for (size_t i = 0; i < KO_COUNT_ROWS; i++)
        ko_count_row_release(&t->rows[i]);
    ko_mem_free(t->pages);
    ko_mem_free(t->tracks);
    ko_slots_release(&t->slots);
    ko_arena_release(&t->arena);
    ko_cells_init(t, t->max_bytes);
}

/* ---- pages ---- */

/* The track, which is to hold ${kind} from now on. */
static struct ko_cells_track *know_track(struct ko_cells *t, uint32_t track,
                                         enum ko_page_kind kind)
{
    assert(track < 1u << 27);
    if (track >= t->n_tracks) {
        size_t n = t->n_tracks ? t->n_tracks : FIRST_TRACKS;
        while (n <= track)
            n *= 2;
        struct ko_cells_track *v = ko_mem_resize(t->tracks, n, sizeof *v);
        if (v == NULL)
            return NULL;
        memset(v + t->n_tracks, 0, (n - t->n_tracks) * sizeof *v);
        t->tracks = v;
        t->n_tracks = n;
    }
    struct ko_cells_track *known = &t->tracks[track];
    assert(known->kind == KO_PAGE_NOTHING || known->kind == kind);
    known->kind = kind;
    return known;
}

static uint64_t hash_of(uint64_t key)
{
    uint64_t h = key * 0x9e3779b97f4a7c15u;
    return (h ^ h >> 32) * 0xd6e8feb86659fd93u;
}

static void widen(struct ko_cells *t, const struct ko_page *p, enum ko_page_kind kind)
{
    ko_dur span = t->grain_ns * ((int64_t)1 << ko_page_shapes[kind].bits);
    ko_time from = ko_page_number(p) * span;
    t->from = t->n == 1 || from < t->from ? from : t->from;
    t->to = t->n == 1 || from + span > t->to ? from + span : t->to;
}

static enum ko_status add_page(struct ko_cells *t, uint64_t key, enum ko_page_kind kind,
                               bool is_first)
{
    if (t->n == t->cap) {
        size_t cap = t->cap ? t->cap * 2 : FIRST_PAGES;
        struct ko_page *v = ko_mem_resize(t->pages, cap, sizeof *v);
        if (v == NULL)
            return KO_ENOMEM;
        t->pages = v;
        t->cap = cap;
    }
    size_t size = kind == KO_PAGE_COUNTS ? 1 : ko_page_shapes[kind].size;
    void *cells = ko_arena_alloc(&t->arena, (size_t)1 << ko_page_shapes[kind].bits, size);
    if (cells == NULL)
        return KO_ENOMEM;
    enum ko_status st = ko_slots_add(&t->slots, hash_of(key), (uint32_t)t->n);
    if (st != KO_OK)
        return st;
    t->pages[t->n++] = (struct ko_page){key, cells, 1};
    t->bytes += is_first ? 0 : page_bytes(kind);
    widen(t, &t->pages[t->n - 1], kind);
    return KO_OK;
}

static enum ko_status find_page(struct ko_cells *t, uint64_t key, enum ko_page_kind kind,
                                bool is_first, uint32_t *ret)
{
    struct ko_slots_walk w = ko_slots_walk(hash_of(key));
    while (ko_slots_next(&t->slots, &w, ret)) {
        if (t->pages[*ret].key == key)
            return KO_OK;
    }
    *ret = (uint32_t)t->n;
    return add_page(t, key, kind, is_first);
}

/* The number of the grain of ${time}; most times are in that of the one before. */
static int64_t grain_number(struct ko_cells *t, ko_time time)
{
    if (t->now == KO_TIME_NONE || time < t->now ||
        (uint64_t)time - (uint64_t)t->now >= (uint64_t)t->grain_ns) {
        t->now = ko_time_floor(time, t->grain_ns);
        t->now_number = t->now / t->grain_ns;
    }
    return t->now_number;
}

/* The page of ${key} becomes the one used last of its track. */
static enum ko_status turn_to(struct ko_cells *t, uint32_t track, uint64_t key,
                              enum ko_page_kind kind)
{
    uint32_t page;
    struct ko_cells_track *known = know_track(t, track, kind);
    if (known == NULL)
        return KO_ENOMEM;
    enum ko_status st = find_page(t, key, kind, known->page == KO_PAGE_NONE, &page);
    if (st != KO_OK)
        return st;
    known->page = page + 1;
    known->key = key;
    known->cells = t->pages[page].cells;
    return KO_OK;
}

/* The cells of the page of ${key}; NULL: out of memory. */
static inline void *page_of(struct ko_cells *t, uint32_t track, uint64_t key,
                            enum ko_page_kind kind)
{
    if ((track >= t->n_tracks || t->tracks[track].key != key) &&
        turn_to(t, track, key, kind) != KO_OK)
        return NULL;
    return t->tracks[track].cells;
}

/* The cell at ${time} of KO_PAGE_SAMPLES or KO_PAGE_DURATIONS; NULL: out of memory. */
static inline void *cell_at(struct ko_cells *t, uint32_t track, ko_time time,
                            enum ko_page_kind kind)
{
    int64_t grain = grain_number(t, time);
    int64_t number = grain >> ko_page_shapes[kind].bits;
    uint64_t key =
        (uint64_t)track << KO_PAGE_TIME_BITS | (uint64_t)(number + KO_PAGE_BIAS);
    char *cells = page_of(t, track, key, kind);
    size_t at = (size_t)(grain & (((int64_t)1 << ko_page_shapes[kind].bits) - 1));
    return cells != NULL ? cells + at * ko_page_shapes[kind].size : NULL;
}

/* ---- adding ---- */

/* The old cells stay in the arena: no more than the new ones take. */
static enum ko_status widen_page(struct ko_cells *t, struct ko_page *p, uint8_t wide)
{
    size_t n = (size_t)1 << ko_page_shapes[KO_PAGE_COUNTS].bits;
    void *cells = ko_arena_alloc(&t->arena, n, wide);
    if (cells == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < n; i++)
        ko_narrow_set(cells, wide, i, ko_narrow_get(p->cells, p->wide, i));
    p->cells = cells;
    p->wide = wide;
    return KO_OK;
}

static enum ko_status add_count(struct ko_cells *t, uint32_t track, ko_time time,
                                uint64_t n)
{
    int64_t grain = grain_number(t, time);
    int64_t number = grain >> ko_page_shapes[KO_PAGE_COUNTS].bits;
    uint64_t key =
        (uint64_t)track << KO_PAGE_TIME_BITS | (uint64_t)(number + KO_PAGE_BIAS);
    if (page_of(t, track, key, KO_PAGE_COUNTS) == NULL)
        return KO_ENOMEM;
    struct ko_page *p = &t->pages[t->tracks[track].page - 1];
    size_t at =
        (size_t)(grain & (((int64_t)1 << ko_page_shapes[KO_PAGE_COUNTS].bits) - 1));
    uint64_t sum = ko_narrow_get(p->cells, p->wide, at) + n;
    uint8_t wide = ko_narrow_wide(sum);
    if (wide > p->wide && widen_page(t, p, wide) != KO_OK)
        return KO_ENOMEM;
    ko_narrow_set(p->cells, p->wide, at, sum);
    return KO_OK;
}

static void keep_last(struct ko_samples *into, ko_time time, double value)
{
    bool later = into->n == 0 || time > into->last_time;
    if (later || (time == into->last_time && value > into->last)) {
        into->last_time = time;
        into->last = value;
    }
}

/* Everything of a cell of another table; its distribution is left empty. */
static enum ko_status take_cell(struct ko_cells *t, uint32_t track, ko_time time,
                                enum ko_page_kind kind, void *from)
{
    if (kind == KO_PAGE_COUNTS)
        return add_count(t, track, time, *(const uint64_t *)from);
    void *into = cell_at(t, track, time, kind);
    if (into == NULL)
        return KO_ENOMEM;
    if (kind == KO_PAGE_SAMPLES) {
        struct ko_samples *a = into;
        const struct ko_samples *b = from;
        keep_last(a, b->last_time, b->last);
        a->n += b->n;
        a->sum = ko_fixed_add(a->sum, b->sum);
        return KO_OK;
    }
    struct ko_durations *a = into, *b = from;
    a->sum = ko_fixed_add(a->sum, b->sum);
    t->bytes -= hist_bytes(&a->hist);
    enum ko_status st = ko_hist_move(&a->hist, &b->hist);
    t->bytes += hist_bytes(&a->hist);
    return st;
}

/* The cells of a page of `from` into t, of an equal or coarser grain. */
static enum ko_status take_page(struct ko_cells *t, const struct ko_cells *from,
                                const struct ko_page *page, uint32_t track)
{
    enum ko_page_kind kind = from->tracks[ko_page_track(page)].kind;
    int64_t first = ko_page_number(page) * ((int64_t)1 << ko_page_shapes[kind].bits);
    enum ko_status st = KO_OK;
    for (unsigned i = 0; i < 1u << ko_page_shapes[kind].bits && st == KO_OK; i++) {
        uint64_t room;
        void *cell = ko_page_cell(page, kind, i, &room);
        if (ko_page_count(kind, cell) > 0)
            st = take_cell(t, track, (first + i) * from->grain_ns, kind, cell);
    }
    return st;
}

/* The counts of ${row} go to their pages. */
static enum ko_status settle_row(struct ko_cells *t, struct ko_count_row *row)
{
    uint32_t track, n;
    enum ko_status st = KO_OK;
    while (st == KO_OK && ko_count_row_take(row, &track, &n))
        st = add_count(t, track, row->from, n);
    return st;
}

enum ko_status ko_cells_settle(struct ko_cells *t)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < KO_COUNT_ROWS && st == KO_OK; i++)
        st = settle_row(t, &t->rows[i]);
    return st;
}

static enum ko_status coarsen(struct ko_cells *t)
{
    enum ko_status st = ko_cells_settle(t);
    struct ko_cells fine = *t;
    ko_cells_init(t, fine.max_bytes);
    t->grain = fine.grain + 1;
    t->grain_ns = ko_grain_chain[t->grain] * KO_SECOND;
    for (size_t i = 0; i < fine.n && st == KO_OK; i++)
        st = take_page(t, &fine, &fine.pages[i], ko_page_track(&fine.pages[i]));
    ko_cells_release(&fine);
    return st;
}

static bool is_too_large(const struct ko_cells *t)
{
    if (t->bytes <= t->max_bytes / USUAL_SHARE)
        return false;
    ko_dur wanted = ko_grain_chain[t->grain + 1] * KO_SECOND * KO_GRAINS_WANTED;
    return t->bytes > t->max_bytes ||
           (uint64_t)t->to - (uint64_t)t->from >= (uint64_t)wanted;
}

bool ko_cells_are_too_many(const struct ko_cells *t)
{
    return t->bytes > t->max_bytes && t->grain + 1 == KO_GRAINS;
}

static enum ko_status coarsen_to_fit(struct ko_cells *t)
{
    enum ko_status st = KO_OK;
    while (t->grain + 1 < KO_GRAINS && is_too_large(t) && st == KO_OK)
        st = coarsen(t);
    return st;
}

/* Asked for every number: mostly there is room. */
static inline enum ko_status keep_within_max(struct ko_cells *t)
{
    return t->bytes <= t->max_bytes / USUAL_SHARE ? KO_OK : coarsen_to_fit(t);
}

/* A row for the grain of ${time}, after what was in its place. */
static enum ko_status turn_row(struct ko_cells *t, ko_time time,
                               struct ko_count_row **ret)
{
    enum ko_status st = settle_row(t, &t->rows[t->next_row]);
    if (st == KO_OK)
        st = keep_within_max(t); /* may change the grain; it leaves the rows empty then */
    if (st != KO_OK)
        return st;
    *ret = &t->rows[t->next_row];
    t->next_row = (t->next_row + 1) % KO_COUNT_ROWS;
    return ko_count_row_begin(*ret, ko_time_floor(time, t->grain_ns));
}

static inline struct ko_count_row *row_of(struct ko_cells *t, ko_time time, size_t n)
{
    for (size_t i = 0; i < KO_COUNT_ROWS; i++) {
        if (ko_count_row_takes(&t->rows[i], time, t->grain_ns, n))
            return &t->rows[i];
    }
    return NULL;
}

/* For a track that has no place in a row. */
static enum ko_status add_one(struct ko_cells *t, uint32_t track, ko_time time)
{
    enum ko_status st = add_count(t, track, time, 1);
    return st == KO_OK ? keep_within_max(t) : st;
}

enum ko_status ko_cells_add_all(struct ko_cells *t, const uint32_t *tracks, size_t n,
                                ko_time time)
{
    struct ko_count_row *row = row_of(t, time, n);
    enum ko_status st = row != NULL ? KO_OK : turn_row(t, time, &row);
    if (st != KO_OK)
        return st;
    row->hits += n;
    size_t placed = 0;
    for (size_t i = 0; i < n; i++) {
        if (tracks[i] < KO_COUNT_ROW_TRACKS) {
            ko_count_row_hit(row, tracks[i]);
            placed++;
        }
    }
    for (size_t i = 0; placed < n && i < n && st == KO_OK; i++) {
        if (tracks[i] >= KO_COUNT_ROW_TRACKS)
            st = add_one(t, tracks[i], time); /* the row may be gone behind it */
    }
    return st;
}

enum ko_status ko_cells_add(struct ko_cells *t, uint32_t track, ko_time time)
{
    return ko_cells_add_all(t, &track, 1, time);
}

enum ko_status ko_cells_add_dur(struct ko_cells *t, uint32_t track, ko_time time,
                                ko_dur dur)
{
    struct ko_durations *c = cell_at(t, track, time, KO_PAGE_DURATIONS);
    if (c == NULL)
        return KO_ENOMEM;
    c->sum = ko_fixed_add(c->sum, dur);
    if (ko_hist_add_there(&c->hist, dur))
        return keep_within_max(t);
    t->bytes -= hist_bytes(&c->hist);
    enum ko_status st = ko_hist_add(&c->hist, dur);
    t->bytes += hist_bytes(&c->hist);
    return st == KO_OK ? keep_within_max(t) : st;
}

enum ko_status ko_cells_add_sample(struct ko_cells *t, uint32_t track, ko_time time,
                                   double value)
{
    struct ko_samples *c = cell_at(t, track, time, KO_PAGE_SAMPLES);
    if (c == NULL)
        return KO_ENOMEM;
    keep_last(c, time, value);
    c->n++;
    c->sum = ko_fixed_add(c->sum, ko_fixed_from(value));
    return keep_within_max(t);
}

static bool is_of_kind(const struct ko_cells *t, uint32_t track, enum ko_page_kind kind)
{
    return track >= t->n_tracks || t->tracks[track].kind == KO_PAGE_NOTHING ||
           t->tracks[track].kind == kind;
}

enum ko_status ko_cells_put(struct ko_cells *t, uint32_t track, struct ko_cell *cell)
{
    struct ko_samples s = {cell->sum, cell->n, cell->last_time, cell->last};
    struct ko_durations d = {.sum = cell->sum};
    bool timed = cell->last_time != KO_TIME_NONE;
    enum ko_page_kind kind = cell->hist != NULL ? KO_PAGE_DURATIONS
                             : timed            ? KO_PAGE_SAMPLES
                                                : KO_PAGE_COUNTS;
    if (ko_cells_settle(t) != KO_OK)
        return KO_ENOMEM;
    if (!is_of_kind(t, track, kind))
        return KO_ERANGE;
    if (cell->hist != NULL) {
        d.hist = *cell->hist;
        *cell->hist = (struct ko_hist){.n = 0};
    }
    void *from = kind == KO_PAGE_COUNTS    ? (void *)&cell->n
                 : kind == KO_PAGE_SAMPLES ? (void *)&s
                                           : &d;
    enum ko_status st = take_cell(t, track, cell->time, kind, from);
    ko_hist_release(&d.hist);
    return st == KO_OK ? keep_within_max(t) : st;
}

enum ko_status ko_cells_coarsen(struct ko_cells *t, int grain)
{
    enum ko_status st = KO_OK;
    while (t->grain < grain && st == KO_OK)
        st = coarsen(t);
    return st;
}

enum ko_status ko_cells_merge(struct ko_cells *t, struct ko_cells *from,
                              const uint32_t *tracks)
{
    enum ko_status st = ko_cells_settle(from);
    if (st == KO_OK)
        st = ko_cells_settle(t);
    if (st == KO_OK)
        st = ko_cells_coarsen(t, from->grain);
    for (size_t i = 0; i < from->n && st == KO_OK; i++) {
        uint32_t track = ko_page_track(&from->pages[i]);
        st = is_of_kind(t, tracks[track], from->tracks[track].kind)
                 ? take_page(t, from, &from->pages[i], tracks[track])
                 : KO_ERANGE;
        if (st == KO_OK)
            st = keep_within_max(t);
    }
    ko_cells_release(from);
    return st;
}

enum ko_status ko_cells_remap(struct ko_cells *t, const uint32_t *tracks)
{
    struct ko_cells old = *t;
    ko_cells_init(t, old.max_bytes);
    return ko_cells_merge(t, &old, tracks);
}
