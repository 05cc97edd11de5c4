/* rest.c: is there anything to look for in a part of a series? */
#include "spread/stretch.h"

#include <math.h>

/* A mean of so many numbers nearer than this, in deviations, proposes nothing. */
enum { REST_SPAN = 4, REST_TURNS = 3 };
static const double REST = 1.5;

struct rest {
    double mean, deviation;
};

static double clip(double x, double most)
{
    return x > most ? most : x < -most ? -most : x;
}

/* Mean and deviation of from..to, with numbers beyond four deviations moved there. */
static struct rest rest_of(const double *v, size_t from, size_t to)
{
    struct rest r = {0, INFINITY};
    for (int turn = 0; turn < REST_TURNS; turn++) {
        double far = KO_CLIP * r.deviation;
        double sum = 0;
        double squares = 0;
        double n = 0;
        for (size_t i = from; i < to; i++) {
            double off = clip(v[i] - r.mean, far);
            if (isnan(off))
                continue;
            sum += off;
            squares += off * off;
            n++;
        }
        r.mean += sum / n;
        r.deviation = turn > 0 ? sqrt(squares / n) : INFINITY;
    }
    return r;
}

bool ko_stretch_is_restless(const struct ko_detector *d, size_t from, size_t to)
{
    const double *v = d->rest;
    size_t back = from > KO_REFERENCE_MAX ? from - KO_REFERENCE_MAX : 0;
    struct rest r = rest_of(v, back, from);
    if (!(r.deviation > 0) || from - back < 2 * KO_REFERENCE_MIN)
        return true;
    if (to - from < REST_SPAN)
        return true;
    for (size_t i = from; i < to; i += REST_SPAN) {
        size_t at = i + REST_SPAN <= to ? i : to - REST_SPAN;
        double sum = 0;
        for (size_t k = at; k < at + REST_SPAN; k++)
            sum += v[k];
        if (!(fabs(sum / REST_SPAN - r.mean) < REST * r.deviation))
            return true;
    }
    return false;
}
