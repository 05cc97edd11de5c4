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
 * (dim the journey, value the kind of demand) for each signal of demand of its steps that
 * followed the response time of the same entity, else of the step whose latency rose most:
 * by how much it rose, with the interval (rise.h), after what lag, and from which response
 * time on (follow.h).  It followed when both rose and it left what is ordinary not before
 * the latency and within half an hour; else the record is "demand-unmoved".  Nothing is
 * said where no latency rose.
 */
KO_WARN_UNUSED enum ko_status ko_demand_run(struct ko_case *c, const struct ko_window *w);

#endif
