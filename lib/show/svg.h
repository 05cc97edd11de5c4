/* svg.h: the primitives of the drawings in the HTML report; colours come from the style
 * sheet by class. */
#ifndef KO_SHOW_SVG_H
#define KO_SHOW_SVG_H

#include "base/buf.h"
#include "base/str.h"
#include "show/axis.h"

#include <stddef.h>

struct ko_point {
    double x, y;
};

struct ko_box {
    double x, y, w, h;
};

/*
 * ko_svg_open(out, name, w, h, title):
 * Begin a drawing of ${w} by ${h} units that scales with the page.  ${name} is an ASCII
 * word that is unique in the document; ${title} says to a screen reader what it shows.
 */
void ko_svg_open(struct ko_buf *out, const char *name, double w, double h,
                 const char *title);
void ko_svg_close(struct ko_buf *out);

/* ko_svg_group(out, text), ko_svg_end_group(out): Marks that share a tooltip. */
void ko_svg_group(struct ko_buf *out, struct ko_str tooltip);
void ko_svg_end_group(struct ko_buf *out);

void ko_svg_rect(struct ko_buf *out, struct ko_box box, double radius, const char *cls);
void ko_svg_line(struct ko_buf *out, struct ko_point from, struct ko_point to,
                 const char *cls);
/* ko_svg_curve(out, from, to, cls): A link that leaves and arrives level. */
void ko_svg_curve(struct ko_buf *out, struct ko_point from, struct ko_point to,
                  const char *cls);
void ko_svg_diamond(struct ko_buf *out, struct ko_point at, double size, const char *cls);
/* ko_svg_arrow(out, at, cls): A head that points right to ${at}. */
void ko_svg_arrow(struct ko_buf *out, struct ko_point at, const char *cls);
void ko_svg_circle(struct ko_buf *out, struct ko_point at, double radius,
                   const char *cls);

/* ko_svg_text(out, at, cls, text): ${text} with its baseline at ${at}; the class sets
 * size and anchor.  Cut to ${columns} characters with an ellipsis. */
void ko_svg_text(struct ko_buf *out, struct ko_point at, const char *cls,
                 struct ko_str text, size_t columns);

/* ko_svg_axis(out, axis, top, bottom): Vertical hairlines at round times with their
 * clock under ${bottom}. */
void ko_svg_axis(struct ko_buf *out, const struct ko_axis *axis, double top,
                 double bottom);

#endif
