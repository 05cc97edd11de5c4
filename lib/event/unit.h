/* unit.h: units as exports spell them, and the one that each is kept in. */
#ifndef KO_EVENT_UNIT_H
#define KO_EVENT_UNIT_H

#include "base/str.h"

#include <stdbool.h>

/*
 * ko_unit_base(unit, ret_base, ret_factor):
 * Times are kept in s, sizes in By, shares as % or 1 as they were written, plain counts
 * in 1: "ms", "Milliseconds" and "msec" are s by 0.001, "MiB" is By by 1048576,
 * "Bytes/Second" is By/s, "Count" is 1.  Short spellings are told by case (Mb is no MB).
 *
 * Returns: false for a unit that the table does not have; it stays what it is
 */
bool ko_unit_base(struct ko_str unit, struct ko_str *ret_base, double *ret_factor);

#endif
