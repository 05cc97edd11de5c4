/* axis.c: a span of time laid over a length. */
#include "show/axis.h"

struct ko_axis ko_axis_of_case(const struct ko_case *c, double left, double right)
{
    struct ko_axis a = {0, KO_SECOND, left, right};
    if (c->head.from == KO_TIME_NONE || c->head.step <= 0 || c->head.buckets <= 0)
        return a;
    a.from = c->head.from;
    a.to = ko_case_time(c, c->head.buckets);
    return a;
}

bool ko_axis_inside(const struct ko_axis *a, ko_time t)
{
    return t != KO_TIME_NONE && t >= a->from && t <= a->to;
}

double ko_axis_at(const struct ko_axis *a, ko_time t)
{
    if (t <= a->from)
        return a->left;
    if (t >= a->to)
        return a->right;
    return a->left +
           (a->right - a->left) * ((double)(t - a->from) / (double)(a->to - a->from));
}

ko_dur ko_axis_step(const struct ko_axis *a, size_t max_ticks)
{
    static const ko_dur round[] = {
        KO_SECOND,     5 * KO_SECOND, 10 * KO_SECOND, 30 * KO_SECOND, KO_MINUTE,
        2 * KO_MINUTE, 5 * KO_MINUTE, 10 * KO_MINUTE, 15 * KO_MINUTE, 30 * KO_MINUTE,
        KO_HOUR,       2 * KO_HOUR,   3 * KO_HOUR,    6 * KO_HOUR,    12 * KO_HOUR,
        KO_DAY,        2 * KO_DAY,    7 * KO_DAY,     14 * KO_DAY,    30 * KO_DAY};
    ko_dur span = a->to - a->from;
    for (size_t i = 0; i < sizeof round / sizeof round[0]; i++) {
        if (span / round[i] < (ko_dur)max_ticks)
            return round[i];
    }
    return span / (ko_dur)max_ticks + 1;
}

ko_time ko_axis_first(const struct ko_axis *a, ko_dur step)
{
    ko_time t = ko_time_floor(a->from, step);
    return t < a->from ? t + step : t;
}
