/* amplify.h: dependencies that got more calls than the demand explains. */
#ifndef KO_SPREAD_AMPLIFY_H
#define KO_SPREAD_AMPLIFY_H

#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"
#include "spread/relation.h"
#include "spread/trouble.h"

/*
 * ko_amplify_find(c, troubles, relations, scratch):
 * For each pair of ${relations} whose calls are counted, compare calls a request of the
 * caller, in the stretch where they are most above its own history, with that history.
 * Where they grew by 1.3 or more, beyond chance, and the callee fails or is slow, add
 * evidence with the factor and a link caller -> callee, retry-amplification; an
 * alternative unless ko_chain_find chose the same way.
 *
 *   history            | stretch of most calls       |
 *   1 1 1 1 1 1 1 1 1  | (2)  3  3  3  3  3  3  (2)  | 1 1 1
 *                        `first and last bucket, partly in it, do not count'
 *
 * More calls because more is asked are no amplifier: calls and requests then grow alike.
 * Nor is load that moves over: it has no history a request.
 *
 * Measures: calls by the caller (its requests to the callee); else all requests of the
 *           callee when it has one known caller, provided that the caller speaks of
 *           retries; over the requests of the caller.  Where nobody counts the calls, the
 *           caller's messages: the lesser of attempts a call (struct ko_attempts) and, if
 *           calls a request are known of before, their growth (ko_attempts_growth)
 * Errors:   KO_ENOMEM
 * Cost:     O(relations * buckets + series log series)
 * Source:   attempts per request and rate asymmetry after Bronson et al., "Metastable
 *           failures in distributed systems", HotOS 2021; retry budget 1.1 of the Google
 *           SRE book, ch. 21; stretch: Page's CUSUM for a Poisson rate 1.3 times as high
 */
KO_WARN_UNUSED enum ko_status ko_amplify_find(struct ko_case *c,
                                              const ko_troubles *troubles,
                                              const ko_relations *relations,
                                              struct ko_arena *scratch);

#endif
