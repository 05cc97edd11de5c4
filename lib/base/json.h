/* json.h: JSON text out: strings escaped, members separated, nothing else. */
#ifndef KO_BASE_JSON_H
#define KO_BASE_JSON_H

#include "base/buf.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * ko_json_put_str(b, s):
 * Append ${s} as a JSON string.  C0, DEL, C1 and the line separators U+2028/9 are
 * escaped, so that the text is safe to print; bytes that are not UTF-8 become U+FFFD, one
 * for each maximal part.
 */
void ko_json_put_str(struct ko_buf *b, struct ko_str s);

/*
 * ko_json_key(b, key):
 * Append `"key":` with a comma before it unless the object or array was just opened.
 */
void ko_json_key(struct ko_buf *b, const char *key);

/* ko_json_sep(b): Append the comma that the next array item needs, if it needs one. */
void ko_json_sep(struct ko_buf *b);

#endif
