/* drag.h: how much of the longer handle time is waiting for systems, and how many of the
 * changes did harm. */
#ifndef KO_IMPACT_DRAG_H
#define KO_IMPACT_DRAG_H

#include "base/status.h"
#include "case/case.h"
#include "impact/window.h"

/*
 * handle = a + b * latency over the buckets that have both, by least squares; handle
 * times stamped at the end of a contact are shifted back by one, if that fits better.
 */
struct ko_drag {
    double excess_s; /* handle time during less before */
    double share;    /* of it that b * (latency during - before) explains, 0..1 */
    double r;        /* correlation */
    int64_t n;       /* buckets */
    uint32_t lookup; /* the entity whose latency it is */
    uint32_t queue;
};

/*
 * ko_drag_find(c, w, ret):
 * The drag of the queue with the longest excess, by the look-up whose latency goes with
 * its handle time most closely.
 *
 * Returns: false when no export has handle times and latencies of a look-up, the handle
 * time did not grow, or fewer than KO_DRAG_BUCKETS_MIN buckets have both
 * Cost:    O(series^2 * buckets)
 */
enum { KO_DRAG_BUCKETS_MIN = 12 };
bool ko_drag_find(const struct ko_case *c, const struct ko_window *w,
                  struct ko_drag *ret);

/* ko_drag_run(c, w): Add the impact records "handle time due to system drag" and "change
 * failure rate", or an unknown record for each.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_drag_run(struct ko_case *c, const struct ko_window *w);

#endif
