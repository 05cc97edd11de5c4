/* tree.h: the cheapest way to give every node one parent. */
#ifndef KO_SPREAD_TREE_H
#define KO_SPREAD_TREE_H

#include "base/mem.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An arc of the graph; node 0 is the root, which has none coming in. */
struct ko_arc {
    uint32_t from, to;
    double cost;
};

#define KO_NO_ARC SIZE_MAX

/*
 * ko_tree_cheapest(n, arcs, n_arcs, scratch, ret):
 * Choose for every node 1..n-1 the arc by which it hangs in the arborescence of least
 * total cost that reaches all nodes from the root.  Every node needs an arc from the
 * root. Equal costs: the arc that stands first wins.
 *
 * Shape:   ret[i] is the index of the arc into node i; ret[0] is KO_NO_ARC
 * Errors:  KO_ENOMEM
 * Cost:    O(n * n_arcs)
 * Source:  Chu and Liu 1965; Edmonds, "Optimum branchings", 1967
 */
KO_WARN_UNUSED enum ko_status ko_tree_cheapest(size_t n, const struct ko_arc *arcs,
                                               size_t n_arcs, struct ko_arena *scratch,
                                               size_t *ret);

#endif
