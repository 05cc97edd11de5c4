/* plot.c: a series drawn in characters. */
#include "show/plot.h"

#include "base/stat.h"
#include "show/axis.h"
#include "show/scratch.h"
#include "show/spark.h"
#include "show/words.h"

#include <math.h>
#include <string.h>

enum { LABEL = 10, MARGIN = LABEL + 2, TICK_COLUMNS = 12, BRAILLE = 0x2800 };

/* The drawing area in characters and in dots; dot (0, 0) is the upper left one. */
struct canvas {
    size_t columns, dots_x, dots_y; /* dots of the whole area */
    size_t per_x, per_y;            /* dots of a character */
    unsigned char *dots;            /* dots_y rows of dots_x, 1 the curve */
    double lo, hi;
};

static void find_extent(struct canvas *cv, const struct ko_plot *p)
{
    double lo = ko_stat_min(p->v, p->n), hi = ko_stat_max(p->v, p->n);
    cv->lo = isfinite(lo) && lo < 0 ? lo : 0;
    cv->hi = isfinite(hi) && hi > cv->lo ? hi : cv->lo + 1;
}

static size_t dot_row(const struct canvas *cv, double v)
{
    double part = (v - cv->lo) / (cv->hi - cv->lo);
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    return (size_t)lround((1 - part) * (double)(cv->dots_y - 1));
}

static void set_span(struct canvas *cv, size_t x, size_t from, size_t to)
{
    size_t lo = from < to ? from : to, hi = from < to ? to : from;
    for (size_t y = lo; y <= hi; y++)
        cv->dots[y * cv->dots_x + x] = 1;
}

/* Neighbours are joined by a vertical run, so that a jump stays one line. */
static void draw_curve(struct canvas *cv, const struct ko_plot *p)
{
    size_t last = SIZE_MAX;
    for (size_t x = 0; x < cv->dots_x; x++) {
        double v = ko_spark_column(p->v, p->n, cv->dots_x, x);
        if (!isfinite(v)) {
            last = SIZE_MAX;
            continue;
        }
        size_t y = dot_row(cv, v);
        set_span(cv, x, last == SIZE_MAX ? y : last, y);
        last = y;
    }
}

static bool has_dot(const struct canvas *cv, size_t x, size_t y)
{
    return cv->dots[y * cv->dots_x + x] != 0;
}

/* The braille pattern of a character cell: bit order of Unicode's block U+2800. */
static unsigned braille_bits(const struct canvas *cv, size_t column, size_t row)
{
    static const unsigned bit[KO_PLOT_DOTS_Y][KO_PLOT_DOTS_X] = {
        {0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    unsigned bits = 0;
    for (size_t y = 0; y < KO_PLOT_DOTS_Y; y++) {
        for (size_t x = 0; x < KO_PLOT_DOTS_X; x++) {
            if (has_dot(cv, column * KO_PLOT_DOTS_X + x, row * KO_PLOT_DOTS_Y + y))
                bits |= bit[y][x];
        }
    }
    return bits;
}

/* U+2800 + bits in UTF-8. */
static void put_braille(struct ko_buf *out, unsigned bits)
{
    unsigned cp = BRAILLE + bits;
    ko_buf_putc(out, (char)(0xe0 | cp >> 12));
    ko_buf_putc(out, (char)(0x80 | (cp >> 6 & 0x3f)));
    ko_buf_putc(out, (char)(0x80 | (cp & 0x3f)));
}

static void put_cell(struct ko_screen *s, const struct canvas *cv, size_t column,
                     size_t row, bool base)
{
    const char *empty = base ? ko_screen_sign(s, "┄", "-") : " ";
    if (s->ascii) {
        ko_screen_own(s, has_dot(cv, column, row) ? "*" : empty);
        return;
    }
    unsigned bits = braille_bits(cv, column, row);
    if (bits)
        put_braille(s->out, bits);
    else
        ko_screen_own(s, empty);
}

/* The value at the upper edge of the first row, the baseline's and the lower edge's. */
static void put_row_label(struct ko_screen *s, const struct ko_plot *p,
                          const struct canvas *cv, size_t row, size_t base_row)
{
    struct ko_buf text;
    ko_buf_init(&text, 64);
    if (row == 0)
        ko_words_number(&text, cv->hi, p->unit);
    else if (row == KO_PLOT_ROWS - 1)
        ko_words_number(&text, cv->lo, p->unit);
    else if (row == base_row)
        ko_words_number(&text, p->base, p->unit);
    ko_screen_right(s, ko_buf_str(&text), LABEL);
    ko_screen_own(s, ko_screen_sign(s, " │", " |"));
    ko_scratch_end(&text, s->out);
}

static void put_rows(struct ko_screen *s, const struct ko_plot *p,
                     const struct canvas *cv)
{
    size_t base_row = isfinite(p->base) ? dot_row(cv, p->base) / cv->per_y : KO_PLOT_ROWS;
    for (size_t row = 0; row < KO_PLOT_ROWS; row++) {
        put_row_label(s, p, cv, row, base_row);
        for (size_t column = 0; column < cv->columns; column++)
            put_cell(s, cv, column, row, row == base_row);
        ko_screen_end_line(s);
    }
}

static size_t column_of(const struct ko_axis *a, ko_time t)
{
    return (size_t)(ko_axis_at(a, t) + 0.5);
}

/* The onset is the last mark written: it wins its column. */
static void put_marks(struct ko_screen *s, const struct ko_plot *p,
                      const struct ko_axis *a, size_t columns)
{
    enum { NOTHING, SPAN, CHANGE, ONSET };
    static const char *const utf8[] = {" ", "─", "◆", "▲"}, *const ascii[] = {" ", "~",
                                                                              "c", "^"};
    unsigned char mark[512] = {NOTHING};
    if (columns > sizeof mark)
        columns = sizeof mark;
    if (ko_axis_inside(a, p->lo) && p->hi != KO_TIME_NONE)
        for (size_t i = column_of(a, p->lo); i <= column_of(a, p->hi) && i < columns; i++)
            mark[i] = SPAN;
    for (size_t i = 0; i < p->n_marks; i++) {
        if (ko_axis_inside(a, p->marks[i]) && column_of(a, p->marks[i]) < columns)
            mark[column_of(a, p->marks[i])] = CHANGE;
    }
    if (ko_axis_inside(a, p->onset) && column_of(a, p->onset) < columns)
        mark[column_of(a, p->onset)] = ONSET;
    ko_screen_blank(s, MARGIN);
    for (size_t i = 0; i < columns; i++)
        ko_screen_own(s, ko_screen_sign(s, utf8[mark[i]], ascii[mark[i]]));
    ko_screen_end_line(s);
}

/* Clock times from the left, each where its tick is unless the last one is still there.
 */
static void put_ticks(struct ko_screen *s, const struct ko_axis *a, size_t columns)
{
    struct ko_buf text;
    ko_dur step = ko_axis_step(a, columns / TICK_COLUMNS + 1);
    size_t used = 0;
    ko_buf_init(&text, 64);
    ko_screen_blank(s, MARGIN);
    for (ko_time t = ko_axis_first(a, step); t <= a->to; t += step) {
        size_t at = column_of(a, t);
        ko_scratch_clear(&text, s->out);
        if (step < KO_MINUTE)
            ko_words_clock(&text, t);
        else if (step < KO_DAY)
            ko_words_minute(&text, t);
        else
            ko_words_day(&text, t);
        if (at < used || at + text.n > columns)
            continue;
        ko_screen_blank(s, at - used);
        ko_screen_put(s, ko_buf_str(&text));
        used = at + text.n;
    }
    ko_screen_own(s, used + 5 <= columns ? " UTC" : "");
    ko_screen_end_line(s);
    ko_scratch_end(&text, s->out);
}

void ko_plot_put(struct ko_screen *s, const struct ko_plot *p, struct ko_arena *arena)
{
    struct canvas cv = {.columns = s->width - MARGIN};
    cv.per_x = s->ascii ? 1 : KO_PLOT_DOTS_X;
    cv.per_y = s->ascii ? 1 : KO_PLOT_DOTS_Y;
    cv.dots_x = cv.columns * cv.per_x;
    cv.dots_y = KO_PLOT_ROWS * cv.per_y;
    cv.dots = ko_arena_alloc(arena, cv.dots_y, cv.dots_x);
    if (cv.dots == NULL) {
        s->out->status = KO_ENOMEM;
        return;
    }
    struct ko_axis axis = {p->from, p->from + (ko_dur)(p->n ? p->n : 1) * p->step, 0,
                           (double)cv.columns - 1};
    find_extent(&cv, p);
    draw_curve(&cv, p);
    put_rows(s, p, &cv);
    put_marks(s, p, &axis, cv.columns);
    put_ticks(s, &axis, cv.columns);
}
