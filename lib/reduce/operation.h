/* operation.h: what a span is part of: the request that its entity serves, and the span
 * within. */
#ifndef KO_REDUCE_OPERATION_H
#define KO_REDUCE_OPERATION_H

#include "reduce/finish.h"

/* Operations by number, in order of first use. */
struct ko_operations {
    struct ko_finish *f;
    /* private to operation.c */
    struct ko_map numbers; /* (entry, innermost) -> names */
    KO_LIST(struct ko_str) names;
};

void ko_operations_init(struct ko_operations *o, struct ko_finish *f);
void ko_operations_release(struct ko_operations *o);

/*
 * ko_operations_of(o, span, ret):
 * Number of the operation of a span of the reducer, which has a name: its own, after that
 * of the span through which the request entered the entity ("GET /orders > list"), since
 * one function serves many.
 *
 * Errors:  KO_ENOMEM
 * Cost:    O(spans between them * log spans)
 */
KO_WARN_UNUSED enum ko_status ko_operations_of(struct ko_operations *o, uint32_t span,
                                               uint32_t *ret);
/* ko_operations_name(o, operation): Lives as long as the finish. */
struct ko_str ko_operations_name(const struct ko_operations *o, uint32_t operation);

#endif
