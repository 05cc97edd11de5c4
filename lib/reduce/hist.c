/* hist.c: a latency distribution that merges exactly: values up to a few, then counts
 * between fixed borders. */
#include "reduce/hist.h"

#include "base/mem.h"
#include "base/stat.h"

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
    return h->n <= KO_HIST_EXACT;
}

void ko_hist_release(struct ko_hist *h)
{
    ko_mem_free(is_exact(h) ? (void *)h->values : (void *)h->counts);
    *h = (struct ko_hist){.n = 0};
}

size_t ko_hist_bytes(const struct ko_hist *h)
{
    size_t most_exact = KO_HIST_EXACT * sizeof *h->values;
    if (is_exact(h))
        return h->n * sizeof *h->values;
    size_t counts = h->cells * sizeof *h->counts;
    return counts > most_exact ? counts : most_exact;
}

/* Make the counts cover lo..hi, widened to whole windows. */
static enum ko_status cover(struct ko_hist *h, uint32_t lo, uint32_t hi)
{
    uint32_t end = (hi / WINDOW + 1) * WINDOW;
    lo = lo / WINDOW * WINDOW;
    if (h->cells > 0) {
        lo = lo < h->lo ? lo : h->lo;
        end = end > h->lo + h->cells ? end : h->lo + h->cells;
    }
    uint32_t *wider = ko_mem_alloc(end - lo, sizeof *wider);
    if (wider == NULL)
        return KO_ENOMEM;
    if (h->cells > 0)
        memcpy(wider + (h->lo - lo), h->counts, h->cells * sizeof *wider);
    ko_mem_free(h->counts);
    h->counts = wider;
    h->lo = lo;
    h->cells = end - lo;
    return KO_OK;
}

static bool covers(const struct ko_hist *h, uint32_t cell)
{
    return cell - h->lo < h->cells;
}

static void count(struct ko_hist *h, uint32_t cell, uint32_t n)
{
    uint32_t *into = &h->counts[cell - h->lo];
    *into = n > UINT32_MAX - *into ? UINT32_MAX : *into + n;
}

/* The counts of as many values as fit, with room for cells lo..hi beside them. */
static enum ko_status leave_exact(struct ko_hist *h, uint32_t lo, uint32_t hi)
{
    struct ko_hist wide = {.n = h->n};
    uint32_t cells[KO_HIST_EXACT];
    for (uint64_t i = 0; i < h->n; i++) {
        cells[i] = cell_of(h->values[i]);
        lo = cells[i] < lo ? cells[i] : lo;
        hi = cells[i] > hi ? cells[i] : hi;
    }
    if (cover(&wide, lo, hi) != KO_OK)
        return KO_ENOMEM;
    for (uint64_t i = 0; i < h->n; i++)
        count(&wide, cells[i], 1);
    ko_mem_free(h->values);
    *h = wide;
    return KO_OK;
}

static enum ko_status add_exact(struct ko_hist *h, int64_t value)
{
    if (h->n == h->cells) {
        uint32_t room = h->cells ? h->cells * 2 : FIRST_ROOM;
        int64_t *p = ko_mem_resize(h->values, room, sizeof *p);
        if (p == NULL)
            return KO_ENOMEM;
        h->values = p;
        h->cells = room;
    }
    h->values[h->n++] = value;
    return KO_OK;
}

enum ko_status ko_hist_add(struct ko_hist *h, int64_t value)
{
    value = value < 0 ? 0 : value;
    if (h->n < KO_HIST_EXACT)
        return add_exact(h, value);
    uint32_t cell = cell_of(value);
    enum ko_status st = KO_OK;
    if (is_exact(h))
        st = leave_exact(h, cell, cell);
    else if (!covers(h, cell))
        st = cover(h, cell, cell);
    if (st != KO_OK)
        return st;
    count(h, cell, 1);
    h->n++;
    return KO_OK;
}

static enum ko_status merge_counts(struct ko_hist *h, const struct ko_hist *other)
{
    uint32_t lo = other->lo, hi = other->lo + other->cells - 1;
    enum ko_status st = KO_OK;
    if (is_exact(h))
        st = leave_exact(h, lo, hi);
    else if (!covers(h, lo) || !covers(h, hi))
        st = cover(h, lo, hi);
    if (st != KO_OK)
        return st;
    for (uint32_t i = 0; i < other->cells; i++) {
        if (other->counts[i] > 0)
            count(h, lo + i, other->counts[i]);
    }
    h->n += other->n;
    return KO_OK;
}

enum ko_status ko_hist_merge(struct ko_hist *h, const struct ko_hist *other)
{
    if (!is_exact(other))
        return merge_counts(h, other);
    enum ko_status st = KO_OK;
    for (uint64_t i = 0; i < other->n && st == KO_OK; i++)
        st = ko_hist_add(h, other->values[i]);
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

static double exact_quantile(const struct ko_hist *h, double q)
{
    double sorted[KO_HIST_EXACT];
    for (uint64_t i = 0; i < h->n; i++)
        sorted[i] = (double)h->values[i];
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
        passed += h->counts[i];
        if (passed > wanted)
            return middle_of(h->lo + i);
    }
    return middle_of(h->lo + h->cells - 1);
}
