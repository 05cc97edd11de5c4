/* index.h: series and templates of a case by what they measure. */
#ifndef KO_BLAME_INDEX_H
#define KO_BLAME_INDEX_H

#include "base/map.h"
#include "base/status.h"
#include "case/case.h"

#include <stdbool.h>

/* Where things are in a case that does not change meanwhile. */
struct ko_index {
    const struct ko_case *c;
    /* private to index.c */
    struct ko_map places;
};

/* ko_index_init(ix, c): Build the index.  Release it also after KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_index_init(struct ko_index *ix, const struct ko_case *c);
void ko_index_release(struct ko_index *ix);

/* ko_index_series(ix, entity, caller, signal, normal): The first such series, or NULL. */
const struct ko_series *ko_index_series(const struct ko_index *ix, uint32_t entity,
                                        uint32_t caller, struct ko_str signal,
                                        bool normal);
/* ko_index_operation(ix, entity, op, normal): The series "op:<op>" of ${entity}. */
const struct ko_series *ko_index_operation(const struct ko_index *ix, uint32_t entity,
                                           struct ko_str op, bool normal);
/* ko_index_healthy(ix, t): The template ${t} in a healthy time, or NULL. */
const struct ko_template *ko_index_healthy(const struct ko_index *ix,
                                           const struct ko_template *t);

#endif
