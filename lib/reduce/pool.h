/* pool.h: spans, log lines inside them, and contacts as they came, until the end, when
 * the other half of each is there. */
#ifndef KO_REDUCE_POOL_H
#define KO_REDUCE_POOL_H

#include "base/status.h"
#include "event/time.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A timed operation.  trace, id, parent: hashes; parent 0 none. */
struct ko_span {
    uint64_t trace, id, parent;
    ko_time start;
    ko_dur dur;
    uint64_t line;
    uint32_t export_index, entity, peer;
    uint32_t operation; /* text, KO_NO_ENTITY none */
    bool bad, async, retry;
};

/* A log record written inside a span. */
struct ko_mention {
    uint64_t trace, span; /* hashes */
    uint32_t track;       /* of its template */
};

/* A contact, bot turn, payment or queue interval.  Texts are numbers of the text table.
 */
struct ko_contact {
    uint64_t id; /* hash of id and kind; of its place when it has none */
    bool has_id;
    ko_time time;
    ko_dur wait, handle; /* < 0 not said */
    uint64_t person;     /* hash of customer or session, 0 none */
    bool session;
    uint64_t line;
    uint32_t export_index, entity;
    uint32_t version, region, channel, queue, segment; /* text, KO_NO_ENTITY none */
    bool bad, transferred, abandoned, fallback, handoff_failed, auth_failed, retry;
};

/* Growing arrays, thinned like ko_ids: whole traces, and all deliveries of one contact,
 * stay or go together.  Each kept one stands for 2^shift. */
struct ko_spans {
    struct ko_span *v;
    size_t n, cap, max;
    unsigned shift;
};

struct ko_mentions {
    struct ko_mention *v;
    size_t n, cap, max;
    unsigned shift;
};

struct ko_contacts {
    struct ko_contact *v;
    size_t n, cap, max;
    unsigned shift;
};

KO_WARN_UNUSED enum ko_status ko_spans_add(struct ko_spans *p, const struct ko_span *s);
KO_WARN_UNUSED enum ko_status ko_mentions_add(struct ko_mentions *p,
                                              const struct ko_mention *m);
KO_WARN_UNUSED enum ko_status ko_contacts_add(struct ko_contacts *p,
                                              const struct ko_contact *c);

/* ko_spans_find(v, n, trace, id, ret): The span of the ${n} at ${v}, which are in order of
 * trace and id; of two with one id the last, the server's.  false: none. */
bool ko_spans_find(const struct ko_span *v, size_t n, uint64_t trace, uint64_t id,
                   uint32_t *ret);
/* ko_spans_parent(v, n, i, ret): The span that span ${i} of them is part of: what has its
 * id too, and comes before it, else what it names; never itself.  false: none. */
bool ko_spans_parent(const struct ko_span *v, size_t n, uint32_t i, uint32_t *ret);

/* ko_spans_thin(p, shift), ko_mentions_thin, ko_contacts_thin: Keep at most 1 in 2^shift.
 */
void ko_spans_thin(struct ko_spans *p, unsigned shift);
void ko_mentions_thin(struct ko_mentions *p, unsigned shift);
void ko_contacts_thin(struct ko_contacts *p, unsigned shift);

#endif
