/* milestone.h: which step of an incident a word stands for. */
#ifndef KO_READ_MILESTONE_H
#define KO_READ_MILESTONE_H

#include "base/str.h"

/*
 * ko_milestone_word(word):
 * opened, acknowledged, assigned or resolved, by how ${word} begins ("resolve_log_entry",
 * "Acknowledged", "triggered"); noted for any other.
 */
struct ko_str ko_milestone_word(struct ko_str word);

/* ko_milestone_phrase(phrase): The same for words inside a ${phrase} that people chose
 * ("Impact started at", "Fix deployed"); noted if none tells. */
struct ko_str ko_milestone_phrase(struct ko_str phrase);

#endif
