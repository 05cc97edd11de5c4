/* slice.h: every set of leaves that shares the values of a few dimensions. */
#ifndef KO_IMPACT_SLICE_H
#define KO_IMPACT_SLICE_H

#include "base/list.h"
#include "base/status.h"
#include "impact/confine.h"

#include <stdbool.h>

/* What a leaf adds to the sets that hold it. */
struct ko_weight_of_leaf {
    double excess; /* failed less expected */
    double weight; /* root of its traffic */
    double hit;    /* 0..1 */
};

/* Leaves that agree with leaf ${first} in the dimensions ${dims}, summed up. */
struct ko_slice {
    uint32_t dims, first;
    double excess, weight, hit; /* hit: each leaf's times its weight */
};

struct ko_slices {
    struct ko_arena arena;
    KO_LIST(struct ko_slice) list;
};

/*
 * ko_slices_make(leaves, weights, n, dims, ret):
 * All sets of one to KO_CONFINE_DEPTH_MAX dimensions.
 *
 * Owns:    ${ret}, until ko_slices_release, also after an error
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_slices_make(const struct ko_leaf *leaves,
                                             const struct ko_weight_of_leaf *weights,
                                             size_t n, size_t dims,
                                             struct ko_slices *ret);
void ko_slices_release(struct ko_slices *s);

/* ko_slice_holds(s, leaves, leaf): Is leaf number ${leaf} in the set? */
bool ko_slice_holds(const struct ko_slice *s, const struct ko_leaf *leaves, size_t leaf);

#endif
