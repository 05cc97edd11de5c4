/* containment.h: the next step that contains an incident, by rule, with the figure behind
 * it. */
#ifndef KO_IMPACT_CONTAINMENT_H
#define KO_IMPACT_CONTAINMENT_H

#include "base/buf.h"
#include "base/status.h"
#include "case/case.h"

#include <stdbool.h>

/*
 * ko_containment_done(c, b):
 * If the suspect change was rolled back already, say when, and whether it helped.
 */
bool ko_containment_done(const struct ko_case *c, struct ko_buf *b);

/*
 * ko_containment_steps(c, origin, ret):
 * Append to ${ret}, most reversible first, the steps that the mechanisms of the cascade
 * from ${origin} call for: roll back the suspect change (unless it was), limit retries,
 * break the circuit, time out, shed load, relieve the queue, use the journey's fallback.
 * Nothing when no rule applies.
 *
 * Source:  M. Nygard, "Release It!" 2nd ed. 2018, ch. 5 (timeouts, circuit breaker,
 *          bulkheads, shed load); B. Beyer et al., "Site Reliability Engineering" 2016,
 *          ch. 21-22 (retry budget of 10 %, load shedding, graceful degradation)
 */
KO_WARN_UNUSED enum ko_status ko_containment_steps(struct ko_case *c, uint32_t origin,
                                                   ko_strs *ret);

#endif
