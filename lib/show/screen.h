/* screen.h: lines of text for a terminal: escaped, wrapped to its width, coloured or not.
 */
#ifndef KO_SHOW_SCREEN_H
#define KO_SHOW_SCREEN_H

#include "base/buf.h"
#include "base/str.h"
#include "show/show.h"

#include <stdbool.h>
#include <stddef.h>

enum ko_ink {
    KO_INK_PLAIN,
    KO_INK_BOLD,
    KO_INK_DIM,
    KO_INK_RED,    /* the origin */
    KO_INK_YELLOW, /* the spread, warnings */
    KO_INK_BLUE,   /* changes */
    KO_INK_GREEN
};

/* The page being written; colour never changes its words or its layout. */
struct ko_screen {
    struct ko_buf *out;
    size_t width;
    bool colour, ascii;
    /* private to screen.c */
    struct ko_buf text; /* escaped text being laid out */
};

/* Where a text goes on the page. */
struct ko_flow {
    size_t column;    /* columns already used on the line where it starts */
    size_t indent;    /* of the lines after the first */
    size_t right;     /* columns to leave free at the end of the first line */
    size_t max_lines; /* 0: as many as it takes; a cut text ends in an ellipsis */
};

/* ko_screen_init(s, opt, out): A page at the end of ${out}; ${opt} may be NULL. */
void ko_screen_init(struct ko_screen *s, const struct ko_show_options *opt,
                    struct ko_buf *out);
/* ko_screen_release(s): Free the scratch; its failures go to out->status. */
void ko_screen_release(struct ko_screen *s);

/* ko_screen_ink(s, ink): Write with ${ink} from here; KO_INK_PLAIN ends it. */
void ko_screen_ink(struct ko_screen *s, enum ko_ink ink);

/* ko_screen_sign(s, utf8, ascii): The sign to use on this page. */
const char *ko_screen_sign(const struct ko_screen *s, const char *utf8,
                           const char *ascii);

/* ko_screen_own(s, z): Our own ASCII words, as they are. */
void ko_screen_own(struct ko_screen *s, const char *z);
/* ko_screen_put(s, text): Text from anywhere, escaped, without regard to the width. */
void ko_screen_put(struct ko_screen *s, struct ko_str text);
/* ko_screen_cell(s, text, columns): The same in exactly ${columns}, cut with an ellipsis.
 */
void ko_screen_cell(struct ko_screen *s, struct ko_str text, size_t columns);
/* ko_screen_right(s, text, columns): The same, at the right end of its columns. */
void ko_screen_right(struct ko_screen *s, struct ko_str text, size_t columns);
void ko_screen_blank(struct ko_screen *s, size_t columns);
void ko_screen_end_line(struct ko_screen *s);

/*
 * ko_screen_flow(s, text, flow):
 * Wrap ${text}, escaped, from flow->column on.  The last line is left open.  Where too
 * little room is left behind flow->column, the text starts on the next line.
 *
 * Returns: lines begun, 1 at least
 */
size_t ko_screen_flow(struct ko_screen *s, struct ko_str text,
                      const struct ko_flow *flow);

#endif
