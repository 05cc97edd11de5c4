/* joint.h: the combinations of a case as leaves: every value a number. */
#ifndef KO_IMPACT_JOINT_H
#define KO_IMPACT_JOINT_H

#include "base/map.h"
#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KO_JOINT_DIMS_MAX = 12 };

/*
 * Dimensions by name, values in order of meeting; value 0 of a dimension is "not said".
 *
 * row    of[i] is the combination of leaf i, value[i * dims + d] its value
 * names  of dimension d, value v: ko_joint_name
 */
struct ko_joint {
    struct ko_arena arena;
    size_t dims, n;
    struct ko_str dim[KO_JOINT_DIMS_MAX];
    size_t cards[KO_JOINT_DIMS_MAX];
    const struct ko_combination **of;
    uint32_t *value;
    struct ko_map numbers; /* "dim=value" to its number */
};

/*
 * ko_joint_of(c, snapshot, ret):
 * The combinations of tables of one moment, or of interactions by time; dimensions beyond
 * the limit (by name) are left out, as is the combination of all the rare ones.
 *
 * Owns:    ${ret} is released with ko_joint_release, also after a failure
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_joint_of(const struct ko_case *c, bool snapshot,
                                          struct ko_joint *ret);
void ko_joint_release(struct ko_joint *j);

/* ko_joint_name(j, dim, value): "dim=value" as the case writes it. */
struct ko_str ko_joint_name(const struct ko_joint *j, size_t dim, uint32_t value);

#endif
