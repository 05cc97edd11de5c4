/* found.h: what shows about an export while its records are read, part by part. */
#ifndef KO_READ_FOUND_H
#define KO_READ_FOUND_H

#include "base/list.h"
#include "base/map.h"
#include "base/status.h"
#include "base/str.h"
#include "event/event.h"
#include "event/ledger.h"
#include "event/time.h"
#include "read/cut.h"
#include "read/how.h"
#include "read/tally.h"

#include <stdbool.h>
#include <stdint.h>

struct ko_histograms;

/* Texts live in the arena of the part's ledger. */
struct ko_found {
    struct ko_cut cut;
    struct ko_how how;
    struct ko_tally tally;
    struct ko_histograms *histograms; /* histogram.h; NULL: none so far */
    uint64_t unmeasured; /* numbers that are NaN or infinite: no event came of them */
    uint64_t general;    /* records that took the general path of their format */
    bool nameless;       /* numbers that nothing in the export gives to an entity */
    bool saw_zone, saw_no_zone, saw_option; /* of times */
    struct ko_str untrusted_zone;           /* the first one met */
    ko_time first, last; /* of the first and the last record with a time, as they stand */
    struct ko_map pairs; /* of names that call each other */
    KO_LIST(struct ko_event) edges; /* one for each pair */
};

void ko_found_init(struct ko_found *f);
void ko_found_release(struct ko_found *f);

/* ko_found_edge(f, arena, ev): Keep the edge ${ev} unless its pair was met before; its
 * texts are copied into ${arena}.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_found_edge(struct ko_found *f, struct ko_arena *arena,
                                            const struct ko_event *ev);

/* ko_found_time(f, t): The next record stands at ${t}. */
void ko_found_time(struct ko_found *f, ko_time t);

/*
 * ko_found_add(f, part, l):
 * Add what was found in the part that follows; ${l} is the ledger of ${f}, and texts are
 * copied into its arena.  ${part} is only good to be released afterwards.  KO_ENOMEM.
 */
KO_WARN_UNUSED enum ko_status ko_found_add(struct ko_found *f, struct ko_found *part,
                                           struct ko_ledger *l);

#endif
