/* svg_series.h: the signal of every step of the chain, one under the other. */
#ifndef KO_SHOW_SVG_SERIES_H
#define KO_SHOW_SVG_SERIES_H

#include "base/buf.h"
#include "case/case.h"
#include "show/trail.h"

/*
 * ko_svg_series(c, trail, arena, out):
 * A panel for each step of ${trail} whose onset stands on a series or a template: its
 * values over the window, the band of its values before the onset (5th to 95th
 * percentile), and a line at the onset over the span of its uncertainty.
 */
void ko_svg_series(const struct ko_case *c, const struct ko_trail *trail,
                   struct ko_arena *arena, struct ko_buf *out);

#endif
