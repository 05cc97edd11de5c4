/* worklist_put.h: worklists as CSV for the people who work them off, and as records of
 * the case. */
#ifndef KO_RECOVER_WORKLIST_PUT_H
#define KO_RECOVER_WORKLIST_PUT_H

#include "base/buf.h"
#include "base/map.h"
#include "base/str.h"
#include "recover/worklist.h"

/* Whose ids stand in the lists; zeroed: nobody's. */
struct ko_worklist_names {
    bool shown;                   /* ids as written; else each is called by its number */
    const struct ko_str *exports; /* names of the files by index of export */
    struct ko_map numbers;        /* of masked ids, in the order of the lists */
};

/*
 * ko_worklist_put(names, g, list, out):
 * Append ${list} as CSV with a head, a row a thing to do:
 *
 *   id, customer, reference  as written, or "id-12", "customer-3", "order-7" when masked:
 *                            the same number for the same id in all lists
 *   time, due, as_of         RFC 3339, UTC
 *   state, amount, times     times: failed attempts or contacts behind it
 *   related                  id of the record that it belongs to
 *   why, reason              of the rule; of the record, without private data
 *   source                   file:line
 *
 * No cell is a formula to a spreadsheet.  Errors: KO_ENOMEM; ${out} has a status too
 */
KO_WARN_UNUSED enum ko_status ko_worklist_put(struct ko_worklist_names *names,
                                              const struct ko_gather *g,
                                              const struct ko_worklist *list,
                                              struct ko_buf *out);

/* ko_worklist_say(list, folded, out): "12 failed payments without a later success", or
 * why that is not known. */
void ko_worklist_say(const struct ko_worklist *list, uint64_t folded, struct ko_buf *out);

/*
 * ko_worklists_keep(c, lists, g, names):
 * Replace the recovery records of ${c} by one for each list.  KO_ENOMEM.
 */
KO_WARN_UNUSED enum ko_status ko_worklists_keep(struct ko_case *c,
                                                const struct ko_worklists *lists,
                                                const struct ko_gather *g,
                                                const struct ko_worklist_names *names);

#endif
