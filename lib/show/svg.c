/* svg.c: the primitives of the drawings in the HTML report. */
#include "show/svg.h"

#include "base/utf8.h"
#include "show/escape.h"
#include "show/scratch.h"
#include "show/words.h"
#include "show/wrap.h"

enum { TICKS_MAX = 10, TICK_LABEL_DROP = 16 };

void ko_svg_open(struct ko_buf *out, const char *name, double w, double h,
                 const char *title)
{
    ko_buf_printf(out,
                  "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" "
                  "aria-labelledby=\"%s-title\">\n<title id=\"%s-title\">%s</title>\n",
                  w, h, name, name, title);
}

void ko_svg_close(struct ko_buf *out)
{
    ko_buf_puts(out, "</svg>\n");
}

void ko_svg_group(struct ko_buf *out, struct ko_str tooltip)
{
    ko_buf_puts(out, "<g><title>");
    ko_escape_html(out, tooltip);
    ko_buf_puts(out, "</title>\n");
}

void ko_svg_end_group(struct ko_buf *out)
{
    ko_buf_puts(out, "</g>\n");
}

void ko_svg_rect(struct ko_buf *out, struct ko_box b, double radius, const char *cls)
{
    ko_buf_printf(out,
                  "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
                  "height=\"%.1f\" rx=\"%.1f\"/>\n",
                  cls, b.x, b.y, b.w, b.h, radius);
}

void ko_svg_line(struct ko_buf *out, struct ko_point from, struct ko_point to,
                 const char *cls)
{
    ko_buf_printf(
        out, "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
        cls, from.x, from.y, to.x, to.y);
}

void ko_svg_curve(struct ko_buf *out, struct ko_point from, struct ko_point to,
                  const char *cls)
{
    double bend = (to.x - from.x) / 2;
    ko_buf_printf(
        out, "<path class=\"%s\" d=\"M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f\"/>\n", cls,
        from.x, from.y, from.x + bend, from.y, to.x - bend, to.y, to.x, to.y);
}

void ko_svg_diamond(struct ko_buf *out, struct ko_point at, double r, const char *cls)
{
    ko_buf_printf(
        out, "<path class=\"%s\" d=\"M%.1f %.1fL%.1f %.1fL%.1f %.1fL%.1f %.1fZ\"/>\n",
        cls, at.x, at.y - r, at.x + r, at.y, at.x, at.y + r, at.x - r, at.y);
}

void ko_svg_arrow(struct ko_buf *out, struct ko_point at, const char *cls)
{
    ko_buf_printf(out, "<path class=\"%s\" d=\"M%.1f %.1fl-9 -5v10Z\"/>\n", cls, at.x + 3,
                  at.y);
}

void ko_svg_circle(struct ko_buf *out, struct ko_point at, double radius, const char *cls)
{
    ko_buf_printf(out, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>\n", cls,
                  at.x, at.y, radius);
}

void ko_svg_text(struct ko_buf *out, struct ko_point at, const char *cls,
                 struct ko_str text, size_t columns)
{
    bool fits = ko_utf8_width(text) <= columns;
    ko_buf_printf(out, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">", cls, at.x, at.y);
    ko_escape_html(out, fits ? text : ko_wrap_cut(text, columns - 1));
    ko_buf_puts(out, fits ? "</text>\n" : "…</text>\n");
}

void ko_svg_axis(struct ko_buf *out, const struct ko_axis *axis, double top,
                 double bottom)
{
    struct ko_buf label;
    ko_buf_init(&label, 64);
    ko_dur step = ko_axis_step(axis, TICKS_MAX);
    for (ko_time t = ko_axis_first(axis, step); t <= axis->to; t += step) {
        double x = ko_axis_at(axis, t);
        ko_scratch_clear(&label, out);
        if (step < KO_MINUTE)
            ko_words_clock(&label, t);
        else if (step < KO_DAY)
            ko_words_minute(&label, t);
        else
            ko_words_day(&label, t);
        ko_svg_line(out, (struct ko_point){x, top}, (struct ko_point){x, bottom}, "grid");
        ko_svg_text(out, (struct ko_point){x, bottom + TICK_LABEL_DROP}, "tick mid",
                    ko_buf_str(&label), 12);
    }
    ko_scratch_end(&label, out);
}
