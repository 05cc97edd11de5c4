/* rng.c: seeded random numbers that are the same on every machine. */
#include "drill/rng.h"

#include <math.h>

static const double NORMAL_FROM = 30.0;

struct ko_rng ko_rng_of(uint64_t seed, uint64_t stream)
{
    struct ko_rng r = {seed * UINT64_C(0xd1342543de82ef95) + stream};
    r.state = ko_rng_next(&r) ^ (stream << 32);
    return r;
}

uint64_t ko_rng_next(struct ko_rng *r)
{
    uint64_t z = (r->state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

double ko_rng_unit(struct ko_rng *r)
{
    return ((double)(ko_rng_next(r) >> 12) + 0.5) * 0x1p-52;
}

double ko_rng_between(struct ko_rng *r, double lo, double hi)
{
    return lo + (hi - lo) * ko_rng_unit(r);
}

uint64_t ko_rng_below(struct ko_rng *r, uint64_t n)
{
    return (ko_rng_next(r) >> 32) * n >> 32;
}

/* e^-x for 0 <= x <= 32 by squaring a short series: no libm, so no last-bit surprises. */
static double exp_minus(double x)
{
    double y = x / 1024;
    double e = 1 - y * (1 - y / 2 * (1 - y / 3 * (1 - y / 4)));
    for (int i = 0; i < 10; i++)
        e *= e;
    return e;
}

static uint64_t poisson_small(struct ko_rng *r, double mean)
{
    double limit = exp_minus(mean);
    uint64_t n = 0;
    for (double product = ko_rng_unit(r); product > limit; product *= ko_rng_unit(r))
        n++;
    return n;
}

uint64_t ko_rng_poisson(struct ko_rng *r, double mean)
{
    if (!(mean > 0))
        return 0;
    if (mean < NORMAL_FROM)
        return poisson_small(r, mean);
    double normal = -6;
    for (int i = 0; i < 12; i++)
        normal += ko_rng_unit(r);
    double x = mean + sqrt(mean) * normal + 0.5;
    return x > 0 ? (uint64_t)x : 0;
}

double ko_rng_duration(struct ko_rng *r, double median)
{
    double u = ko_rng_unit(r);
    return median * sqrt(sqrt(u / (1 - u)));
}

double ko_drill_tail(double limit, double median)
{
    if (!(median > 0))
        return 0;
    double x = limit / median;
    x *= x;
    return 1 / (1 + x * x);
}
