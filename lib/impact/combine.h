/* combine.h: the combinations of values (region and queue and version …) to which the
 * pain is confined. */
#ifndef KO_IMPACT_COMBINE_H
#define KO_IMPACT_COMBINE_H

#include "base/status.h"
#include "case/case.h"
#include "impact/window.h"

/*
 * ko_combine_run(c, w):
 * Of the interactions that name two dimensions or more: an impact record
 * "confined-combination" for each set of combinations that the excess failures of the
 * incident ${w} are confined to (confine.h), its value the parts "dim=value" with ", "
 * between; one with an empty value where they are not confined to any.
 */
KO_WARN_UNUSED enum ko_status ko_combine_run(struct ko_case *c,
                                             const struct ko_window *w);

/*
 * ko_combine_tables(c):
 * The same for the tables of actual and expected numbers (cube.h), which need no
 * incident; the direction is that of the sum.
 */
KO_WARN_UNUSED enum ko_status ko_combine_tables(struct ko_case *c);

#endif
