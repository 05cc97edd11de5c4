/* svg_series.c: the signal of every step of the chain, one under the other. */
#include "show/svg_series.h"

#include "base/stat.h"
#include "show/scratch.h"
#include "show/spark.h"
#include "show/svg.h"
#include "show/words.h"

#include <math.h>

/* Units of the drawing. */
enum {
    WIDTH = 1100,
    LEFT = 240,
    RIGHT = 1080,
    TOP = 8,
    PANEL = 84,
    PLOT = 64,
    FOOT = 26,
    PANELS_MAX = 24,
    POINTS_MAX = 420
};
/* Values before the onset from which a band is drawn. */
enum { BAND_MIN = 5 };

struct frame {
    const struct ko_case *c;
    struct ko_arena *arena;
    struct ko_buf *out;
    struct ko_axis axis;
    struct ko_buf text;
};

/* One panel: the values as they are drawn, and how they map to heights. */
struct panel {
    const struct ko_trail_step *step;
    struct ko_str unit;
    double top, lo, hi;
    ko_time from, to; /* of the values */
};

static double height_of(const struct panel *p, double v)
{
    double part = p->hi > p->lo ? (v - p->lo) / (p->hi - p->lo) : 0;
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    return p->top + PLOT - part * (PLOT - 4);
}

/* Zero is part of the scale unless all values are below it. */
static void find_scale(struct panel *p)
{
    const ko_nums *v = p->step->values;
    double lo = ko_stat_min(v->v, v->n), hi = ko_stat_max(v->v, v->n);
    p->lo = isfinite(lo) && lo < 0 ? lo : 0;
    p->hi = isfinite(hi) ? hi : 1;
}

static double point_x(const struct frame *f, const struct panel *p, double part)
{
    return ko_axis_at(&f->axis, p->from + (ko_dur)(part * (double)(p->to - p->from)));
}

/* A gap in the data is a gap in the line. */
static void put_curve(struct frame *f, const struct panel *p, size_t points)
{
    const ko_nums *v = p->step->values;
    bool down = false;
    ko_buf_puts(f->out, "<path class=\"curve\" d=\"");
    for (size_t i = 0; i < points; i++) {
        double y = ko_spark_column(v->v, v->n, points, i);
        if (!isfinite(y)) {
            down = false;
            continue;
        }
        ko_buf_printf(f->out, "%c%.1f %.1f", down ? 'L' : 'M',
                      point_x(f, p, ((double)i + 0.5) / (double)points), height_of(p, y));
        down = true;
    }
    ko_buf_puts(f->out, "\"/>\n");
}

/* The share of the values that lies before the onset. */
static size_t values_before(const struct panel *p, ko_time t, ko_dur step)
{
    if (t == KO_TIME_NONE || t <= p->from || step <= 0)
        return 0;
    size_t n = (size_t)((t - p->from) / step);
    return n < p->step->values->n ? n : p->step->values->n;
}

static void put_band(struct frame *f, const struct panel *p)
{
    const struct ko_node *node = p->step->node;
    ko_time until = node->lo != KO_TIME_NONE ? node->lo : node->time;
    size_t n = values_before(p, until, f->c->head.step);
    if (n < BAND_MIN)
        return;
    double *scratch = ko_arena_alloc(f->arena, n, sizeof *scratch);
    if (scratch == NULL) {
        f->out->status = KO_ENOMEM;
        return;
    }
    double lo = ko_stat_quantile(p->step->values->v, n, 0.05, scratch);
    double hi = ko_stat_quantile(p->step->values->v, n, 0.95, scratch);
    if (!isfinite(lo) || !isfinite(hi))
        return;
    double y = height_of(p, hi), h = height_of(p, lo) - y;
    ko_svg_rect(f->out, (struct ko_box){LEFT, y - 1, RIGHT - LEFT, h + 2}, 0, "band");
}

static void put_onset(struct frame *f, const struct panel *p)
{
    const struct ko_node *n = p->step->node;
    double x = ko_axis_at(&f->axis, n->time);
    if (n->lo != KO_TIME_NONE && n->hi != KO_TIME_NONE) {
        double lo = ko_axis_at(&f->axis, n->lo), hi = ko_axis_at(&f->axis, n->hi);
        ko_svg_rect(f->out, (struct ko_box){lo, p->top, hi - lo, PLOT}, 0, "doubt");
    }
    ko_svg_line(f->out, (struct ko_point){x, p->top}, (struct ko_point){x, p->top + PLOT},
                "onset");
}

static void put_side(struct frame *f, const struct panel *p)
{
    const struct ko_onset *o = p->step->onset;
    ko_svg_text(f->out, (struct ko_point){8, p->top + 18}, "name",
                ko_case_name(f->c, p->step->node->entity), 26);
    ko_svg_text(f->out, (struct ko_point){8, p->top + 35}, "label", o->signal, 30);
    ko_scratch_clear(&f->text, f->out);
    ko_words_number(&f->text, o->before, p->unit);
    ko_buf_puts(&f->text, " → ");
    ko_words_number(&f->text, o->after, p->unit);
    ko_svg_text(f->out, (struct ko_point){8, p->top + 51}, "label muted",
                ko_buf_str(&f->text), 32);
    ko_scratch_clear(&f->text, f->out);
    ko_words_number(&f->text, p->hi, p->unit);
    ko_svg_text(f->out, (struct ko_point){LEFT - 6, p->top + 10}, "tick end",
                ko_buf_str(&f->text), 14);
}

static void put_panel(struct frame *f, const struct ko_trail_step *step, double top)
{
    struct panel p = {.step = step, .top = top, .from = step->from};
    size_t n = step->values->n;
    p.to = step->from + (ko_dur)n * f->c->head.step;
    p.unit = step->series != NULL ? step->series->unit : KO_STR("records");
    find_scale(&p);
    put_band(f, &p);
    put_onset(f, &p);
    put_curve(f, &p, n < POINTS_MAX ? n : POINTS_MAX);
    ko_svg_line(f->out, (struct ko_point){LEFT, top + PLOT},
                (struct ko_point){RIGHT, top + PLOT}, "base");
    put_side(f, &p);
}

static bool has_values(const struct ko_trail_step *s)
{
    return s->values != NULL && s->values->n > 0 && s->onset != NULL;
}

void ko_svg_series(const struct ko_case *c, const struct ko_trail *trail,
                   struct ko_arena *arena, struct ko_buf *out)
{
    struct frame f = {.c = c, .arena = arena, .out = out};
    size_t panels = 0, drawn = 0;
    f.axis = ko_axis_of_case(c, LEFT, RIGHT);
    for (size_t i = 0; i < trail->steps.n && panels < PANELS_MAX; i++)
        panels += has_values(&trail->steps.v[i]);
    if (panels == 0)
        return;
    double bottom = TOP + PANEL * (double)panels;
    ko_buf_init(&f.text, 512);
    ko_svg_open(out, "series", WIDTH, bottom + FOOT,
                "Signals of the chain with their baseline and onset");
    ko_svg_axis(out, &f.axis, TOP, bottom - (PANEL - PLOT));
    for (size_t i = 0; i < trail->steps.n && drawn < panels; i++) {
        if (has_values(&trail->steps.v[i]))
            put_panel(&f, &trail->steps.v[i], TOP + PANEL * (double)drawn++);
    }
    ko_svg_close(out);
    ko_scratch_end(&f.text, out);
}
