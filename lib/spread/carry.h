/* carry.h: how much of what a caller suffers each of its callees hands up. */
#ifndef KO_SPREAD_CARRY_H
#define KO_SPREAD_CARRY_H

#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"
#include "spread/felt.h"
#include "spread/trouble.h"

/* A callee that carries less than this of what its caller suffers is no cause of it. */
#define KO_CARRY_MIN 0.2

/*
 * ko_carry_weigh(c, troubles, scratch, felts):
 * Set the share of every pair of ${felts} whose caller is in trouble.  In the first
 * buckets of that trouble, of all callees of the caller:
 *
 *   time    calls * (latency now - latency before)
 *   errors  failed calls, less those that as many calls had before
 *   words   messages that complain of it
 *
 * The share is the largest of the three; NaN where none is known or nothing is carried.
 *
 * Errors:  KO_ENOMEM
 * Cost:    O(felts * (buckets + log series + templates) + series log series)
 */
KO_WARN_UNUSED enum ko_status ko_carry_weigh(const struct ko_case *c,
                                             const ko_troubles *troubles,
                                             struct ko_arena *scratch, ko_felts *felts);

#endif
