/* roles.h: which field of a record means what, by its name. */
#ifndef KO_READ_ROLES_H
#define KO_READ_ROLES_H

#include "base/str.h"
#include "event/time.h"
#include "read/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ko_role {
    KO_ROLE_NONE,
    KO_ROLE_TIME,
    KO_ROLE_END,
    KO_ROLE_INTERVAL_END, /* numbers of a time span: no single contact */
    KO_ROLE_SERVICE,
    KO_ROLE_CONTAINER,
    KO_ROLE_INSTANCE,
    KO_ROLE_PEER,
    KO_ROLE_LEVEL,
    KO_ROLE_LEVEL_OTEL,
    KO_ROLE_LEVEL_SYSLOG,
    KO_ROLE_MESSAGE,
    KO_ROLE_STATUS,
    KO_ROLE_ERROR,
    KO_ROLE_OUTCOME,
    KO_ROLE_DURATION,
    KO_ROLE_TRACE,
    KO_ROLE_SPAN,
    KO_ROLE_PARENT,
    KO_ROLE_OPERATION,
    KO_ROLE_REQUEST,
    KO_ROLE_CUSTOMER,
    KO_ROLE_SESSION,
    KO_ROLE_REGION,
    KO_ROLE_CHANNEL,
    KO_ROLE_QUEUE,
    KO_ROLE_SEGMENT,
    KO_ROLE_ATTEMPT,
    KO_ROLE_RETRIES,
    KO_ROLE_METRIC,
    KO_ROLE_VALUE,
    KO_ROLE_UNIT,
    KO_ROLE_VERSION,
    KO_ROLE_COMMIT,
    KO_ROLE_FLAG,
    KO_ROLE_CHANGE,
    KO_ROLE_REASON,
    KO_ROLE_REPOSITORY,
    KO_ROLE_ENVIRONMENT,
    KO_ROLE_ID,
    KO_ROLE_SUMMARY,
    KO_ROLE_KIND,
    KO_ROLE_NAME,
    KO_ROLE_LINK,
    KO_ROLE_OWNER,
    KO_ROLE_CONTACT,
    KO_ROLE_FALLBACK,
    KO_ROLE_VENDOR,
    KO_ROLE_ALIAS,
    KO_ROLE_JOURNEY,
    KO_ROLE_STEP,
    KO_ROLE_ORDER,
    KO_ROLE_CALLER,
    KO_ROLE_CALLEE,
    KO_ROLE_CHILD,
    KO_ROLE_CALLS,
    KO_ROLE_FAILED,
    KO_ROLE_WAIT,
    KO_ROLE_HANDLE,
    KO_ROLE_ABANDONED,
    KO_ROLE_TRANSFERRED,
    KO_ROLE_INCIDENT,
    KO_ROLE_FIRED,
    KO_ROLE_ACKNOWLEDGED,
    KO_ROLE_RESOLVED,
    KO_ROLE_COUNT
};

/* One accepted spelling.  Where two fields claim a role, the lower rank has it. */
struct ko_role_name {
    const char *name; /* lower case, letters and digits only */
    uint8_t role;     /* enum ko_role */
    uint8_t rank;     /* 0..15 */
    bool deep;        /* also as the last part of a dotted key */
    ko_dur unit;      /* of a bare number, for durations; 0 not said */
};

/* Sorted by name. */
extern const struct ko_role_name ko_role_names[];
extern const size_t ko_role_names_n;

/* What a key means. */
struct ko_role_claim {
    enum ko_role role;
    unsigned rank; /* lower is better */
    ko_dur unit;
};

/* The field of each role. */
struct ko_roles {
    int at[KO_ROLE_COUNT]; /* index into the record, -1 none */
    unsigned rank[KO_ROLE_COUNT];
    ko_dur unit[KO_ROLE_COUNT];
    uint64_t claimed; /* bit of each role that ko_roles_claim ever gave away */
};

/* Sets of roles. */
#define KO_ROLE_BIT(role) (UINT64_C(1) << ((role)-1))
_Static_assert(KO_ROLE_COUNT <= 65, "a bit for each role but none");

/*
 * ko_role_of(key, field_map):
 * What ${key} means: case, blanks, "_", "-", "." and "@" do not matter; of a dotted key
 * also its last parts; a unit behind it (_ms, _us, Seconds …) is the unit.  ${field_map}
 * ("time=ts,service=svc") comes first.
 */
struct ko_role_claim ko_role_of(struct ko_str key, struct ko_str field_map);

/* ko_role_is_known(role): Is ${role} a name that a field_map may give to a column? */
bool ko_role_is_known(struct ko_str role);

/* ko_roles_note_map(r, field_map, met): Set bit i of ${met} (may be NULL) where pair i of
 * ${field_map} names a field of ${r}; pairs past 63 are taken as met. */
void ko_roles_note_map(const struct ko_record *r, struct ko_str field_map, uint64_t *met);

/* ko_roles_none(roles): No field has a role. */
void ko_roles_none(struct ko_roles *roles);
/* ko_roles_claim(roles, claim, index): Give field ${index} the role if none better has.
 */
void ko_roles_claim(struct ko_roles *roles, struct ko_role_claim claim, int index);
/* ko_roles_claim_field(roles, claim, r, i): The same for field ${i} of ${r}, whose value
 * may speak against the role. */
void ko_roles_claim_field(struct ko_roles *roles, struct ko_role_claim claim,
                          const struct ko_record *r, size_t i);
/* ko_roles_take_unit(roles, r): The unit of a bare duration is that of the logger: zap
 * and Caddy, which give "ts" as a number, write seconds, Traefik nanoseconds. */
void ko_roles_take_unit(struct ko_roles *roles, const struct ko_record *r);
/* ko_roles_find(roles, r, field_map): The roles of all fields of ${r} that hold
 * something.
 */
void ko_roles_find(struct ko_roles *roles, const struct ko_record *r,
                   struct ko_str field_map);

static inline bool ko_roles_has(const struct ko_roles *roles, enum ko_role role)
{
    return roles->at[role] >= 0;
}

/* ko_roles_get(roles, r, role): The value of the field with ${role}, "" when there is
 * none or it says "nothing". */
static inline struct ko_str ko_roles_get(const struct ko_roles *roles,
                                         const struct ko_record *r, enum ko_role role)
{
    if (roles->at[role] < 0 || (size_t)roles->at[role] >= r->n)
        return (struct ko_str){0};
    struct ko_str value = r->v[roles->at[role]].value;
    return ko_value_missing(value) ? (struct ko_str){0} : value;
}

#endif
