/* recover_read.h: the second pass of recover over the raw exports. */
#ifndef KO_APP_RECOVER_READ_H
#define KO_APP_RECOVER_READ_H

#include "app/ingest.h"
#include "app/run.h"
#include "case/case.h"
#include "recover/gather.h"

/*
 * ko_recover_read(run, ing, c, g):
 * Read all files of the prepared ${ing} twice into ${g}, with the clocks that the case
 * ${c} found for exports of the same name, and without those that it counted as repeated.
 *
 * Returns: false, with the reason said and the code set, when that fails; true with
 *          run->code as the accounts deserve: done, damaged, or no usable input
 */
bool ko_recover_read(struct ko_run *run, struct ko_ingest *ing, const struct ko_case *c,
                     struct ko_gather *g);

#endif
