/* signals.h: the signals of spread that both sides of the house name, before and during:
 * hand-offs, transfers, bot fallback, authentication, abandonment, handle time … */
#ifndef KO_IMPACT_SIGNALS_H
#define KO_IMPACT_SIGNALS_H

#include "base/status.h"
#include "case/case.h"
#include "impact/window.h"

/*
 * ko_signals_run(c, w):
 * For each signal of the table add an impact record with its level before and during the
 * incident, its definition and its evidence; an unknown record for each that no export of
 * the case carries, naming the export that would.  A signal of one entity has its kind as
 * dim and its name as value.
 */
KO_WARN_UNUSED enum ko_status ko_signals_run(struct ko_case *c,
                                             const struct ko_window *w);

#endif
