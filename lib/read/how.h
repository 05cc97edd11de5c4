/* how.h: how the records of an export were read, in words for people: which field is the
 * time, who the records are about, in what units. */
#ifndef KO_READ_HOW_H
#define KO_READ_HOW_H

#include "base/status.h"
#include "base/str.h"
#include "event/event.h"
#include "event/ledger.h"
#include "read/record.h"
#include "read/roles.h"

#include <stdbool.h>

enum { KO_HOW_UNITS = 6 };

/* What was seen so far; zeroed is nothing. */
struct ko_how {
    struct ko_str units[KO_HOW_UNITS];
    size_t n_units, last;
    bool more_units;
    bool named, nameless; /* records that name an entity; that have the file's name */
    bool noted;           /* the fields of a record are in the ledger */
};

/* ko_how_fields(how, l, r, roles): Note the names of the fields of the first record. */
KO_WARN_UNUSED enum ko_status ko_how_fields(struct ko_how *how, struct ko_ledger *l,
                                            const struct ko_record *r,
                                            const struct ko_roles *roles);

/* ko_how_event(how, l, ev, stem): Note what ${ev} came with; ${stem} is the name that the
 * file gives to records without any. */
KO_WARN_UNUSED enum ko_status ko_how_event(struct ko_how *how, struct ko_ledger *l,
                                           const struct ko_event *ev, struct ko_str stem);

/* ko_how_add(how, part, l): Add what was seen in the part that follows; ${l} is the
 * ledger of ${how}. */
KO_WARN_UNUSED enum ko_status ko_how_add(struct ko_how *how, const struct ko_how *part,
                                         struct ko_ledger *l);

/* ko_how_finish(how, l): All is read: put it into words. */
KO_WARN_UNUSED enum ko_status ko_how_finish(const struct ko_how *how,
                                            struct ko_ledger *l);

#endif
