/* sheet_change.c: changes and incidents as tables: Jira, ServiceNow, CloudTrail,
 * PagerDuty. */
#include "read/milestone.h"
#include "read/sheet_kind.h"

static bool has_word(struct ko_str s, const char *word)
{
    size_t at;
    return ko_str_ifind(s, ko_str(word), &at);
}

/* A milestone at the time ${text}, if it is one. */
static enum ko_status emit_at(const struct ko_sheet *s, const struct ko_event *ev,
                              struct ko_str text, const char *what)
{
    struct ko_event step = *ev;
    if (ko_sheet_time(s, text, &step) != KO_REJECT_COUNT)
        return KO_OK;
    step.kind = KO_EVENT_INCIDENT;
    step.what = ko_str(what);
    return ko_reading_emit(s->rd, &step);
}

static enum ko_status emit_incident(const struct ko_sheet *s, const struct ko_event *ev,
                                    const char *opened, const char *resolved)
{
    enum ko_status st = emit_at(s, ev, ko_sheet_text(s, opened), "opened");
    return st == KO_OK ? emit_at(s, ev, ko_sheet_text(s, resolved), "resolved") : st;
}

/* ---- Jira ---- */

static struct ko_str jira_time(const struct ko_sheet *s)
{
    static const char *const words[][2] = {
        {"change", "start"}, {"actual", "start"}, {"deploy", "date"}, {"start", "date"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct ko_str text = ko_sheet_words(s, words[i], 2);
        if (text.n > 0)
            return text;
    }
    return ko_sheet_text(s, "resolved|resolutiondate|created");
}

/* Components stand in columns of one name: the first is what it is about, all are what
 * it names. */
KO_SHEET_ROW(jira)
{
    struct ko_str type = ko_sheet_text(s, "issuetype"), components = {0}, labels = {0};
    enum ko_status st = ko_sheet_list(s, "components", &components);
    if (st == KO_OK)
        st = ko_sheet_list(s, "labels", &labels);
    struct ko_str parts[] = {components, labels};
    if (st == KO_OK)
        st = ko_sheet_join(s, parts, 2, &ev->link);
    if (st != KO_OK)
        return st;
    ev->id = ko_sheet_text(s, "issuekey");
    ev->message = ko_sheet_text(s, "summary");
    ev->entity =
        ko_sheet_text(s, "components|affectedservices|customfieldaffectedservices");
    *ret_why = ko_sheet_time(s, jira_time(s), ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    if (has_word(type, "incident") || has_word(type, "outage"))
        return emit_incident(s, ev, "created", "resolved");
    ev->what = type.n > 0 ? type : KO_STR("issue");
    return ko_reading_emit(s->rd, ev);
}

/* ---- ServiceNow ---- */

/* Planned only, or taken back: nothing was done. */
static bool never_done(const struct ko_sheet *s)
{
    struct ko_str state = ko_sheet_text(s, "state");
    return has_word(state, "cancel") || has_word(state, "draft") ||
           has_word(ko_sheet_text(s, "approval"), "reject");
}

KO_SHEET_ROW(servicenow_table)
{
    ev->id = ko_sheet_text(s, "number");
    ev->message = ko_sheet_text(s, "shortdescription");
    ev->entity = ko_sheet_text(s, "cmdbci|businessservice|service|configurationitem");
    ev->link = ko_sheet_text(s, "businessservice|cmdbci");
    ev->owner = ko_sheet_text(s, "assignmentgroup");
    if (ko_str_starts(ev->id, KO_STR("INC"))) {
        *ret_why = ko_sheet_time(s, ko_sheet_text(s, "openedat|syscreatedon"), ev);
        return *ret_why != KO_REJECT_COUNT
                   ? KO_OK
                   : emit_incident(s, ev, "openedat|syscreatedon", "resolvedat|closedat");
    }
    *ret_why =
        ko_sheet_time(s,
                      ko_sheet_text(s, "workstart|actualstart|actualstartdate|startdate|"
                                       "plannedstartdate|openedat|syscreatedon"),
                      ev);
    if (*ret_why != KO_REJECT_COUNT || never_done(s))
        return KO_OK;
    ev->what = KO_STR("change");
    return ko_reading_emit(s->rd, ev);
}

/* ---- CloudTrail ---- */

static struct ko_str first_part(struct ko_str s, char mark)
{
    size_t at;
    return ko_str_chr(s, mark, &at) ? ko_str_sub(s, 0, at) : s;
}

KO_SHEET_ROW(cloudtrail_table)
{
    *ret_why = ko_sheet_time(s, ko_sheet_text(s, "eventtime"), ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    struct ko_str error = ko_sheet_text(s, "errorcode");
    struct ko_str parts[] = {ko_sheet_text(s, "eventname"),
                             ko_sheet_text(s, "resourcename|resources"), error};
    enum ko_status st = ko_sheet_join(s, parts, 3, &ev->message);
    ev->entity = first_part(ko_sheet_text(s, "eventsource"), '.');
    ev->region = ko_sheet_text(s, "awsregion");
    if (ko_sheet_true(s, "readonly") || error.n > 0) {
        ev->kind = KO_EVENT_LOG;
        ev->severity = error.n > 0 ? KO_SEV_ERROR : KO_SEV_INFO;
    } else {
        ev->what = parts[0];
        ev->id = ko_sheet_text(s, "eventid");
        ev->link = parts[1];
    }
    return st == KO_OK ? ko_reading_emit(s->rd, ev) : st;
}

/* ---- PagerDuty ---- */

static enum ko_status emit_after(const struct ko_sheet *s, const struct ko_event *ev,
                                 const char *seconds, const char *what)
{
    struct ko_event step = *ev;
    ko_dur later = ko_sheet_dur(s, seconds, KO_SECOND);
    if (later < 0 || later > KO_DAY * 366)
        return KO_OK;
    step.time += later;
    step.what = ko_str(what);
    return ko_reading_emit(s->rd, &step);
}

/* Its times name no zone; they are UTC, as its manual says. */
static enum ko_reject utc_time(const struct ko_sheet *s, const char *names,
                               struct ko_event *ev)
{
    return ko_reading_put_utc(s->rd, ko_sheet_text(s, names), ev);
}

KO_SHEET_ROW(pagerduty_table)
{
    struct ko_event end = *ev;
    *ret_why = utc_time(s, "createdat|createdon", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    ev->id = ko_sheet_text(s, "incidentnumber|incidentid|id");
    ev->entity = ko_sheet_text(s, "servicename|service");
    ev->message = ko_sheet_text(s, "description|title|summary");
    ev->owner = ko_sheet_text(s, "teamname|team|escalationpolicyname");
    ev->what = KO_STR("opened");
    enum ko_reject no_end = utc_time(s, "resolvedat|resolvedon", &end);
    enum ko_status st = ko_reading_emit(s->rd, ev);
    if (st == KO_OK)
        st = emit_after(s, ev, "secondstofirstack", "acknowledged");
    if (st == KO_OK)
        st = emit_after(s, ev, "secondstoengage", "assigned");
    if (st != KO_OK)
        return st;
    if (no_end != KO_REJECT_COUNT)
        return emit_after(s, ev, "secondstoresolve", "resolved");
    ko_time t = end.time;
    end = *ev;
    end.time = t;
    end.what = KO_STR("resolved");
    return ko_reading_emit(s->rd, &end);
}
