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

#endif
