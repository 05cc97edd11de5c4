/* series.h: the events of a table's series, kept from row to row: what they say beside
 * time and value was found out once. */
#ifndef KO_READ_SERIES_H
#define KO_READ_SERIES_H

#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/status.h"
#include "event/event.h"
#include "read/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Events kept at a time, some 20 MiB; with one more all are forgotten and the book begins
 * anew, so that series which come and go do not pile up. */
enum { KO_SERIES_EVENTS_MAX = 32768 };

/* Rows with the same words: one event, or one a column of numbers. */
struct ko_series {
    struct ko_event *events; /* without time, value, place */
    bool *known;             /* which of them were found out */
    /* private to series.c */
    uint32_t index, next; /* next: index of the series that came behind it */
};

/*
 * A book of the series of one table.  Exporters write series in turns, so the one that
 * came behind the last time is tried first.
 */
struct ko_series_book {
    /* private to series.c */
    bool *is_key;
    size_t n_columns, width; /* width: events of a series */
    struct ko_map keys;      /* words of the row, each with a NUL behind it */
    struct ko_arena arena;
    struct ko_series **series;
    size_t cap;
    struct ko_series *last;
    uint32_t numbers; /* given to events so far */
    uint64_t rows, misses;
    struct ko_buf text;
};

/*
 * ko_series_begin(book, is_key, n, width):
 * An empty book of a table of ${n} columns; those with ${is_key} tell one series from
 * another, and a series has ${width} events.
 *
 * Owns:    ${is_key} is borrowed as long as the book is used
 */
void ko_series_begin(struct ko_series_book *book, bool *is_key, size_t n, size_t width);
void ko_series_release(struct ko_series_book *book);

/*
 * ko_series_of(book, r, ret):
 * The series of the row ${r}, a new one if need be.
 *
 * Owns:    ${ret} holds until the next call; NULL when nearly every row is a series of
 *          its own, so that keeping them does not pay
 * Errors:  KO_ENOMEM
 * Cost:    O(bytes of the words)
 */
KO_WARN_UNUSED enum ko_status ko_series_of(struct ko_series_book *book,
                                           const struct ko_record *r,
                                           struct ko_series **ret);

/* ko_series_keep(book, s, i, ev): Event ${i} of ${s} is a copy of ${ev}; its texts are
 * copied, and it gets a number.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_series_keep(struct ko_series_book *book,
                                             struct ko_series *s, size_t i,
                                             const struct ko_event *ev);

#endif
