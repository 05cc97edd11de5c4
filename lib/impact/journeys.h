/* journeys.h: the state of every step of every declared journey. */
#ifndef KO_IMPACT_JOURNEYS_H
#define KO_IMPACT_JOURNEYS_H

#include "base/status.h"
#include "case/case.h"

enum ko_step_state { KO_STEP_NO_DATA, KO_STEP_FINE, KO_STEP_SLOW, KO_STEP_BROKEN };

/* The worst that an entity shows. */
struct ko_step_view {
    enum ko_step_state state;
    const struct ko_onset *onset; /* that decided it; NULL unless slow or broken */
};

/* ko_step_state_name(state): "no data", "fine", "slow", "broken". */
const char *ko_step_state_name(enum ko_step_state state);

/*
 * ko_journey_view(c, entity, ret):
 * The state of ${entity} as its onsets tell: broken = failures or silence, slow = longer
 * latency or queues, fine = has data and no such onset.
 */
void ko_journey_view(const struct ko_case *c, uint32_t entity, struct ko_step_view *ret);

/*
 * ko_journeys_run(c):
 * Add for each journey an impact record "journey" (where it broke first, and whether its
 * fallback held) and one "journey-step" for each step (dim the journey, value the step);
 * then the single points of failure.
 */
KO_WARN_UNUSED enum ko_status ko_journeys_run(struct ko_case *c);

#endif
