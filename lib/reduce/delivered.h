/* delivered.h: which records were there before: told twice by an exporter, by pages that
 * overlap, by a log and its rotated copy. */
#ifndef KO_REDUCE_DELIVERED_H
#define KO_REDUCE_DELIVERED_H

#include "base/status.h"
#include "base/str.h"
#include "event/event.h"
#include "reduce/reduce.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A record, by hash, and how often exports have it. */
struct ko_delivery {
    uint64_t key;          /* 0: free */
    uint32_t export_index; /* counted in `now` */
    uint16_t before, now;  /* times in an earlier export at most; in this one */
};

/* Past ${max} records nothing more is remembered, and `full` says so. */
struct ko_delivered {
    struct ko_delivery *v;
    size_t n, max;
    bool full;
    /* private to delivered.c */
    size_t n_slots;
};

void ko_delivered_init(struct ko_delivered *d, size_t max);
void ko_delivered_release(struct ko_delivered *d);

/*
 * ko_delivered_again(d, ev, export_index, part, own, ret):
 * Was ${ev} of that export counted before?
 *
 * By id    a log record with a delivery id (insertId, eventId): the same id, time and
 *          words anywhere
 * Rotated  the same record in another export of the series; one that stands n times in
 *          each counts n times
 * Paged    the same, if it has an id of any kind or a time below the second: other
 *          records are not told apart
 *
 * Shape:   own: name of the export, which is no entity that the record names
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_delivered_again(struct ko_delivered *d,
                                                 const struct ko_event *ev,
                                                 uint32_t export_index,
                                                 struct ko_series_part part,
                                                 struct ko_str own, bool *ret);

#endif
