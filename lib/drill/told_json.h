/* told_json.h: members of JSON objects, as truth and case have them. */
#ifndef KO_DRILL_TOLD_JSON_H
#define KO_DRILL_TOLD_JSON_H

#include "base/err.h"
#include "base/str.h"

#include <jansson.h>

/* ko_told_parse(text, source, line, err): One JSON value; NULL, with ${err} set, when it
 * is none.  ${line} is added to the line of the error. */
json_t *ko_told_parse(struct ko_str text, struct ko_str source, uint64_t line,
                      struct ko_err *err);

/* ko_told_text(o, key), ko_told_number(o, key): Empty, NaN, when it is not there. */
struct ko_str ko_told_text(const json_t *o, const char *key);
double ko_told_number(const json_t *o, const char *key);

#endif
