/* cells_page.h: the pages that a table of cells is made of; private to cells.c and
 * cells_read.c. */
#ifndef KO_REDUCE_CELLS_PAGE_H
#define KO_REDUCE_CELLS_PAGE_H

#include "reduce/cells.h"
#include "reduce/narrow.h"

enum ko_page_kind { KO_PAGE_NOTHING, KO_PAGE_COUNTS, KO_PAGE_SAMPLES, KO_PAGE_DURATIONS };

struct ko_samples {
    ko_fixed sum;
    uint64_t n;
    ko_time last_time;
    double last;
};

struct ko_durations {
    ko_fixed sum;
    struct ko_hist hist; /* its n is theirs */
};

/* A page is one or a few cache lines: what is rare does not pay for what is dense. */
static const struct {
    unsigned bits; /* 2^bits cells a page */
    size_t size;   /* of a cell; of KO_PAGE_COUNTS, at most */
} ko_page_shapes[] = {[KO_PAGE_COUNTS] = {4, sizeof(uint64_t)},
                      [KO_PAGE_SAMPLES] = {2, sizeof(struct ko_samples)},
                      [KO_PAGE_DURATIONS] = {2, sizeof(struct ko_durations)}};

/*
 * key = track << 36 | number of the page + KO_PAGE_BIAS.  Any ko_time is within 9.3e9 s of 1970,
 * so that the number takes 35 bits and a key is never 0.
 */
struct ko_page {
    uint64_t key;
    void *cells;
    uint8_t wide; /* bytes of each cell of KO_PAGE_COUNTS */
};
enum { KO_PAGE_TIME_BITS = 36, KO_PAGE_NONE = 0 };
#define KO_PAGE_BIAS ((int64_t)1 << 34)

struct ko_cells_track {
    enum ko_page_kind kind;
    uint32_t page; /* 1 + one of its pages; once sorted, the first */
    uint64_t key;  /* of the page used last; 0 none */
    void *cells;   /* of that page */
};

static inline uint32_t ko_page_track(const struct ko_page *p)
{
    return (uint32_t)(p->key >> KO_PAGE_TIME_BITS);
}

static inline int64_t ko_page_number(const struct ko_page *p)
{
    return (int64_t)(p->key & (((uint64_t)1 << KO_PAGE_TIME_BITS) - 1)) - KO_PAGE_BIAS;
}

/* Cell ${i} of ${p}: of KO_PAGE_COUNTS the number in ${room}. */
static inline void *ko_page_cell(const struct ko_page *p, enum ko_page_kind kind,
                                 size_t i, uint64_t *room)
{
    if (kind != KO_PAGE_COUNTS)
        return (char *)p->cells + i * ko_page_shapes[kind].size;
    *room = ko_narrow_get(p->cells, p->wide, i);
    return room;
}

static inline uint64_t ko_page_count(enum ko_page_kind kind, const void *cell)
{
    if (kind == KO_PAGE_COUNTS)
        return *(const uint64_t *)cell;
    return kind == KO_PAGE_SAMPLES ? ((const struct ko_samples *)cell)->n
                                   : ((const struct ko_durations *)cell)->hist.n;
}

/* ko_cells_settle(t): All counts that wait in rows go to their pages.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_cells_settle(struct ko_cells *t);

#endif
