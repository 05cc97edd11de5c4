/* yaml.h: YAML exports: catalogs of services, read as if they were JSON. */
#ifndef KO_READ_YAML_H
#define KO_READ_YAML_H

#include "base/status.h"
#include "base/str.h"
#include "read/reading.h"

#include <stdbool.h>

/* ko_yaml_probe(head, ret_why): Every line at the margin is "key:", "- ", "---" or a
 * comment, and one of the keys is of a format that we read. */
bool ko_yaml_probe(struct ko_str head, const char **ret_why);
/* ko_yaml_read(rd): Each document is a record; one that libyaml or our bounds refuse is
 * rejected with all that follows. */
KO_WARN_UNUSED enum ko_status ko_yaml_read(struct ko_reading *rd);

#endif
