/* sheet_kind.h: tables of products whose columns mean what only their manuals say. */
#ifndef KO_READ_SHEET_KIND_H
#define KO_READ_SHEET_KIND_H

#include "read/sheet.h"

/*
 * row(s, ev, ret_why): Give the events of the row to the sink; ${ev} is initialised as
 * `kind` and placed.  ret_why: why it could not be used; it comes as KO_REJECT_COUNT.
 */
struct ko_sheet_kind {
    const char *name;
    const char *what;
    const char *need;    /* columns, as ko_sheet_has wants them */
    const char *without; /* none of these, separated by bars; NULL any */
    enum ko_event_kind kind;
    enum ko_status (*row)(const struct ko_sheet *s, struct ko_event *ev,
                          enum ko_reject *ret_why);
};

/* In order of recognition. */
extern const struct ko_sheet_kind ko_sheet_kinds[];
extern const size_t ko_sheet_kinds_n;

/* ko_sheet_kind_of(plain, n): The row whose columns are all there, or NULL. */
const struct ko_sheet_kind *ko_sheet_kind_of(const struct ko_str *plain, size_t n);

/* ko_sheet_read(s, kind, place, ret_why): Read a row; the ledger calls the export after
 * ${kind}. */
KO_WARN_UNUSED enum ko_status ko_sheet_read(const struct ko_sheet *s,
                                            const struct ko_sheet_kind *kind,
                                            struct ko_place place,
                                            enum ko_reject *ret_why);

/* The rows of the table, in sheet_queue.c, sheet_contact.c, sheet_record.c,
 * sheet_change.c, sheet_table.c. */
#define KO_SHEET_ROW(name)                                                               \
    enum ko_status ko_##name##_row(const struct ko_sheet *s, struct ko_event *ev,        \
                                   enum ko_reject *ret_why)
KO_SHEET_ROW(interaction_table);
KO_SHEET_ROW(expectation_table);
KO_SHEET_ROW(connect_metrics);
KO_SHEET_ROW(connect_snapshot);
KO_SHEET_ROW(genesys_performance);
KO_SHEET_ROW(genesys_interactions);
KO_SHEET_ROW(cxone);
KO_SHEET_ROW(five9);
KO_SHEET_ROW(zendesk);
KO_SHEET_ROW(salesforce);
KO_SHEET_ROW(payment);
KO_SHEET_ROW(case);
KO_SHEET_ROW(callback);
KO_SHEET_ROW(answer);
KO_SHEET_ROW(jira);
KO_SHEET_ROW(servicenow_table);
KO_SHEET_ROW(cloudtrail_table);
KO_SHEET_ROW(pagerduty_table);

#endif
