/* product_genesys.c: conversations of Genesys Cloud in detail. */
#include "read/customer_fields.h"
#include "read/product_list.h"

#include <math.h>

/* Names are those of AnalyticsConversation: participants hold sessions, sessions hold
 * segments and metrics. */

bool ko_genesys_conversation_fits(struct ko_pick *p)
{
    return json_is_array(ko_pick_at(p, "participants"));
}

/* Sums over all sessions of a conversation. */
struct totals {
    double wait, talk, held, after, handle; /* ms; NaN not measured */
    bool abandoned, transferred, error;
};

static void add(double *sum, double value)
{
    if (!isnan(value))
        *sum = isnan(*sum) ? value : *sum + value;
}

static void add_metric(struct totals *t, struct ko_str name, double value)
{
    const struct {
        const char *name;
        double *sum;
    } sums[] = {{"tAcd", &t->wait},
                {"tTalk", &t->talk},
                {"tHeld", &t->held},
                {"tAcw", &t->after},
                {"tHandle", &t->handle}};
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        if (ko_str_eq(name, ko_str(sums[i].name)))
            add(sums[i].sum, value);
    }
    t->abandoned |= ko_str_eq(name, KO_STR("tAbandon"));
    t->error |= ko_str_eq(name, KO_STR("nError")) && value > 0;
    t->transferred |= (ko_str_eq(name, KO_STR("nTransferred")) ||
                       ko_str_eq(name, KO_STR("nBlindTransferred")) ||
                       ko_str_eq(name, KO_STR("nConsultTransferred"))) &&
                      value > 0;
}

static void add_metrics(struct ko_pick *session, struct totals *t)
{
    size_t i;
    json_t *item;
    json_array_foreach ((json_t *)ko_pick_at(session, "metrics"), i, item) {
        struct ko_pick metric = ko_pick_item(session, item);
        add_metric(t, ko_pick_text(&metric, "name|metric"),
                   ko_pick_real(&metric, "value"));
    }
}

/* The queue that a segment waited in. */
static void take_queue(struct ko_pick *session, struct ko_event *ev)
{
    size_t i;
    json_t *item;
    json_array_foreach ((json_t *)ko_pick_at(session, "segments"), i, item) {
        struct ko_pick segment = ko_pick_item(session, item);
        struct ko_str queue = ko_pick_text(&segment, "queueName|queueId");
        if (ev->queue.n == 0)
            ev->queue = queue;
        if (ko_pick_at(&segment, "errorCode") != NULL)
            ev->outcome = KO_OUTCOME_BAD;
    }
}

static void take_session(struct ko_pick *session, struct ko_event *ev, struct totals *t)
{
    add_metrics(session, t);
    take_queue(session, ev);
    if (ev->channel.n == 0)
        ev->channel = ko_pick_text(session, "mediaType");
    struct ko_str failed = ko_pick_text(session, "flow.recognitionFailureReason");
    ev->fallback |= failed.n > 0;
    ev->auth_failed |= ko_pick_is(session, "authenticated", "false") ||
                       ko_pick_is(session, "flow.authenticated", "false");
}

static bool is_customer(struct ko_pick *participant)
{
    return ko_pick_is(participant, "purpose", "customer") ||
           ko_pick_is(participant, "purpose", "external");
}

/* Of the queue, its name; of the customer, who it is. */
static enum ko_status take_participant(struct ko_pick *participant, struct ko_event *ev,
                                       struct totals *t)
{
    struct ko_str id_before = ev->queue;
    struct ko_str name = ko_pick_text(participant, "participantName");
    size_t i;
    json_t *item;
    json_array_foreach ((json_t *)ko_pick_at(participant, "sessions"), i, item) {
        struct ko_pick session = ko_pick_item(participant, item);
        take_session(&session, ev, t);
        if (is_customer(participant) && ev->customer.n == 0)
            ev->customer = ko_pick_text(&session, "ani|addressFrom|addressOther");
    }
    struct ko_str known = ko_pick_text(participant, "externalContactId|userId");
    if (is_customer(participant) && known.n > 0)
        ev->customer = known;
    if (!ko_pick_is(participant, "purpose", "acd") || name.n == 0)
        return KO_OK;
    struct ko_str id = ev->queue;
    ev->queue = name;
    return id_before.n > 0 ? KO_OK : ko_pick_alias(participant, ev->place, id, name);
}

static ko_dur dur_of(double milliseconds)
{
    return milliseconds >= 0 && milliseconds < 1e13 ? (ko_dur)(milliseconds * 1e6) : -1;
}

static ko_dur handle_of(const struct totals *t)
{
    double sum = NAN;
    if (!isnan(t->handle))
        return dur_of(t->handle);
    add(&sum, t->talk);
    add(&sum, t->held);
    add(&sum, t->after);
    return dur_of(sum);
}

KO_PRODUCT_READS(genesys_conversation)
{
    struct totals t = {NAN, NAN, NAN, NAN, NAN, false, false, false};
    size_t i;
    json_t *item;
    *ret_why = ko_pick_time(p, "conversationStart", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    ev->what = KO_STR("contact");
    ev->id = ev->session = ko_pick_text(p, "conversationId");
    ev->version = ko_pick_text(p, "conversationEnd");
    json_array_foreach ((json_t *)ko_pick_at(p, "participants"), i, item) {
        struct ko_pick participant = ko_pick_item(p, item);
        enum ko_status st = take_participant(&participant, ev, &t);
        if (st != KO_OK)
            return st;
    }
    ev->wait = dur_of(t.wait);
    ev->handle = handle_of(&t);
    ev->abandoned = t.abandoned;
    ev->transferred = t.transferred;
    ev->handoff = t.transferred;
    if (t.abandoned || t.error)
        ev->outcome = KO_OUTCOME_BAD;
    else if (ev->outcome == KO_OUTCOME_UNKNOWN && ev->handle > 0)
        ev->outcome = KO_OUTCOME_OK;
    return ko_pick_emit(p, ev);
}
