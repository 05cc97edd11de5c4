/* prompt_pick.h: which entity and which series the words behind a command mean. */
#ifndef KO_APP_PROMPT_PICK_H
#define KO_APP_PROMPT_PICK_H

#include "app/prompt.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ko_pick_entity(p, name, ret): The entity called ${name}, or by one of its aliases.
 * False, with the nearest name said, when there is none. */
bool ko_pick_entity(struct ko_prompt *p, struct ko_str name, uint32_t *ret);

/*
 * ko_pick_series(p, args, ret):
 * The series to plot for "", "ENTITY", "SIGNAL", "ENTITY SIGNAL" (names may hold blanks).
 * Among several it is the one whose onset scores highest, an own one before one that a
 * caller measured, the first in the stream on a tie.  False, with the reason said, when
 * there is none.
 */
bool ko_pick_series(struct ko_prompt *p, struct ko_str args, size_t *ret);

#endif
