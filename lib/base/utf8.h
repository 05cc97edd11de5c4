/* utf8.h: UTF-8 by code point, with the standard's rule for broken bytes. */
#ifndef KO_BASE_UTF8_H
#define KO_BASE_UTF8_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What ko_utf8_next gives for bytes that are no code point. */
#define KO_UTF8_BAD UINT32_MAX

/*
 * ko_utf8_next(s, ret_cp):
 * Decode the first code point of the non-empty ${s}.
 *
 * Returns: the bytes it takes (1..4); for broken input ${ret_cp} is KO_UTF8_BAD and the
 *          bytes are the maximal ill-formed part, at least 1
 * Source:  Unicode Standard 15.0, table 3-7 and section 3.9 "U+FFFD substitution of
 *          maximal subparts"
 */
size_t ko_utf8_next(struct ko_str s, uint32_t *ret_cp);

/* ko_utf8_valid(s): Is ${s} well-formed UTF-8? */
bool ko_utf8_valid(struct ko_str s);

/* ko_utf8_width(s): Columns that ${s} takes on a terminal: 0 combining, 2 wide East
 * Asian, else 1. */
size_t ko_utf8_width(struct ko_str s);

#endif
