/* w3c.h: W3C extended log files, as IIS and its kin write them. */
#ifndef KO_READ_W3C_H
#define KO_READ_W3C_H

#include "read/reading.h"

#include <stdbool.h>

/* ko_w3c_probe(head, ret_why): Does a "#Fields:" directive with a time name columns that
 * blanks separate? */
bool ko_w3c_probe(struct ko_str head, const char **ret_why);

/*
 * ko_w3c_read(rd):
 * Every row becomes a log event with operation, status, duration and address; a new
 * "#Fields:" holds for the rows behind it.  Rows without a date take that of "#Date:".
 * time-taken counts ms, as IIS does.  Times are UTC.
 *
 * Source:  W3C Working Draft WD-logfile-960323; Microsoft, "W3C Extended Log File Format
 *          (IIS 6.0)"
 * Errors:  KO_ENOMEM; what the sink returned
 */
KO_WARN_UNUSED enum ko_status ko_w3c_read(struct ko_reading *rd);

#endif
