/* exposition.h: Prometheus' and OpenMetrics' text, and what promtool dumps. */
#ifndef KO_READ_EXPOSITION_H
#define KO_READ_EXPOSITION_H

#include "base/status.h"
#include "base/str.h"
#include "read/reading.h"

#include <stdbool.h>

/* ko_exposition_probe(head, ret_why): Are most lines samples, with labels or with "#
 * TYPE" and its like among them? */
bool ko_exposition_probe(struct ko_str head, const char **ret_why);

/*
 * ko_exposition_read(rd):
 * An exposition that ends with "# EOF" within the first KO_READ_HEAD_BYTES is held to the
 * rules of OpenMetrics (openmetrics.h); others are read with the freedom that Prometheus
 * allows.  Counters go on as counters, buckets as quantiles and means (histogram.h);
 * _created and _info say nothing that can be measured.
 */
KO_WARN_UNUSED enum ko_status ko_exposition_read(struct ko_reading *rd);

#endif
