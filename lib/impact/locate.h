/* locate.h: the values of one dimension (region, queue, channel …) to which the pain is
 * confined. */
#ifndef KO_IMPACT_LOCATE_H
#define KO_IMPACT_LOCATE_H

#include "base/status.h"
#include "case/case.h"
#include "impact/window.h"

/*
 * ko_locate_run(c, w):
 * For every dimension of the platform's groups decide whether the excess failures are
 * confined to some of its values; adds an impact record "confined" (share = explanatory
 * power, text says the rest's state) for each value that is in the set, and one with
 * value
 * "" and the text "not confined to any …" for a dimension where the pain is everywhere.
 *
 * Source:  R. Bhagwan et al., "Adtributor: revenue debugging in advertising systems",
 *          NSDI 2014: explanatory power and surprise.  Two departures: the prior of a
 *          value is its share of traffic, not of forecast failures, which are near none
 *          in a healthy time; and a set counts only if the rest is healthier than a
 *          quarter of it, beyond chance
 */
KO_WARN_UNUSED enum ko_status ko_locate_run(struct ko_case *c, const struct ko_window *w);

#endif
