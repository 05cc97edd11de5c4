/* sample.h: a measured number and its labels become an event. */
#ifndef KO_READ_SAMPLE_H
#define KO_READ_SAMPLE_H

#include "base/status.h"
#include "base/str.h"
#include "event/event.h"
#include "read/reading.h"
#include "read/record.h"

#include <stdbool.h>

/* Zeroed slices, KO_TIME_NONE: not said.  All is borrowed. */
struct ko_sample {
    struct ko_str name, unit;
    const struct ko_record *labels; /* "__name__" among them is the name if none is set */
    double value;
    enum ko_metric_kind kind;
    ko_time time;
    bool has_zone;
    struct ko_place place;
};

/*
 * ko_sample_emit(rd, s):
 * Labels that say who (service, job, pod …), where (region, queue, channel …) and who
 * called become those of the event; labels of the scraping itself are left out; the rest
 * stays with the name: http_requests_total{code=500}.  Without such a label the entity is
 * empty, and the reducer's to find: that is remarked.  A time series that was never
 * measured (NaN, infinite) is counted in rd->found.unmeasured and gives no event.
 *
 * Errors:  KO_ENOMEM; what the sink returned
 */
KO_WARN_UNUSED enum ko_status ko_sample_emit(struct ko_reading *rd,
                                             const struct ko_sample *s);

/*
 * ko_sample_event(rd, s, ev), ko_sample_give(rd, ev):
 * The two halves of it: what ${s} is about, with a declared dependency given to the sink
 * when it is new; and the event of a number, if it was measured.
 */
KO_WARN_UNUSED enum ko_status
ko_sample_event(struct ko_reading *rd, const struct ko_sample *s, struct ko_event *ev);
KO_WARN_UNUSED enum ko_status ko_sample_give(struct ko_reading *rd,
                                             const struct ko_event *ev);

/*
 * ko_sample_number(s, ret):
 * Read a number as metrics write it; NaN, +Inf, -Inf in any case.
 */
bool ko_sample_number(struct ko_str s, double *ret);

/*
 * ko_sample_series(b, labels, skip):
 * Append what tells one series from another: all labels but ${skip} and "__name__",
 * sorted, so that the same labels in another order are the same.  KO_ENOMEM.
 */
KO_WARN_UNUSED enum ko_status ko_sample_series(struct ko_arena *arena, struct ko_buf *b,
                                               const struct ko_record *labels,
                                               struct ko_str skip);

#endif
