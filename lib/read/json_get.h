/* json_get.h: members of JSON values as slices and numbers, whatever their type. */
#ifndef KO_READ_JSON_GET_H
#define KO_READ_JSON_GET_H

#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* ko_json_text(value): The text of a string, borrowed; empty for anything else. */
struct ko_str ko_json_text(const json_t *value);
/* ko_json_member_text(object, key): The same of a member. */
struct ko_str ko_json_member_text(const json_t *object, const char *key);
/* ko_json_first_text(object, keys, n): The first of ${n} members that is a text with
 * something in it. */
struct ko_str ko_json_first_text(const json_t *object, const char *const *keys, size_t n);

/* ko_json_int(value, ret): A whole number, also one written as a text, as 64-bit numbers
 * are, or as a real. */
bool ko_json_int(const json_t *value, int64_t *ret);

/* ko_json_scalar(arena, value, ret): A text as it is; a number or truth value printed
 * into
 * ${arena}; empty for null, arrays and objects.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_json_scalar(struct ko_arena *arena, const json_t *value,
                                             struct ko_str *ret);

/* ko_json_has(object, key): Is there a member that is not null? */
bool ko_json_has(const json_t *object, const char *key);
/* ko_json_items(object, key): The member if it is an array of which the first item is an
 * object, else NULL. */
const json_t *ko_json_items(const json_t *object, const char *key);

#endif
