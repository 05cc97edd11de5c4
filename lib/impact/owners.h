/* owners.h: who owns what, who was called, and how long each step of the response took.
 */
#ifndef KO_IMPACT_OWNERS_H
#define KO_IMPACT_OWNERS_H

#include "base/status.h"
#include "case/case.h"

#include <stdbool.h>

struct ko_ownership {
    struct ko_str owner, contact;
    struct ko_str
        from; /* the export that says so; "the journey map" for a step's owner */
};

/* ko_owner_of(c, entity, ret): Who owns ${entity}: its own record, else a journey's step;
 * false when nobody does. */
bool ko_owner_of(const struct ko_case *c, uint32_t entity, struct ko_ownership *ret);

/* ko_owner_same(a, b): Do two spellings name one team? "team-crm", "CRM team", "crm". */
bool ko_owner_same(struct ko_str a, struct ko_str b);

/* The response in its milestones, each the earliest of its kind; NULL where none is. */
struct ko_response {
    const struct ko_milestone *opened, *acknowledged, *assigned, *resolved;
    const struct ko_milestone
        *diagnosed; /* the first that names the origin or its owner */
};

/* ko_response_find(c, ret): The incident that was opened first inside the window, or up
 * to a day after it; false when the case has no milestone there. */
bool ko_response_find(const struct ko_case *c, struct ko_response *ret);

/*
 * ko_owners_run(c, start):
 * Add the impact records "time-to-detect", "time-to-acknowledge", "time-to-diagnose",
 * "time-to-assign", "time-to-restore" in seconds from the onset ${start}; unknown records
 * for the missing.
 * ${start} KO_TIME_NONE: all unknown.
 */
KO_WARN_UNUSED enum ko_status ko_owners_run(struct ko_case *c, ko_time start);

#endif
