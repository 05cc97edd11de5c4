/* ingest_parts.h: parts of exports that were read elsewhere, as if read here together. */
#ifndef KO_APP_INGEST_PARTS_H
#define KO_APP_INGEST_PARTS_H

#include "app/ingest.h"
#include "app/run.h"
#include "reduce/part.h"

#include <stdbool.h>
#include <stddef.h>

/* The parts that were named; their exports follow each other in ${ing}. */
struct ko_ingest_parts {
    struct ko_part *v;
    size_t n;
    struct ko_part_file **files; /* of ing->files */
    struct ko_reducer *reducer;  /* of all */
    bool incomplete;
};

/*
 * ko_ingest_parts_read(run, ing, ret):
 * Read and merge the parts that the operands of ${run} name, in any order.  ${ing} gets
 * their exports and options.
 *
 * Returns: false, with the reason said and the code set: a part that is none or damaged,
 *          options that differ, an export or a series of rotated logs in two parts;
 *          ko_ingest_parts_release in either case
 */
bool ko_ingest_parts_read(struct ko_run *run, struct ko_ingest *ing,
                          struct ko_ingest_parts *ret);
void ko_ingest_parts_release(struct ko_ingest_parts *p);

#endif
