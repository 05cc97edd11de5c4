/* chain.h: the cascades: each origin and what it brought down, in order. */
#ifndef KO_SPREAD_CHAIN_H
#define KO_SPREAD_CHAIN_H

#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"
#include "spread/link.h"
#include "spread/trouble.h"

/*
 * ko_chain_find(c, troubles, paths, scratch):
 * Give every trouble the one parent that makes the whole cheapest, or none: then it is an
 * origin.  Append a chain for each origin that reached others, or that is clearly in
 * trouble itself, the heaviest first; the links chosen; and as alternatives the valid
 * ones within a chain that were not.  A trouble that seems to begin before its cause is
 * dated anew: to the middle of what its interval leaves after that.
 *
 * Owns:    ${scratch} holds temporary arrays
 * Errors:  KO_ENOMEM
 * Cost:    O(troubles * paths)
 */
KO_WARN_UNUSED enum ko_status ko_chain_find(struct ko_case *c, ko_troubles *troubles,
                                            const ko_paths *paths,
                                            struct ko_arena *scratch);

#endif
