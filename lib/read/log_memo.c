/* log_memo.c: what the values of log records that come again make of an event, kept from
 * record to record. */
#include "read/log_memo.h"

#include "read/log_fields.h"

/* Those that ko_fields_places asks, and those that ko_fields_manner asks. */
static const uint64_t places_roles =
    KO_ROLE_BIT(KO_ROLE_SERVICE) | KO_ROLE_BIT(KO_ROLE_CONTAINER) |
    KO_ROLE_BIT(KO_ROLE_INSTANCE) | KO_ROLE_BIT(KO_ROLE_NAME) |
    KO_ROLE_BIT(KO_ROLE_PEER) | KO_ROLE_BIT(KO_ROLE_REGION) |
    KO_ROLE_BIT(KO_ROLE_CHANNEL) | KO_ROLE_BIT(KO_ROLE_QUEUE) |
    KO_ROLE_BIT(KO_ROLE_SEGMENT) | KO_ROLE_BIT(KO_ROLE_VERSION);
static const uint64_t manner_roles =
    KO_ROLE_BIT(KO_ROLE_LEVEL) | KO_ROLE_BIT(KO_ROLE_LEVEL_OTEL) |
    KO_ROLE_BIT(KO_ROLE_LEVEL_SYSLOG) | KO_ROLE_BIT(KO_ROLE_STATUS) |
    KO_ROLE_BIT(KO_ROLE_OUTCOME) | KO_ROLE_BIT(KO_ROLE_ATTEMPT) |
    KO_ROLE_BIT(KO_ROLE_RETRIES);

struct ko_log_places {
    struct ko_str entity, instance, peer, region, channel, queue, segment, version;
};

struct ko_log_manner {
    bool asks_keys; /* the level is not told by these values alone */
    enum ko_severity severity;
    enum ko_outcome outcome;
    int64_t status, attempt;
};

void ko_log_memo_release(struct ko_log_memo *m)
{
    ko_repeats_release(&m->places);
    ko_repeats_release(&m->manners);
}

/* ---- places ---- */

static enum ko_status add_places(struct ko_log_memo *m, struct ko_arena *arena,
                                 const struct ko_event *ev)
{
    struct ko_log_places *p;
    KO_LIST_ADD(arena, &m->places_of, p);
    if (p == NULL)
        return KO_ENOMEM;
    *p = (struct ko_log_places){ev->entity,  ev->instance, ev->peer,    ev->region,
                                ev->channel, ev->queue,    ev->segment, ev->version};
    struct ko_str *texts[] = {&p->entity,  &p->instance, &p->peer,    &p->region,
                              &p->channel, &p->queue,    &p->segment, &p->version};
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < sizeof texts / sizeof *texts && st == KO_OK; i++) {
        if (texts[i]->n > 0)
            st = ko_str_copy(arena, *texts[i], texts[i]);
    }
    return st;
}

static void put_places(struct ko_event *ev, const struct ko_log_places *p)
{
    ev->entity = p->entity;
    ev->instance = p->instance;
    ev->peer = p->peer;
    ev->region = p->region;
    ev->channel = p->channel;
    ev->queue = p->queue;
    ev->segment = p->segment;
    ev->version = p->version;
}

enum ko_status ko_log_memo_places(struct ko_log_memo *m, struct ko_arena *arena,
                                  struct ko_event *ev, const struct ko_record *r,
                                  const struct ko_roles *roles)
{
    struct ko_repeats_of of = {places_roles, ko_fields_name_host(roles)};
    enum ko_status st = ko_repeats_number(&m->places, arena, of, r, roles, &ev->places);
    if (st != KO_OK)
        return st;
    if (ev->places > 0 && ev->places <= m->places_of.n) {
        put_places(ev, &m->places_of.v[ev->places - 1]);
        return KO_OK;
    }
    ko_fields_places(ev, r, roles);
    return ev->places > 0 ? add_places(m, arena, ev) : KO_OK;
}

/* ---- manner ---- */

enum ko_status ko_log_memo_manner(struct ko_log_memo *m, struct ko_arena *arena,
                                  struct ko_event *ev, const struct ko_record *r,
                                  const struct ko_roles *roles)
{
    uint32_t number;
    struct ko_repeats_of of = {manner_roles, false};
    enum ko_status st = ko_repeats_number(&m->manners, arena, of, r, roles, &number);
    if (st != KO_OK)
        return st;
    struct ko_log_manner *known = NULL;
    if (number > 0 && number <= m->manner_of.n)
        known = &m->manner_of.v[number - 1];
    if (known == NULL || known->asks_keys)
        ko_fields_manner(ev, r, roles);
    if (known == NULL && number > 0) {
        KO_LIST_ADD(arena, &m->manner_of, known);
        if (known == NULL)
            return KO_ENOMEM;
        *known = (struct ko_log_manner){!ko_fields_tell_level(r, roles), ev->severity,
                                        ev->outcome, ev->status, ev->attempt};
    }
    if (known == NULL || known->asks_keys)
        return KO_OK;
    ev->severity = known->severity;
    ev->outcome = known->outcome;
    ev->status = known->status;
    ev->attempt = known->attempt;
    return KO_OK;
}
