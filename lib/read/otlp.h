/* otlp.h: what all signals of OTLP in JSON have in common. */
#ifndef KO_READ_OTLP_H
#define KO_READ_OTLP_H

#include "base/status.h"
#include "base/str.h"
#include "event/time.h"
#include "read/reading.h"
#include "read/record.h"

#include <jansson.h>
#include <stdbool.h>

/*
 * ko_otlp_attributes(rd, list, r):
 * Append the attributes [{"key", "value": {"stringValue" | "intValue" | …}}] to ${r};
 * lists and maps of values are left out.
 *
 * Owns:    texts are borrowed from ${list} or live until the record is settled
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_otlp_attributes(struct ko_reading *rd,
                                                 const json_t *list, struct ko_record *r);

/* ko_otlp_time(value, ret): ns since 1970, as a text or a number; false for none and 0.
 */
bool ko_otlp_time(const json_t *value, ko_time *ret);

/* ko_otlp_id(arena, value, ret): An id in hex, whether it was written so or, as protobuf
 * does, in base64; empty if there is none, or all its digits are 0.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_otlp_id(struct ko_arena *arena, const json_t *value,
                                         struct ko_str *ret);

#endif
