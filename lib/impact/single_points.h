/* single_points.h: what several journeys stand on and nothing replaces. */
#ifndef KO_IMPACT_SINGLE_POINTS_H
#define KO_IMPACT_SINGLE_POINTS_H

#include "base/status.h"
#include "case/case.h"

/*
 * ko_single_points_run(c):
 * Add an impact record "single-point-of-failure" for each part (service, vendor, rule …)
 * that two or more journeys need, as a step or because a step waits for it over any
 * number of calls, and that has no declared fallback itself or as a step: hurt parts, and
 * fine ones that every journey needs; and for a team that owns a needed part of every
 * journey.
 *
 * Errors:  KO_ENOMEM
 * Cost:    O(journeys * (entities + edges))
 */
KO_WARN_UNUSED enum ko_status ko_single_points_run(struct ko_case *c);

#endif
