/* interpret_metric.h: records that are measurements: one value each, or one a column. */
#ifndef KO_READ_INTERPRET_METRIC_H
#define KO_READ_INTERPRET_METRIC_H

#include "read/interpret.h"

/*
 * As ko_interpret; ${ev} is initialised and placed.  What stands beside the numbers are
 * labels (sample.h), those in the braces of a column's name too.  An empty cell was not
 * measured; one that holds no number is counted in rd->found.unmeasured, in a record of
 * one value it is the reject number_nan.
 */
KO_WARN_UNUSED enum ko_status ko_interpret_metric(struct ko_reading *rd,
                                                  const struct ko_view *v,
                                                  struct ko_event *ev,
                                                  enum ko_reject *ret_why);
KO_WARN_UNUSED enum ko_status ko_interpret_wide(struct ko_reading *rd,
                                                const struct ko_view *v,
                                                struct ko_event *ev,
                                                enum ko_reject *ret_why);

#endif
