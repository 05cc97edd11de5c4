/* quantity.h: numbers as exports write them: with a unit behind, thousands marks, a
 * decimal comma. */
#ifndef KO_READ_QUANTITY_H
#define KO_READ_QUANTITY_H

#include "base/str.h"
#include "event/time.h"

#include <stdbool.h>

struct ko_quantity {
    double value;
    struct ko_str unit; /* of ko_unit_base, else as written behind the number */
};

/*
 * ko_quantity_parse(s, decimal_comma, ret):
 * Read the whole of ${s}: "0.037", "1,234.5", "0,037" if ${decimal_comma}, "4.98 s",
 * "36.8 ms" (0.0368 s), "3.1%", "1.2 K" (1200), "1.2 K req/s", "512 MiB" (in By).
 *
 * Returns: false if it is no number with at most a unit behind it
 */
bool ko_quantity_parse(struct ko_str s, bool decimal_comma, struct ko_quantity *ret);

/*
 * ko_quantity_dur(s, bare_unit, ret):
 * Read a duration: "47ms", "1.5s", "1h30m", "00:01:30", or a bare number in ${bare_unit}
 * ns; 0: a fraction means seconds, a whole number milliseconds (from 10^7 on ns).
 *
 * Returns: false if it is none, or negative ("-1" is "never happened" in proxy logs)
 */
bool ko_quantity_dur(struct ko_str s, ko_dur bare_unit, ko_dur *ret);

#endif
