/* cut.h: signs that an export was cut short by its exporter: known limits, and what its
 * envelope says itself. */
#ifndef KO_READ_CUT_H
#define KO_READ_CUT_H

#include "base/status.h"
#include "base/str.h"
#include "event/ledger.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What was seen on the way; zeroed is nothing. */
struct ko_cut {
    size_t columns;          /* of the table; 0: no table */
    uint64_t later, earlier; /* records later, earlier than the one before them */
    const char *said;        /* by the export itself; NULL nothing */
    uint64_t asked;          /* "Line limit: 1000" above the lines; 0 not said */
};

/*
 * ko_cut_look(cut, text):
 * Does ${text}, which stands around the records, say that there are more?  "PartialData",
 * "more": true, a token for the next page, Full Export Completed FALSE, a line limit …
 *
 * Cost:    O(text); texts over 64 KiB are looked at in their first and last 32 KiB
 */
void ko_cut_look(struct ko_cut *cut, struct ko_str text);

/* ko_cut_add(cut, part): Add what was seen in the part that follows, but for the order
 * over the border. */
void ko_cut_add(struct ko_cut *cut, const struct ko_cut *part);

/* ko_cut_look_document(cut, text): The same for a record that is a whole document with a
 * list in it; any other record is not looked at, since it may quote such words. */
void ko_cut_look_document(struct ko_cut *cut, struct ko_str text);

/*
 * ko_cut_judge(cut, l):
 * All is read: note the order and, where the export says that it is cut or has as many
 * rows as a known limit, l->capped with a remark that begins "looks truncated".
 *
 * Limits:  rows 5000 (Datadog, Loki), 10000 (Logs Insights, Connect, OpenSearch), 1000
 *          (Grafana); 80000 cells (Connect); newest first also 30, 100, 500 (logcli,
 *          Loki, Kibana), which say nothing in another order
 */
KO_WARN_UNUSED enum ko_status ko_cut_judge(const struct ko_cut *cut, struct ko_ledger *l);

#endif
