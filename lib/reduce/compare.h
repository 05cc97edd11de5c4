/* compare.h: whose clock is off, and which export holds the records of another. */
#ifndef KO_REDUCE_COMPARE_H
#define KO_REDUCE_COMPARE_H

#include "event/time.h"
#include "reduce/marks.h"

#include <stdbool.h>
#include <stddef.h>

/* The rules below, and why: 20 that agree by chance while nothing else does, or 50 whole
 * records, do not happen; fewer are said and not acted on. */
enum {
    KO_CLOCK_SURE = 20,     /* ids and records that agree on one shift */
    KO_CLOCK_SAID = 5,      /* so many are worth a word */
    KO_CLOCK_RIVAL = 10,    /* any other shift has at most 1 in so many of that */
    KO_CLOCK_QUARTERS = 56, /* 14 hours, the most that zones are apart from UTC */
    KO_TWIN_RECORDS = 50,
    KO_TWIN_PERCENT = 90
};

/* How the clock of an export stands to those of the others. */
struct ko_clock_fit {
    ko_dur shift; /* its times are so much later than theirs */
    size_t votes; /* ids and records of it that agree on ${shift} */
    size_t rival; /* on the next best shift */
    bool sure;    /* votes >= KO_CLOCK_SURE, rival <= votes / KO_CLOCK_RIVAL */
};

/*
 * ko_clock_compare(own, others, n, ret):
 * Compare the settled ${own} with ${n} others whose zones are known.  An id agrees on a
 * shift of whole quarters of an hour when it was first seen there within 2 s; a record
 * when it was written within 1 s.
 *
 * Cost:    O(n * marks)
 */
void ko_clock_compare(const struct ko_marks *own, const struct ko_marks *const *others,
                      size_t n, struct ko_clock_fit *ret);

/*
 * ko_twin_holds(whole, part):
 * Does ${whole} hold the records of ${part}, and does ${part} say nothing else of them?
 * Of at least KO_TWIN_RECORDS that both samples can have, KO_TWIN_PERCENT have the same
 * words, the same entity where both name one, and the same time (to 2 ms where both go
 * below the second, else to the second).  Only exports of log lines or spans.
 */
bool ko_twin_holds(const struct ko_marks *whole, const struct ko_marks *part);

#endif
