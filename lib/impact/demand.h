/* demand.h: did delay turn into demand: retries, abandonment, fallback, handle time,
 * transfers, contacts that follow the latency of a journey. */
#ifndef KO_IMPACT_DEMAND_H
#define KO_IMPACT_DEMAND_H

#include "base/status.h"
#include "case/case.h"
#include "impact/window.h"

/*
 * ko_demand_run(c, w):
 * For each journey, else for the entities of the cascade, add an impact record "demand"
 * (dim the journey, value the kind of demand) for each signal of demand of its steps: the
 * lag and the correlation with its interval to the response time of the same entity, else
 * to that of the step whose latency rose most, and the response time from which on the
 * demand is higher (follow.h).  Lags to half an hour.  It followed when the interval
 * lies above zero and the demand rose.
 */
KO_WARN_UNUSED enum ko_status ko_demand_run(struct ko_case *c, const struct ko_window *w);

#endif
