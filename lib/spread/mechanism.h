/* mechanism.h: how trouble got from one entity to another, by the symptoms of both. */
#ifndef KO_SPREAD_MECHANISM_H
#define KO_SPREAD_MECHANISM_H

#include "base/str.h"
#include "spread/felt.h"
#include "spread/trouble.h"

#include <stdbool.h>

/* Which way along the dependency. */
enum ko_way {
    KO_WAY_UP,  /* from callee to caller: errors, latency, exhaustion */
    KO_WAY_DOWN /* from caller to callee: load, retries, queues, bad payloads */
};

struct ko_mechanism {
    struct ko_str name;   /* as struct ko_link spells it; "unknown" when nothing fits */
    size_t from_evidence; /* onset of `from` that shows it */
    size_t to_evidence;
};

/*
 * ko_mechanism_of(from, to, way):
 * Customers who leave a channel or a bot for people shift.  Of a callee that is slow and
 * fails, the errors propagate when it fails at what its caller fails at and the caller
 * tells of failures but not of time; a silent one is waited for.  Otherwise the first
 * rule of the table that both ends meet.
 *
 * Source:  directions by type of symptom: RCA practice of MicroHECL (traffic the other
 *          way than performance); the rules themselves are ours
 */
struct ko_mechanism ko_mechanism_of(const struct ko_trouble *from,
                                    const struct ko_trouble *to, enum ko_way way);

/*
 * ko_mechanism_support(from, to, way, async, felt):
 * 0..1: how well trouble of this kind travels this way.  ${felt}: what the caller noticed
 * of its calls, NULL when nothing tells.  Calls that fail or slow down carry trouble up
 * and are called again: more of them push nobody down that is not down already.  Who does
 * not wait (${async}) feels trouble only where its calls show it; stale content goes up
 * though no call shows it.
 */
double ko_mechanism_support(const struct ko_trouble *from, const struct ko_trouble *to,
                            enum ko_way way, bool async, const struct ko_felt *felt);

#endif
