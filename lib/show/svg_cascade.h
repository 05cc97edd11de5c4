/* svg_cascade.h: the cascade as a graph from left to right. */
#ifndef KO_SHOW_SVG_CASCADE_H
#define KO_SHOW_SVG_CASCADE_H

#include "base/buf.h"
#include "case/case.h"
#include "show/trail.h"

/*
 * ko_svg_cascade(c, trail, arena, out):
 * The steps of ${trail} in columns by depth, each with its onset and its owner under the
 * name; links carry mechanism and lag.  Links that are not part of the tree (loops,
 * alternatives) are dashed.
 */
void ko_svg_cascade(const struct ko_case *c, const struct ko_trail *trail,
                    struct ko_arena *arena, struct ko_buf *out);

#endif
