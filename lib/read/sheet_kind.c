/* sheet_kind.c: the table of tables, and the choice between them by their columns. */
#include "read/sheet_kind.h"

/* clang-format off */
#define ROW(name, c, what, kind, need) {name, what, need, NULL, KO_EVENT_##kind, ko_##c##_row}
const struct ko_sheet_kind ko_sheet_kinds[] = {
    ROW("genesys-interactions", genesys_interactions, "Genesys Cloud interactions", CONTACT,
        "fullexportcompleted,date|conversationstart|startdate"),
    ROW("genesys-performance", genesys_performance, "Genesys Cloud performance by interval",
        METRIC, "intervalstart,intervalend,intervalcomplete|mediatype"),
    ROW("connect-metrics", connect_metrics, "Amazon Connect historical metrics", METRIC,
        "startinterval,endinterval"),
    ROW("connect-snapshot", connect_snapshot, "Amazon Connect real-time metrics", METRIC,
        "queue|queues|queuename,inqueue|oldest|queued,staffed|online|available|aht|handled"),
    ROW("cxone", cxone, "NICE CXone contacts", CONTACT, "contactid,skillname|skillno,startdate"),
    ROW("five9", five9, "Five9 call log", CONTACT, "callid,timestamp|date,campaign|skill"),
    ROW("zendesk", zendesk, "Zendesk tickets", CONTACT,
        "requester|requesterid,createdat|requested,via|group|assignee"),
    ROW("salesforce", salesforce, "Salesforce cases", CONTACT,
        "casenumber,datetimeopened|opendate|dateopened|createddate"),
    ROW("payments", payment, "payments, an attempt a row", LOG,
        "paymentid|paymentintentid|chargeid|transactionid,"
        "customerid|customer|orderid|order|invoiceid|invoice|paymentreference|idempotencykey,status|state|outcome|result"),
    ROW("callbacks", callback, "call-backs promised to customers", RECORD,
        "callbackid,requestedat|createdat|time,dueat|promisedat|scheduledat|completedat|status"),
    ROW("bot-answers", answer, "answers of a bot with the age of their data", RECORD,
        "answerid|turnid|messageid,time|answeredat|timestamp|createdat,dataasof|asof|stale|isstale|cachedat"),
    ROW("cases", case, "cases of customers", RECORD,
        "caseid|ticketid,openedat|createdat|opened|created,closedat|resolvedat|status|state,"
        "customerid|customer|accountid|account"),
    ROW("jira", jira, "Jira issues", CHANGE, "issuekey,summary,created"),
    ROW("servicenow", servicenow_table, "ServiceNow changes and incidents", CHANGE,
        "number,shortdescription"),
    ROW("cloudtrail", cloudtrail_table, "AWS CloudTrail's table", CHANGE,
        "eventtime,eventname,eventsource"),
    ROW("pagerduty-analytics", pagerduty_table, "PagerDuty incidents as a table", INCIDENT,
        "incidentnumber|incidentid,createdat|createdon,"
        "secondstofirstack|secondstoresolve|secondstoengage|servicename|resolvedat|resolvedon"),
    ROW("interactions", interaction_table, "interactions and failures by dimension", CELL,
        "time|timestamp|datetime|minute|min|start|starttime,total|interactions,failed|bad"),
    {"expectations", "what is against what was expected, by dimension",
     "actual|real|observed,expected|predict|predicted|forecast",
     "time|timestamp|datetime|date|minute|min|ts|ds|start|starttime", KO_EVENT_CELL,
     ko_expectation_table_row},
};
#undef ROW
/* clang-format on */

const size_t ko_sheet_kinds_n = sizeof ko_sheet_kinds / sizeof *ko_sheet_kinds;

const struct ko_sheet_kind *ko_sheet_kind_of(const struct ko_str *plain, size_t n)
{
    for (size_t i = 0; i < ko_sheet_kinds_n; i++) {
        const struct ko_sheet_kind *k = &ko_sheet_kinds[i];
        if (ko_sheet_has(plain, n, k->need) &&
            (k->without == NULL || !ko_sheet_has(plain, n, k->without)))
            return &ko_sheet_kinds[i];
    }
    return NULL;
}

enum ko_status ko_sheet_read(const struct ko_sheet *s, const struct ko_sheet_kind *kind,
                             struct ko_place place, enum ko_reject *ret_why)
{
    struct ko_event ev;
    struct ko_ledger *l = s->rd->ledger;
    if (ko_str_eq(l->format, KO_STR("csv"))) {
        l->format = ko_str(kind->name);
        l->why = ko_str(kind->what);
    }
    *ret_why = KO_REJECT_COUNT;
    ko_event_init(&ev, kind->kind);
    ev.place = place;
    return kind->row(s, &ev, ret_why);
}
