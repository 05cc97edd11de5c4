/* explain.h: whose trouble is only that of an entity that it depends on. */
#ifndef KO_BLAME_EXPLAIN_H
#define KO_BLAME_EXPLAIN_H

#include "base/mem.h"
#include "base/status.h"
#include "blame/fuse.h"
#include "blame/graph.h"

/*
 * ko_explain(graph, scratch, standings):
 * Take from what callers show as symptoms (log lines, latency, errors) what the worst of
 * their callees explains, and name that callee in explained_by.
 *
 *   1 + symptom'^2 = (1 + symptom^2) / (1 + score^2 of the worst callee), not below 1
 *
 * Own capacity, silence and what callers measure of it are never explained away.
 *
 * Errors:  KO_ENOMEM
 * Source:  the gap of Smooth Traversal, Orchard et al., NeurIPS 2025, on log scores
 */
KO_WARN_UNUSED enum ko_status ko_explain(const struct ko_graph *graph,
                                         struct ko_arena *scratch,
                                         struct ko_standing *standings);

#endif
