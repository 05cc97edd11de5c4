/* product_twilio.c: Twilio TaskRouter: its events and its tasks. */
#include "read/customer_fields.h"
#include "read/json_record.h"
#include "read/product_list.h"

/* Attributes are JSON inside a text: who called, from where. */
static enum ko_status take_attributes(struct ko_pick *p, struct ko_event *ev,
                                      const char *path)
{
    struct ko_str text = ko_pick_text(p, path);
    const json_t *plain = ko_pick_at(p, path);
    json_t *inner = NULL;
    enum ko_reject unused;
    if (json_is_object(plain))
        ko_customer_attributes(ev, plain);
    if (text.n == 0 || text.p[0] != '{')
        return KO_OK;
    enum ko_status st = ko_json_load(p->rd->record, text, &inner, &unused);
    struct ko_pick own = ko_pick_item(p, inner);
    if (st == KO_OK && json_is_object(inner)) {
        ko_customer_attributes(ev, inner);
        if (ev->customer.n == 0)
            ev->customer = ko_pick_text(&own, "from|caller");
        struct ko_str *const texts[] = {&ev->customer, &ev->region, &ev->segment,
                                        &ev->journey, &ev->channel};
        for (size_t i = 0; i < sizeof texts / sizeof *texts && st == KO_OK; i++)
            st = ko_str_copy(p->rd->record, *texts[i], texts[i]);
    }
    json_decref(inner);
    return st;
}

/* ---- events ---- */

/* How a task stands after an event; the highest stage known is what it came to. */
static const struct {
    const char *type;
    struct ko_str stage;
    bool over, served;
} stages[] = {{"task.created", KO_STR_INIT("1"), false, false},
              {"task-queue.entered", KO_STR_INIT("2"), false, false},
              {"task-queue.moved", KO_STR_INIT("2"), false, false},
              {"reservation.created", KO_STR_INIT("3"), false, false},
              {"reservation.accepted", KO_STR_INIT("4"), false, true},
              {"task.wrapup", KO_STR_INIT("5"), false, true},
              {"task.canceled", KO_STR_INIT("6"), true, false},
              {"task.deleted", KO_STR_INIT("6"), true, false},
              {"task.completed", KO_STR_INIT("7"), true, true}};
enum { STAGES = sizeof stages / sizeof *stages };

static size_t stage_of(struct ko_pick *p)
{
    size_t i = 0;
    while (i < STAGES && !ko_pick_is(p, "event_type", stages[i].type))
        i++;
    return i;
}

bool ko_twilio_event_fits(struct ko_pick *p)
{
    size_t at;
    return ko_pick_at(p, "event_date_ms|event_date") != NULL &&
           ko_str_chr(ko_pick_text(p, "event_type"), '.', &at);
}

static struct ko_str task_queue(struct ko_pick *p)
{
    return ko_pick_text(p,
                        "event_data.task_queue_name|event_data.task_queue_friendly_name|"
                        "task_queue_friendly_name|task_queue_name|"
                        "event_data.task_queue_sid|task_queue_sid");
}

KO_PRODUCT_READS(twilio_event)
{
    size_t stage = stage_of(p);
    *ret_why = ko_pick_time(p, "event_date_ms|event_date|timestamp_ms|timestamp", ev);
    if (*ret_why != KO_REJECT_COUNT || stage == STAGES)
        return KO_OK;
    ko_dur age = ko_pick_dur(p, "event_data.task_age|task_age", KO_SECOND);
    if (age > 0 && age < KO_DAY)
        ev->time -= age; /* when the customer came */
    ev->what = KO_STR("contact");
    ev->id = ev->session = ko_pick_text(p, "event_data.task_sid|task_sid|resource_sid");
    ev->version = stages[stage].stage;
    ev->queue = task_queue(p);
    ev->channel =
        ko_pick_text(p, "event_data.task_channel_unique_name|task_channel_unique_name");
    ev->abandoned = stages[stage].over && !stages[stage].served;
    if (ev->abandoned)
        ev->outcome = KO_OUTCOME_BAD;
    else if (stages[stage].served)
        ev->outcome = KO_OUTCOME_OK;
    enum ko_status st =
        take_attributes(p, ev, "event_data.task_attributes|task_attributes");
    return st != KO_OK ? st : ko_pick_emit(p, ev);
}

/* ---- tasks ---- */

bool ko_twilio_task_fits(struct ko_pick *p)
{
    return ko_pick_at(p, "assignment_status") != NULL;
}

KO_PRODUCT_READS(twilio_task)
{
    *ret_why = ko_pick_time(p, "date_created", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    ev->what = KO_STR("contact");
    ev->id = ev->session = ko_pick_text(p, "sid");
    ev->version = ko_pick_text(p, "date_updated");
    ev->queue = task_queue(p);
    ev->channel = ko_pick_text(p, "task_channel_unique_name");
    ev->abandoned = ko_pick_is(p, "assignment_status", "canceled");
    if (ev->abandoned)
        ev->outcome = KO_OUTCOME_BAD;
    else if (ko_pick_is(p, "assignment_status", "completed") ||
             ko_pick_is(p, "assignment_status", "wrapping"))
        ev->outcome = KO_OUTCOME_OK;
    enum ko_status st = take_attributes(p, ev, "attributes");
    return st != KO_OK ? st : ko_pick_emit(p, ev);
}
