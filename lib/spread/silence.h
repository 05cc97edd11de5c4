/* silence.h: entities that stopped saying anything while others went on. */
#ifndef KO_SPREAD_SILENCE_H
#define KO_SPREAD_SILENCE_H

#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"

/*
 * ko_silence_find(c, scratch):
 * Append an onset of kind "silence" for each entity whose records or samples stop for
 * longer than its own rhythm explains, in order of entity name.
 *
 * Not a silence: time that no export covers; a pause of everything; a pause that the
 * entity made before; the end of the one file that tells of it.
 *
 * Units:   score is the length of the pause over the longest ordinary one
 * Owns:    ${scratch} holds temporary arrays
 * Errors:  KO_ENOMEM
 * Cost:    O(series * buckets + entities * buckets)
 * Source:  absence as a signal: Fang et al., arXiv 2510.04711, failure causes
 */
KO_WARN_UNUSED enum ko_status ko_silence_find(struct ko_case *c,
                                              struct ko_arena *scratch);

#endif
