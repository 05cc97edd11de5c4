/* upstream.h: what the cascade says of who started the trouble of the most unusual. */
#ifndef KO_BLAME_UPSTREAM_H
#define KO_BLAME_UPSTREAM_H

#include "blame/fuse.h"
#include "case/case.h"

/*
 * ko_upstream(c, standings):
 * Charge the origin of a cascade with the symptoms of those that follow it: where an
 * entity that stands out by its log, its latency or its errors comes after another one in
 * a chain, along calls that were declared or observed, that chain's origin takes its
 * score and it is left with what a runner-up may have.  ${standings}: one for each entity
 * of ${c}, in that order; fills start and followed_by.  Of an origin of which only its
 * change tells, the first followers are charged to it whatever they stand out by.
 *
 * Own capacity, silence and what callers measure beyond an entity's own time say who is
 * ill without the cascade, and stay where they are; so does all that only links without a
 * known call connect.
 */
void ko_upstream(const struct ko_case *c, struct ko_standing *standings);

#endif
