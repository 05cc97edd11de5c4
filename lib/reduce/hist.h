/* hist.h: a latency distribution that merges exactly: values up to a few, then counts
 * between fixed borders. */
#ifndef KO_REDUCE_HIST_H
#define KO_REDUCE_HIST_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Up to here the values themselves are kept: most buckets of quiet services stay exact.
 */
enum { KO_HIST_EXACT = 32 };

/*
 * A multiset of non-negative integers (ns).  A zeroed struct is empty.
 *
 *   n <= KO_HIST_EXACT   values[0..n-1], in order of arrival
 *   n >  KO_HIST_EXACT   a count for each border cell lo + i; 64 cells an octave, so that
 *                        the middle of a cell is within 0.8 % of each value in it; counts
 *                        are as wide as the largest needs, which ends at 2^32 - 1
 *
 * The content depends only on the multiset, not on the order of adding or merging.
 */
struct ko_hist {
    uint64_t n;
    /* private to hist.c */
    void *room; /* int64_t values, or counts of 1, 2 or 4 bytes */
    uint32_t lo;
    uint16_t cells; /* of counts; room of values */
    uint16_t wide;  /* bytes of a count; 0 while the values are kept */
};

/* ko_hist_release(h): Free; ${h} is empty and usable again. */
void ko_hist_release(struct ko_hist *h);
/* ko_hist_add(h, value): Add one; below 0 counts as 0.  KO_ENOMEM, ${h} unchanged. */
KO_WARN_UNUSED enum ko_status ko_hist_add(struct ko_hist *h, int64_t value);
/* ko_hist_add_there(h, value): The same where it takes no more room than there is; false:
 * nothing done. */
bool ko_hist_add_there(struct ko_hist *h, int64_t value);
/* ko_hist_merge(h, other): Add all of ${other}, which stays.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_hist_merge(struct ko_hist *h,
                                            const struct ko_hist *other);

/* ko_hist_move(h, other): The same, and ${other} is left empty, also on an error. */
KO_WARN_UNUSED enum ko_status ko_hist_move(struct ko_hist *h, struct ko_hist *other);

/* A value that was kept (n 1), or a border cell and how many values fell into it. */
struct ko_hist_item {
    int64_t value;
    uint32_t n;
};
enum { KO_HIST_CELLS = 58 * 64 };

/* ko_hist_next(h, io_at, ret): The next item, from 0; false: there are no more. */
bool ko_hist_next(const struct ko_hist *h, uint32_t *io_at, struct ko_hist_item *ret);
/* ko_hist_put(h, cell, n): Add ${n} values of border cell ${cell}, below KO_HIST_CELLS.
 * KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_hist_put(struct ko_hist *h, uint32_t cell, uint32_t n);

/* ko_hist_bytes(h): The room it takes: follows from the multiset, and never shrinks as
 * that grows. */
size_t ko_hist_bytes(const struct ko_hist *h);

/* ko_hist_above(h, value): How many are larger than ${value}: exact while the values are
 * kept, else those whose cell has its middle above. */
uint64_t ko_hist_above(const struct ko_hist *h, int64_t value);

/*
 * ko_hist_quantile(h, q):
 * Quantile ${q} in 0..1: exact with linear interpolation (type 7) while the values are
 * kept, else the middle of the cell of the order statistic; NaN when empty.
 */
double ko_hist_quantile(const struct ko_hist *h, double q);

#endif
