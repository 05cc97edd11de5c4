/* amplify.h: dependencies that got more calls than the demand explains. */
#ifndef KO_SPREAD_AMPLIFY_H
#define KO_SPREAD_AMPLIFY_H

#include "base/status.h"
#include "case/case.h"
#include "spread/relation.h"
#include "spread/trouble.h"

/*
 * ko_amplify_find(c, troubles, relations):
 * For each pair of ${relations} whose calls are counted, compare calls per request of the
 * caller before and during its trouble.  Where they grew by 1.3 or more, beyond chance,
 * add evidence with the factor and a link caller -> callee, retry-amplification; an
 * alternative unless ko_chain_find chose the same way.
 *
 * Measures: calls by the caller (its requests to the callee), else all requests of the
 *           callee when it has one known caller; over the requests of the caller
 * Errors:   KO_ENOMEM
 * Cost:     O(relations * buckets + series)
 * Source:   attempts per request and rate asymmetry after Bronson et al., "Metastable
 *           failures in distributed systems", HotOS 2021; retry budget 1.1 of the Google
 *           SRE book, ch. 21
 */
KO_WARN_UNUSED enum ko_status ko_amplify_find(struct ko_case *c,
                                              const ko_troubles *troubles,
                                              const ko_relations *relations);

#endif
