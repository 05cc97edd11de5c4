/* json.h: JSON exports: lines, one document, an array, values run together. */
#ifndef KO_READ_JSON_H
#define KO_READ_JSON_H

#include "base/status.h"
#include "base/str.h"
#include "read/reading.h"

#include <stdbool.h>

/* ko_json_lines_probe: the first line is a whole object and another follows. */
bool ko_json_lines_probe(struct ko_str head, const char **ret_why);
KO_WARN_UNUSED enum ko_status ko_json_lines_read(struct ko_reading *rd);

/*
 * ko_json_probe, ko_json_read: anything else that begins with "{" or "[".  Records are
 * the items of an array, also of one inside an envelope ({"events": […]}), or the values
 * themselves; each keeps its own line.
 */
bool ko_json_probe(struct ko_str head, const char **ret_why);
KO_WARN_UNUSED enum ko_status ko_json_read(struct ko_reading *rd);

#endif
