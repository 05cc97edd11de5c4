/* json_value.h: one JSON value that is a record becomes events. */
#ifndef KO_READ_JSON_VALUE_H
#define KO_READ_JSON_VALUE_H

#include "base/status.h"
#include "base/str.h"
#include "read/reading.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * ko_json_value(rd, text, place, ret_why):
 * Read the object ${text} and give its events to the sink.
 *
 * Returns: ${ret_why} why it could not be used, KO_REJECT_COUNT if it was
 * Errors:  KO_ENOMEM; what the sink returned
 */
KO_WARN_UNUSED enum ko_status ko_json_value(struct ko_reading *rd, struct ko_str text,
                                            struct ko_place place,
                                            enum ko_reject *ret_why);

/* ko_json_object(rd, object, place, ret_why): The same for an ${object} that is parsed
 * already. */
KO_WARN_UNUSED enum ko_status ko_json_object(struct ko_reading *rd, const json_t *object,
                                             struct ko_place place,
                                             enum ko_reject *ret_why);

/* ko_json_envelope(object, ret_at): Is ${object} only the envelope of an array of
 * records? ${ret_at}: behind the "[" of that array. */
bool ko_json_envelope(struct ko_str object, size_t *ret_at);

/* ko_json_envelope_open(object, ret_at): The same for an ${object} that is cut short
 * inside that array. */
bool ko_json_envelope_open(struct ko_str object, size_t *ret_at);

#endif
