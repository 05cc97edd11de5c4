/* suspect.h: the ranking as records, with reasons for and against. */
#ifndef KO_BLAME_SUSPECT_H
#define KO_BLAME_SUSPECT_H

#include "base/mem.h"
#include "base/status.h"
#include "blame/clue.h"
#include "blame/fuse.h"
#include "case/case.h"

#include <stddef.h>

/*
 * ko_suspect_order(c, scratch, standings):
 * Sort the standings of all entities: highest score first; ties by own mass, then
 * earlier onset, then name.
 *
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_suspect_order(const struct ko_case *c,
                                               struct ko_arena *scratch,
                                               struct ko_standing *standings);

/*
 * ko_suspect_write(c, clues, standings, top):
 * Append the first ${top} (0: all) of the ordered ${standings} as suspect records.
 *
 * Every one of the first three has at least one reason on each side, if only that nothing
 * speaks for it.  Verdicts are left to ko_verdict_write.
 *
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_suspect_write(struct ko_case *c, const ko_clues *clues,
                                               const struct ko_standing *standings,
                                               size_t top);

#endif
