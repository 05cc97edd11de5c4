/* product.c: the table of products, and the choice between them by one member. */
#include "read/product.h"

#include "read/json_record.h"
#include "read/product_list.h"

enum { KEY_MAX = 48 };

/* clang-format off */
#define ROW(key, name, c, what, kind) \
    {key, name, what, KO_EVENT_##kind, ko_##c##_fits, ko_##c##_read}
const struct ko_product ko_products[] = {
    ROW("app_version", "helm", helm, "helm history or list as JSON", CHANGE),
    ROW("awscontacttracerecordformatversion", "connect-contact", connect_contact,
        "Amazon Connect contact records", CONTACT),
    ROW("contactflowid", "connect-flow", connect_flow, "Amazon Connect flow log", LOG),
    ROW("contactid", "connect-event", connect_event, "Amazon Connect contact events", CONTACT),
    ROW("context", "cdevents", cdevents, "CDEvents", CHANGE),
    ROW("conversationid", "genesys-conversation", genesys_conversation,
        "Genesys Cloud conversation details", CONTACT),
    ROW("deployable", "gitlab", gitlab_deployment, "GitLab deployments", CHANGE),
    ROW("deployment", "github-webhook", github_created, "GitHub's webhook of a deployment", CHANGE),
    ROW("deployment_status", "github-webhook", github_webhook,
        "GitHub's webhook of a deployment's status", CHANGE),
    ROW("deployment_url", "github-status", github_status, "GitHub deployment statuses", CHANGE),
    ROW("event", "pagerduty-webhook", pagerduty_webhook, "PagerDuty webhooks", INCIDENT),
    ROW("event_type", "twilio-event", twilio_event, "Twilio TaskRouter events", CONTACT),
    ROW("eventversion", "cloudtrail", cloudtrail, "AWS CloudTrail", CHANGE),
    ROW("incident_number", "pagerduty-incident", pagerduty_incident, "PagerDuty incidents", INCIDENT),
    ROW("incident_timestamp_values", "incident-io", incident_io, "incident.io incidents", INCIDENT),
    ROW("incident_updates", "statuspage", statuspage, "Statuspage incidents", INCIDENT),
    ROW("involvedobject", "kubernetes-events", kubernetes_event, "Kubernetes events", CHANGE),
    ROW("jsonpayload", "dialogflow-cx", dialogflow_cx, "Dialogflow CX conversations", CONTACT),
    ROW("kind", "argocd", argocd, "Argo CD applications with their history", CHANGE),
    ROW("missedutterance", "lex", lex, "Amazon Lex conversation log, V1 or V2", CONTACT),
    ROW("object_kind", "gitlab-webhook", gitlab_webhook, "GitLab's webhook of a deployment", CHANGE),
    ROW("queryresult", "dialogflow", dialogflow_es, "Dialogflow ES responses", CONTACT),
    ROW("regarding", "kubernetes-events", kubernetes_event, "Kubernetes events", CHANGE),
    ROW("result", "dialogflow", dialogflow_v1, "Dialogflow ES responses", CONTACT),
    ROW("routing_key", "pagerduty-event", pagerduty_event, "PagerDuty Events v2", CHANGE),
    ROW("services", "pagerduty-change", pagerduty_change, "PagerDuty change events", CHANGE),
    ROW("short_description", "servicenow", servicenow, "ServiceNow changes and incidents", CHANGE),
    ROW("startsat", "alertmanager", alertmanager, "Alertmanager alerts", INCIDENT),
    ROW("statuses_url", "github", github_deployment, "GitHub deployments", CHANGE),
    ROW("task_queue_friendly_name", "twilio-task", twilio_task, "Twilio TaskRouter tasks", CONTACT),
    ROW("tinyid", "opsgenie", opsgenie, "Opsgenie alerts and incidents", INCIDENT),
    ROW("titleverb", "launchdarkly", launchdarkly, "LaunchDarkly audit log", CHANGE),
    ROW("type", "pagerduty-log", pagerduty_log_entry, "PagerDuty log entries", INCIDENT),
};
#undef ROW
/* clang-format on */

const size_t ko_products_n = sizeof ko_products / sizeof *ko_products;

/* The first row whose key is not before ${key}. */
static size_t first_at(struct ko_str key)
{
    size_t lo = 0, hi = ko_products_n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (ko_str_cmp(ko_str(ko_products[mid].key), key) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* ${key} in lower case, in ${room}; empty: too long for any row. */
static struct ko_str lowered(struct ko_str key, char room[KEY_MAX])
{
    if (key.n > KEY_MAX)
        return (struct ko_str){0};
    for (size_t i = 0; i < key.n; i++)
        room[i] = ko_char_lower(key.p[i]);
    return (struct ko_str){room, key.n};
}

static const struct ko_product *by_key(struct ko_pick *p, struct ko_str key)
{
    char room[KEY_MAX];
    key = lowered(key, room);
    for (size_t i = first_at(key); i < ko_products_n; i++) {
        if (!ko_str_eq(ko_str(ko_products[i].key), key))
            return NULL;
        if (ko_products[i].fits(p))
            return &ko_products[i];
    }
    return NULL;
}

bool ko_product_is_key(struct ko_str key)
{
    char room[KEY_MAX];
    key = lowered(key, room);
    size_t at = first_at(key);
    return at < ko_products_n && ko_str_eq(ko_str(ko_products[at].key), key);
}

const struct ko_product *ko_product_of(struct ko_pick *p)
{
    const char *key;
    json_t *value;
    json_object_foreach ((json_t *)p->record, key, value) {
        const struct ko_product *product = by_key(p, ko_str(key));
        if (product != NULL)
            return product;
    }
    return NULL;
}

/* Formats that say nothing of what a record is. */
static bool is_general(struct ko_str format)
{
    return ko_str_eq(format, KO_STR("json")) || ko_str_eq(format, KO_STR("jsonl"));
}

static enum ko_status read_as(const struct ko_product *product, struct ko_pick *p,
                              struct ko_place place, enum ko_reject *ret_why)
{
    struct ko_ledger *l = p->rd->ledger;
    struct ko_event ev;
    if (is_general(l->format)) {
        l->format = ko_str(product->name);
        l->why = ko_str(product->what);
    }
    ko_event_init(&ev, product->kind);
    ev.place = place;
    enum ko_status st = product->read(p, &ev, ret_why);
    return st == KO_OK ? *p->status : st;
}

/* A record that a shipper made the text of a message. */
static enum ko_status read_message(struct ko_pick *p, struct ko_place place,
                                   bool *ret_found, enum ko_reject *ret_why)
{
    static const struct ko_str marks[] = {KO_STR_INIT("\"missedUtterance\""),
                                          KO_STR_INIT("\"ContactFlowId\""),
                                          KO_STR_INIT("\"queryResult\"")};
    struct ko_str text = ko_pick_text(p, "message|@message|log|textPayload");
    bool marked = false;
    size_t at;
    for (size_t i = 0; text.n > 0 && text.p[0] == '{' && !marked && i < 3; i++)
        marked = ko_str_find(text, marks[i], &at);
    json_t *inner = NULL;
    enum ko_status st = KO_OK;
    enum ko_reject unused;
    if (marked)
        st = ko_json_load(p->rd->record, text, &inner, &unused);
    struct ko_pick own = ko_pick_item(p, inner);
    const struct ko_product *product = json_is_object(inner) ? ko_product_of(&own) : NULL;
    *ret_found = product != NULL;
    if (st == KO_OK && product != NULL)
        st = read_as(product, &own, place, ret_why);
    json_decref(inner);
    return st;
}

enum ko_status ko_product_read(struct ko_reading *rd, const json_t *value,
                               struct ko_place place, bool *ret_found,
                               enum ko_reject *ret_why)
{
    enum ko_status status = KO_OK;
    struct ko_pick p = {.rd = rd, .record = value, .status = &status};
    const struct ko_product *product = ko_product_of(&p);
    *ret_why = KO_REJECT_COUNT;
    if (product == NULL && json_is_object(json_object_get(value, "detail"))) {
        p.record = json_object_get(value, "detail");
        p.outer = value;
        product = ko_product_of(&p);
    }
    *ret_found = product != NULL;
    if (product != NULL)
        return read_as(product, &p, place, ret_why);
    p.record = value;
    return read_message(&p, place, ret_found, ret_why);
}
