/* impact.h: who is hurt and by how much: every measure of harm that the case can carry.
 */
#ifndef KO_IMPACT_IMPACT_H
#define KO_IMPACT_IMPACT_H

#include "base/err.h"
#include "base/status.h"
#include "case/case.h"

/*
 * ko_impact_run(c, err):
 * Measure the harm of the incident against the time before it: customer-impact minutes,
 * the dimension values it is confined to, the signals of spread, the state of every
 * journey.  Reads groups, series, templates, journeys, onsets, chains; writes impact and
 * evidence records, and an unknown record for each measure that no export can tell.
 *
 * Errors:  KO_ENOMEM
 * Cost:    O((groups + series + templates) * buckets)
 */
KO_WARN_UNUSED enum ko_status ko_impact_run(struct ko_case *c, struct ko_err *err);

#endif
