/* json_map.c: the map of journeys, owners and dependencies as JSON. */
#include "read/json_map.h"

#include "read/declare.h"

#include <math.h>

/* Nobody puts up with more than a year. */
static const double SLOW_MAX_S = 366.0 * 24 * 3600;
/* The period of an objective that names none, and the longest; what it must leave to
 * fail, for less than one in a million nobody counts. */
#define SLO_WINDOW (30 * KO_DAY)
enum { SLO_DAYS_MAX = 366 };
static const double SLO_BUDGET_MIN = 1e-6;

bool ko_json_is_map(const json_t *value)
{
    return json_is_array(json_object_get(value, "journeys")) ||
           json_is_array(json_object_get(value, "entities"));
}

static struct ko_str text(const json_t *value)
{
    return json_is_string(value)
               ? (struct ko_str){json_string_value(value), json_string_length(value)}
               : (struct ko_str){0};
}

static struct ko_str member(const json_t *object, const char *key)
{
    return text(json_object_get(object, key));
}

static struct ko_event event_of(enum ko_event_kind kind, struct ko_place place)
{
    struct ko_event ev;
    ko_event_init(&ev, kind);
    ev.place = place;
    return ev;
}

/* A number of seconds, or a text as "3s"; < 0: not said. */
static ko_dur slow_after(const json_t *object)
{
    const json_t *value = json_object_get(object, "slow_after");
    double s = json_number_value(value);
    ko_dur dur;
    if (json_is_number(value))
        return s > 0 && s < SLOW_MAX_S ? (ko_dur)(s * (double)KO_SECOND) : -1;
    bool read = ko_time_parse_dur(text(value), &dur) == KO_OK;
    return read && dur > 0 && (double)dur < SLOW_MAX_S * (double)KO_SECOND ? dur : -1;
}

static enum ko_status check_slow_after(struct ko_reading *rd, struct ko_str name,
                                       const json_t *object)
{
    if (json_object_get(object, "slow_after") == NULL || slow_after(object) > 0)
        return KO_OK;
    return ko_ledger_remark(rd->ledger,
                            "slow_after of '%.*s' is not understood: it needs a number "
                            "of seconds or a duration such as 3s",
                            KO_ARG(name));
}

static enum ko_status emit_step(struct ko_reading *rd, struct ko_str journey,
                                const json_t *step, size_t order, ko_dur whole,
                                struct ko_place place)
{
    struct ko_event ev = event_of(KO_EVENT_STEP, place);
    ev.journey = journey;
    ev.operation = json_is_string(step) ? text(step) : member(step, "name");
    ev.entity = member(step, "entity");
    if (ev.entity.n == 0)
        ev.entity = ev.operation;
    if (ev.operation.n == 0)
        ev.operation = ev.entity;
    ev.value = (double)order;
    ev.owner = ko_owner_name(member(step, "owner"));
    ev.contact = member(step, "contact");
    ev.link = member(step, "fallback");
    ev.dur = slow_after(step);
    if (ev.dur < 0 && order == 1)
        ev.dur = whole;
    enum ko_status st = check_slow_after(rd, ev.operation, step);
    return st == KO_OK && ev.entity.n > 0 ? ko_reading_emit(rd, &ev) : st;
}

/* "30d", or a number of days; 30 days where nothing is said; < 0: of no use. */
static ko_dur slo_window(const json_t *slo)
{
    const json_t *value = json_object_get(slo, "window");
    double days = json_number_value(value);
    ko_dur dur = -1;
    if (value == NULL)
        return SLO_WINDOW;
    if (json_is_number(value) && days > 0 && days <= (double)SLO_DAYS_MAX)
        dur = (ko_dur)(days * (double)KO_DAY);
    else if (!json_is_string(value) || ko_time_parse_dur(text(value), &dur) != KO_OK)
        return -1;
    return dur >= KO_HOUR && dur <= SLO_DAYS_MAX * KO_DAY ? dur : -1;
}

/* {"target": 99.9, "window": "30d"}, or the target alone; above 1 it is in percent. */
static enum ko_status emit_objective(struct ko_reading *rd, struct ko_str journey,
                                     const json_t *slo, struct ko_place place)
{
    struct ko_event ev = event_of(KO_EVENT_OBJECTIVE, place);
    const json_t *target = json_is_object(slo) ? json_object_get(slo, "target") : slo;
    double share = json_number_value(target);
    ev.journey = journey;
    ev.value = share <= 1 ? share : share / 100;
    ev.dur = slo_window(slo);
    bool usable = ev.value > 0 && 1 - ev.value >= SLO_BUDGET_MIN && ev.dur > 0;
    if (slo == NULL || usable)
        return slo == NULL ? KO_OK : ko_reading_emit(rd, &ev);
    return ko_ledger_remark(rd->ledger,
                            "the slo of journey '%.*s' is not understood: it needs a "
                            "target between 0 and 100 %% and a window such as 30d",
                            KO_ARG(journey));
}

static enum ko_status emit_journey(struct ko_reading *rd, const json_t *journey,
                                   struct ko_place place)
{
    size_t i;
    json_t *step;
    struct ko_str name = member(journey, "name");
    json_array_foreach (json_object_get(journey, "steps"), i, step) {
        enum ko_status st = emit_step(rd, name, step, i + 1, slow_after(journey), place);
        if (st != KO_OK)
            return st;
    }
    enum ko_status st = check_slow_after(rd, name, journey);
    if (st != KO_OK)
        return st;
    return emit_objective(rd, name, json_object_get(journey, "slo"), place);
}

static enum ko_status emit_edges(struct ko_reading *rd, struct ko_str caller,
                                 const json_t *callees, struct ko_place place)
{
    size_t i;
    json_t *callee;
    json_array_foreach (callees, i, callee) {
        struct ko_event ev = event_of(KO_EVENT_EDGE, place);
        ev.entity = caller;
        ev.peer = json_is_string(callee) ? text(callee) : member(callee, "name");
        ev.async = json_is_true(json_object_get(callee, "async"));
        ev.value = (double)NAN;
        enum ko_status st = ev.peer.n > 0 ? ko_reading_emit(rd, &ev) : KO_OK;
        if (st != KO_OK)
            return st;
    }
    return KO_OK;
}

static enum ko_status emit_entity(struct ko_reading *rd, const json_t *entity,
                                  struct ko_place place)
{
    struct ko_event ev = event_of(KO_EVENT_ENTITY, place);
    ev.entity = member(entity, "name");
    if (ev.entity.n == 0)
        return KO_OK;
    ev.what = json_is_true(json_object_get(entity, "vendor")) ? KO_STR("vendor")
                                                              : member(entity, "kind");
    ev.owner = ko_owner_name(member(entity, "owner"));
    ev.contact = member(entity, "contact");
    ev.link = member(entity, "fallback");
    enum ko_status st = ko_reading_emit(rd, &ev);
    size_t i;
    json_t *alias;
    json_array_foreach (json_object_get(entity, "aliases"), i, alias) {
        struct ko_event other = event_of(KO_EVENT_ENTITY, place);
        other.entity = text(alias);
        other.message = ev.entity;
        if (st == KO_OK && other.entity.n > 0)
            st = ko_reading_emit(rd, &other);
    }
    if (st == KO_OK)
        st = emit_edges(rd, ev.entity, json_object_get(entity, "depends_on"), place);
    return st;
}

enum ko_status ko_json_map(struct ko_reading *rd, const json_t *value,
                           struct ko_place place)
{
    size_t i;
    json_t *item;
    enum ko_status st = KO_OK;
    json_array_foreach (json_object_get(value, "entities"), i, item) {
        if (st == KO_OK)
            st = emit_entity(rd, item, place);
    }
    json_array_foreach (json_object_get(value, "journeys"), i, item) {
        if (st == KO_OK)
            st = emit_journey(rd, item, place);
    }
    return st;
}
