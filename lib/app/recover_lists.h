/* recover_lists.h: what recover writes: the counts, one list, a folder of lists, or the
 * case. */
#ifndef KO_APP_RECOVER_LISTS_H
#define KO_APP_RECOVER_LISTS_H

#include "app/ingest.h"
#include "app/run.h"
#include "case/case.h"
#include "recover/gather.h"

/*
 * ko_recover_lists(run, ing, c, g):
 * Find the worklists in the finished ${g}, put their counts into ${c}, and write what the
 * options ask for.
 *
 * Returns: false, with the reason said and the code set, when that fails
 */
bool ko_recover_lists(struct ko_run *run, const struct ko_ingest *ing, struct ko_case *c,
                      const struct ko_gather *g);

#endif
