/* sheet_queue.c: numbers of queues by interval, or at one moment: Amazon Connect,
 * Genesys. */
#include "read/quantity.h"
#include "read/sheet_kind.h"

/* What a number of a queue is. */
enum measure { COUNT, MEAN_TIME, OTHER };

struct metric {
    const char *plain;
    struct ko_str signal;
    enum measure measure;
};

/* Names of the two products, and the short ones of Connect's real-time tables. */
static const struct metric metrics[] = {
    {"contactsqueued", KO_STR_INIT("offered"), COUNT},
    {"offer", KO_STR_INIT("offered"), COUNT},
    {"offered", KO_STR_INIT("offered"), COUNT},
    {"contactshandled", KO_STR_INIT("handled"), COUNT},
    {"handled", KO_STR_INIT("handled"), COUNT},
    {"answer", KO_STR_INIT("answered"), COUNT},
    {"answered", KO_STR_INIT("answered"), COUNT},
    {"contactsabandoned", KO_STR_INIT("abandoned"), COUNT},
    {"abandon", KO_STR_INIT("abandoned"), COUNT},
    {"abandoned", KO_STR_INIT("abandoned"), COUNT},
    {"contactstransferredout", KO_STR_INIT("transferred"), COUNT},
    {"transfer", KO_STR_INIT("transferred"), COUNT},
    {"transferred", KO_STR_INIT("transferred"), COUNT},
    {"contactsincoming", KO_STR_INIT("contacts_in"), COUNT},
    {"contactstransferredin", KO_STR_INIT("transferred_in"), COUNT},
    {"callbackcontactshandled", KO_STR_INIT("callbacks"), COUNT},
    {"contactsmissed", KO_STR_INIT("missed"), COUNT},
    {"flowout", KO_STR_INIT("flow_out"), COUNT},
    {"averagequeueanswertime", KO_STR_INIT("wait_mean"), MEAN_TIME},
    {"asa", KO_STR_INIT("wait_mean"), MEAN_TIME},
    {"avgwait", KO_STR_INIT("wait_mean"), MEAN_TIME},
    {"averagehandletime", KO_STR_INIT("handle_mean"), MEAN_TIME},
    {"aht", KO_STR_INIT("handle_mean"), MEAN_TIME},
    {"avghandle", KO_STR_INIT("handle_mean"), MEAN_TIME},
    {"averageagentinteractiontime", KO_STR_INIT("talk_mean"), MEAN_TIME},
    {"avgtalk", KO_STR_INIT("talk_mean"), MEAN_TIME},
    {"averagecustomerholdtime", KO_STR_INIT("hold_mean"), MEAN_TIME},
    {"avghold", KO_STR_INIT("hold_mean"), MEAN_TIME},
    {"averageaftercontactworktime", KO_STR_INIT("after_work_mean"), MEAN_TIME},
    {"avgacw", KO_STR_INIT("after_work_mean"), MEAN_TIME},
    {"averagequeueabandontime", KO_STR_INIT("abandon_wait_mean"), MEAN_TIME},
    {"avgabandontime", KO_STR_INIT("abandon_wait_mean"), MEAN_TIME},
    {"maximumqueuedtime", KO_STR_INIT("wait_max"), MEAN_TIME},
    {"oldest", KO_STR_INIT("wait_max"), MEAN_TIME},
    {"inqueue", KO_STR_INIT("queue_depth"), OTHER},
    {"queued", KO_STR_INIT("queue_depth"), OTHER},
};

/* Columns that say which row it is. */
static const char dimensions[] =
    "queue,queues,queuename,queueid,agent,agentid,agentname,agentfirstname,agentlastname,"
    "agenthierarchy,channel,mediatype,routingprofile,startinterval,endinterval,"
    "intervalstart,intervalend,intervalcomplete,filters,date,users,division,divisionid,"
    "skills,languages,direction,fullexportcompleted,partialresulttimestamp,phonenumber";

static bool is_dimension(struct ko_str plain)
{
    struct ko_str rest = ko_str(dimensions), one;
    while (ko_str_cut(&rest, ',', &one)) {
        if (ko_str_eq(plain, one))
            return true;
    }
    return false;
}

/* Names that are not in the table: a time by their words, else what they are. */
static enum measure measure_of(struct ko_str plain)
{
    static const struct ko_str words[] = {KO_STR_INIT("time"), KO_STR_INIT("avg"),
                                          KO_STR_INIT("talk"), KO_STR_INIT("hold"),
                                          KO_STR_INIT("acw"),  KO_STR_INIT("handle")};
    static const struct ko_str counts[] = {KO_STR_INIT("contacts"), KO_STR_INIT("%"),
                                           KO_STR_INIT("occupancy")};
    size_t at;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        if (ko_str_find(plain, counts[i], &at))
            return OTHER;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ko_str_find(plain, words[i], &at))
            return MEAN_TIME;
    }
    return OTHER;
}

static struct metric metric_of(struct ko_str plain, struct ko_str written)
{
    for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++) {
        if (ko_str_eq(plain, ko_str(metrics[i].plain)))
            return metrics[i];
    }
    return (struct metric){NULL, written, measure_of(plain)};
}

/* How this product writes its numbers. */
struct style {
    ko_dur time_unit; /* of a bare duration */
    bool complete;    /* the interval was over when it was exported */
};

/* Times become seconds; a count of an interval is the number of that interval. */
static enum ko_status emit_number(const struct ko_sheet *s, const struct ko_event *row,
                                  size_t i, struct style style)
{
    struct metric m = metric_of(s->plain[i], s->r->v[i].key);
    struct ko_event ev = *row;
    struct ko_quantity q;
    ko_dur dur;
    ev.signal = m.signal;
    if (m.measure == MEAN_TIME) {
        if (!ko_quantity_dur(s->r->v[i].value, style.time_unit, &dur))
            return KO_OK;
        ev.value = (double)dur / 1e9;
        ev.unit = KO_STR("s");
        return ko_reading_emit(s->rd, &ev);
    }
    if (!ko_quantity_parse(s->r->v[i].value, false, &q) ||
        (m.measure == COUNT && !style.complete))
        return KO_OK;
    ev.value = q.value;
    ev.unit = m.measure == COUNT ? KO_STR("1") : q.unit;
    ev.metric_kind = m.measure == COUNT ? KO_METRIC_DELTA : KO_METRIC_GAUGE;
    return ko_reading_emit(s->rd, &ev);
}

static enum ko_status emit_row(const struct ko_sheet *s, struct ko_event *ev,
                               struct style style)
{
    enum ko_status st = KO_OK;
    ev->queue = ko_sheet_text(s, "queue|queuename|queues|queueid");
    ev->entity = ev->queue.n > 0 ? ev->queue : ko_sheet_text(s, "routingprofile");
    if (ev->entity.n == 0)
        ev->entity = KO_STR("agents");
    for (size_t i = 0; i < s->r->n && st == KO_OK; i++) {
        if (!is_dimension(s->plain[i]) && !ko_value_missing(s->r->v[i].value))
            st = emit_number(s, ev, i, style);
    }
    return st;
}

KO_SHEET_ROW(connect_metrics)
{
    *ret_why = ko_sheet_time(s, ko_sheet_text(s, "startinterval"), ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    return emit_row(s, ev, (struct style){KO_SECOND, true});
}

/* The name behind an id, where the id is one: 36 letters of a UUID. */
static enum ko_status emit_alias(const struct ko_sheet *s, struct ko_place place)
{
    struct ko_str id = ko_sheet_text(s, "queueid"), name = ko_sheet_text(s, "queuename");
    struct ko_event ev;
    if (id.n != 36 || id.p[8] != '-' || name.n == 0)
        return KO_OK;
    ko_event_init(&ev, KO_EVENT_ENTITY);
    ev.place = place;
    ev.entity = id;
    ev.what = KO_STR("queue");
    ev.message = name;
    return ko_reading_emit(s->rd, &ev);
}

static enum ko_status say_cut(const struct ko_sheet *s, bool complete)
{
    struct ko_ledger *l = s->rd->ledger;
    if (!complete)
        return ko_ledger_remark(l, "an interval was not over when it was exported: its "
                                   "counts are left out");
    if (!ko_sheet_false(s, "fullexportcompleted"))
        return KO_OK;
    l->capped = true;
    return ko_ledger_remark(l, "Full Export Completed is FALSE: the rest is missing");
}

KO_SHEET_ROW(genesys_performance)
{
    bool complete = !ko_sheet_false(s, "intervalcomplete");
    *ret_why = ko_sheet_time(s, ko_sheet_text(s, "intervalstart"), ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    enum ko_status st = say_cut(s, complete);
    if (st == KO_OK)
        st = emit_alias(s, ev->place);
    return st == KO_OK ? emit_row(s, ev, (struct style){KO_MS, complete}) : st;
}

/* A table of one moment that does not say which. */
KO_SHEET_ROW(connect_snapshot)
{
    ko_time at = s->rd->opt->at;
    if (at == 0 || at == KO_TIME_NONE) {
        *ret_why = KO_REJECT_NO_TIMESTAMP;
        return ko_ledger_remark(s->rd->ledger, "numbers of one moment that it does not "
                                               "name: say which with --at");
    }
    ev->time = at;
    ev->has_zone = true;
    return emit_row(s, ev, (struct style){KO_SECOND, true});
}

KO_SHEET_ROW(genesys_interactions)
{
    *ret_why = ko_sheet_time(s, ko_sheet_text(s, "date|conversationstart|startdate"), ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    ev->what = KO_STR("contact");
    ev->id = ev->session = ko_sheet_text(s, "conversationid|interactionid");
    ev->queue = ko_sheet_text(s, "lastqueue|firstqueue|queue|queuename");
    ev->channel = ko_sheet_text(s, "mediatype");
    ev->customer = ko_sheet_text(s, "externalcontactid|externalcontact|ani|remote|from");
    ev->wait = ko_sheet_dur(s, "totalqueue|queuetime|timetoabandon", KO_MS);
    ev->handle = ko_sheet_dur(s, "totalhandle|handle", KO_MS);
    ev->abandoned = ko_sheet_true(s, "abandoned|abandonedinqueue|abandon");
    ev->transferred = ko_sheet_true(s, "transferred|transfers|blindtransferred");
    ev->outcome = ev->abandoned ? KO_OUTCOME_BAD : KO_OUTCOME_UNKNOWN;
    enum ko_status st = say_cut(s, true);
    return st == KO_OK ? ko_reading_emit(s->rd, ev) : st;
}
