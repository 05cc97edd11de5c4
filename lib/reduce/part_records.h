/* part_records.h: the records of a part; private to part.c and part_state.c. */
#ifndef KO_REDUCE_PART_RECORDS_H
#define KO_REDUCE_PART_RECORDS_H

#include "reduce/part.h"
#include "reduce/part_codec.h"
#include "reduce/state.h"

/* How many things a number may name. */
struct ko_part_sizes {
    uint32_t exports, names, texts, tracks;
};

void ko_part_options(struct ko_codec *c, struct ko_reduce_options *o);
void ko_part_ledger(struct ko_codec *c, struct ko_ledger *l);
void ko_part_marks(struct ko_codec *c, struct ko_marks *m);
void ko_part_event(struct ko_codec *c, struct ko_event *ev,
                   const struct ko_part_sizes *n);
void ko_part_span(struct ko_codec *c, struct ko_span *s, const struct ko_part_sizes *n);
void ko_part_contact(struct ko_codec *c, struct ko_contact *x,
                     const struct ko_part_sizes *n);
void ko_part_key(struct ko_codec *c, struct ko_track_key *k,
                 const struct ko_part_sizes *n);
void ko_part_pattern(struct ko_codec *c, struct ko_pattern *p,
                     const struct ko_part_sizes *n);

/* part_order.c */

/* ko_part_in_order(r): Number exports, names and texts anew, in their order; texts that
 * nothing names are gone.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_part_in_order(struct ko_reducer *r);
/* ko_part_order_tracks(r, order, rank): Track order[i] comes at place i, rank[t] is the
 * place of t.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status
ko_part_order_tracks(const struct ko_reducer *r, uint32_t *ret_order, uint32_t *ret_rank);

/* part_state.c: the reducer itself, into or out of ${r}. */
KO_WARN_UNUSED enum ko_status ko_part_state(struct ko_codec *c, struct ko_reducer *r);

#endif
