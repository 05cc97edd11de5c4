/* unseen.h: entities whose change is all that tells of their trouble. */
#ifndef KO_SPREAD_UNSEEN_H
#define KO_SPREAD_UNSEEN_H

#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"
#include "spread/trouble.h"

#include <stdbool.h>

/*
 * ko_unseen_bears(c, changed, t):
 * May ${changed} bear on ${t}?  When an edge says that the latter waits for its entity, or
 * that this passes something on to it, or when contacts wait there and the change is one
 * of routing: that decides who gets them.
 *
 * Cost:    O(edges)
 */
bool ko_unseen_bears(const struct ko_case *c, const struct ko_change *changed,
                     const struct ko_trouble *t);

/*
 * ko_unseen_find(c, scratch, list):
 * Append to the troubles in ${list} those of entities that have none of their own, but a
 * change just before the onset of one that it bears on, and of which no series or message
 * tells, or, when routing was changed, could tell.  The change is no coincidence: changes
 * are so rare that one as near comes by chance in at most one of ten.  Such a
 * trouble has no onset: main is KO_TROUBLE_UNSEEN, change tells which.
 *
 *   chance = 1 - exp(-lag * changes / window);   weight = -log(chance)
 *
 * Errors:  KO_ENOMEM
 * Cost:    O(changes * (troubles * edges + series + templates))
 */
KO_WARN_UNUSED enum ko_status ko_unseen_find(const struct ko_case *c,
                                             struct ko_arena *scratch, ko_troubles *list);

/*
 * ko_unseen_tell(c, t):
 * Add the evidence of the unseen trouble ${t}, unless it is told already, and put its id
 * into t->told.  KO_ENOMEM.
 */
KO_WARN_UNUSED enum ko_status ko_unseen_tell(struct ko_case *c, struct ko_trouble *t);

#endif
