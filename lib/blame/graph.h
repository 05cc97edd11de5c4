/* graph.h: who waits for whom: the given and the observed calls, never a learned one. */
#ifndef KO_BLAME_GRAPH_H
#define KO_BLAME_GRAPH_H

#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A call as seen from its caller. */
struct ko_call {
    uint32_t caller, callee;
    double share; /* of the callee's incoming calls, 0..1; equal parts when unknown */
    bool async;   /* the caller does not wait */
};

/* calls[from[e]] .. calls[from[e + 1] - 1] are the calls that entity e makes. */
struct ko_graph {
    struct ko_call *calls;
    size_t n;
    size_t *from;
    size_t n_entities;
};

/*
 * ko_graph_make(c, arena, ret):
 * The edges of ${c}, each pair once, ordered by caller, then callee.  Inferred edges
 * (source "inferred") are left out.
 *
 * Owns:    ${ret} is in ${arena}
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_graph_make(const struct ko_case *c,
                                            struct ko_arena *arena, struct ko_graph *ret);

/*
 * ko_graph_reaches(g, arena, from, ret):
 * ret[e] tells whether ${from} depends on e, directly or through others; ret[from] is
 * true.
 *
 * Shape:   ${ret} has g->n_entities items
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_graph_reaches(const struct ko_graph *g,
                                               struct ko_arena *arena, uint32_t from,
                                               bool *ret);

#endif
