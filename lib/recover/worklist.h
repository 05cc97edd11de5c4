/* worklist.h: what is left to be worked off after an incident: eight lists with their
 * rules. */
#ifndef KO_RECOVER_WORKLIST_H
#define KO_RECOVER_WORKLIST_H

#include "base/list.h"
#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"
#include "recover/gather.h"

/* Contact centres count a customer who comes again within this time as not helped. */
#define KO_WORKLIST_REPEAT_SPAN (48 * KO_HOUR)

/* One thing to do. */
struct ko_work {
    const struct ko_touch *touch;
    int64_t times;         /* records behind it */
    const char *why;       /* of the rule, static */
    uint32_t related;      /* id of the record that it belongs to; 0 none */
    uint32_t export_index; /* where `touch` stands, once more for sorting */
};

/*
 * A list as it was found.  needs: empty, or the export that would tell, and the list is
 * not measured.  matures: NONE, or until when rows may still come.  waiting: records that
 * are neither done nor due yet.
 */
struct ko_worklist {
    const char *name, *what, *definition;
    struct ko_str needs;
    ko_time matures;
    int64_t waiting;
    KO_LIST(struct ko_work) rows; /* by time, then place */
};

enum { KO_WORKLISTS = 8 };

struct ko_worklists {
    struct ko_arena arena;
    struct ko_worklist v[KO_WORKLISTS];
};

/*
 * ko_worklists_find(g, ret):
 * All lists out of the finished ${g}, in their fixed order: failed-payments,
 * duplicate-payments, unresolved-contacts, open-cases, missed-callbacks,
 * repeat-contacts, stale-answers, complaints.  The definition of each is in its record.
 *
 * Owns:    ${ret} borrows ${g}; ko_worklists_release in either case
 * Errors:  KO_ENOMEM
 * Cost:    O(n log n) over the records that were kept
 */
KO_WARN_UNUSED enum ko_status ko_worklists_find(const struct ko_gather *g,
                                                struct ko_worklists *ret);
void ko_worklists_release(struct ko_worklists *lists);

/* ko_worklist_is_name(s): Is ${s} the name of one of them? */
bool ko_worklist_is_name(struct ko_str s);

#endif
