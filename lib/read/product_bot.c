/* product_bot.c: turns of bots: Amazon Lex V1 and V2, Dialogflow ES and CX. */
#include "read/customer_fields.h"
#include "read/product_list.h"

static bool is_fallback_name(struct ko_str intent)
{
    size_t at;
    return ko_str_ifind(intent, KO_STR("fallback"), &at);
}

/* One turn: understood or not. */
static enum ko_status emit_turn(struct ko_pick *p, struct ko_event *ev, bool missed)
{
    ev->what = KO_STR("bot");
    ev->fallback |= missed;
    ev->outcome = ev->fallback || ev->auth_failed ? KO_OUTCOME_BAD : KO_OUTCOME_OK;
    return ko_pick_emit(p, ev);
}

/* ---- Lex ---- */

bool ko_lex_fits(struct ko_pick *p)
{
    return ko_pick_at(p, "bot|botName") != NULL;
}

KO_PRODUCT_READS(lex)
{
    *ret_why = ko_pick_time(p, "timestamp", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    const json_t *attributes =
        ko_pick_at(p, "sessionState.sessionAttributes|sessionAttributes");
    struct ko_pick own = ko_pick_item(p, attributes);
    ev->entity = ko_pick_text(p, "bot.name|botName|bot.id");
    ev->version = ko_pick_text(p, "bot.version|botVersion");
    ev->id = ko_pick_text(p, "requestId|requestAttributes.requestId");
    ev->session = ko_pick_text(&own, "ContactId");
    if (ev->session.n == 0)
        ev->session = ko_pick_text(p, "sessionId|userId");
    ev->operation = ko_pick_text(p, "sessionState.intent.name|intent");
    ko_customer_attributes(ev, attributes);
    if (ev->channel.n == 0)
        ev->channel = ko_pick_text(p, "inputMode");
    ev->auth_failed |= ko_pick_is(p, "sessionState.intent.state", "Failed") &&
                       ko_str_ifind(ev->operation, KO_STR("auth"), &(size_t){0});
    return emit_turn(
        p, ev, ko_pick_true(p, "missedUtterance") || is_fallback_name(ev->operation));
}

/* ---- Dialogflow ---- */

static struct ko_str last_part(struct ko_str s)
{
    size_t at;
    return ko_str_rchr(s, '/', &at) ? ko_str_skip(s, at + 1) : s;
}

/* "projects/my-bot/locations/…": my-bot. */
static struct ko_str project_of(struct ko_str path)
{
    size_t at;
    if (!ko_str_starts(path, KO_STR("projects/")))
        return (struct ko_str){0};
    path = ko_str_skip(path, 9);
    return ko_str_chr(path, '/', &at) ? ko_str_sub(path, 0, at) : path;
}

bool ko_dialogflow_es_fits(struct ko_pick *p)
{
    return ko_pick_at(p, "queryResult.intent|queryResult.match|queryResult.action") !=
           NULL;
}

/* The answer of either edition, whose time may stand around it. */
static enum ko_status read_answer(struct ko_pick *p, struct ko_event *ev,
                                  const json_t *answer)
{
    struct ko_pick own = ko_pick_item(p, answer);
    struct ko_str session =
        ko_pick_text(p, "session|jsonPayload.session|labels.session_id");
    struct ko_str match = ko_pick_text(&own, "match.matchType");
    bool missed = ko_pick_true(&own, "intent.isFallback") ||
                  ko_str_eq(match, KO_STR("NO_MATCH")) ||
                  ko_str_eq(match, KO_STR("NO_INPUT"));
    if (ev->entity.n == 0)
        ev->entity = project_of(session);
    if (ev->entity.n == 0)
        ev->entity = KO_STR("dialogflow");
    ev->session = last_part(session);
    ev->id = ko_pick_text(p, "responseId|jsonPayload.responseId|insertId");
    ev->operation = ko_pick_text(&own, "intent.displayName|match.intent.displayName");
    ev->region = ko_pick_text(p, "labels.location_id");
    return emit_turn(p, ev, missed || is_fallback_name(ev->operation));
}

KO_PRODUCT_READS(dialogflow_es)
{
    *ret_why = ko_pick_time(p, "timestamp|receiveTimestamp|time|createTime", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    return read_answer(p, ev, ko_pick_at(p, "queryResult"));
}

bool ko_dialogflow_cx_fits(struct ko_pick *p)
{
    return ko_pick_at(p, "jsonPayload.queryResult") != NULL;
}

KO_PRODUCT_READS(dialogflow_cx)
{
    *ret_why = ko_pick_time(p, "timestamp|receiveTimestamp", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    ev->entity = ko_pick_text(p, "resource.labels.agent_name|labels.agent_name");
    return read_answer(p, ev, ko_pick_at(p, "jsonPayload.queryResult"));
}

bool ko_dialogflow_v1_fits(struct ko_pick *p)
{
    return ko_pick_at(p, "result.metadata.intentName|result.metadata.isFallbackIntent") !=
           NULL;
}

KO_PRODUCT_READS(dialogflow_v1)
{
    *ret_why = ko_pick_time(p, "timestamp", ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    ev->entity = KO_STR("dialogflow");
    ev->session = ko_pick_text(p, "sessionId");
    ev->id = ko_pick_text(p, "id");
    ev->operation = ko_pick_text(p, "result.metadata.intentName");
    return emit_turn(p, ev, ko_pick_true(p, "result.metadata.isFallbackIntent"));
}
