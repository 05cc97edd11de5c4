/* reply_text.h: one answer as lines of a terminal. */
#ifndef KO_SHOW_REPLY_TEXT_H
#define KO_SHOW_REPLY_TEXT_H

#include "case/case.h"
#include "show/screen.h"

#include <stddef.h>

/* Room for one answer, in lines; 0 is as many as it takes. */
struct ko_reply_room {
    size_t headline, more;
};

/*
 * ko_reply_text(s, c, key, heading, room):
 * The answer to question ${key}: ${heading} (NULL: the text stands alone, indented), how
 * sure it is unless the text says so itself, the headline with its evidence, then the
 * further lines.
 */
void ko_reply_text(struct ko_screen *s, const struct ko_case *c, const char *key,
                   const char *heading, const struct ko_reply_room *room);

#endif
