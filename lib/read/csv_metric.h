/* csv_metric.h: what tables of metrics have beside rows of numbers. */
#ifndef KO_READ_CSV_METRIC_H
#define KO_READ_CSV_METRIC_H

#include "base/status.h"
#include "base/str.h"
#include "read/reading.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * ko_csv_decimal_comma(head, delimiter):
 * Do the numbers in ${head} have a decimal comma?  By those that can be read in one way
 * only (0,5 and 1.234,5; 0.5 and 1,234.5); without any, 1,234 is a fraction where cells
 * are separated by ";", and a thousand elsewhere.
 */
bool ko_csv_decimal_comma(struct ko_str head, char delimiter);

/* ko_csv_is_restart(cells, n): A row of sadf's that tells of a restart of the host. */
bool ko_csv_is_restart(const struct ko_str *cells, size_t n);
/* ko_csv_restart(rd, cells, n): Give it on as a warning of the host. */
KO_WARN_UNUSED enum ko_status ko_csv_restart(struct ko_reading *rd,
                                             const struct ko_str *cells, size_t n);

/* ko_csv_is_device(names, n, i): Is column ${i} of a table of sadf's the device that the
 * row is about ("CPU", "IFACE" …), or of the export itself, and no number? */
bool ko_csv_is_device(const struct ko_str *names, size_t n, size_t i);

/* ko_csv_is_error(names, n): The columns in which InfluxDB says that a query broke off.
 */
bool ko_csv_is_error(const struct ko_str *names, size_t n);

#endif
