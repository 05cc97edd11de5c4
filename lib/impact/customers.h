/* customers.h: customer-impact minutes and the number of customers touched. */
#ifndef KO_IMPACT_CUSTOMERS_H
#define KO_IMPACT_CUSTOMERS_H

#include "base/status.h"
#include "case/case.h"
#include "impact/window.h"

/*
 * Customer-impact minutes of one group: the sum over the minutes of the incident of the
 * distinct customers with an interaction that failed, or took longer than the map says
 * customers put up with, less the number that a healthy time would have.
 *
 * A case keeps distinct ids a bucket, so that the minutes are exact for a step of one
 * minute and lie in lo..hi for any other.  Where no id exists, every failed interaction
 * counts one minute.  `touched` counts ids whose first failure of
 * the window falls into the incident.
 */
struct ko_harm {
    struct ko_str counted; /* customers, sessions, customers or sessions, interactions */
    double lo, hi;         /* customer-impact minutes */
    double before;         /* of them in a healthy minute of the same traffic */
    double touched;        /* NaN when interactions carry no id */
    double bad, total;     /* interactions during */
    double ratio_before;   /* failed / all; NaN without a healthy time */
};

/*
 * ko_harm_of(c, group, w, ret):
 * The harm of ${group} in the incident ${w}.
 *
 * Returns: false when the group holds no interaction during the incident
 * Source:  "user minutes": incident length times users impacted, as in availability
 *          clauses of service agreements; here summed by minute, because the number of
 *          users is not constant, and less the normal failures
 */
bool ko_harm_of(const struct ko_case *c, const struct ko_group *group,
                const struct ko_window *w, struct ko_harm *ret);

/* ko_customers_group(c): The group of all interactions: of the whole platform, else of
 * the entity with most failures; NULL if the case has none. */
const struct ko_group *ko_customers_group(const struct ko_case *c);

/*
 * ko_customers_run(c, w):
 * Add the impact records "customer-impact-minutes" and "customers" for everything and for
 * the worst values of each dimension; an unknown record when no export has interactions.
 */
KO_WARN_UNUSED enum ko_status ko_customers_run(struct ko_case *c,
                                               const struct ko_window *w);

#endif
