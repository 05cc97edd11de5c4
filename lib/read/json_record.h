/* json_record.h: a JSON object as a flat record. */
#ifndef KO_READ_JSON_RECORD_H
#define KO_READ_JSON_RECORD_H

#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"
#include "event/ledger.h"
#include "read/record.h"

#include <jansson.h>
#include <stdbool.h>

/*
 * ko_json_load(arena, text, ret, ret_why):
 * Parse ${text}, one value.  Bytes that are no UTF-8 are replaced by U+FFFD.
 *
 * Owns:    the caller gives ${ret} back with json_decref; NULL when it was refused
 * Errors:  KO_ENOMEM; what is wrong with the text is in ${ret_why}, KO_REJECT_COUNT if
 *          nothing is: json_syntax, json_too_deep, json_duplicate_key, number_range,
 *          nul_byte
 */
KO_WARN_UNUSED enum ko_status ko_json_load(struct ko_arena *arena, struct ko_str text,
                                           json_t **ret, enum ko_reject *ret_why);

/*
 * ko_json_flatten(arena, object, r):
 * Append the members of ${object}: nested keys joined with dots, arrays of plain values
 * with ", "; an array of byte numbers under "MESSAGE" (journald) is its text; arrays of
 * objects are left out.
 *
 * Owns:    texts are borrowed from ${object} or live in ${arena}
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_json_flatten(struct ko_arena *arena,
                                              const json_t *object, struct ko_record *r);

#endif
