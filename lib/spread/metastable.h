/* metastable.h: trouble that outlives its trigger, held up by repeated calls. */
#ifndef KO_SPREAD_METASTABLE_H
#define KO_SPREAD_METASTABLE_H

#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"
#include "spread/relation.h"
#include "spread/trouble.h"

/*
 * ko_metastable_find(c, troubles, relations, scratch):
 * Look at every trouble whose requests and failures are counted.  It is metastable when
 *
 *   history        | trigger            | sustained
 *   all is done    | less is done       | as much is done as in the history, or more,
 *                  | than before        | yet more than half fails, of twice the requests
 *
 * and the sustained part lasts for three buckets, and for as long as the trigger, at
 * least, and nothing below it is in trouble as early.  Add evidence of the kind
 * "metastable".
 *
 * The capacity is back, the load that it is asked for is not: a service that is still ill
 * does less than before; one that is merely overrun had no trigger; one that recovers
 * does more, and is soon done.
 *
 * Errors:  KO_ENOMEM
 * Cost:    O(relations + troubles * buckets + series log series)
 * Source:  Bronson et al., "Metastable failures in distributed systems", HotOS 2021;
 *          Huang et al., "Metastable failures in the wild", OSDI 2022.  The measures
 *          (goodput over throughput halved, load without demand) are ours
 */
KO_WARN_UNUSED enum ko_status ko_metastable_find(struct ko_case *c,
                                                 const ko_troubles *troubles,
                                                 const ko_relations *relations,
                                                 struct ko_arena *scratch);

#endif
