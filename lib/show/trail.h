/* trail.h: a chain laid out for reading: a tree in order of onset, each step with what to
 * draw beside it. */
#ifndef KO_SHOW_TRAIL_H
#define KO_SHOW_TRAIL_H

#include "base/list.h"
#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"

#include <stdbool.h>
#include <stddef.h>

/* Steps that are laid out; a longer chain says how many are left out. */
enum { KO_TRAIL_MAX = 400 };

/* One step; everything is borrowed from the case, NULL where the case does not say. */
struct ko_trail_step {
    const struct ko_node *node;
    const struct ko_link *link;   /* from the parent; NULL for the origin */
    const struct ko_onset *onset; /* that the step stands on */
    const struct ko_series *series;
    const ko_nums *values; /* of the series or the template, one a bucket of `from` on */
    ko_time from;
    size_t parent; /* index in the trail; SIZE_MAX for a root */
    size_t depth;  /* 0 for a root */
    bool last;     /* of its parent's children */
};

struct ko_trail {
    const struct ko_chain *chain; /* NULL: the case has none */
    KO_LIST(struct ko_trail_step) steps;
    size_t left_out;
};

/* ko_trail_chain(c): The chain to show first: of the first suspect, else the first; NULL
 * when there is none. */
const struct ko_chain *ko_trail_chain(const struct ko_case *c);

/*
 * ko_trail_lay(c, chain, arena, ret):
 * Lay out ${chain} (NULL gives an empty trail): parents before their children, children
 * by onset, then name.  A step whose parent is not in the chain, or that is its own
 * ancestor, becomes a root.
 *
 * Owns:    lists live in ${arena}
 * Errors:  KO_ENOMEM
 * Cost:    O(n^2) for n <= KO_TRAIL_MAX steps, and a search of onsets and series a step
 */
KO_WARN_UNUSED enum ko_status ko_trail_lay(const struct ko_case *c,
                                           const struct ko_chain *chain,
                                           struct ko_arena *arena, struct ko_trail *ret);

/* ko_trail_next(trail, last): The step that comes after step ${last} in time (then in the
 * order of the trail); SIZE_MAX asks for the first and is the answer behind the last. */
size_t ko_trail_next(const struct ko_trail *trail, size_t last);

/* ko_trail_onset(c, entity): The onset of ${entity} with the highest score (then
 * earliest, then by signal); NULL. */
const struct ko_onset *ko_trail_onset(const struct ko_case *c, uint32_t entity);
/* ko_trail_onset_of(c, s): The onset of this very signal; NULL. */
const struct ko_onset *ko_trail_onset_of(const struct ko_case *c,
                                         const struct ko_series *s);

/* ko_trail_series(c, onset): The series of the window that ${onset} was found in; NULL
 * for a template. */
const struct ko_series *ko_trail_series(const struct ko_case *c,
                                        const struct ko_onset *onset);

#endif
