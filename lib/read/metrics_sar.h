/* metrics_sar.h: what sar prints for people. */
#ifndef KO_READ_METRICS_SAR_H
#define KO_READ_METRICS_SAR_H

#include "read/reading.h"

#include <stdbool.h>

/* ko_sar_probe(head, ret_why): "Linux RELEASE (HOST) DATE …", then rows that begin with
 * a time of day. */
bool ko_sar_probe(struct ko_str head, const char **ret_why);

/*
 * ko_sar_read(rd):
 * Every number of a row becomes a sample of the host: "%user", "kbmemfree"; the columns
 * in capitals (CPU, DEV, IFACE) are its labels.  Rows name no date: it is that of the
 * first line, and the next day's where the clock of one table goes back by half a day or
 * more. Averages count as headers.
 *
 * Source:  sar(1) of sysstat
 * Errors:  KO_ENOMEM; what the sink returned
 */
KO_WARN_UNUSED enum ko_status ko_sar_read(struct ko_reading *rd);

#endif
