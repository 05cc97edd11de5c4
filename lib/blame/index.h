/* index.h: series of a case by what they measure. */
#ifndef KO_BLAME_INDEX_H
#define KO_BLAME_INDEX_H

#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"

#include <stdbool.h>
#include <stddef.h>

/* Where the series are in a case that does not change meanwhile. */
struct ko_index {
    /* private to index.c */
    const struct ko_series **v; /* by entity, caller, signal, normal, place */
    size_t n;
};

/*
 * ko_index_make(c, arena, ret):
 * Index the series of ${c}.
 *
 * Owns:    ${ret} is in ${arena} and points into ${c}
 * Errors:  KO_ENOMEM
 * Cost:    O(n log n); a lookup O(log n)
 */
KO_WARN_UNUSED enum ko_status ko_index_make(const struct ko_case *c,
                                            struct ko_arena *arena, struct ko_index *ret);

/* ko_index_series(ix, entity, caller, signal, normal): The first such series, or NULL. */
const struct ko_series *ko_index_series(const struct ko_index *ix, uint32_t entity,
                                        uint32_t caller, struct ko_str signal,
                                        bool normal);
/* ko_index_operation(ix, entity, op, normal): The series "op:<op>" of ${entity}. */
const struct ko_series *ko_index_operation(const struct ko_index *ix, uint32_t entity,
                                           struct ko_str op, bool normal);

#endif
