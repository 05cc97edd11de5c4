/* tally.h: which formats the lines of one file have, and how many each. */
#ifndef KO_READ_TALLY_H
#define KO_READ_TALLY_H

#include "base/status.h"
#include "event/ledger.h"

#include <stddef.h>
#include <stdint.h>

enum { KO_TALLY_MAX = 16 };

/* In order of first appearance; names are literals. */
struct ko_tally {
    size_t n;
    struct {
        const char *name;
        uint64_t records;
    } v[KO_TALLY_MAX];
};

/* ko_tally_add(t, name): One record more of the format ${name}. */
void ko_tally_add(struct ko_tally *t, const char *name);

/* ko_tally_merge(t, part): Add the records of the part that follows. */
void ko_tally_merge(struct ko_tally *t, const struct ko_tally *part);

/*
 * ko_tally_say(t, ledger):
 * Where there were several, call the export by all of them, "jsonl + text", and say how
 * many records each had.  KO_ENOMEM.
 */
KO_WARN_UNUSED enum ko_status ko_tally_say(struct ko_tally *t, struct ko_ledger *ledger);

#endif
