/* fixed.c: sums that do not depend on the order of adding: 128-bit integers of 1e-12. */
#include "reduce/fixed.h"

#include <math.h>
#include <stdint.h>

#define UNIT INT64_C(1000000000000)
#define FIXED_TOP ((ko_fixed)(~(unsigned __int128)0 >> 1))

bool ko_fixed_fits(double x)
{
    return x >= -KO_FIXED_MAX && x <= KO_FIXED_MAX;
}

ko_fixed ko_fixed_from(double x)
{
    double whole = trunc(x);
    double part = (x - whole) * (double)UNIT;
    int64_t units = (int64_t)(part + copysign(0.5, part));
    return (ko_fixed)whole * UNIT + units;
}

ko_fixed ko_fixed_add(ko_fixed a, ko_fixed b)
{
    ko_fixed sum;
    if (__builtin_add_overflow(a, b, &sum))
        return a < 0 ? -FIXED_TOP : FIXED_TOP;
    return sum;
}

double ko_fixed_real(ko_fixed a)
{
    return (double)a / (double)UNIT;
}
