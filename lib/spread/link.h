/* link.h: the ways by which trouble may have travelled, each with its support. */
#ifndef KO_SPREAD_LINK_H
#define KO_SPREAD_LINK_H

#include "base/list.h"
#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"
#include "spread/mechanism.h"
#include "spread/relation.h"
#include "spread/trouble.h"

/* A candidate: structure, deviation and time all allow it. */
struct ko_path {
    size_t from, to; /* indices into the troubles */
    const struct ko_relation *relation;
    enum ko_way way;
    double support; /* 0..1: product of the three supports */
};

typedef KO_LIST(struct ko_path) ko_paths;

/*
 * ko_link_candidates(c, troubles, relations, skew, scratch, ret):
 * Append every way along ${relations} by which one trouble may have caused another,
 * ordered by child, then parent, then way.
 *
 * structure  how the relation is known
 * deviation  both ends are in trouble, of a kind that travels this way
 * time       the cause not after the effect, as far as the intervals and clocks that may
 *            be ${skew} apart tell, and, of what goes up, the buckets; not long after it
 *            was over; soon rather than late
 *
 * Owns:    the list is in ${scratch}
 * Errors:  KO_ENOMEM
 * Cost:    O(relations)
 * Source:  the three gates of PAVE (OpenRCA 2.0, arXiv 2606.27154)
 */
KO_WARN_UNUSED enum ko_status ko_link_candidates(const struct ko_case *c,
                                                 const ko_troubles *troubles,
                                                 const ko_relations *relations,
                                                 ko_dur skew, struct ko_arena *scratch,
                                                 ko_paths *ret);

/*
 * ko_link_add(c, troubles, path, alternative):
 * Append the link record of ${path} with its evidence.  KO_ENOMEM.
 */
KO_WARN_UNUSED enum ko_status ko_link_add(struct ko_case *c, const ko_troubles *troubles,
                                          const struct ko_path *path, bool alternative);

#endif
