/* metric_class.h: what the name of a metric says about it: its class, its unit, whether
 * it counts up. */
#ifndef KO_REDUCE_METRIC_CLASS_H
#define KO_REDUCE_METRIC_CLASS_H

#include "base/str.h"
#include "case/case.h"

#include <stdbool.h>

/*
 * ko_metric_class(name):
 * The class that the words of ${name} suggest, KO_CLASS_OTHER when none does.
 *
 * Words are split at every non-letter and at a change from small to capital letter, so
 * that PodServerLatencyP95(s) is pod, server, latency, p95, s.  The table is ranked: the
 * most telling word wins (an error count of requests is an error, a queue wait is a
 * queue).
 *
 * Source:  naming conventions of Prometheus and OpenTelemetry; names of real exports
 */
enum ko_class ko_metric_class(struct ko_str name);

/*
 * ko_metric_unit(name):
 * The unit that the name states: "CpuUsageRate(%)" %, "wait_seconds" s, "heap_bytes" By;
 * empty when it states none.
 */
struct ko_str ko_metric_unit(struct ko_str name);

/*
 * ko_metric_counts_up(name):
 * Does the name claim to be a cumulative counter (…_total, …_count, …_sum, …_bucket)? The
 * data must agree before it is treated as one.
 */
bool ko_metric_counts_up(struct ko_str name);

#endif
