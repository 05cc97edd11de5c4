/* axis.h: a span of time laid over a length, with ticks at round times. */
#ifndef KO_SHOW_AXIS_H
#define KO_SHOW_AXIS_H

#include "case/case.h"

#include <stdbool.h>
#include <stddef.h>

/* from..to in time lies over left..right of a drawing (pixels or columns). */
struct ko_axis {
    ko_time from, to;
    double left, right;
};

/* ko_axis_of_case(c, left, right): Over the window; a case without one gets one step. */
struct ko_axis ko_axis_of_case(const struct ko_case *c, double left, double right);

/* ko_axis_at(a, t): Where ${t} lies; times outside are put on the nearer end. */
double ko_axis_at(const struct ko_axis *a, ko_time t);

/* ko_axis_inside(a, t): Is ${t} a time of the span? */
bool ko_axis_inside(const struct ko_axis *a, ko_time t);

/* ko_axis_step(a, max_ticks): The smallest round duration that gives at most ${max_ticks}
 * ticks. */
ko_dur ko_axis_step(const struct ko_axis *a, size_t max_ticks);

/* ko_axis_first(a, step): The first multiple of ${step} in the span. */
ko_time ko_axis_first(const struct ko_axis *a, ko_dur step);

#endif
