/* product_connect.c: Amazon Connect: contact records, contact events, the flow log. */
#include "read/customer_fields.h"
#include "read/product_list.h"

/* ---- contact records ---- */

bool ko_connect_contact_fits(struct ko_pick *p)
{
    return ko_pick_at(p, "ContactId") != NULL;
}

/* The name, or the last part of the resource that it is. */
static struct ko_str name_of(struct ko_pick *p, const char *name, const char *arn)
{
    struct ko_str s = ko_pick_text(p, name);
    size_t at;
    if (s.n > 0)
        return s;
    s = ko_pick_text(p, arn);
    return ko_str_rchr(s, '/', &at) ? ko_str_skip(s, at + 1) : s;
}

static ko_dur between(struct ko_pick *p, const char *from, const char *to)
{
    struct ko_event a, b;
    ko_event_init(&a, KO_EVENT_CONTACT);
    ko_event_init(&b, KO_EVENT_CONTACT);
    if (ko_pick_time(p, from, &a) != KO_REJECT_COUNT ||
        ko_pick_time(p, to, &b) != KO_REJECT_COUNT || b.time < a.time)
        return -1;
    return b.time - a.time;
}

/* Talk, hold and work after it. */
static ko_dur handle_of(struct ko_pick *p)
{
    static const char *const parts[] = {"Agent.AgentInteractionDuration",
                                        "Agent.CustomerHoldDuration",
                                        "Agent.AfterContactWorkDuration"};
    ko_dur sum = -1;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        ko_dur part = ko_pick_dur(p, parts[i], KO_SECOND);
        if (part >= 0 && part < KO_DAY * 30)
            sum = (sum < 0 ? 0 : sum) + part;
    }
    return sum;
}

static bool came_by_transfer(struct ko_pick *p)
{
    return ko_pick_is(p, "InitiationMethod", "TRANSFER") ||
           ko_pick_is(p, "InitiationMethod", "QUEUE_TRANSFER");
}

static bool went_on(struct ko_pick *p)
{
    return ko_pick_at(p, "NextContactId|TransferCompletedTimestamp") != NULL;
}

/* The line or the flow broke, not a person. */
static bool broke_off(struct ko_pick *p)
{
    struct ko_str reason = ko_pick_text(p, "DisconnectReason");
    size_t at;
    return ko_str_find(reason, KO_STR("PROBLEM"), &at) ||
           ko_str_find(reason, KO_STR("ERROR"), &at) ||
           ko_str_find(reason, KO_STR("EXPIRED"), &at);
}

/* Abandoned as its manual has it: queued, never connected to an agent. */
static void judge(struct ko_pick *p, struct ko_event *ev, bool queued, bool connected)
{
    ev->abandoned = queued && !connected && !went_on(p);
    ev->transferred = went_on(p);
    ev->handoff = came_by_transfer(p);
    ev->handoff_failed =
        !connected && !went_on(p) && (ev->handoff || (ev->attempt > 0 && queued));
    if (ev->abandoned || ev->handoff_failed || broke_off(p))
        ev->outcome = KO_OUTCOME_BAD;
    else if (connected)
        ev->outcome = KO_OUTCOME_OK;
}

static struct ko_str who(struct ko_pick *p)
{
    return ko_pick_text(p, "CustomerId|CustomerEndpoint.Address|customerId");
}

KO_PRODUCT_READS(connect_contact)
{
    *ret_why = ko_pick_time(p,
                            "InitiationTimestamp|ConnectedToSystemTimestamp|"
                            "Queue.EnqueueTimestamp|DisconnectTimestamp",
                            ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    ev->what = KO_STR("contact");
    ev->id = ko_pick_text(p, "ContactId");
    ev->session = ko_pick_text(p, "InitialContactId|ContactId");
    ev->version = ko_pick_text(p, "LastUpdateTimestamp|DisconnectTimestamp");
    ev->channel = ko_pick_text(p, "Channel");
    ev->queue = name_of(p, "Queue.Name", "Queue.ARN");
    ev->wait = ko_pick_dur(p, "Queue.Duration", KO_SECOND);
    if (ev->wait < 0)
        ev->wait = between(p, "Queue.EnqueueTimestamp", "Queue.DequeueTimestamp");
    ev->handle = handle_of(p);
    double attempts = ko_pick_real(p, "AgentConnectionAttempts");
    ev->attempt = attempts > 0 && attempts < 1000 ? (int64_t)attempts : 0;
    ko_customer_attributes(ev, ko_pick_at(p, "Attributes"));
    if (ev->customer.n == 0)
        ev->customer = who(p);
    if (ev->region.n == 0)
        ev->region = ko_pick_text(p, "AwsRegion");
    judge(p, ev, ko_pick_at(p, "Queue.Name|Queue.ARN|Queue.EnqueueTimestamp") != NULL,
          ko_pick_at(p, "Agent.ConnectedToAgentTimestamp") != NULL);
    return ko_pick_emit(p, ev);
}

/* ---- contact events ---- */

/* In the order in which a contact goes through them: the last one known tells the most,
 * and they arrive in any order. */
static const struct {
    const char *type;
    struct ko_str stage;
} stages[] = {{"INITIATED", KO_STR_INIT("1")},
              {"CONNECTED_TO_SYSTEM", KO_STR_INIT("2")},
              {"QUEUED", KO_STR_INIT("3")},
              {"CONNECTED_TO_AGENT", KO_STR_INIT("4")},
              {"CONTACT_DATA_UPDATED", KO_STR_INIT("5")},
              {"PAUSED", KO_STR_INIT("5")},
              {"RESUMED", KO_STR_INIT("5")},
              {"HOLD", KO_STR_INIT("5")},
              {"UNHOLD", KO_STR_INIT("5")},
              {"TRANSFERRED", KO_STR_INIT("5")},
              {"DISCONNECTED", KO_STR_INIT("6")},
              {"COMPLETED", KO_STR_INIT("7")}};
enum { STAGES = sizeof stages / sizeof *stages };

static size_t stage_of(struct ko_pick *p)
{
    size_t i = 0;
    while (i < STAGES && !ko_pick_is(p, "eventType", stages[i].type))
        i++;
    return i;
}

bool ko_connect_event_fits(struct ko_pick *p)
{
    return stage_of(p) < STAGES;
}

/* When it began; else when the event was sent, which its envelope says. */
static enum ko_reject event_time(struct ko_pick *p, struct ko_event *ev)
{
    struct ko_pick outer = ko_pick_item(p, p->outer);
    enum ko_reject why = ko_pick_time(p,
                                      "initiationTimestamp|queueInfo.enqueueTimestamp|"
                                      "timestamp|disconnectTimestamp|updatedTimestamp",
                                      ev);
    return why == KO_REJECT_NO_TIMESTAMP ? ko_pick_time(&outer, "time", ev) : why;
}

KO_PRODUCT_READS(connect_event)
{
    *ret_why = event_time(p, ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    struct ko_str stage = stages[stage_of(p)].stage;
    bool over = stage.p[0] >= '6';
    ev->what = KO_STR("contact");
    ev->id = ko_pick_text(p, "contactId");
    ev->session = ko_pick_text(p, "initialContactId|contactId");
    ev->version = stage;
    ev->channel = ko_pick_text(p, "channel");
    ev->queue = name_of(p, "queueInfo.queueName", "queueInfo.queueArn");
    ev->wait =
        between(p, "queueInfo.enqueueTimestamp", "agentInfo.connectedToAgentTimestamp");
    ko_customer_attributes(ev, ko_pick_at(p, "segmentAttributes|attributes"));
    if (ev->customer.n == 0)
        ev->customer = who(p);
    bool connected = ko_pick_at(p, "agentInfo.connectedToAgentTimestamp") != NULL;
    bool queued = ko_pick_at(p, "queueInfo.enqueueTimestamp|queueInfo.queueArn") != NULL;
    if (over || connected)
        judge(p, ev, over && queued, connected);
    return ko_pick_emit(p, ev);
}

/* ---- flow log ---- */

bool ko_connect_flow_fits(struct ko_pick *p)
{
    return ko_pick_at(p, "ContactFlowModuleType|ContactFlowName") != NULL;
}

static bool says_error(struct ko_str s)
{
    static const struct ko_str words[] = {
        KO_STR_INIT("error"), KO_STR_INIT("fail"), KO_STR_INIT("timeout"),
        KO_STR_INIT("timed out"), KO_STR_INIT("exception")};
    size_t at;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ko_str_ifind(s, words[i], &at))
            return true;
    }
    return false;
}

/* What a step of the flow asked: a function, a bot. */
static struct ko_str asked(struct ko_pick *p)
{
    struct ko_str s = ko_pick_text(
        p, "Parameters.FunctionArn|Parameters.LambdaFunctionARN|Parameters.BotName|"
           "Parameters.BotAliasArn");
    size_t at;
    return ko_str_rchr(s, ':', &at) ? ko_str_skip(s, at + 1) : s;
}

KO_PRODUCT_READS(connect_flow)
{
    *ret_why = ko_pick_time(p, "Timestamp", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    struct ko_str result = ko_pick_text(p, "Results|ExternalResults.error");
    struct ko_str module = ko_pick_text(p, "ContactFlowModuleType");
    struct ko_str parts[] = {module, result};
    ev->entity = ko_pick_text(p, "ContactFlowName");
    if (ev->entity.n == 0)
        ev->entity = KO_STR("contact-flow");
    ev->session = ko_pick_text(p, "ContactId");
    ev->operation = module;
    ev->peer = asked(p);
    ev->message = ko_pick_join(p, parts, 2);
    bool bad = says_error(result) || ko_pick_at(p, "Error|error") != NULL;
    if (ev->peer.n > 0 || bad)
        ev->outcome = bad ? KO_OUTCOME_BAD : KO_OUTCOME_OK;
    ev->severity = bad ? KO_SEV_ERROR : KO_SEV_INFO;
    return ko_pick_emit(p, ev);
}
