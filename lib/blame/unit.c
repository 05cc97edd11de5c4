/* unit.c: series of different units as seconds and as numbers a bucket. */
#include "blame/unit.h"

#include <math.h>

struct factor {
    struct ko_str text;
    double seconds;
};

static const struct factor times[] = {
    {KO_STR_INIT("s"), 1},     {KO_STR_INIT("ms"), 1e-3},
    {KO_STR_INIT("us"), 1e-6}, {KO_STR_INIT("\xc2\xb5s"), 1e-6},
    {KO_STR_INIT("ns"), 1e-9}, {KO_STR_INIT("min"), 60},
    {KO_STR_INIT("h"), 3600},
};

/* How a rate is spelt, in units and in names. */
static const struct factor rates[] = {
    {KO_STR_INIT("/s"), 1},       {KO_STR_INIT("/min"), 60},
    {KO_STR_INIT("/h"), 3600},    {KO_STR_INIT("per_sec"), 1},
    {KO_STR_INIT("per_min"), 60}, {KO_STR_INIT("per_hour"), 3600},
    {KO_STR_INIT("rps"), 1},      {KO_STR_INIT("qps"), 1},
    {KO_STR_INIT("(ops)"), 1},
};

double ko_unit_seconds(const struct ko_series *s)
{
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        if (ko_str_eq(s->unit, times[i].text))
            return times[i].seconds;
    }
    return NAN;
}

static bool counts_nothing(struct ko_str unit)
{
    return ko_str_starts(unit, KO_STR("%")) || ko_str_starts(unit, KO_STR("By"));
}

double ko_unit_a_bucket(const struct ko_series *s, ko_dur step)
{
    size_t at;
    if (counts_nothing(s->unit))
        return NAN;
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        if (ko_str_ends(s->unit, rates[i].text) ||
            ko_str_ifind(s->signal, rates[i].text, &at))
            return (double)step / (double)KO_SECOND / rates[i].seconds;
    }
    return 1;
}
