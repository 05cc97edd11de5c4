/* stage_filter.h: the program around a filter, which correlate and blame share. */
#ifndef KO_APP_STAGE_FILTER_H
#define KO_APP_STAGE_FILTER_H

#include "app/filter.h"
#include "app/run.h"

/* ko_stage_filter(run, f, opt): Read the case of the one operand or of stdin, apply ${f},
 * write; sets run->code. */
void ko_stage_filter(struct ko_run *run, const struct ko_filter *f,
                     const struct ko_filter_options *opt);

#endif
