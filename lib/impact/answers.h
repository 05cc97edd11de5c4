/* answers.h: the six answers, a function each; private to lib/impact. */
#ifndef KO_IMPACT_ANSWERS_H
#define KO_IMPACT_ANSWERS_H

#include "impact/reply.h"

/*
 * ko_answer_X(r):
 * Fill the answer that ${r} was begun for.  Failures stay in r->status.
 */
void ko_answer_where(struct ko_reply *r);
void ko_answer_spread(struct ko_reply *r);
void ko_answer_who(struct ko_reply *r);
void ko_answer_changed(struct ko_reply *r);
void ko_answer_worse(struct ko_reply *r);
void ko_answer_owner(struct ko_reply *r);

/* ko_suspect_rank(c, rank): The suspect of that rank, from 1; NULL if there is none. */
const struct ko_suspect *ko_suspect_rank(const struct ko_case *c, int64_t rank);

/* ko_suspect_holds(s): Is ${s} there and more than "insufficient evidence"? */
bool ko_suspect_holds(const struct ko_suspect *s);

/* ko_change_suspect(c): The change that blame holds for the trigger; NULL if none. */
const struct ko_change *ko_change_suspect(const struct ko_case *c);

#endif
