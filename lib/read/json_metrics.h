/* json_metrics.h: measurements out of the JSON of monitoring systems. */
#ifndef KO_READ_JSON_METRICS_H
#define KO_READ_JSON_METRICS_H

#include "read/json_shapes.h"

/*
 * Prometheus' API: {"data": {"resultType": "matrix" | "vector" | "scalar", "result": …}},
 * its "data" alone, or one series of it.  Native histograms are left out with a remark;
 * so is what the server warns of.
 */
bool ko_prometheus_json_is(const json_t *object);
KO_WARN_UNUSED enum ko_status ko_prometheus_json_read(struct ko_reading *rd,
                                                      const json_t *object,
                                                      struct ko_place place,
                                                      enum ko_reject *ret_why);

/*
 * CloudWatch: get-metric-statistics {"Label", "Datapoints": […]} in any order, and
 * get-metric-data {"MetricDataResults": [{"Label", "Timestamps": […], "Values": […]}]}.
 */
bool ko_cloudwatch_is(const json_t *object);
KO_WARN_UNUSED enum ko_status ko_cloudwatch_read(struct ko_reading *rd,
                                                 const json_t *object,
                                                 struct ko_place place,
                                                 enum ko_reject *ret_why);

/*
 * OTLP: {"resourceMetrics": […]}; gauges, sums (delta or cumulative), histograms,
 * summaries.  Exponential histograms are told by their mean and count.
 */
bool ko_otlp_metrics_is(const json_t *object);
KO_WARN_UNUSED enum ko_status ko_otlp_metrics_read(struct ko_reading *rd,
                                                   const json_t *object,
                                                   struct ko_place place,
                                                   enum ko_reject *ret_why);

/*
 * sadf -j and iostat -o JSON: {"sysstat": {"hosts": [{"nodename", "statistics": […]}]}}:
 * each number is a metric, called by its section and its key; restarts are warnings.
 */
bool ko_sysstat_json_is(const json_t *object);
KO_WARN_UNUSED enum ko_status ko_sysstat_json_read(struct ko_reading *rd,
                                                   const json_t *object,
                                                   struct ko_place place,
                                                   enum ko_reject *ret_why);

#endif
