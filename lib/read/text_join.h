/* text_join.h: the lines that belong to one record of a text log. */
#ifndef KO_READ_TEXT_JOIN_H
#define KO_READ_TEXT_JOIN_H

#include "base/status.h"
#include "base/str.h"
#include "read/reading.h"
#include "read/text_line.h"

#include <stdbool.h>
#include <stddef.h>

/* A line that was looked at before its turn; found again by its place in memory. */
struct ko_text_peek {
    struct ko_str text;
    enum ko_status status;
    struct ko_text_line line;
};

struct ko_text_joiner {
    struct ko_reading *rd;
    struct ko_text_hint hint;
    size_t format; /* of the line before */
    struct ko_text_peek peek;
    bool tail_open; /* the record before was full: lines without a time still belong to it
                     */
};

/* ko_text_join_parse(j, text, ret): ko_text_line_parse of the line whose turn it is. */
KO_WARN_UNUSED enum ko_status ko_text_join_parse(struct ko_text_joiner *j,
                                                 struct ko_str text,
                                                 struct ko_text_line *ret);

/*
 * ko_text_join(j, text, io):
 * Read on while lines belong to the pending record, whose first line ${text} was parsed
 * as
 * ${io}: parts that a runtime cut, then lines without a time of their own.  ${io} is
 * parsed anew if the bytes moved; its message runs to the end of the record, but for
 * lines in frames, of which the first says it all.
 */
KO_WARN_UNUSED enum ko_status ko_text_join(struct ko_text_joiner *j, struct ko_str text,
                                           struct ko_text_line *io);

#endif
