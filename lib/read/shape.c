/* shape.c: what a record is, by the set of roles that its fields have. */
#include "read/shape.h"

/* KO_ROLE_NONE needs no bit. */
#define BIT_OF(role) (UINT64_C(1) << ((role)-1))
#define BIT(role) BIT_OF(KO_ROLE_##role)

_Static_assert(KO_ROLE_COUNT - 1 <= 64, "a set of roles is one word");

/* All of one set, at least one of each other set that is not empty, and none of a last
 * one. */
struct rule {
    enum ko_shape shape;
    uint64_t all, any, any_too, none;
};

#define SPEECH (BIT(MESSAGE) | BIT(LEVEL) | BIT(LEVEL_OTEL) | BIT(LEVEL_SYSLOG))
#define OF_CHANGE (BIT(FLAG) | BIT(COMMIT) | BIT(CHANGE))

static const struct rule rules[] = {
    {KO_SHAPE_INCIDENT, BIT(FIRED), 0, 0, BIT(TRACE)},
    {KO_SHAPE_INCIDENT, BIT(TIME) | BIT(INCIDENT), 0, 0, BIT(TRACE) | BIT(LEVEL)},
    {KO_SHAPE_INCIDENT, BIT(TIME) | BIT(RESOLVED), BIT(ID) | BIT(SUMMARY), 0, BIT(TRACE)},
    {KO_SHAPE_EDGE, BIT(CALLER) | BIT(CALLEE), 0, 0, BIT(TIME) | BIT(MESSAGE)},
    {KO_SHAPE_EDGE, BIT(PARENT) | BIT(CHILD), 0, 0, BIT(TIME) | BIT(MESSAGE)},
    {KO_SHAPE_STEP, BIT(JOURNEY) | BIT(STEP), 0, 0, BIT(TIME)},
    {KO_SHAPE_SPAN, BIT(TRACE) | BIT(SPAN) | BIT(TIME), BIT(DURATION) | BIT(END), 0,
     SPEECH},
    {KO_SHAPE_METRIC, BIT(TIME) | BIT(VALUE), BIT(METRIC) | BIT(NAME), 0, SPEECH},
    {KO_SHAPE_CONTACT, BIT(TIME),
     BIT(WAIT) | BIT(HANDLE) | BIT(ABANDONED) | BIT(TRANSFERRED) | BIT(OUTCOME),
     BIT(QUEUE) | BIT(CHANNEL) | BIT(CUSTOMER) | BIT(SESSION),
     SPEECH | BIT(TRACE) | BIT(INTERVAL_END)},
    {KO_SHAPE_CHANGE, BIT(TIME), OF_CHANGE, 0,
     BIT(LEVEL) | BIT(TRACE) | BIT(DURATION) | BIT(VALUE)},
    {KO_SHAPE_CHANGE, BIT(TIME), BIT(REASON) | BIT(VERSION) | BIT(SUMMARY),
     BIT(SERVICE) | BIT(KIND) | BIT(ID),
     BIT(LEVEL) | BIT(TRACE) | BIT(DURATION) | BIT(VALUE) | BIT(STATUS)},
    {KO_SHAPE_CHANGE, BIT(TIME) | BIT(SUMMARY) | BIT(KIND), 0, 0,
     BIT(LEVEL) | BIT(TRACE) | BIT(DURATION) | BIT(MESSAGE)},
    {KO_SHAPE_ENTITY, 0, BIT(SERVICE) | BIT(NAME),
     BIT(OWNER) | BIT(CONTACT) | BIT(VENDOR) | BIT(FALLBACK) | BIT(ALIAS),
     BIT(TIME) | SPEECH},
    {KO_SHAPE_LOG, 0, SPEECH, 0, 0},
    {KO_SHAPE_LOG, BIT(TIME), BIT(STATUS) | BIT(TRACE) | BIT(REQUEST), 0, 0},
};

static uint64_t set_of(const struct ko_roles *roles)
{
    uint64_t set = 0;
    for (unsigned i = 1; i < KO_ROLE_COUNT; i++)
        set |= roles->at[i] >= 0 ? BIT_OF(i) : 0;
    return set;
}

static bool fits(const struct rule *rule, uint64_t set)
{
    return (set & rule->all) == rule->all && (rule->any == 0 || (set & rule->any) != 0) &&
           (rule->any_too == 0 || (set & rule->any_too) != 0) && (set & rule->none) == 0;
}

enum ko_shape ko_shape_of(const struct ko_roles *roles, bool is_table)
{
    uint64_t set = set_of(roles);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (fits(&rules[i], set))
            return rules[i].shape;
    }
    if ((set & BIT(TIME)) == 0)
        return KO_SHAPE_NONE;
    return is_table ? KO_SHAPE_WIDE : KO_SHAPE_LOG;
}

const char *ko_shape_name(enum ko_shape shape)
{
    static const char *const names[] = {"unknown",  "logs",   "metrics",  "metrics",
                                        "spans",    "edges",  "edges",    "changes",
                                        "contacts", "owners", "journeys", "incidents"};
    return names[shape];
}

static enum ko_shape shape_of_map(const struct ko_roles *roles, enum ko_shape found)
{
    if (found == KO_SHAPE_STEP || found == KO_SHAPE_ENTITY || found == KO_SHAPE_EDGE)
        return found;
    return ko_roles_has(roles, KO_ROLE_JOURNEY) ? KO_SHAPE_STEP : KO_SHAPE_ENTITY;
}

enum ko_shape ko_shape_asked(const struct ko_roles *roles, bool is_table,
                             struct ko_str asked)
{
    if (ko_str_eq(asked, KO_STR("change")))
        return KO_SHAPE_CHANGE;
    if (ko_str_eq(asked, KO_STR("edge")))
        return KO_SHAPE_EDGE;
    enum ko_shape found = ko_shape_of(roles, is_table);
    return ko_str_eq(asked, KO_STR("map")) ? shape_of_map(roles, found) : found;
}
