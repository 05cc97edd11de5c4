/* verdict.h: likely, possible, or insufficient evidence: by a stated rule. */
#ifndef KO_BLAME_VERDICT_H
#define KO_BLAME_VERDICT_H

#include "blame/fuse.h"
#include "case/case.h"

/*
 * ko_verdict_write(c, standings):
 * Give every suspect of ${c}, which has the order of ${standings}, its verdict:
 *
 *   likely                 only rank 1: unusual, at least twice the runner-up, seen by
 *                          two channels or the origin of a cascade, and behind nobody in
 *                          any cascade
 *   possible               unusual: the score is 1 or more, chance alone brings a healthy
 *                          signal that far in fewer than 1 of 20 windows (chance.h), and
 *                          something says that there was an incident (ko_cut_is_dated)
 *   insufficient evidence  all others
 */
void ko_verdict_write(struct ko_case *c, const struct ko_standing *standings);

#endif
