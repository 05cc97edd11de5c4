/* plot.h: a series drawn in characters, with its baseline, its onset and the changes. */
#ifndef KO_SHOW_PLOT_H
#define KO_SHOW_PLOT_H

#include "base/mem.h"
#include "case/case.h"
#include "show/screen.h"

#include <stddef.h>
#include <stdint.h>

/* Dots of one character: braille has two columns of four. */
enum { KO_PLOT_DOTS_X = 2, KO_PLOT_DOTS_Y = 4, KO_PLOT_ROWS = 12 };

/* What is drawn. */
struct ko_plot {
    const double *v; /* n values from `from`, one every `step`; NaN is a gap */
    size_t n;
    ko_time from;
    ko_dur step;
    struct ko_str unit;
    double base;           /* level before the onset; NaN not known */
    ko_time onset, lo, hi; /* KO_TIME_NONE not known */
    const ko_time *marks;  /* times of changes */
    size_t n_marks;
};

/*
 * ko_plot_put(s, p, arena):
 * KO_PLOT_ROWS rows of the curve between its extremes and zero, values at the left, a
 * dotted line at the baseline; under it marks (change, onset with its span) and clock
 * times.  ASCII pages use "*" and one dot a character.
 *
 * Cost: O(n + rows * columns)
 */
void ko_plot_put(struct ko_screen *s, const struct ko_plot *p, struct ko_arena *arena);

#endif
