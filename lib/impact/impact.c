/* impact.c: the measures of harm in their order. */
#include "impact/impact.h"

#include "impact/burn.h"
#include "impact/combine.h"
#include "impact/customers.h"
#include "impact/demand.h"
#include "impact/drag.h"
#include "impact/journeys.h"
#include "impact/locate.h"
#include "impact/owners.h"
#include "impact/reply.h"
#include "impact/signals.h"
#include "impact/window.h"

static enum ko_status measure(struct ko_case *c)
{
    struct ko_window w;
    if (!ko_window_find(c, &w))
        return ko_say_unknown(
            c, KO_STR("who was hurt and how much"),
            KO_STR("a time: --at, or data in which a signal leaves its baseline"));
    enum ko_status st = ko_customers_run(c, &w);
    if (st == KO_OK)
        st = ko_locate_run(c, &w);
    if (st == KO_OK)
        st = ko_combine_run(c, &w);
    if (st == KO_OK)
        st = ko_signals_run(c, &w);
    if (st == KO_OK)
        st = ko_drag_run(c, &w);
    if (st == KO_OK)
        st = ko_demand_run(c, &w);
    if (st == KO_OK)
        st = ko_burn_run(c, &w);
    if (st == KO_OK)
        st = ko_journeys_run(c);
    return st == KO_OK ? ko_owners_run(c, w.start) : st;
}

enum ko_status ko_impact_run(struct ko_case *c, struct ko_err *err)
{
    enum ko_status st = ko_combine_tables(c);
    if (st == KO_OK)
        st = measure(c);
    return st == KO_OK ? KO_OK : ko_err_nomem(err);
}
