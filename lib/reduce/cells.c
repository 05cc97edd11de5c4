/* cells.c: numbers by (track, time): pages of neighbouring grains. */
#include "reduce/cells.h"

#include "reduce/narrow.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

const int64_t ko_grain_chain[KO_GRAINS] = {1, 5, 10, 30, 60, 300, 900, 3600};

enum kind { NOTHING, COUNTS, SAMPLES, DURATIONS };

struct samples {
    ko_fixed sum;
    uint64_t n;
    ko_time last_time;
    double last;
};

struct durations {
    ko_fixed sum;
    struct ko_hist hist; /* its n is theirs */
};

/* A page is one or a few cache lines: what is rare does not pay for what is dense. */
static const struct {
    unsigned bits; /* 2^bits cells a page */
    size_t size;   /* of a cell; of COUNTS, at most */
} shapes[] = {[COUNTS] = {4, sizeof(uint64_t)},
              [SAMPLES] = {2, sizeof(struct samples)},
              [DURATIONS] = {2, sizeof(struct durations)}};

/*
 * key = track << 36 | number of the page + BIAS.  Any ko_time is within 9.3e9 s of 1970,
 * so that the number takes 35 bits and a key is never 0.
 */
struct ko_page {
    uint64_t key;
    void *cells;
    uint8_t wide; /* bytes of each cell of COUNTS */
};
enum {
    TIME_BITS = 36,
    FIRST_PAGES = 256,
    FIRST_TRACKS = 64,
    NO_PAGE = 0,
    USUAL_SHARE = 8
};
#define BIAS ((int64_t)1 << 34)

struct ko_cells_track {
    enum kind kind;
    uint32_t page; /* 1 + one of its pages; once sorted, the first */
    uint64_t key;  /* of the page used last; 0 none */
    void *cells;   /* of that page */
};

/* The first values of each cell are in the price of the page, so that a name that is met
 * once costs the same whichever page it is in. */
enum { PAID_BYTES = 2 * sizeof(int64_t) };

/* A page, its place in the table, and two slots, since those are at most half full. */
static size_t page_bytes(enum kind kind)
{
    size_t cell = shapes[kind].size + (kind == DURATIONS ? PAID_BYTES : 0);
    return (cell << shapes[kind].bits) + sizeof(struct ko_page) + 2 * sizeof(uint64_t);
}

static size_t hist_bytes(const struct ko_hist *h)
{
    size_t bytes = ko_hist_bytes(h);
    return bytes > PAID_BYTES ? bytes - PAID_BYTES : 0;
}

static uint32_t track_of(const struct ko_page *p)
{
    return (uint32_t)(p->key >> TIME_BITS);
}

static int64_t number_of(const struct ko_page *p)
{
    return (int64_t)(p->key & (((uint64_t)1 << TIME_BITS) - 1)) - BIAS;
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
        if (t->tracks[track_of(&t->pages[i])].kind != DURATIONS)
            continue;
        struct durations *cells = t->pages[i].cells;
        for (size_t k = 0; k < 1u << shapes[DURATIONS].bits; k++)
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
                                         enum kind kind)
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
    assert(known->kind == NOTHING || known->kind == kind);
    known->kind = kind;
    return known;
}

static uint64_t hash_of(uint64_t key)
{
    uint64_t h = key * 0x9e3779b97f4a7c15u;
    return (h ^ h >> 32) * 0xd6e8feb86659fd93u;
}

static void widen(struct ko_cells *t, const struct ko_page *p, enum kind kind)
{
    ko_dur span = t->grain_ns * ((int64_t)1 << shapes[kind].bits);
    ko_time from = number_of(p) * span;
    t->from = t->n == 1 || from < t->from ? from : t->from;
    t->to = t->n == 1 || from + span > t->to ? from + span : t->to;
}

static enum ko_status add_page(struct ko_cells *t, uint64_t key, enum kind kind,
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
    size_t size = kind == COUNTS ? 1 : shapes[kind].size;
    void *cells = ko_arena_alloc(&t->arena, (size_t)1 << shapes[kind].bits, size);
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

static enum ko_status find_page(struct ko_cells *t, uint64_t key, enum kind kind,
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
                              enum kind kind)
{
    uint32_t page;
    struct ko_cells_track *known = know_track(t, track, kind);
    if (known == NULL)
        return KO_ENOMEM;
    enum ko_status st = find_page(t, key, kind, known->page == NO_PAGE, &page);
    if (st != KO_OK)
        return st;
    known->page = page + 1;
    known->key = key;
    known->cells = t->pages[page].cells;
    return KO_OK;
}

/* The cells of the page of ${key}; NULL: out of memory. */
static inline void *page_of(struct ko_cells *t, uint32_t track, uint64_t key,
                            enum kind kind)
{
    if ((track >= t->n_tracks || t->tracks[track].key != key) &&
        turn_to(t, track, key, kind) != KO_OK)
        return NULL;
    return t->tracks[track].cells;
}

/* The cell at ${time} of SAMPLES or DURATIONS; NULL: out of memory. */
static inline void *cell_at(struct ko_cells *t, uint32_t track, ko_time time,
                            enum kind kind)
{
    int64_t grain = grain_number(t, time);
    int64_t number = grain >> shapes[kind].bits;
    uint64_t key = (uint64_t)track << TIME_BITS | (uint64_t)(number + BIAS);
    char *cells = page_of(t, track, key, kind);
    size_t at = (size_t)(grain & (((int64_t)1 << shapes[kind].bits) - 1));
    return cells != NULL ? cells + at * shapes[kind].size : NULL;
}

/* ---- adding ---- */

/* The old cells stay in the arena: no more than the new ones take. */
static enum ko_status widen_page(struct ko_cells *t, struct ko_page *p, uint8_t wide)
{
    size_t n = (size_t)1 << shapes[COUNTS].bits;
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
    int64_t number = grain >> shapes[COUNTS].bits;
    uint64_t key = (uint64_t)track << TIME_BITS | (uint64_t)(number + BIAS);
    if (page_of(t, track, key, COUNTS) == NULL)
        return KO_ENOMEM;
    struct ko_page *p = &t->pages[t->tracks[track].page - 1];
    size_t at = (size_t)(grain & (((int64_t)1 << shapes[COUNTS].bits) - 1));
    uint64_t sum = ko_narrow_get(p->cells, p->wide, at) + n;
    uint8_t wide = ko_narrow_wide(sum);
    if (wide > p->wide && widen_page(t, p, wide) != KO_OK)
        return KO_ENOMEM;
    ko_narrow_set(p->cells, p->wide, at, sum);
    return KO_OK;
}

static void keep_last(struct samples *into, ko_time time, double value)
{
    bool later = into->n == 0 || time > into->last_time;
    if (later || (time == into->last_time && value > into->last)) {
        into->last_time = time;
        into->last = value;
    }
}

/* Everything of a cell of another table; its distribution is left empty. */
static enum ko_status take_cell(struct ko_cells *t, uint32_t track, ko_time time,
                                enum kind kind, void *from)
{
    if (kind == COUNTS)
        return add_count(t, track, time, *(const uint64_t *)from);
    void *into = cell_at(t, track, time, kind);
    if (into == NULL)
        return KO_ENOMEM;
    if (kind == SAMPLES) {
        struct samples *a = into;
        const struct samples *b = from;
        keep_last(a, b->last_time, b->last);
        a->n += b->n;
        a->sum = ko_fixed_add(a->sum, b->sum);
        return KO_OK;
    }
    struct durations *a = into, *b = from;
    a->sum = ko_fixed_add(a->sum, b->sum);
    t->bytes -= hist_bytes(&a->hist);
    enum ko_status st = ko_hist_move(&a->hist, &b->hist);
    t->bytes += hist_bytes(&a->hist);
    return st;
}

/* Cell ${i} of ${p}: of COUNTS the number in ${room}. */
static void *cell_of(const struct ko_page *p, enum kind kind, size_t i, uint64_t *room)
{
    if (kind != COUNTS)
        return (char *)p->cells + i * shapes[kind].size;
    *room = ko_narrow_get(p->cells, p->wide, i);
    return room;
}

static uint64_t count_of(enum kind kind, const void *cell)
{
    if (kind == COUNTS)
        return *(const uint64_t *)cell;
    return kind == SAMPLES ? ((const struct samples *)cell)->n
                           : ((const struct durations *)cell)->hist.n;
}

/* The cells of a page of `from` into t, of an equal or coarser grain. */
static enum ko_status take_page(struct ko_cells *t, const struct ko_cells *from,
                                const struct ko_page *page, uint32_t track)
{
    enum kind kind = from->tracks[track_of(page)].kind;
    int64_t first = number_of(page) * ((int64_t)1 << shapes[kind].bits);
    enum ko_status st = KO_OK;
    for (unsigned i = 0; i < 1u << shapes[kind].bits && st == KO_OK; i++) {
        uint64_t room;
        void *cell = cell_of(page, kind, i, &room);
        if (count_of(kind, cell) > 0)
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

static enum ko_status settle_rows(struct ko_cells *t)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < KO_COUNT_ROWS && st == KO_OK; i++)
        st = settle_row(t, &t->rows[i]);
    return st;
}

static enum ko_status coarsen(struct ko_cells *t)
{
    enum ko_status st = settle_rows(t);
    struct ko_cells fine = *t;
    ko_cells_init(t, fine.max_bytes);
    t->grain = fine.grain + 1;
    t->grain_ns = ko_grain_chain[t->grain] * KO_SECOND;
    for (size_t i = 0; i < fine.n && st == KO_OK; i++)
        st = take_page(t, &fine, &fine.pages[i], track_of(&fine.pages[i]));
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
    struct durations *c = cell_at(t, track, time, DURATIONS);
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
    struct samples *c = cell_at(t, track, time, SAMPLES);
    if (c == NULL)
        return KO_ENOMEM;
    keep_last(c, time, value);
    c->n++;
    c->sum = ko_fixed_add(c->sum, ko_fixed_from(value));
    return keep_within_max(t);
}

static bool is_of_kind(const struct ko_cells *t, uint32_t track, enum kind kind)
{
    return track >= t->n_tracks || t->tracks[track].kind == NOTHING ||
           t->tracks[track].kind == kind;
}

enum ko_status ko_cells_put(struct ko_cells *t, uint32_t track, struct ko_cell *cell)
{
    struct samples s = {cell->sum, cell->n, cell->last_time, cell->last};
    struct durations d = {.sum = cell->sum};
    bool timed = cell->last_time != KO_TIME_NONE;
    enum kind kind = cell->hist != NULL ? DURATIONS : timed ? SAMPLES : COUNTS;
    if (settle_rows(t) != KO_OK)
        return KO_ENOMEM;
    if (!is_of_kind(t, track, kind))
        return KO_ERANGE;
    if (cell->hist != NULL) {
        d.hist = *cell->hist;
        *cell->hist = (struct ko_hist){.n = 0};
    }
    void *from = kind == COUNTS ? (void *)&cell->n : kind == SAMPLES ? (void *)&s : &d;
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
    enum ko_status st = settle_rows(from);
    if (st == KO_OK)
        st = settle_rows(t);
    if (st == KO_OK)
        st = ko_cells_coarsen(t, from->grain);
    for (size_t i = 0; i < from->n && st == KO_OK; i++) {
        uint32_t track = track_of(&from->pages[i]);
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

/* ---- reading ---- */

static int by_key(const void *a, const void *b)
{
    const struct ko_page *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

/* Pages of one track, mostly in order already, since exports are. */
static void sort_track(struct ko_page *v, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (v[i].key < v[i - 1].key) {
            qsort(v, n, sizeof *v, by_key);
            return;
        }
    }
}

/* Counting sort by track, then each track by time. */
enum ko_status ko_cells_sort(struct ko_cells *t)
{
    if (settle_rows(t) != KO_OK)
        return KO_ENOMEM;
    size_t *end = ko_mem_alloc(t->n_tracks + 1, sizeof *end);
    struct ko_page *v = ko_mem_alloc(t->n, sizeof *v);
    enum ko_status st = end != NULL && v != NULL ? KO_OK : KO_ENOMEM;
    for (size_t i = 0; st == KO_OK && i < t->n; i++)
        end[track_of(&t->pages[i]) + 1]++;
    for (size_t k = 0; st == KO_OK && k < t->n_tracks; k++)
        end[k + 1] += end[k];
    for (size_t i = 0; st == KO_OK && i < t->n; i++)
        v[end[track_of(&t->pages[i])]++] = t->pages[i];
    for (size_t k = 0; st == KO_OK && k < t->n_tracks; k++) {
        size_t first = k > 0 ? end[k - 1] : 0;
        sort_track(v + first, end[k] - first);
        t->tracks[k].page = end[k] > first ? (uint32_t)first + 1 : NO_PAGE;
    }
    ko_mem_free(end);
    ko_mem_free(st == KO_OK ? t->pages : v);
    t->pages = st == KO_OK ? v : t->pages;
    t->cap = st == KO_OK ? t->n : t->cap;
    return st;
}

bool ko_cells_has(const struct ko_cells *t, uint32_t track)
{
    return track < t->n_tracks && t->tracks[track].page != NO_PAGE;
}

struct ko_cells_walk ko_cells_walk(const struct ko_cells *t, uint32_t track)
{
    size_t first = ko_cells_has(t, track) ? t->tracks[track].page - 1 : t->n;
    return (struct ko_cells_walk){t, track, first, 0};
}

static void read_cell(enum kind kind, void *cell, struct ko_cell *ret)
{
    if (kind == SAMPLES) {
        const struct samples *s = cell;
        ret->sum = s->sum;
        ret->last_time = s->last_time;
        ret->last = s->last;
    } else if (kind == DURATIONS) {
        struct durations *d = cell;
        ret->sum = d->sum;
        ret->hist = &d->hist;
    }
}

bool ko_cells_next(struct ko_cells_walk *w, struct ko_cell *ret)
{
    const struct ko_cells *t = w->t;
    for (; w->page < t->n && track_of(&t->pages[w->page]) == w->track;
         w->page++, w->at = 0) {
        const struct ko_page *p = &t->pages[w->page];
        enum kind kind = t->tracks[w->track].kind;
        while (w->at < 1u << shapes[kind].bits) {
            unsigned at = w->at++;
            uint64_t room;
            void *cell = cell_of(p, kind, at, &room);
            uint64_t n = count_of(kind, cell);
            if (n == 0)
                continue;
            int64_t grain = number_of(p) * ((int64_t)1 << shapes[kind].bits) + at;
            *ret = (struct ko_cell){
                .time = grain * t->grain_ns, .n = n, .last_time = KO_TIME_NONE};
            read_cell(kind, cell, ret);
            return true;
        }
    }
    return false;
}
