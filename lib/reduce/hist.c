/* hist.c: a latency distribution that merges exactly: values up to a few, then counts
 * between fixed borders. */
#include "reduce/hist.h"

#include "base/mem.h"
#include "base/stat.h"

#include <math.h>
#include <string.h>

/* 64 equal cells between two powers of two: 1/64 wide at most, 0.8 % to the middle. Whole
 * numbers only, so that every machine finds the same cell. */
enum { CELL_BITS = 6, FIRST_ROOM = 4, SPARE_CELLS = 16 };

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

void ko_hist_release(struct ko_hist *h)
{
    ko_mem_free(h->values);
    ko_mem_free(h->counts);
    *h = (struct ko_hist){.n = 0};
}

/* Make the counts cover cells lo..hi, with some room at both ends. */
static enum ko_status cover(struct ko_hist *h, uint32_t lo, uint32_t hi)
{
    uint32_t old_hi = h->lo + h->cells;
    if (h->counts != NULL && lo >= h->lo && hi < old_hi)
        return KO_OK;
    if (h->counts != NULL) {
        lo = lo < h->lo ? lo : h->lo;
        hi = hi + 1 > old_hi ? hi : old_hi - 1;
    }
    lo = lo > SPARE_CELLS ? lo - SPARE_CELLS : 0;
    hi += SPARE_CELLS;
    uint64_t *wider = ko_mem_alloc(hi - lo + 1, sizeof *wider);
    if (wider == NULL)
        return KO_ENOMEM;
    if (h->counts != NULL)
        memcpy(wider + (h->lo - lo), h->counts, h->cells * sizeof *wider);
    ko_mem_free(h->counts);
    h->counts = wider;
    h->lo = lo;
    h->cells = hi - lo + 1;
    return KO_OK;
}

/* From values to counts, once there are more than KO_HIST_EXACT. */
static enum ko_status leave_exact(struct ko_hist *h)
{
    struct ko_hist wide = {.n = h->n};
    for (uint64_t i = 0; i < h->n; i++) {
        uint32_t cell = cell_of(h->values[i]);
        if (cover(&wide, cell, cell) != KO_OK) {
            ko_mem_free(wide.counts);
            return KO_ENOMEM;
        }
        wide.counts[cell - wide.lo]++;
    }
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
    enum ko_status st = h->counts == NULL ? leave_exact(h) : KO_OK;
    uint32_t cell = cell_of(value);
    if (st == KO_OK)
        st = cover(h, cell, cell);
    if (st != KO_OK)
        return st;
    h->counts[cell - h->lo]++;
    h->n++;
    return KO_OK;
}

static enum ko_status merge_counts(struct ko_hist *h, const struct ko_hist *other)
{
    enum ko_status st = h->counts == NULL ? leave_exact(h) : KO_OK;
    if (st == KO_OK)
        st = cover(h, other->lo, other->lo + other->cells - 1);
    if (st != KO_OK)
        return st;
    for (uint32_t i = 0; i < other->cells; i++)
        h->counts[other->lo + i - h->lo] += other->counts[i];
    h->n += other->n;
    return KO_OK;
}

enum ko_status ko_hist_merge(struct ko_hist *h, const struct ko_hist *other)
{
    if (other->counts != NULL)
        return merge_counts(h, other);
    enum ko_status st = KO_OK;
    for (uint64_t i = 0; i < other->n && st == KO_OK; i++)
        st = ko_hist_add(h, other->values[i]);
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
    if (h->counts == NULL)
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
