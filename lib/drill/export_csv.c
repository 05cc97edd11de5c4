/* export_csv.c: what the exports share: clocks, times, chance of being lost. */
#include "drill/export_csv.h"

ko_time ko_export_time(const struct ko_drill *d, uint32_t node, double second)
{
    struct ko_rng r = ko_rng_of(d->opt.seed, KO_STREAM_CLOCKS * 1000 + node);
    double offset = d->opt.skew_s * ko_rng_between(&r, -1, 1);
    return ko_drill_time(second + offset);
}

bool ko_export_lost(const struct ko_drill *d, struct ko_rng *rng)
{
    return ko_rng_unit(rng) * 100 < d->opt.missing_percent;
}

double ko_export_hops(const struct ko_drill *d)
{
    static const double usual = 12, most_in_all = 90000;
    double spread = most_in_all / (double)d->run.seconds;
    return spread < usual ? spread : usual;
}
