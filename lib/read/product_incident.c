/* product_incident.c: incidents of Opsgenie, incident.io and Statuspage; alerts of
 * Alertmanager. */
#include "read/milestone.h"
#include "read/product_list.h"

/* A milestone at the time of ${path}, if it is there. */
static enum ko_status emit_at(struct ko_pick *p, const struct ko_event *ev,
                              const char *path, struct ko_str what)
{
    struct ko_event step = *ev;
    if (ko_pick_time(p, path, &step) != KO_REJECT_COUNT)
        return KO_OK;
    step.what = what;
    return ko_pick_emit(p, &step);
}

static enum ko_status emit_after(struct ko_pick *p, const struct ko_event *ev,
                                 const char *path, struct ko_str what)
{
    ko_dur later = ko_pick_dur(p, path, KO_MS);
    struct ko_event step = *ev;
    if (later < 0 || later > KO_DAY * 366)
        return KO_OK;
    step.time += later;
    step.what = what;
    return ko_pick_emit(p, &step);
}

static struct ko_str first_of(struct ko_pick *p, const char *list, const char *path)
{
    const json_t *item = json_array_get(ko_pick_at(p, list), 0);
    struct ko_pick first = ko_pick_item(p, item);
    if (json_is_string(item))
        return (struct ko_str){json_string_value(item), json_string_length(item)};
    return ko_pick_text(&first, path);
}

/* ---- Opsgenie ---- */

bool ko_opsgenie_fits(struct ko_pick *p)
{
    return ko_pick_at(p, "createdAt") != NULL;
}

KO_PRODUCT_READS(opsgenie)
{
    *ret_why = ko_pick_time(p, "createdAt", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    ev->id = ko_pick_text(p, "tinyId");
    ev->message = ko_pick_text(p, "message");
    ev->entity = ko_pick_text(p, "entity|extraProperties.service|details.service");
    if (ev->entity.n == 0)
        ev->entity = first_of(p, "impactedServices", "name");
    ev->owner = first_of(p, "responders", "name");
    if (ev->owner.n == 0)
        ev->owner = ko_pick_text(p, "ownerTeam|owner");
    ev->what = KO_STR("opened");
    enum ko_status st = ko_pick_emit(p, ev);
    if (st == KO_OK)
        st = emit_after(p, ev, "report.ackTime", KO_STR("acknowledged"));
    if (st != KO_OK)
        return st;
    if (ko_pick_at(p, "report.closeTime") != NULL)
        return emit_after(p, ev, "report.closeTime", KO_STR("resolved"));
    bool over = ko_pick_is(p, "status", "closed") || ko_pick_is(p, "status", "resolved");
    return over ? emit_at(p, ev, "impactEndDate|updatedAt", KO_STR("resolved")) : KO_OK;
}

/* ---- incident.io ---- */

bool ko_incident_io_fits(struct ko_pick *p)
{
    return ko_pick_at(p, "reference|id") != NULL;
}

static struct ko_str lead_of(struct ko_pick *p)
{
    return first_of(p, "incident_role_assignments", "assignee.name");
}

/* Their names are the customer's own: the words in them tell. */
KO_PRODUCT_READS(incident_io)
{
    size_t i, told = 0;
    json_t *item;
    enum ko_status st = KO_OK;
    ev->id = ko_pick_text(p, "reference|id");
    ev->message = ko_pick_text(p, "name");
    ev->owner = lead_of(p);
    json_array_foreach ((json_t *)ko_pick_at(p, "incident_timestamp_values"), i, item) {
        struct ko_pick own = ko_pick_item(p, item);
        struct ko_str name =
            ko_pick_text(&own, "incident_timestamp.name|timestamp.name|name");
        struct ko_event step = *ev;
        if (ko_pick_time(&own, "value.value|value", &step) != KO_REJECT_COUNT)
            continue;
        step.what = ko_milestone_phrase(name);
        told++;
        st = ko_pick_emit(&own, &step);
        if (st != KO_OK)
            return st;
    }
    if (told > 0)
        return KO_OK;
    *ret_why = ko_pick_time(p, "created_at", ev);
    ev->what = KO_STR("opened");
    return *ret_why == KO_REJECT_COUNT ? ko_pick_emit(p, ev) : KO_OK;
}

/* ---- Statuspage ---- */

bool ko_statuspage_fits(struct ko_pick *p)
{
    return json_is_array(ko_pick_at(p, "incident_updates"));
}

/* What customers were told: news between the first and the last are notes. */
static enum ko_status emit_updates(struct ko_pick *p, const struct ko_event *ev)
{
    size_t i;
    json_t *item;
    enum ko_status st = KO_OK;
    json_array_foreach ((json_t *)ko_pick_at(p, "incident_updates"), i, item) {
        struct ko_pick own = ko_pick_item(p, item);
        struct ko_event step = *ev;
        struct ko_str parts[] = {KO_STR("told to customers:"),
                                 ko_pick_text(&own, "status"),
                                 ko_pick_text(&own, "body")};
        step.message = ko_pick_join(&own, parts, 3);
        if (st == KO_OK)
            st = emit_at(&own, &step, "display_at|created_at", KO_STR("noted"));
    }
    return st;
}

KO_PRODUCT_READS(statuspage)
{
    *ret_why = ko_pick_time(p, "started_at|created_at", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    ev->id = ko_pick_text(p, "id");
    ev->entity = first_of(p, "components", "name");
    struct ko_str parts[] = {KO_STR("status page:"), ko_pick_text(p, "name")};
    ev->message = ko_pick_join(p, parts, 2);
    enum ko_status st = emit_at(p, ev, "created_at", KO_STR("opened"));
    if (st == KO_OK)
        st = emit_updates(p, ev);
    return st == KO_OK ? emit_at(p, ev, "resolved_at", KO_STR("resolved")) : st;
}

/* ---- Alertmanager ---- */

bool ko_alertmanager_fits(struct ko_pick *p)
{
    return json_is_object(ko_pick_at(p, "labels"));
}

/* Its end lies in the future while it fires. */
KO_PRODUCT_READS(alertmanager)
{
    *ret_why = ko_pick_time(p, "startsAt", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    struct ko_str parts[] = {
        ko_pick_text(p, "labels.alertname"),
        ko_pick_text(p, "annotations.summary|annotations.description")};
    ev->id = ko_pick_text(p, "fingerprint");
    ev->entity =
        ko_pick_text(p, "labels.service|labels.app|labels.deployment|labels.queue|"
                        "labels.job|labels.instance");
    ev->owner = ko_pick_text(p, "labels.team|labels.owner");
    ev->message = ko_pick_join(p, parts, 2);
    ev->what = KO_STR("opened");
    enum ko_status st = ko_pick_emit(p, ev);
    if (st != KO_OK || !ko_pick_is(p, "status", "resolved"))
        return st;
    return emit_at(p, ev, "endsAt", KO_STR("resolved"));
}
