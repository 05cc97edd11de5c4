/* tree.h: a chain as rows of a terminal: who, carried by what, its series, when. */
#ifndef KO_SHOW_TREE_H
#define KO_SHOW_TREE_H

#include "case/case.h"
#include "show/screen.h"
#include "show/trail.h"

#include <stddef.h>

/* ko_tree_axis(s, c, title): The line above the rows: ${title} in the columns of the
 * names, clock times over the sparklines, heads over the rest. */
void ko_tree_axis(struct ko_screen *s, const struct ko_case *c, const char *title);

/* ko_tree_rows(s, c, trail, max_rows): At most ${max_rows} lines; the last one says how
 * many steps are left out, if any are. */
void ko_tree_rows(struct ko_screen *s, const struct ko_case *c,
                  const struct ko_trail *trail, size_t max_rows);

#endif
