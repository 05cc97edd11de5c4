/* product_pagerduty.c: PagerDuty: incidents, their log, changes, Events v2, webhooks. */
#include "read/milestone.h"
#include "read/product_list.h"

/* ---- changes ---- */

static bool is_change(struct ko_pick *p)
{
    return ko_pick_is(p, "type", "change_event") ||
           (ko_pick_at(p, "summary") != NULL && ko_pick_at(p, "timestamp") != NULL);
}

bool ko_pagerduty_change_fits(struct ko_pick *p)
{
    return json_is_array(ko_pick_at(p, "services")) && is_change(p);
}

static struct ko_str first_link(struct ko_pick *p)
{
    struct ko_pick link = ko_pick_item(p, json_array_get(ko_pick_at(p, "links"), 0));
    return ko_pick_text(&link, "href");
}

/* One change a service that it names. */
KO_PRODUCT_READS(pagerduty_change)
{
    size_t i;
    json_t *item;
    *ret_why = ko_pick_time(p, "timestamp", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    const json_t *services = ko_pick_at(p, "services");
    ev->what = KO_STR("change");
    ev->id = ko_pick_text(p, "id");
    ev->version = ko_pick_text(p, "custom_details.version|custom_details.ref");
    ev->message = ko_pick_text(p, "summary");
    ev->link = first_link(p);
    if (json_array_size(services) == 0)
        return ko_pick_emit(p, ev);
    json_array_foreach ((json_t *)services, i, item) {
        struct ko_pick service = ko_pick_item(p, item);
        struct ko_str id = ko_pick_text(&service, "id");
        struct ko_str name = ko_pick_text(&service, "summary|name");
        ev->entity = name.n > 0 ? name : id;
        enum ko_status st = ko_pick_alias(p, ev->place, id, name);
        if (st == KO_OK)
            st = ko_pick_emit(p, ev);
        if (st != KO_OK)
            return st;
    }
    return KO_OK;
}

bool ko_pagerduty_event_fits(struct ko_pick *p)
{
    return ko_pick_at(p, "payload.summary") != NULL;
}

/* A change, or with an action a step of an alert. */
KO_PRODUCT_READS(pagerduty_event)
{
    struct ko_str action = ko_pick_text(p, "event_action");
    *ret_why = ko_pick_time(p, "payload.timestamp", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    ev->message = ko_pick_text(p, "payload.summary");
    ev->entity = ko_pick_text(
        p, "payload.custom_details.service|payload.component|payload.custom_details.app");
    ev->version = ko_pick_text(p, "payload.custom_details.version");
    ev->what = KO_STR("change");
    if (action.n > 0) {
        ev->kind = KO_EVENT_INCIDENT;
        ev->id = ko_pick_text(p, "dedup_key");
        ev->what = ko_milestone_word(action);
        if (ev->entity.n == 0)
            ev->entity = ko_pick_text(p, "payload.source");
    }
    return ko_pick_emit(p, ev);
}

/* ---- incidents ---- */

bool ko_pagerduty_incident_fits(struct ko_pick *p)
{
    return ko_pick_at(p, "created_at") != NULL;
}

static struct ko_str name_of_first(struct ko_pick *p, const char *list, const char *path)
{
    struct ko_pick first = ko_pick_item(p, json_array_get(ko_pick_at(p, list), 0));
    return ko_pick_text(&first, path);
}

/* One milestone of each entry of a list with a time in it. */
static enum ko_status emit_list(struct ko_pick *p, const struct ko_event *ev,
                                const char *list, const char *who, const char *what)
{
    size_t i;
    json_t *item;
    json_array_foreach ((json_t *)ko_pick_at(p, list), i, item) {
        struct ko_pick own = ko_pick_item(p, item);
        struct ko_event step = *ev;
        struct ko_str name = ko_pick_text(&own, who);
        if (ko_pick_time(&own, "at", &step) != KO_REJECT_COUNT)
            continue;
        step.what = ko_str(what);
        step.owner = name.n > 0 ? name : ev->owner;
        enum ko_status st = ko_pick_emit(&own, &step);
        if (st != KO_OK)
            return st;
    }
    return KO_OK;
}

static enum ko_status emit_end(struct ko_pick *p, const struct ko_event *ev)
{
    struct ko_event step = *ev;
    bool resolved = ko_pick_is(p, "status", "resolved");
    const char *when = resolved ? "resolved_at|last_status_change_at" : "resolved_at";
    if (ko_pick_time(p, when, &step) != KO_REJECT_COUNT)
        return KO_OK;
    step.what = KO_STR("resolved");
    return ko_pick_emit(p, &step);
}

static enum ko_status emit_incident(struct ko_pick *p, struct ko_event *ev)
{
    struct ko_str service = ko_pick_text(p, "service.summary|service.name");
    struct ko_str id = ko_pick_text(p, "service.id");
    ev->entity = service.n > 0 ? service : id;
    ev->id = ko_pick_text(p, "incident_number|number|id");
    ev->message = ko_pick_text(p, "title|summary|description");
    ev->owner = name_of_first(p, "teams", "summary");
    if (ev->owner.n == 0)
        ev->owner = ko_pick_text(p, "escalation_policy.summary");
    enum ko_status st = ko_pick_alias(p, ev->place, id, service);
    ev->what = KO_STR("opened");
    if (st == KO_OK)
        st = ko_pick_emit(p, ev);
    if (st == KO_OK)
        st = emit_list(p, ev, "acknowledgements", "acknowledger.summary", "acknowledged");
    if (st == KO_OK)
        st = emit_list(p, ev, "assignments", "assignee.summary", "assigned");
    return st == KO_OK ? emit_end(p, ev) : st;
}

KO_PRODUCT_READS(pagerduty_incident)
{
    *ret_why = ko_pick_time(p, "created_at", ev);
    return *ret_why == KO_REJECT_COUNT ? emit_incident(p, ev) : KO_OK;
}

/* ---- log entries ---- */

bool ko_pagerduty_log_entry_fits(struct ko_pick *p)
{
    struct ko_str type = ko_pick_text(p, "type");
    return ko_str_ends(type, KO_STR("_log_entry")) ||
           ko_str_ends(type, KO_STR("_log_entry_reference"));
}

KO_PRODUCT_READS(pagerduty_log_entry)
{
    *ret_why = ko_pick_time(p, "created_at", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    ev->what = ko_milestone_word(ko_pick_text(p, "type"));
    ev->id = ko_pick_text(p, "incident.incident_number|incident.id|incident.summary");
    ev->entity = ko_pick_text(p, "service.summary|incident.service.summary|service.id");
    ev->message = ko_pick_text(p, "channel.content|channel.summary|note|summary");
    ev->owner = name_of_first(p, "assignees", "summary");
    if (ev->owner.n == 0)
        ev->owner = ko_pick_text(p, "agent.summary");
    return ko_pick_emit(p, ev);
}

/* ---- webhooks ---- */

bool ko_pagerduty_webhook_fits(struct ko_pick *p)
{
    return ko_str_starts(ko_pick_text(p, "event.event_type"), KO_STR("incident."));
}

KO_PRODUCT_READS(pagerduty_webhook)
{
    struct ko_pick data = ko_pick_item(p, ko_pick_at(p, "event.data"));
    *ret_why = ko_pick_time(p, "event.occurred_at", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    ev->what = ko_milestone_word(ko_str_skip(ko_pick_text(p, "event.event_type"), 9));
    ev->id = ko_pick_text(&data, "number|incident_number|id");
    ev->entity = ko_pick_text(&data, "service.summary|service.id");
    ev->message = ko_pick_text(&data, "title|summary|content");
    ev->owner = ko_pick_text(p, "event.agent.summary");
    return ko_pick_emit(p, ev);
}
