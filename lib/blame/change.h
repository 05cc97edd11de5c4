/* change.h: what to make of each change: suspect, or listed and not blamed, and why. */
#ifndef KO_BLAME_CHANGE_H
#define KO_BLAME_CHANGE_H

#include "base/mem.h"
#include "base/status.h"
#include "blame/clue.h"
#include "blame/fuse.h"
#include "blame/graph.h"
#include "case/case.h"

/*
 * ko_change_judge(c, graph, clues, scratch, standings):
 * Write verdict and why of every change of ${c}, and an evidence record for each suspect
 * one.  ${standings} has the order of the suspects, whose verdicts are written.
 *
 *   suspect     at most one: on the origin, or on what it depends on; before its onset;
 *               that entity has evidence of its own; such a change does not fall there by
 *               chance in more than a quarter of cases; of several the one whose words
 *               name what failed, then the latest
 *   coincident  in time, but one of the other conditions fails
 *   too early   long before the onset
 *   later       after the onset
 *   shipped     a commit that a listed deploy brought
 *   not judged  there is no origin to compare with
 *
 * The chance that such a change falls into the time before the onset anyway,
 * 1 - exp(-rate * time), is part of every `why` of a suspect.
 *
 * Errors:  KO_ENOMEM
 * Source:  conditions and the vote over time and place: Li et al., "Gandalf", NSDI 2020
 */
KO_WARN_UNUSED enum ko_status
ko_change_judge(struct ko_case *c, const struct ko_graph *graph, const ko_clues *clues,
                struct ko_arena *scratch, const struct ko_standing *standings);

#endif
