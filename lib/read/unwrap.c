/* unwrap.c: a message that is itself a record: JSON, logfmt or a line with time and level
 * inside what a shipper wrapped around it. */
#include "read/unwrap.h"

#include "read/json_record.h"
#include "read/log_fields.h"
#include "read/logfmt.h"
#include "read/roles.h"
#include "read/text_line.h"
#include "read/text_scan.h"

enum { LOGFMT_PAIRS_MIN = 2 };

static void take(struct ko_str *slot, struct ko_str inner)
{
    if (inner.n > 0)
        *slot = inner;
}

static void fill(struct ko_str *slot, struct ko_str inner)
{
    if (slot->n == 0)
        *slot = inner;
}

/* What only the program itself knows, it knows best; where it ran, the shipper does. */
static void merge(struct ko_event *ev, const struct ko_event *in)
{
    ev->who = ev->where = 0; /* they may be others now */
    bool by_machine = ev->entity.n > 0 && ko_str_starts(ev->instance, ev->entity);
    if (in->entity.n > 0 && (ev->entity.n == 0 || by_machine))
        ev->entity = in->entity;
    fill(&ev->instance, in->instance);
    fill(&ev->peer, in->peer);
    fill(&ev->operation, in->operation);
    fill(&ev->customer, in->customer);
    fill(&ev->session, in->session);
    fill(&ev->region, in->region);
    fill(&ev->channel, in->channel);
    fill(&ev->queue, in->queue);
    fill(&ev->request, in->request);
    fill(&ev->version, in->version);
    take(&ev->trace, in->trace);
    take(&ev->span, in->span);
    take(&ev->message, in->message);
    if (in->severity != KO_SEV_UNKNOWN)
        ev->severity = in->severity;
    if (in->outcome != KO_OUTCOME_UNKNOWN)
        ev->outcome = in->outcome;
    if (in->status != 0)
        ev->status = in->status;
    if (in->dur >= 0)
        ev->dur = in->dur;
    if (in->attempt > 0)
        ev->attempt = in->attempt;
}

static void merge_time(struct ko_reading *rd, struct ko_event *ev,
                       const struct ko_stamp *stamp)
{
    if (ev->time != KO_TIME_NONE && !(stamp->has_zone && stamp->has_date))
        return;
    ko_time t = ko_reading_time(rd, stamp);
    if (t == KO_TIME_NONE)
        return;
    ev->time = t;
    ev->has_zone = stamp->has_zone;
}

/* Only a record that says something of its own is taken for one. */
static bool speaks(const struct ko_roles *roles)
{
    static const enum ko_role any[] = {KO_ROLE_MESSAGE, KO_ROLE_LEVEL, KO_ROLE_LEVEL_OTEL,
                                       KO_ROLE_STATUS, KO_ROLE_DURATION};
    for (size_t i = 0; i < sizeof any / sizeof *any; i++) {
        if (ko_roles_has(roles, any[i]))
            return true;
    }
    return false;
}

static enum ko_status merge_record(struct ko_reading *rd, struct ko_event *ev,
                                   const struct ko_record *r, bool *ret_done)
{
    struct ko_roles roles;
    struct ko_event in;
    struct ko_stamp stamp;
    ko_roles_recall(&rd->own_roles, &roles, r, (struct ko_str){0});
    if (!speaks(&roles))
        return KO_OK;
    ko_event_init(&in, KO_EVENT_LOG);
    enum ko_status st = ko_fields_log(rd->record, &in, r, &roles);
    if (st != KO_OK)
        return st;
    merge(ev, &in);
    struct ko_str time = ko_roles_get(&roles, r, KO_ROLE_TIME);
    if (time.n > 0 && ko_time_parse(ko_str_trim(time), &stamp) == KO_OK)
        merge_time(rd, ev, &stamp);
    *ret_done = in.message.n > 0;
    return KO_OK;
}

/* The texts of ${ev} that point into a JSON value must outlive it. */
static enum ko_status keep(struct ko_arena *arena, struct ko_event *ev)
{
    struct ko_str *const texts[] = {
        &ev->entity,  &ev->instance, &ev->peer,    &ev->operation, &ev->customer,
        &ev->session, &ev->region,   &ev->channel, &ev->queue,     &ev->request,
        &ev->version, &ev->trace,    &ev->span,    &ev->message};
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < sizeof texts / sizeof *texts && st == KO_OK; i++) {
        if (texts[i]->n > 0)
            st = ko_str_copy(arena, *texts[i], texts[i]);
    }
    return st;
}

static enum ko_status from_json(struct ko_reading *rd, struct ko_event *ev,
                                bool *ret_done)
{
    json_t *value;
    enum ko_reject why;
    enum ko_status st = ko_json_load(rd->record, ev->message, &value, &why);
    if (st != KO_OK || value == NULL)
        return st;
    struct ko_record r = {0};
    if (json_is_object(value)) {
        st = ko_json_flatten(rd->record, value, &r);
        if (st == KO_OK)
            st = merge_record(rd, ev, &r, ret_done);
        if (st == KO_OK)
            st = keep(rd->record, ev);
    }
    json_decref(value);
    return st;
}

static enum ko_status from_logfmt(struct ko_reading *rd, struct ko_event *ev,
                                  bool *ret_done)
{
    struct ko_record r = {0};
    struct ko_str prose;
    enum ko_status st = ko_logfmt_parse(rd->record, ev->message, &r, &prose);
    if (st == KO_ESYNTAX)
        return KO_OK;
    return st != KO_OK ? st : merge_record(rd, ev, &r, ret_done);
}

/* "INFO lookup ok", "[ERROR] …": a level in capitals before a message without a time. */
static void take_level(struct ko_event *ev)
{
    struct ko_str rest = ev->message, word;
    if (rest.n > 0 && rest.p[0] >= 'a' && rest.p[0] <= 'z')
        return;
    if (!ko_text_token(&rest, &word) || rest.n == 0)
        return;
    while (word.n > 0 && !ko_char_is_alpha(word.p[0]))
        word = ko_str_skip(word, 1);
    while (word.n > 0 && !ko_char_is_alpha(word.p[word.n - 1]))
        word.n--;
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] < 'A' || word.p[i] > 'Z')
            return;
    }
    enum ko_severity sev = ko_severity_word(word);
    if (word.n < 2 || sev == KO_SEV_UNKNOWN)
        return;
    ev->severity = sev;
    ev->message = ko_str_trim(rest);
}

/* A line of text: its own time and level go where they belong. */
static enum ko_status from_text(struct ko_reading *rd, struct ko_event *ev)
{
    static const struct ko_text_hint no_hint = {0};
    struct ko_text_line line;
    size_t format = ko_text_formats_n; /* none yet */
    if (ko_text_line_parse(ev->message, &no_hint, &format, &line) != KO_OK) {
        take_level(ev);
        return KO_OK;
    }
    bool by_machine = ko_str_starts(ev->instance, ev->entity);
    if (ev->entity.n > 0 && !by_machine)
        line.ev.entity = (struct ko_str){0};
    merge(ev, &line.ev);
    if (line.has_stamp)
        merge_time(rd, ev, &line.stamp);
    return KO_OK;
}

enum ko_status ko_unwrap(struct ko_reading *rd, struct ko_event *ev)
{
    for (unsigned layer = 0; layer < KO_UNWRAP_MAX; layer++) {
        bool again = false;
        struct ko_str m = ev->message = ko_str_trim(ev->message);
        enum ko_status st = KO_OK;
        if (m.n < 2)
            return KO_OK;
        if (m.p[0] == '{' && m.p[m.n - 1] == '}')
            st = from_json(rd, ev, &again);
        else if (ko_logfmt_begins(m) && ko_logfmt_pairs(m) >= LOGFMT_PAIRS_MIN)
            st = from_logfmt(rd, ev, &again);
        if (st != KO_OK)
            return st;
        if (!again)
            return from_text(rd, ev);
    }
    return KO_OK;
}
