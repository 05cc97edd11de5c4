/* json.h: JSON exports: lines, one document, an array, values run together. */
#ifndef KO_READ_JSON_H
#define KO_READ_JSON_H

#include "base/status.h"
#include "base/str.h"
#include "read/json_form.h"
#include "read/reading.h"

#include <stdbool.h>

/* ko_json_lines_probe: the first line is a whole object and another begins behind it, or
 * a quarter of the first lines are objects.  The lines are read with ko_text_read. */
bool ko_json_lines_probe(struct ko_str head, const char **ret_why);

/* ko_json_is_line(line): Is it an object, or several, and nothing else? */
bool ko_json_is_line(struct ko_str line);

/*
 * ko_json_line(rd, forms, line, ret_why):
 * Give the events of the values in ${line}, the pending one, to the sink; ${forms} are
 * those of the lines before it.
 *
 * Returns: ${ret_why} why it cannot be used, KO_REJECT_COUNT if it can
 * Errors:  KO_ENOMEM; what the sink returned
 */
KO_WARN_UNUSED enum ko_status ko_json_line(struct ko_reading *rd,
                                           struct ko_json_forms *forms,
                                           struct ko_str line, enum ko_reject *ret_why);

/*
 * ko_json_probe, ko_json_read: anything else that begins with "{" or "[".  Records are
 * the items of an array, also of one inside an envelope ({"events": […]}), or the values
 * themselves; each keeps its own line.
 */
bool ko_json_probe(struct ko_str head, const char **ret_why);
KO_WARN_UNUSED enum ko_status ko_json_read(struct ko_reading *rd);

#endif
