/* tree.c: a chain as rows of a terminal. */
#include "show/tree.h"

#include "show/scratch.h"
#include "show/spark.h"
#include "show/words.h"

#include <stdint.h>

/* Columns of a row; what is left of the page is the sparkline's. */
enum {
    INDENT = 3,
    NAME = 27,
    CLOCK = 8,
    LAG = 9,
    EVIDENCE = 4,
    GAPS = 1 + 2 + 1 + 1,
    FIXED = INDENT + NAME + CLOCK + LAG + EVIDENCE + GAPS,
    SPARK_MIN = 8,
    SPARK_MAX = 60
};
/* Deeper steps are drawn at this depth: a name must stay readable. */
enum { DEPTH_MAX = 6 };

static size_t spark_columns(const struct ko_screen *s)
{
    size_t room = s->width > FIXED ? s->width - FIXED : 0;
    return room < SPARK_MIN ? SPARK_MIN : room > SPARK_MAX ? SPARK_MAX : room;
}

static void put_clock(struct ko_screen *s, ko_time t, struct ko_buf *text)
{
    ko_scratch_clear(text, s->out);
    ko_words_minute(text, t);
    ko_screen_put(s, ko_buf_str(text));
}

/* Start, middle and end of the window, as far as they fit over ${columns}. */
static void put_times(struct ko_screen *s, const struct ko_case *c, size_t columns,
                      struct ko_buf *text)
{
    enum { MINUTE = 5 };
    ko_time from = c->head.from, to = ko_words_case_end(c);
    size_t used = MINUTE, middle = columns / 2 - MINUTE / 2;
    put_clock(s, from, text);
    if (middle > used + 1 && columns > 4 * MINUTE) {
        ko_screen_blank(s, middle - used);
        put_clock(s, from + (to - from) / 2, text);
        used = middle + MINUTE;
    }
    if (columns > used + MINUTE) {
        ko_screen_blank(s, columns - MINUTE - used);
        put_clock(s, to, text);
        used = columns;
    }
    ko_screen_blank(s, columns > used ? columns - used : 0);
}

void ko_tree_axis(struct ko_screen *s, const struct ko_case *c, const char *title)
{
    struct ko_buf text;
    ko_buf_init(&text, 64);
    ko_screen_ink(s, KO_INK_BOLD);
    ko_screen_cell(s, ko_str(title), INDENT + NAME);
    ko_screen_ink(s, KO_INK_PLAIN);
    ko_screen_blank(s, 1);
    put_times(s, c, spark_columns(s), &text);
    ko_screen_blank(s, 2);
    ko_screen_cell(s, KO_STR("onset"), CLOCK);
    ko_screen_right(s, KO_STR("after"), 1 + LAG);
    ko_screen_blank(s, 1);
    ko_screen_cell(s, KO_STR("ev"), EVIDENCE);
    ko_screen_end_line(s);
    ko_scratch_end(&text, s->out);
}

/* The bars of the ancestors that still have children to come, then the step's own
 * branch. */
static void put_branches(const struct ko_screen *s, const struct ko_trail *trail,
                         size_t index, struct ko_buf *name)
{
    const struct ko_trail_step *step = &trail->steps.v[index];
    size_t depth = step->depth < DEPTH_MAX ? step->depth : DEPTH_MAX;
    bool open[DEPTH_MAX + 1] = {false};
    for (size_t at = step->parent; at != SIZE_MAX; at = trail->steps.v[at].parent) {
        const struct ko_trail_step *up = &trail->steps.v[at];
        if (up->depth <= DEPTH_MAX)
            open[up->depth] = !up->last;
    }
    for (size_t d = 1; d < depth; d++)
        ko_buf_puts(name, open[d] ? ko_screen_sign(s, "│ ", "| ") : "  ");
    if (depth > 0)
        ko_buf_puts(name, step->last ? ko_screen_sign(s, "└ ", "` ")
                                     : ko_screen_sign(s, "├ ", "+ "));
}

/* Branches and entity at the left, the mechanism at the right end of the name's columns.
 */
static void put_name(struct ko_screen *s, const struct ko_case *c,
                     const struct ko_trail *trail, size_t index, struct ko_buf *text)
{
    const struct ko_trail_step *step = &trail->steps.v[index];
    struct ko_str carried = {0};
    if (step->link != NULL)
        carried = ko_words_mechanism_short(step->link->mechanism);
    ko_scratch_clear(text, s->out);
    put_branches(s, trail, index, text);
    ko_buf_put(text, ko_case_name(c, step->node->entity));
    ko_screen_ink(s, step->depth ? KO_INK_YELLOW : KO_INK_RED);
    ko_screen_cell(s, ko_buf_str(text), NAME - (carried.n ? carried.n + 1 : 0));
    ko_screen_ink(s, KO_INK_PLAIN);
    if (carried.n) {
        ko_screen_blank(s, 1);
        ko_screen_put(s, carried);
    }
}

/* The part of the step's values that lies in the window; the rest of the columns stay
 * blank. */
static void put_spark(struct ko_screen *s, const struct ko_trail_step *step)
{
    const ko_nums *v = step->values;
    ko_spark(s->out, v != NULL ? v->v : NULL, v != NULL ? v->n : 0, spark_columns(s),
             s->ascii);
}

static void put_lag(struct ko_screen *s, const struct ko_trail *trail,
                    const struct ko_trail_step *step, struct ko_buf *text)
{
    ko_time origin = trail->steps.v[0].node->time;
    ko_scratch_clear(text, s->out);
    if (step != &trail->steps.v[0])
        ko_words_lag(text, step->node->time - origin);
    else
        ko_buf_putc(text, '-');
    ko_screen_right(s, ko_buf_str(text), LAG);
}

static struct ko_str step_evidence(const struct ko_trail_step *step)
{
    if (step->node->evidence.n)
        return step->node->evidence;
    if (step->link != NULL && step->link->evidence.n)
        return step->link->evidence.v[0];
    return step->onset != NULL ? step->onset->evidence : KO_STR("");
}

static void put_row(struct ko_screen *s, const struct ko_case *c,
                    const struct ko_trail *trail, size_t index, struct ko_buf *text)
{
    const struct ko_trail_step *step = &trail->steps.v[index];
    ko_screen_blank(s, INDENT);
    put_name(s, c, trail, index, text);
    ko_screen_blank(s, 1);
    put_spark(s, step);
    ko_screen_blank(s, 2);
    ko_scratch_clear(text, s->out);
    ko_words_clock(text, step->node->time);
    ko_screen_cell(s, ko_buf_str(text), CLOCK);
    ko_screen_blank(s, 1);
    put_lag(s, trail, step, text);
    ko_screen_blank(s, 1);
    ko_screen_cell(s, step_evidence(step), EVIDENCE);
    ko_screen_end_line(s);
}

void ko_tree_rows(struct ko_screen *s, const struct ko_case *c,
                  const struct ko_trail *trail, size_t max_rows)
{
    struct ko_buf text;
    ko_buf_init(&text, 1 << 16);
    size_t all = trail->steps.n + trail->left_out;
    size_t shown = all <= max_rows ? trail->steps.n : max_rows - 1;
    for (size_t i = 0; i < shown && i < trail->steps.n; i++)
        put_row(s, c, trail, i, &text);
    if (all > shown) {
        ko_scratch_clear(&text, s->out);
        ko_buf_printf(&text, "and %zu more", all - shown);
        ko_screen_blank(s, INDENT);
        ko_screen_put(s, ko_buf_str(&text));
        ko_screen_end_line(s);
    }
    ko_scratch_end(&text, s->out);
}
