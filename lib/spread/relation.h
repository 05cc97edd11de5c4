/* relation.h: who depends on whom among the entities in trouble, and how that is known.
 */
#ifndef KO_SPREAD_RELATION_H
#define KO_SPREAD_RELATION_H

#include "base/list.h"
#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"
#include "spread/felt.h"
#include "spread/trouble.h"

#include <stdbool.h>
#include <stddef.h>

/* How a relation is known, the surest first. */
enum ko_relation_kind {
    KO_RELATION_DECLARED,  /* an edge of a map */
    KO_RELATION_OBSERVED,  /* an edge of traces, logs or metrics */
    KO_RELATION_NAMED,     /* a message of the caller names the callee */
    KO_RELATION_HANDOFF,   /* neighbours in a journey: caller is the earlier step */
    KO_RELATION_CUSTOMERS, /* callee is where people serve those whom caller does not */
    KO_RELATION_ROUTED,    /* a change of routing in the callee bears on queues */
    KO_RELATION_INFERRED   /* nothing but order in time; caller is the later one */
};

/* ${caller} depends on ${callee}; both are indices into the list of troubles. */
struct ko_relation {
    size_t caller, callee;
    enum ko_relation_kind kind;
    const struct ko_edge *edge;       /* of the first two kinds */
    const struct ko_felt *felt;       /* what the caller noticed; NULL nothing tells */
    const struct ko_journey *journey; /* of KO_RELATION_HANDOFF */
};

typedef KO_LIST(struct ko_relation) ko_relations;

/*
 * ko_relation_find(c, troubles, felts, scratch, ret):
 * Append the relations among ${troubles}, one an ordered pair, the surest kind, ordered
 * by position of caller and callee.  A queue of contacts of which nothing is known gets
 * the customers of whatever nobody calls and calls others, and of that of which no call is
 * known at all; nothing else waits for it.  Other entities of which no relation to
 * anything is known are related to a few that were in trouble before them, as inferred.
 *
 * Owns:    the list is in ${scratch} and borrows from ${felts}
 * Errors:  KO_ENOMEM
 * Cost:    O(n log n) in edges, felts and troubles
 */
KO_WARN_UNUSED enum ko_status
ko_relation_find(const struct ko_case *c, const ko_troubles *troubles,
                 const ko_felts *felts, struct ko_arena *scratch, ko_relations *ret);

#endif
