/* fixed.h: sums that do not depend on the order of adding: 128-bit integers of 1e-12. */
#ifndef KO_REDUCE_FIXED_H
#define KO_REDUCE_FIXED_H

#include <stdbool.h>

/* A double sum of the same numbers in another order differs in its last digits; an
 * integer sum does not.  1e-12 keeps nine digits of a microsecond told in seconds. */
typedef __int128 ko_fixed;

/* Larger numbers are no measurements; a million of them still fit a sum. */
#define KO_FIXED_MAX 1e20

/* ko_fixed_fits(x): Can ${x} be summed (finite, not beyond KO_FIXED_MAX)? */
bool ko_fixed_fits(double x);
/* ko_fixed_from(x): The nearest fixed-point number; ${x} fits. */
ko_fixed ko_fixed_from(double x);
/* ko_fixed_add(a, b): The sum, held at the largest number instead of overflowing. */
ko_fixed ko_fixed_add(ko_fixed a, ko_fixed b);
/* ko_fixed_real(a): As a double. */
double ko_fixed_real(ko_fixed a);

#endif
