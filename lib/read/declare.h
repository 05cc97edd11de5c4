/* declare.h: what catalogs say of entities: owners, other names, who calls whom. */
#ifndef KO_READ_DECLARE_H
#define KO_READ_DECLARE_H

#include "base/status.h"
#include "base/str.h"
#include "read/reading.h"

#include <jansson.h>

/* What a catalog says of one entity; empty is "not said". */
struct ko_declaration {
    struct ko_str name;
    struct ko_str kind; /* as written: "database", "queue", "website" … */
    struct ko_str owner, contact, fallback;
    struct ko_place place;
};

/* ko_owner_name(s): The team or person in "group:default/team-crm", "@acme/team-crm",
 * "@jo", "Team CRM". */
struct ko_str ko_owner_name(struct ko_str s);

/* ko_entity_kind_word(s): The word of our list of kinds that "database", "postgres",
 * "topic", "saas" … stands for; else ${s}. */
struct ko_str ko_entity_kind_word(struct ko_str s);

/* Each gives one event to the sink, or none where a name is missing. */
KO_WARN_UNUSED enum ko_status ko_declare_entity(struct ko_reading *rd,
                                                const struct ko_declaration *d);
/* ko_declare_alias(rd, place, alias, name): ${alias} is another name of ${name}. */
KO_WARN_UNUSED enum ko_status ko_declare_alias(struct ko_reading *rd,
                                               struct ko_place place, struct ko_str alias,
                                               struct ko_str name);
/* ko_declare_edge(rd, place, caller, callee, calls): ${calls} may be NaN. */
KO_WARN_UNUSED enum ko_status ko_declare_edge(struct ko_reading *rd,
                                              struct ko_place place, struct ko_str caller,
                                              struct ko_str callee, double calls);

#endif
