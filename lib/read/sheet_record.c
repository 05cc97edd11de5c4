/* sheet_record.c: what customers are left with, as tables: payments, cases, call-backs,
 * answers of a bot. */
#include "base/num.h"
#include "read/sheet_kind.h"

/* The columns that each of the four may have. */
static void put_person(const struct ko_sheet *s, struct ko_event *ev)
{
    ev->customer = ko_sheet_text(s, "customerid|customer|accountid|account|userid");
    ev->session = ko_sheet_text(s, "sessionid|session|contactid|conversationid");
    ev->region = ko_sheet_text(s, "region|site");
    ev->channel = ko_sheet_text(s, "channel|via");
    ev->queue = ko_sheet_text(s, "queue|group|team");
    ev->reason = ko_sheet_text(s, "kind|type|category|reason|subject");
    ev->state = ko_sheet_text(s, "status|state|outcome|result");
}

/* Columns that hold no time leave the event as it is. */
static enum ko_reject put_time(const struct ko_sheet *s, const char *names,
                               struct ko_event *ev)
{
    return ko_sheet_time(s, ko_sheet_text(s, names), ev);
}

static bool starts_any(struct ko_str s, const char *words)
{
    struct ko_str rest = ko_str(words), word;
    while (ko_str_cut(&rest, '|', &word)) {
        if (s.n >= word.n && ko_str_ieq(ko_str_sub(s, 0, word.n), word))
            return true;
    }
    return false;
}

static enum ko_outcome outcome_of(struct ko_str state)
{
    if (starts_any(state, "fail|declin|reject|error|timeout|timed|abort|expir"))
        return KO_OUTCOME_BAD;
    return starts_any(state, "succe|paid|captur|settl|complet|confirm|approv|ok")
               ? KO_OUTCOME_OK
               : KO_OUTCOME_UNKNOWN;
}

/* A payment is a request that a service answered as well. */
KO_SHEET_ROW(payment)
{
    *ret_why = put_time(s, "time|timestamp|createdat|created|date|attemptedat", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    int64_t attempt;
    put_person(s, ev);
    ev->what = KO_STR("payment");
    ev->id = ko_sheet_text(s, "paymentid|paymentintentid|chargeid|transactionid");
    ev->reference = ko_sheet_text(s, "orderid|order|invoiceid|invoice|paymentreference|"
                                     "idempotencykey");
    ev->amount = ko_sheet_text(s, "amount|total|value");
    ev->entity = ko_sheet_text(s, "service|provider|psp|acquirer|gateway");
    ev->outcome = outcome_of(ev->state);
    if (ko_num_int(ko_sheet_text(s, "attempt|attemptnumber"), &attempt) == KO_OK)
        ev->attempt = attempt;
    return ko_reading_emit(s->rd, ev);
}

KO_SHEET_ROW(case)
{
    *ret_why = put_time(s, "openedat|createdat|opened|created", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    put_person(s, ev);
    ev->what = KO_STR("case");
    ev->id = ko_sheet_text(s, "caseid|ticketid");
    ev->done = ko_sheet_instant(s, "closedat|resolvedat|solvedat");
    return ko_reading_emit(s->rd, ev);
}

KO_SHEET_ROW(callback)
{
    *ret_why = put_time(s, "requestedat|createdat|time", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    put_person(s, ev);
    ev->what = KO_STR("callback");
    ev->id = ko_sheet_text(s, "callbackid");
    ev->due = ko_sheet_instant(s, "dueat|promisedat|scheduledat");
    ev->done = ko_sheet_instant(s, "completedat|calledbackat|doneat");
    return ko_reading_emit(s->rd, ev);
}

KO_SHEET_ROW(answer)
{
    *ret_why = put_time(s, "time|answeredat|timestamp|createdat", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    put_person(s, ev);
    ev->what = KO_STR("answer");
    ev->id = ko_sheet_text(s, "answerid|turnid|messageid");
    ev->operation = ko_sheet_text(s, "intent|question");
    ev->as_of = ko_sheet_instant(s, "dataasof|asof|cachedat");
    ev->stale = ko_sheet_true(s, "stale|isstale");
    return ko_reading_emit(s->rd, ev);
}
