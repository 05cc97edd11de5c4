/* change.h: what to make of each change: suspect, or listed and not blamed, and why. */
#ifndef KO_BLAME_CHANGE_H
#define KO_BLAME_CHANGE_H

#include "base/mem.h"
#include "base/status.h"
#include "blame/fuse.h"
#include "blame/graph.h"
#include "case/case.h"

/*
 * ko_change_judge(c, graph, scratch, standings):
 * Write verdict and why of every change of ${c}, and an evidence record for each suspect
 * one.  ${standings} has the order of the suspects, whose verdicts are written.
 *
 *   suspect     on the origin, or on what it depends on; shortly before its onset; that
 *               entity has evidence of its own
 *   coincident  in time, but one of the other conditions fails
 *   too early   long before the onset
 *   later       after the onset
 *   not judged  there is no origin to compare with
 *
 * The chance that such a change falls into the time before the onset anyway,
 * 1 - exp(-rate * time), is part of every `why` of a suspect.
 *
 * Errors:  KO_ENOMEM
 * Source:  conditions and the vote over time and place: Li et al., "Gandalf", NSDI 2020
 */
KO_WARN_UNUSED enum ko_status ko_change_judge(struct ko_case *c,
                                              const struct ko_graph *graph,
                                              struct ko_arena *scratch,
                                              const struct ko_standing *standings);

#endif
