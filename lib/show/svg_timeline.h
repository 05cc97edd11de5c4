/* svg_timeline.h: changes, onsets and the response on one axis of time. */
#ifndef KO_SHOW_SVG_TIMELINE_H
#define KO_SHOW_SVG_TIMELINE_H

#include "base/buf.h"
#include "case/case.h"
#include "show/trail.h"

/*
 * ko_svg_timeline(c, trail, out):
 * A lane for the changes, one for each step of ${trail} (a bar from its onset, with the
 * onset's uncertainty, to its end or the end of the window), one for the response.  The
 * suspect change is a line through all of them.
 */
void ko_svg_timeline(const struct ko_case *c, const struct ko_trail *trail,
                     struct ko_buf *out);

#endif
