/* joint.h: parents beside the one that was chosen: trouble often comes from several. */
#ifndef KO_SPREAD_JOINT_H
#define KO_SPREAD_JOINT_H

#include "base/mem.h"
#include "base/status.h"
#include "spread/link.h"

#include <stdbool.h>
#include <stddef.h>

#define KO_NO_PATH SIZE_MAX

/*
 * ko_joint_find(n, paths, chosen, scratch, ret):
 * Of ${paths} among ${n} troubles, mark those that tell of one more parent of a trouble
 * that has a chosen one: the caller itself noticed its calls of that callee fail or slow
 * down, and a share of what it suffers comes from there (ko_carry_weigh); or customers
 * and messages are passed on from there as well.  Together with the chosen ones they make
 * no circle; what is supported best comes first.
 *
 * Shape:   chosen[i] is the path into trouble i or KO_NO_PATH; ret has one flag a path
 * Errors:  KO_ENOMEM
 * Cost:    O(candidates * paths)
 */
KO_WARN_UNUSED enum ko_status ko_joint_find(size_t n, const ko_paths *paths,
                                            const size_t *chosen,
                                            struct ko_arena *scratch, bool *ret);

#endif
