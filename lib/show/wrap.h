/* wrap.h: text broken into lines of a width, and cut or padded to a column. */
#ifndef KO_SHOW_WRAP_H
#define KO_SHOW_WRAP_H

#include "base/buf.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * ko_wrap_next(rest, columns, ret_line):
 * Take the next line of at most ${columns} from ${rest}: up to a blank if there is one,
 * inside a word that is wider than a whole line.
 *
 * Returns: false when ${rest} is used up.  A line has no blank at its ends; at least one
 *          code point is taken, even if it is wider than ${columns}
 */
bool ko_wrap_next(struct ko_str *rest, size_t columns, struct ko_str *ret_line);

/* ko_wrap_cut(s, columns): The longest start of ${s} that fits; whole code points. */
struct ko_str ko_wrap_cut(struct ko_str s, size_t columns);

/*
 * ko_wrap_pad(out, s, columns, ellipsis):
 * Append ${s} in exactly ${columns}: blanks behind it, or cut with ${ellipsis} at its
 * end.
 */
void ko_wrap_pad(struct ko_buf *out, struct ko_str s, size_t columns,
                 const char *ellipsis);

#endif
