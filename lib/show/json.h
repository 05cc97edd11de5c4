/* json.h: the report as one JSON document. */
#ifndef KO_SHOW_JSON_H
#define KO_SHOW_JSON_H

#include "show/show.h"

/*
 * ko_json_write(c, opt, out):
 * One object on one line: format, version, case, the six questions under their keys (each
 * with its answer or null, and the records that it stands on), then unknown, evidence,
 * notes, journeys, ledger.  Records are objects as in the case stream.
 */
ko_show_fn ko_json_write;

#endif
