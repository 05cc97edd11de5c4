/* facts.h: look-ups over the findings that several answers share. */
#ifndef KO_IMPACT_FACTS_H
#define KO_IMPACT_FACTS_H

#include "base/buf.h"
#include "case/case.h"
#include "impact/reply.h"

#include <stdbool.h>

/* ko_suspect_rank(c, rank): The suspect of that rank, from 1; NULL if there is none. */
const struct ko_suspect *ko_suspect_rank(const struct ko_case *c, int64_t rank);

/* ko_suspect_holds(s): Is ${s} there, and more than "insufficient evidence"? */
bool ko_suspect_holds(const struct ko_suspect *s);

/* ko_fact_chain(c): The cascade from the first suspect, else the first one; NULL if there
 * is none. */
const struct ko_chain *ko_fact_chain(const struct ko_case *c);

/* ko_fact_in_chain(c, entity): Is ${entity} a node of that cascade? */
bool ko_fact_in_chain(const struct ko_case *c, uint32_t entity);

/* ko_fact_link(c, from, to): The chosen link between two nodes; NULL if there is none. */
const struct ko_link *ko_fact_link(const struct ko_case *c, uint32_t from, uint32_t to);

/* ko_fact_change(c): The earliest change that blame suspects; NULL if none. */
const struct ko_change *ko_fact_change(const struct ko_case *c);

/* ko_fact_start(c): Onset of the first suspect that holds, else the start of the cascade;
 * KO_TIME_NONE if neither is known. */
ko_time ko_fact_start(const struct ko_case *c);

/* ko_fact_onset(c, entity, cls): The highest-scored onset of that class on ${entity},
 * measured by itself or by a caller; NULL if none is unusual. */
const struct ko_onset *ko_fact_onset(const struct ko_case *c, uint32_t entity,
                                     enum ko_class cls);

/* ko_fact_say_onset(b, c, o): "latency_p95 4.9 s (was 40 ms)"; counts say a bucket:
 * "requests 171 per 30 s (was 62)"; a template's text is quoted. */
void ko_fact_say_onset(struct ko_buf *b, const struct ko_case *c,
                       const struct ko_onset *o);

/* ko_fact_say_change(b, c, change): "deploy v2.31.0 of crm-api", the entity only once; a
 * bare version in the summary stands in for an id that is a hash. */
void ko_fact_say_change(struct ko_buf *b, const struct ko_case *c,
                        const struct ko_change *change);

/* ko_fact_say_mechanism(b, l): "slow dependency" for slow-dependency. */
void ko_fact_say_mechanism(struct ko_buf *b, const struct ko_link *l);

/* ko_fact_cite_change(r, change): Name the evidence that blame wrote about ${change}. */
void ko_fact_cite_change(struct ko_reply *r, const struct ko_change *change);

#endif
