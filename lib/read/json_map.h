/* json_map.h: the map of journeys, owners and dependencies as JSON. */
#ifndef KO_READ_JSON_MAP_H
#define KO_READ_JSON_MAP_H

#include "base/status.h"
#include "event/event.h"
#include "read/reading.h"

#include <jansson.h>
#include <stdbool.h>

/* ko_json_is_map(value): Has ${value} a member "journeys" or "entities" that is an array?
 */
bool ko_json_is_map(const json_t *value);

/*
 * ko_json_map(rd, value, place):
 * {"journeys": [{"name", "steps": ["entity" | {"name", "entity", "owner", "fallback"}]}],
 *  "entities": [{"name", "kind", "owner", "contact", "vendor", "fallback", "aliases":
 * […], "depends_on": […]}]}
 */
KO_WARN_UNUSED enum ko_status ko_json_map(struct ko_reading *rd, const json_t *value,
                                          struct ko_place place);

#endif
