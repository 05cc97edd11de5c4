/* json_scan.h: where JSON values begin and end in a text, without building them. */
#ifndef KO_READ_JSON_SCAN_H
#define KO_READ_JSON_SCAN_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * ko_json_value_end(s, ret_end, ret_depth):
 * Find the end of the value that begins at the first byte of ${s}, by brackets and quotes
 * alone.
 *
 * Returns: false if ${s} ends before it does
 * Cost:    O(n), no recursion
 */
bool ko_json_value_end(struct ko_str s, size_t *ret_end, size_t *ret_depth);

/* ko_json_space(s): How many of the first bytes of ${s} are blank. */
size_t ko_json_space(struct ko_str s);

/*
 * ko_json_member(object, at, ret_key, ret_value):
 * Take the member at ${at} of the text ${object}, which begins with "{"; ${at} starts at
 * 1 and moves on.  Keys are given as written, between the quotes.
 *
 * Returns: false after the last member, or where the text is no JSON
 */
bool ko_json_member(struct ko_str object, size_t *at, struct ko_str *ret_key,
                    struct ko_str *ret_value);

#endif
