/* sheet_contact.c: contacts and cases as tables: NICE CXone, Five9, Zendesk, Salesforce.
 */
#include "base/num.h"
#include "read/customer_fields.h"
#include "read/quantity.h"
#include "read/sheet_kind.h"

static bool has_word(struct ko_str s, const char *word)
{
    size_t at;
    return ko_str_ifind(s, ko_str(word), &at);
}

/* A queue must not be called by a mail address or a phone number. */
static struct ko_str queue_name(struct ko_str s)
{
    return ko_customer_is_address(s) ? (struct ko_str){0} : s;
}

/* ---- NICE CXone ---- */

/* A spreadsheet turns a time of day into the part of a day that it is. */
static bool is_day_part(struct ko_str s, double *ret)
{
    return ko_num_real(s, ret) == KO_OK && *ret >= 0 && *ret < 1;
}

/* Date and time of day stand in two columns. */
static enum ko_status start_of(const struct ko_sheet *s, struct ko_event *ev,
                               enum ko_reject *ret_why)
{
    struct ko_str date = ko_sheet_text(s, "startdate"), text;
    struct ko_str clock = ko_sheet_text(s, "starttime");
    double part;
    bool spread = is_day_part(clock, &part);
    struct ko_str parts[] = {date, spread ? (struct ko_str){0} : clock};
    enum ko_status st = ko_sheet_join(s, parts, 2, &text);
    if (st != KO_OK)
        return st;
    *ret_why = ko_sheet_time(s, text, ev);
    if (*ret_why == KO_REJECT_COUNT && spread)
        ev->time += (ko_dur)(part * 86400 + 0.5) * KO_SECOND;
    return KO_OK;
}

static ko_dur sum_of(const struct ko_sheet *s, const char *const *names, size_t n)
{
    ko_dur sum = -1;
    for (size_t i = 0; i < n; i++) {
        ko_dur part = ko_sheet_dur(s, names[i], KO_SECOND);
        if (part >= 0 && part < KO_DAY)
            sum = (sum < 0 ? 0 : sum) + part;
    }
    return sum;
}

KO_SHEET_ROW(cxone)
{
    static const char *const handled[] = {"agenttime", "acwtime"};
    enum ko_status st = start_of(s, ev, ret_why);
    if (st != KO_OK || *ret_why != KO_REJECT_COUNT)
        return st;
    struct ko_str master = ko_sheet_text(s, "mastercontactid");
    ev->what = KO_STR("contact");
    ev->id = ko_sheet_text(s, "contactid");
    ev->session = master.n > 0 ? master : ev->id;
    ev->queue = ko_sheet_text(s, "skillname|skillno");
    ev->channel = ko_sheet_text(s, "medianame|mediatype");
    ev->customer = ko_sheet_text(s, "customerid|anidialnum|ani|fromaddr");
    ev->region = ko_sheet_text(s, "region|site");
    ev->wait = ko_sheet_dur(s, "inqueue", KO_SECOND);
    ev->handle = sum_of(s, handled, 2);
    ev->abandoned = ko_sheet_true(s, "abandon|abandoned");
    ev->handoff = master.n > 0 && !ko_str_eq(master, ev->id);
    ev->transferred = ko_sheet_true(s, "transferindicator|transferred") || ev->handoff;
    ev->outcome = ev->abandoned ? KO_OUTCOME_BAD : KO_OUTCOME_OK;
    return ko_reading_emit(s->rd, ev);
}

/* ---- Five9 ---- */

static struct ko_str five9_time(const struct ko_sheet *s, enum ko_status *ret_status)
{
    struct ko_str stamp = ko_sheet_text(s, "timestamp"), text = {0};
    struct ko_str parts[] = {ko_sheet_text(s, "date"), ko_sheet_text(s, "time")};
    *ret_status = KO_OK;
    if (stamp.n > 0)
        return stamp;
    *ret_status = ko_sheet_join(s, parts, 2, &text);
    return text;
}

KO_SHEET_ROW(five9)
{
    enum ko_status st;
    struct ko_str text = five9_time(s, &st);
    if (st == KO_OK)
        *ret_why = ko_sheet_time(s, text, ev);
    if (st != KO_OK || *ret_why != KO_REJECT_COUNT)
        return st;
    struct ko_str end = ko_sheet_text(s, "disposition");
    ev->what = KO_STR("contact");
    ev->id = ko_sheet_text(s, "callid");
    ev->session = ko_sheet_text(s, "sessionid|callid");
    ev->queue = ko_sheet_text(s, "skill|skillname|campaign");
    ev->channel = ko_sheet_text(s, "mediatype|channel|calltype");
    ev->customer = ko_sheet_text(s, "customerid|contactid|ani");
    ev->wait = ko_sheet_dur(s, "queuewaittime|timetoabandon", KO_SECOND);
    ev->handle = ko_sheet_dur(s, "handletime|talktime", KO_SECOND);
    ev->abandoned = ko_sheet_true(s, "abandoned") || has_word(end, "abandon") ||
                    has_word(end, "caller disconnected");
    ev->transferred = ko_sheet_true(s, "transfers") || has_word(end, "transfer");
    ev->outcome = ev->abandoned ? KO_OUTCOME_BAD
                  : end.n > 0   ? KO_OUTCOME_OK
                                : KO_OUTCOME_UNKNOWN;
    return ko_reading_emit(s->rd, ev);
}

/* ---- cases ---- */

/* Stations beyond the first are hand-offs. */
static bool moved_on(const struct ko_sheet *s, const char *names)
{
    int64_t stations;
    return ko_num_int(ko_sheet_text(s, names), &stations) == KO_OK && stations > 1;
}

KO_SHEET_ROW(zendesk)
{
    *ret_why = ko_sheet_time(s, ko_sheet_text(s, "createdat|requested"), ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    ev->what = KO_STR("case");
    ev->id = ko_sheet_text(s, "id|ticketid");
    ev->version = ko_sheet_text(s, "updatedat|updated");
    ev->channel = ko_sheet_text(s, "via|channel");
    ev->queue = queue_name(ko_sheet_text(s, "group|assigneegroup"));
    ev->customer =
        ko_sheet_text(s, "requesterexternalid|requesterid|requesteremail|requester");
    ev->wait = ko_sheet_dur(s, "firstreplytimeinminutes", KO_MINUTE);
    ev->transferred = ev->handoff = moved_on(s, "groupstations");
    ev->state = ko_sheet_text(s, "status");
    ev->reason = ko_sheet_text(s, "type|tickettype|subject");
    ev->done = ko_sheet_instant(s, "solvedat|closedat|resolvedat");
    return ko_reading_emit(s->rd, ev);
}

KO_SHEET_ROW(salesforce)
{
    *ret_why = ko_sheet_time(
        s, ko_sheet_text(s, "datetimeopened|createddate|opendate|dateopened"), ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    ev->what = KO_STR("case");
    ev->id = ko_sheet_text(s, "casenumber");
    ev->channel = ko_sheet_text(s, "caseorigin|origin");
    ev->queue = queue_name(ko_sheet_text(s, "caseowner|owner|ownername"));
    ev->customer =
        ko_sheet_text(s, "accountid|accountname|contactid|contactname|account");
    ev->transferred = ev->handoff = ko_sheet_true(s, "escalated|isescalated");
    ev->state = ko_sheet_text(s, "status");
    ev->reason = ko_sheet_text(s, "type|casetype|casereason|reason|subject");
    ev->done = ko_sheet_instant(s, "datetimeclosed|closeddate|dateclosed");
    return ko_reading_emit(s->rd, ev);
}
