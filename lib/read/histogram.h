/* histogram.h: buckets, sums and counts gathered over time and told as quantiles and
 * means. */
#ifndef KO_READ_HISTOGRAM_H
#define KO_READ_HISTOGRAM_H

#include "read/reading.h"
#include "read/record.h"
#include "read/sample.h"

#include <stdbool.h>

/* Numbers of histograms kept of one export; what comes after is left out, with a remark.
 */
enum { KO_HISTOGRAM_POINTS_MAX = 4 << 20 };

enum ko_histogram_part { KO_HISTOGRAM_BUCKET, KO_HISTOGRAM_SUM, KO_HISTOGRAM_COUNT };

/*
 * ko_histograms_add(rd, s, part, bound, delta):
 * Keep ${s}, whose name is that of the histogram itself, in rd->found.histograms; a
 * cumulative
 * bucket, as Prometheus has them, counts all up to ${bound}.
 *
 * Owns:    everything is copied
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_histograms_add(struct ko_reading *rd,
                                                const struct ko_sample *s,
                                                enum ko_histogram_part part, double bound,
                                                bool delta);

/*
 * ko_histograms_emit(rd):
 * From one instant to the next: NAME_p50 and NAME_p95 from the buckets, by straight lines
 * inside them as Prometheus' histogram_quantile does, NAME_mean from sum and count.  What
 * falls was reset and counts from 0.  A sum without a count stays a metric, NAME_sum.
 *
 * Errors:  KO_ENOMEM; what the sink returned
 */
KO_WARN_UNUSED enum ko_status ko_histograms_emit(struct ko_reading *rd);

/* ko_histograms_merge(io, part): Add those of the part that follows; either may be NULL,
 * and *${part} is NULL where it was taken over whole.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_histograms_merge(struct ko_histograms **io,
                                                  struct ko_histograms **part);

/* ko_histograms_free(h): Forget them; NULL is a no-op. */
void ko_histograms_free(struct ko_histograms *h);

#endif
