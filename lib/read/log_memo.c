/* log_memo.c: what the values of log records that come again make of an event, kept from
 * record to record. */
#include "read/log_memo.h"

#include "read/log_fields.h"

/* Those that ko_fields_places asks of who, and of where. */
static const uint8_t who_order[KO_ROLE_COUNT] = {[KO_ROLE_SERVICE] = 0,
                                                 [KO_ROLE_PEER] = 1,
                                                 [KO_ROLE_INSTANCE] = 2,
                                                 [KO_ROLE_CONTAINER] = 3,
                                                 [KO_ROLE_NAME] = 4};
static const uint64_t who_roles =
    KO_ROLE_BIT(KO_ROLE_SERVICE) | KO_ROLE_BIT(KO_ROLE_PEER) |
    KO_ROLE_BIT(KO_ROLE_INSTANCE) | KO_ROLE_BIT(KO_ROLE_CONTAINER) |
    KO_ROLE_BIT(KO_ROLE_NAME);
static const uint8_t where_order[KO_ROLE_COUNT] = {
    [KO_ROLE_REGION] = 0,  [KO_ROLE_CHANNEL] = 1, [KO_ROLE_INSTANCE] = 2,
    [KO_ROLE_VERSION] = 3, [KO_ROLE_QUEUE] = 4,   [KO_ROLE_SEGMENT] = 5};
static const uint64_t where_roles =
    KO_ROLE_BIT(KO_ROLE_REGION) | KO_ROLE_BIT(KO_ROLE_CHANNEL) |
    KO_ROLE_BIT(KO_ROLE_INSTANCE) | KO_ROLE_BIT(KO_ROLE_VERSION) |
    KO_ROLE_BIT(KO_ROLE_QUEUE) | KO_ROLE_BIT(KO_ROLE_SEGMENT);

/* Those that ko_fields_manner asks. */
static const uint8_t manner_order[KO_ROLE_COUNT] = {
    [KO_ROLE_LEVEL] = 0,        [KO_ROLE_STATUS] = 1,  [KO_ROLE_ATTEMPT] = 2,
    [KO_ROLE_OUTCOME] = 3,      [KO_ROLE_RETRIES] = 4, [KO_ROLE_LEVEL_OTEL] = 5,
    [KO_ROLE_LEVEL_SYSLOG] = 6,
};
static const uint64_t manner_roles =
    KO_ROLE_BIT(KO_ROLE_LEVEL) | KO_ROLE_BIT(KO_ROLE_STATUS) |
    KO_ROLE_BIT(KO_ROLE_ATTEMPT) | KO_ROLE_BIT(KO_ROLE_OUTCOME) |
    KO_ROLE_BIT(KO_ROLE_RETRIES) | KO_ROLE_BIT(KO_ROLE_LEVEL_OTEL) |
    KO_ROLE_BIT(KO_ROLE_LEVEL_SYSLOG);

struct ko_log_manner {
    bool asks_keys; /* the level is not told by these values alone */
    enum ko_severity severity;
    enum ko_outcome outcome;
    int64_t status, attempt;
};

void ko_log_memo_release(struct ko_log_memo *m)
{
    ko_repeats_release(&m->who);
    ko_repeats_release(&m->where);
    ko_repeats_release(&m->manners);
}

enum ko_status ko_log_memo_places(struct ko_log_memo *m, struct ko_event *ev,
                                  const struct ko_record *r, const struct ko_roles *roles)
{
    struct ko_repeats_of who = {who_roles, who_order, ko_fields_name_host(roles)};
    struct ko_repeats_of where = {where_roles, where_order, false};
    ko_fields_places(ev, r, roles);
    enum ko_status st = ko_repeats_number(&m->who, who, r, roles, &ev->who);
    return st == KO_OK ? ko_repeats_number(&m->where, where, r, roles, &ev->where) : st;
}

/* Keep what was found of the number behind the last one. */
static enum ko_status add_manner(struct ko_log_memo *m, struct ko_arena *arena,
                                 const struct ko_event *ev, bool asks_keys)
{
    struct ko_log_manner *manner;
    KO_LIST_ADD(arena, &m->manner_of, manner);
    if (manner == NULL)
        return KO_ENOMEM;
    *manner = (struct ko_log_manner){asks_keys, ev->severity, ev->outcome, ev->status,
                                     ev->attempt};
    return KO_OK;
}

enum ko_status ko_log_memo_manner(struct ko_log_memo *m, struct ko_arena *arena,
                                  struct ko_event *ev, const struct ko_record *r,
                                  const struct ko_roles *roles)
{
    uint32_t number;
    struct ko_repeats_of of = {manner_roles, manner_order, false};
    enum ko_status st = ko_repeats_number(&m->manners, of, r, roles, &number);
    if (st != KO_OK)
        return st;
    bool is_known = number > 0 && number <= m->manner_of.n;
    if (is_known && !m->manner_of.v[number - 1].asks_keys) {
        const struct ko_log_manner *manner = &m->manner_of.v[number - 1];
        ev->severity = manner->severity;
        ev->outcome = manner->outcome;
        ev->status = manner->status;
        ev->attempt = manner->attempt;
        return KO_OK;
    }
    ko_fields_manner(ev, r, roles);
    return is_known || number == 0
               ? KO_OK
               : add_manner(m, arena, ev, !ko_fields_tell_level(r, roles));
}
