/* num.h: numbers from text and to text, exact and the same in every locale. */
#ifndef KO_BASE_NUM_H
#define KO_BASE_NUM_H

#include "base/buf.h"
#include "base/status.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * ko_num_int(s, ret), ko_num_real(s, ret):
 * Read the whole of ${s} as a decimal integer, or a decimal real with optional exponent.
 *
 * Errors:  KO_ESYNTAX not a number, or bytes left over; KO_ERANGE does not fit.
 *          NaN and Inf are no numbers here: ko_num_is_nan tells.
 * Cost:    O(n); reals are correctly rounded
 */
KO_WARN_UNUSED enum ko_status ko_num_int(struct ko_str s, int64_t *ret);
KO_WARN_UNUSED enum ko_status ko_num_real(struct ko_str s, double *ret);

/* ko_num_plain(s, ret): The same for what nearly all numbers are, digits with at most one
 * point among or behind them, 15 bytes at most; false: ask ko_num_real. */
bool ko_num_plain(struct ko_str s, double *ret);

/* ko_num_is_nan(s): Is ${s} a spelling of not-a-number or of an infinity (nan, +Inf, -inf
 * …)? */
bool ko_num_is_nan(struct ko_str s);

/*
 * ko_num_put(b, x):
 * Append ${x} as a JSON number: the shortest text that gives back ${x} rounded to nine
 * significant digits; "null" for NaN and infinities.
 */
void ko_num_put(struct ko_buf *b, double x);

/* ko_num_put_exact(b, x): Append finite ${x} in the fewest digits that give it back:
 * what was written in up to 15 digits comes out as it was. */
void ko_num_put_exact(struct ko_buf *b, double x);

/*
 * ko_num_human(b, x):
 * Append ${x} with three significant digits for people: 0.034, 4.98, 1271, 18.6k, 3.2M.
 */
void ko_num_human(struct ko_buf *b, double x);

#endif
