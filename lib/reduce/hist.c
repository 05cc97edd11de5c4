/* hist.c: a latency distribution that merges exactly: values up to a few, then counts
 * between fixed borders. */
#include "reduce/hist.h"

#include "base/mem.h"
#include "base/stat.h"
#include "reduce/narrow.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* 64 equal cells between two powers of two: 1/64 wide at most, 0.8 % to the middle. Whole
 * numbers only, so that every machine finds the same cell. */
enum { CELL_BITS = 6, FIRST_ROOM = 4 };
/* Cells come by so many: half an octave. */
enum { WINDOW = 32 };

static uint32_t cell_of(int64_t value)
{
    uint64_t v = (uint64_t)value;
    if (v < 1u << CELL_BITS)
        return (uint32_t)v;
    uint32_t exponent = 63 - (uint32_t)__builtin_clzll(v);
    uint32_t fraction = (uint32_t)(v >> (exponent - CELL_BITS)) & ((1u << CELL_BITS) - 1);
    return ((exponent - CELL_BITS + 1) << CELL_BITS) + fraction;
}

static double middle_of(uint32_t cell)
{
    if (cell < 1u << CELL_BITS)
        return (double)cell;
    uint32_t shift = (cell >> CELL_BITS) - 1;
    uint64_t base = (uint64_t)((1u << CELL_BITS) + (cell & ((1u << CELL_BITS) - 1)));
    return ldexp((double)base + 0.5, (int)shift) - 0.5;
}

static bool is_exact(const struct ko_hist *h)
{
    return h->wide == 0;
}

void ko_hist_release(struct ko_hist *h)
{
    ko_mem_free(h->room);
    *h = (struct ko_hist){.n = 0};
}

size_t ko_hist_bytes(const struct ko_hist *h)
{
    size_t most_exact = KO_HIST_EXACT * sizeof(int64_t);
    if (is_exact(h))
        return h->n * sizeof(int64_t);
    size_t counts = (size_t)h->cells * h->wide;
    return counts > most_exact ? counts : most_exact;
}

/* ---- counts of any width ---- */

static uint32_t count_at(const struct ko_hist *h, uint32_t i)
{
    return (uint32_t)ko_narrow_get(h->room, h->wide, i);
}

static void set_count(struct ko_hist *h, uint32_t i, uint32_t n)
{
    ko_narrow_set(h->room, h->wide, i, n);
}

/* Make the counts cover lo..hi, widened to whole windows, at ${wide} bytes each. */
static enum ko_status cover(struct ko_hist *h, uint32_t lo, uint32_t hi, uint16_t wide)
{
    uint32_t end = (hi / WINDOW + 1) * WINDOW;
    lo = lo / WINDOW * WINDOW;
    if (!is_exact(h)) {
        lo = lo < h->lo ? lo : h->lo;
        end = end > h->lo + h->cells ? end : h->lo + h->cells;
        wide = wide > h->wide ? wide : h->wide;
    }
    struct ko_hist new = {
        .n = h->n, .lo = lo, .cells = (uint16_t)(end - lo), .wide = wide};
    new.room = ko_mem_alloc(new.cells, wide);
    if (new.room == NULL)
        return KO_ENOMEM;
    for (uint32_t i = 0; !is_exact(h) && i < h->cells; i++)
        set_count(&new, h->lo - lo + i, count_at(h, i));
    ko_mem_free(h->room);
    *h = new;
    return KO_OK;
}

static bool covers(const struct ko_hist *h, uint32_t cell)
{
    return cell - h->lo < h->cells;
}

/* Add ${n} to a cell that is covered. */
static enum ko_status count(struct ko_hist *h, uint32_t cell, uint32_t n)
{
    uint32_t had = count_at(h, cell - h->lo);
    uint32_t sum = n > UINT32_MAX - had ? UINT32_MAX : had + n;
    enum ko_status st =
        ko_narrow_wide(sum) > h->wide ? cover(h, cell, cell, ko_narrow_wide(sum)) : KO_OK;
    if (st == KO_OK)
        set_count(h, cell - h->lo, sum);
    return st;
}

/* The counts of as many values as fit, with room for cells lo..hi beside them. */
static enum ko_status leave_exact(struct ko_hist *h, uint32_t lo, uint32_t hi)
{
    struct ko_hist counted = {.n = h->n};
    const int64_t *values = h->room;
    uint32_t cells[KO_HIST_EXACT];
    for (uint64_t i = 0; i < h->n; i++) {
        cells[i] = cell_of(values[i]);
        lo = cells[i] < lo ? cells[i] : lo;
        hi = cells[i] > hi ? cells[i] : hi;
    }
    enum ko_status st = cover(&counted, lo, hi, sizeof(uint8_t));
    for (uint64_t i = 0; st == KO_OK && i < h->n; i++)
        st = count(&counted, cells[i], 1);
    if (st != KO_OK)
        return st;
    ko_mem_free(h->room);
    *h = counted;
    return KO_OK;
}

/* Room for counts of cells lo..hi. */
static enum ko_status make_counts(struct ko_hist *h, uint32_t lo, uint32_t hi)
{
    if (is_exact(h))
        return leave_exact(h, lo, hi);
    return covers(h, lo) && covers(h, hi) ? KO_OK : cover(h, lo, hi, h->wide);
}

static enum ko_status add_exact(struct ko_hist *h, int64_t value)
{
    if (h->n == h->cells) {
        uint16_t room = h->cells ? (uint16_t)(h->cells * 2) : FIRST_ROOM;
        int64_t *p = ko_mem_resize(h->room, room, sizeof *p);
        if (p == NULL)
            return KO_ENOMEM;
        h->room = p;
        h->cells = room;
    }
    ((int64_t *)h->room)[h->n++] = value;
    return KO_OK;
}

enum ko_status ko_hist_add(struct ko_hist *h, int64_t value)
{
    value = value < 0 ? 0 : value;
    if (h->n < KO_HIST_EXACT)
        return add_exact(h, value);
    uint32_t cell = cell_of(value);
    enum ko_status st = make_counts(h, cell, cell);
    if (st == KO_OK)
        st = count(h, cell, 1);
    h->n += st == KO_OK;
    return st;
}

bool ko_hist_add_there(struct ko_hist *h, int64_t value)
{
    static const uint32_t most[] = {[1] = UINT8_MAX, [2] = UINT16_MAX, [4] = UINT32_MAX};
    uint32_t cell = cell_of(value < 0 ? 0 : value);
    if (is_exact(h) || !covers(h, cell))
        return false;
    uint32_t had = count_at(h, cell - h->lo);
    if (had == most[h->wide])
        return false;
    set_count(h, cell - h->lo, had + 1);
    h->n++;
    return true;
}

static enum ko_status merge_counts(struct ko_hist *h, const struct ko_hist *other)
{
    enum ko_status st = make_counts(h, other->lo, other->lo + other->cells - 1);
    for (uint32_t i = 0; i < other->cells && st == KO_OK; i++) {
        uint32_t n = count_at(other, i);
        if (n > 0)
            st = count(h, other->lo + i, n);
    }
    h->n += st == KO_OK ? other->n : 0;
    return st;
}

enum ko_status ko_hist_merge(struct ko_hist *h, const struct ko_hist *other)
{
    if (!is_exact(other))
        return merge_counts(h, other);
    const int64_t *values = other->room;
    enum ko_status st = KO_OK;
    for (uint64_t i = 0; i < other->n && st == KO_OK; i++)
        st = ko_hist_add(h, values[i]);
    return st;
}

enum ko_status ko_hist_move(struct ko_hist *h, struct ko_hist *other)
{
    enum ko_status st = KO_OK;
    if (h->n == 0) {
        *h = *other;
        *other = (struct ko_hist){.n = 0};
    } else {
        st = ko_hist_merge(h, other);
    }
    ko_hist_release(other);
    return st;
}

bool ko_hist_next(const struct ko_hist *h, uint32_t *io_at, struct ko_hist_item *ret)
{
    if (is_exact(h)) {
        if (*io_at >= h->n)
            return false;
        *ret = (struct ko_hist_item){((const int64_t *)h->room)[(*io_at)++], 1};
        return true;
    }
    while (*io_at < h->cells) {
        uint32_t i = (*io_at)++;
        *ret = (struct ko_hist_item){h->lo + i, count_at(h, i)};
        if (ret->n > 0)
            return true;
    }
    return false;
}

enum ko_status ko_hist_put(struct ko_hist *h, uint32_t cell, uint32_t n)
{
    enum ko_status st = make_counts(h, cell, cell);
    if (st == KO_OK)
        st = count(h, cell, n);
    h->n += st == KO_OK ? n : 0;
    return st;
}

static double exact_quantile(const struct ko_hist *h, double q)
{
    double sorted[KO_HIST_EXACT];
    for (uint64_t i = 0; i < h->n; i++)
        sorted[i] = (double)((const int64_t *)h->room)[i];
    ko_stat_sort(sorted, (size_t)h->n);
    return ko_stat_sorted_quantile(sorted, (size_t)h->n, q);
}

double ko_hist_quantile(const struct ko_hist *h, double q)
{
    if (h->n == 0)
        return NAN;
    if (is_exact(h))
        return exact_quantile(h, q);
    uint64_t wanted = (uint64_t)(q * (double)(h->n - 1));
    uint64_t passed = 0;
    for (uint32_t i = 0; i < h->cells; i++) {
        passed += count_at(h, i);
        if (passed > wanted)
            return middle_of(h->lo + i);
    }
    return middle_of(h->lo + h->cells - 1);
}

uint64_t ko_hist_above(const struct ko_hist *h, int64_t value)
{
    struct ko_hist_item item;
    uint64_t n = 0;
    bool exact = is_exact(h);
    for (uint32_t at = 0; ko_hist_next(h, &at, &item);) {
        bool above =
            exact ? item.value > value : middle_of((uint32_t)item.value) > (double)value;
        n += above ? item.n : 0;
    }
    return n;
}
