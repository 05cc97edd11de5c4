/* svg_timeline.c: changes, onsets and the response on one axis of time. */
#include "show/svg_timeline.h"

#include "show/scratch.h"
#include "show/svg.h"
#include "show/words.h"

#include <stdint.h>

/* Units of the drawing. */
enum {
    WIDTH = 1100,
    LEFT = 170,
    RIGHT = 1080,
    TOP = 12,
    LANE = 30,
    BAR = 16,
    FOOT = 26,
    LANES_MAX = 24,
    NAME_COLUMNS = 23,
    MARK = 8,
    SPANS_MAX = 200
};

/* Labels of the marks of one lane: the spans that are taken. */
struct lane_labels {
    struct {
        double from, to;
    } span[SPANS_MAX];
    size_t n;
};

struct frame {
    const struct ko_case *c;
    struct ko_buf *out;
    struct ko_axis axis;
    struct ko_buf text;
    double bottom;
};

static double lane_middle(size_t lane)
{
    return TOP + LANE * ((double)lane + 0.5);
}

static void put_lane_name(struct frame *f, size_t lane, struct ko_str name,
                          const char *cls)
{
    ko_svg_text(f->out, (struct ko_point){LEFT - 12, lane_middle(lane) + 4}, cls, name,
                NAME_COLUMNS);
}

static bool is_free(const struct lane_labels *labels, double from, double to)
{
    for (size_t i = 0; i < labels->n; i++) {
        if (from < labels->span[i].to && to > labels->span[i].from)
            return false;
    }
    return to <= WIDTH;
}

static void take_span(struct lane_labels *labels, double from, double to)
{
    if (labels->n == SPANS_MAX)
        return;
    labels->span[labels->n].from = from;
    labels->span[labels->n++].to = to;
}

/* A mark's own place: no label may cover it, whichever is drawn first. */
static void reserve_mark(struct frame *f, struct lane_labels *labels, ko_time t)
{
    double x = ko_axis_at(&f->axis, t);
    if (ko_axis_inside(&f->axis, t))
        take_span(labels, x - MARK, x + MARK);
}

/* A label right of its mark, unless something is there or the drawing ends; the tooltip
 * has the text anyway. */
static void put_label(struct frame *f, struct lane_labels *labels, struct ko_point at,
                      const char *cls, struct ko_str text)
{
    enum { LETTER = 7, COLUMNS = 24 };
    double from = at.x + MARK + 1;
    double to = from + (double)(text.n < COLUMNS ? text.n : COLUMNS) * LETTER;
    if (!is_free(labels, from, to) || labels->n == SPANS_MAX)
        return;
    ko_svg_text(f->out, (struct ko_point){from, at.y + 4}, cls, text, COLUMNS);
    take_span(labels, from, to);
}

static struct ko_str change_tooltip(struct frame *f, const struct ko_change *x)
{
    ko_scratch_clear(&f->text, f->out);
    ko_words_clock(&f->text, x->time);
    ko_buf_printf(&f->text, " %.*s %.*s: %.*s", KO_ARG(x->kind), KO_ARG(x->id),
                  KO_ARG(x->summary));
    return ko_buf_str(&f->text);
}

static void put_change(struct frame *f, const struct ko_change *x, bool suspect,
                       struct lane_labels *labels)
{
    struct ko_point at = {ko_axis_at(&f->axis, x->time), lane_middle(0)};
    ko_svg_group(f->out, change_tooltip(f, x));
    if (suspect)
        ko_svg_line(f->out, (struct ko_point){at.x, at.y},
                    (struct ko_point){at.x, f->bottom}, "change-line");
    ko_svg_diamond(f->out, at, 6, suspect ? "change" : "change other");
    put_label(f, labels, at, suspect ? "label change-text" : "label muted",
              x->id.n        ? x->id
              : x->summary.n ? x->summary
                             : x->kind);
    ko_svg_end_group(f->out);
}

/* The suspect's label goes first: it must not be the one without room. */
static void put_changes(struct frame *f)
{
    struct lane_labels labels = {0};
    put_lane_name(f, 0, KO_STR("changes"), "lane end");
    for (size_t i = 0; i < f->c->changes.n; i++)
        reserve_mark(f, &labels, f->c->changes.v[i].time);
    for (size_t i = 0; i < f->c->changes.n; i++) {
        const struct ko_change *x = &f->c->changes.v[i];
        bool suspect = ko_str_eq(x->verdict, KO_STR("suspect"));
        if (suspect && ko_axis_inside(&f->axis, x->time))
            put_change(f, x, true, &labels);
    }
    for (size_t i = 0; i < f->c->changes.n; i++) {
        const struct ko_change *x = &f->c->changes.v[i];
        bool suspect = ko_str_eq(x->verdict, KO_STR("suspect"));
        if (!suspect && ko_axis_inside(&f->axis, x->time))
            put_change(f, x, false, &labels);
    }
}

static ko_time step_end(const struct frame *f, const struct ko_trail_step *step)
{
    if (step->onset != NULL && step->onset->end != KO_TIME_NONE)
        return step->onset->end;
    return f->axis.to;
}

static struct ko_str step_tooltip(struct frame *f, const struct ko_trail_step *step)
{
    ko_scratch_clear(&f->text, f->out);
    ko_buf_put(&f->text, ko_case_name(f->c, step->node->entity));
    ko_buf_putc(&f->text, ' ');
    ko_words_clock(&f->text, step->node->time);
    ko_words_spread(&f->text, step->node->time, step->node->lo, step->node->hi);
    if (step->onset != NULL)
        ko_buf_printf(&f->text, " %.*s", KO_ARG(step->onset->signal));
    return ko_buf_str(&f->text);
}

static void put_step(struct frame *f, const struct ko_trail_step *step, size_t lane)
{
    bool origin = step->depth == 0;
    const struct ko_node *n = step->node;
    double y = lane_middle(lane), x = ko_axis_at(&f->axis, n->time);
    double end = ko_axis_at(&f->axis, step_end(f, step));
    double doubt = n->hi != KO_TIME_NONE ? ko_axis_at(&f->axis, n->hi) : x;
    ko_svg_group(f->out, step_tooltip(f, step));
    ko_svg_rect(f->out, (struct ko_box){x, y - BAR / 2.0, end > x ? end - x : 1, BAR}, 3,
                origin ? "bar origin" : "bar");
    if (n->lo != KO_TIME_NONE && n->hi != KO_TIME_NONE)
        ko_svg_line(f->out, (struct ko_point){ko_axis_at(&f->axis, n->lo), y},
                    (struct ko_point){doubt, y}, "whisker");
    ko_svg_end_group(f->out);
    ko_scratch_clear(&f->text, f->out);
    ko_words_clock(&f->text, n->time);
    if (end - x > 70)
        ko_svg_text(f->out, (struct ko_point){(doubt > x ? doubt : x) + 6, y + 4},
                    origin ? "label on-origin" : "label on-bar", ko_buf_str(&f->text),
                    10);
    put_lane_name(f, lane, ko_case_name(f->c, n->entity),
                  origin ? "lane end origin-text" : "lane end");
}

static void put_milestones(struct frame *f, size_t lane)
{
    struct lane_labels labels = {0};
    put_lane_name(f, lane, KO_STR("response"), "lane end");
    for (size_t i = 0; i < f->c->milestones.n; i++)
        reserve_mark(f, &labels, f->c->milestones.v[i].time);
    for (size_t i = 0; i < f->c->milestones.n; i++) {
        const struct ko_milestone *m = &f->c->milestones.v[i];
        struct ko_point at = {ko_axis_at(&f->axis, m->time), lane_middle(lane)};
        if (!ko_axis_inside(&f->axis, m->time))
            continue;
        ko_scratch_clear(&f->text, f->out);
        ko_words_clock(&f->text, m->time);
        ko_buf_printf(&f->text, " %.*s %.*s", KO_ARG(m->what), KO_ARG(m->owner));
        ko_svg_group(f->out, ko_buf_str(&f->text));
        ko_svg_circle(f->out, at, 5, "response");
        put_label(f, &labels, at, "label response-text", m->what);
        ko_svg_end_group(f->out);
    }
}

static void put_steps(struct frame *f, const struct ko_trail *trail, size_t n)
{
    size_t at = SIZE_MAX;
    for (size_t lane = 1; lane <= n; lane++) {
        at = ko_trail_next(trail, at);
        put_step(f, &trail->steps.v[at], lane);
    }
}

void ko_svg_timeline(const struct ko_case *c, const struct ko_trail *trail,
                     struct ko_buf *out)
{
    size_t steps = trail->steps.n < LANES_MAX ? trail->steps.n : LANES_MAX;
    size_t lanes = steps + 1 + (c->milestones.n > 0);
    struct frame f = {.c = c, .out = out, .axis = ko_axis_of_case(c, LEFT, RIGHT)};
    f.bottom = TOP + LANE * (double)lanes;
    ko_buf_init(&f.text, 1 << 16);
    ko_svg_open(out, "timeline", WIDTH, f.bottom + FOOT,
                "Timeline: changes, onsets and the response");
    ko_svg_axis(out, &f.axis, TOP, f.bottom);
    put_changes(&f);
    put_steps(&f, trail, steps);
    if (c->milestones.n > 0)
        put_milestones(&f, steps + 1);
    ko_svg_close(out);
    ko_scratch_end(&f.text, out);
}
