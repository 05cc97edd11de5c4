/* window.h: the incident interval in buckets, and the healthy part before it. */
#ifndef KO_IMPACT_WINDOW_H
#define KO_IMPACT_WINDOW_H

#include "base/str.h"
#include "case/case.h"

#include <stdbool.h>
#include <stdint.h>

/* Buckets from..to-1 of the case's window; empty when to <= from. */
struct ko_span {
    int64_t from, to;
};

/*
 *   head.from            lo   start                  end
 *   |------ before -------|.....|------- during -------|---- after ----|
 *
 * The dots are the uncertainty of the onset: they belong to neither side.
 */
struct ko_window {
    struct ko_str source; /* what set it: "chain", "--at", "suspect", "onset" */
    ko_time start, end;   /* end NONE: still going on at the end of the window */
    struct ko_span before, during, after;
};

/*
 * ko_window_find(c, ret):
 * The incident interval: of the first suspect's chain, else from head.at, else from the
 * first suspect's onset, else from the earliest onset.  `before` ends at head.normal_to
 * if that is earlier.
 *
 * Returns: false when nothing says when the incident was, or it lies outside the window
 */
bool ko_window_find(const struct ko_case *c, struct ko_window *ret);

/* ko_span_sum(v, s), ko_span_mean(v, s): Over the numbers of ${v} in ${s} that are there;
 * NaN if none is. */
double ko_span_sum(const ko_nums *v, struct ko_span s);
double ko_span_mean(const ko_nums *v, struct ko_span s);
/* ko_span_present(v, s): How many numbers of ${v} in ${s} are there. */
int64_t ko_span_present(const ko_nums *v, struct ko_span s);

#endif
