/* take.c: what each kind of event adds to the state of a reducer. */
#include "reduce/take.h"
#include "reduce/mask.h"

#include <math.h>

enum { STATUS_ERROR = 500, TRACE_SEED = 3, CONTACT_SEED = 4 };

/* ---- what an event says ---- */

/* Whose record it is: what it says, else the best that it says instead. */
static struct ko_str entity_of(const struct ko_reducer *r, const struct ko_event *ev,
                               uint32_t export_index)
{
    const struct ko_str *said[] = {&ev->entity, &ev->instance, &ev->queue, &ev->channel};
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        if (ko_str_trim(*said[i]).n > 0)
            return *said[i];
    }
    return r->exports.v[export_index].stem;
}

bool ko_take_is_bad(const struct ko_event *ev)
{
    if (ev->outcome != KO_OUTCOME_UNKNOWN)
        return ev->outcome == KO_OUTCOME_BAD;
    if (ev->status != 0)
        return ev->status >= STATUS_ERROR;
    return ev->severity >= KO_SEV_ERROR;
}

/* The name that the record is under, and what it says of that name. */
enum ko_status ko_take_name(struct ko_reducer *r, const struct ko_event *ev,
                            uint32_t export_index, uint32_t *ret)
{
    enum ko_status st = ko_state_name(r, entity_of(r, ev, export_index), ret);
    if (st == KO_OK && *ret == KO_NO_ENTITY)
        st = ko_state_name(r, KO_STR("unnamed"), ret);
    if (st != KO_OK || ev->instance.n == 0)
        return st;
    struct ko_str entity = ko_str_trim(ev->entity), instance = ko_str_trim(ev->instance);
    struct ko_name *name = &r->names.v[*ret];
    name->instance |= entity.n == 0 && instance.n > 0;
    bool both = entity.n > 0 && instance.n > 0 && !ko_str_eq(ev->entity, ev->instance);
    bool by_file =
        name->by_file > 0 || ko_str_eq(name->raw, r->exports.v[export_index].stem);
    return both && !by_file ? ko_hosts_note(&r->hosts, instance, *ret) : KO_OK;
}

static void count_record(struct ko_reducer *r, uint32_t export_index, uint32_t name)
{
    struct ko_name *n = &r->names.v[name];
    n->records++;
    n->by_file += ko_str_eq(n->raw, r->exports.v[export_index].stem);
}

static enum ko_status data_name(struct ko_reducer *r, const struct ko_event *ev,
                                uint32_t export_index, uint32_t *ret)
{
    enum ko_status st = ko_take_name(r, ev, export_index, ret);
    if (st == KO_OK)
        count_record(r, export_index, *ret);
    return st;
}

static bool is_hex(struct ko_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = ko_char_lower(s.p[i]);
        if (!ko_char_is_digit(c) && !(c >= 'a' && c <= 'f'))
            return false;
    }
    return true;
}

/*
 * Systems write one id in either case, with
 * or without zeros before it, and a trace of 128 bits also by its last 64, as older
 * clients do: those 64 are compared.
 */
uint64_t ko_take_id(struct ko_str s)
{
    char id[16];
    size_t n = 0;
    if (is_hex(s)) {
        if (s.n > sizeof id)
            s = ko_str_skip(s, s.n - sizeof id);
        while (s.n > 0 && s.p[0] == '0')
            s = ko_str_skip(s, 1);
        for (; n < s.n; n++)
            id[n] = ko_char_lower(s.p[n]);
        s = (struct ko_str){id, n};
    }
    uint64_t h = s.n > 0 ? ko_hash(s, TRACE_SEED) : 0;
    return s.n > 0 && h == 0 ? 1 : h;
}

/* ---- metrics ---- */

static void put_label(struct ko_buf *b, const char *key, struct ko_str value, bool *any)
{
    value = ko_str_trim(value);
    if (value.n == 0)
        return;
    ko_buf_puts(b, *any ? "," : "{");
    ko_buf_puts(b, key);
    ko_buf_putc(b, '=');
    ko_buf_put(b, value);
    *any = true;
}

/* The name as written, runs of blanks as one, with the groups that it is measured for. */
static void put_signal(struct ko_buf *b, const struct ko_event *ev)
{
    struct ko_str s = ko_str_trim(ev->signal);
    for (size_t i = 0; i < s.n; i++) {
        bool blank = ko_char_is_space(s.p[i]);
        if (!blank || !ko_char_is_space(s.p[i - 1]))
            ko_buf_putc(b, blank ? ' ' : s.p[i]);
    }
    bool any = b->n > 0 && b->p[b->n - 1] == '}'; /* labels go on where some are */
    b->n -= any ? 1 : 0;
    put_label(b, "region", ev->region, &any);
    put_label(b, "channel", ev->channel, &any);
    if (ko_str_trim(ev->entity).n > 0 && !ko_str_eq(ev->entity, ev->queue))
        put_label(b, "queue", ev->queue, &any);
    put_label(b, "segment", ev->segment, &any);
    if (any)
        ko_buf_putc(b, '}');
}

/* The track of a metric, and the name that its records are under. */
static enum ko_status find_series(struct ko_reducer *r, const struct ko_event *ev,
                                  uint32_t export_index, struct ko_series_memo *ret)
{
    uint32_t peer;
    struct ko_track_key key = ko_track_key(KO_TRACK_METRIC, export_index);
    enum ko_status st = ko_take_name(r, ev, export_index, &ret->name);
    if (st == KO_OK && ev->queue.n > 0 && ko_str_eq(ev->queue, ev->entity))
        r->names.v[ret->name].queue = true;
    if (st == KO_OK)
        st = ko_state_name(r, ev->peer, &peer);
    if (st == KO_OK)
        st = ko_state_name(r, ev->instance, &key.instance);
    if (st != KO_OK)
        return st;
    bool of_peer = peer != KO_NO_ENTITY && !ev->peer_is_caller;
    key.entity = of_peer ? peer : ret->name;
    key.caller = of_peer ? ret->name : peer;
    ko_buf_reset(&r->scratch);
    put_signal(&r->scratch, ev);
    st = r->scratch.status;
    if (st == KO_OK)
        st = ko_state_value(r, ko_buf_str(&r->scratch), &key.signal);
    if (st == KO_OK)
        st = ko_state_track(r, &key, &ret->track);
    if (st != KO_OK)
        return st;
    return ko_state_measured(r, ret->track, ev->metric_kind, ko_str_trim(ev->unit));
}

/* The same, remembered by the number that the reader gave the series. */
static enum ko_status recall_series(struct ko_reducer *r, const struct ko_event *ev,
                                    uint32_t export_index, struct ko_series_memo *ret)
{
    struct ko_series_memos *memos = &r->exports.v[export_index].series;
    if (ev->series == 0 || ev->series >= KO_SERIES_MAX)
        return find_series(r, ev, export_index, ret);
    while (memos->n <= ev->series) {
        struct ko_series_memo *fresh;
        KO_LIST_ADD(&r->arena, memos, fresh);
        if (fresh == NULL)
            return KO_ENOMEM;
    }
    struct ko_series_memo *memo = &memos->v[ev->series];
    enum ko_status st = memo->track == 0 ? find_series(r, ev, export_index, memo) : KO_OK;
    *ret = *memo;
    return st;
}

static enum ko_status take_metric(struct ko_reducer *r, const struct ko_event *ev,
                                  uint32_t export_index)
{
    struct ko_series_memo series;
    enum ko_status st = recall_series(r, ev, export_index, &series);
    if (st != KO_OK)
        return st;
    count_record(r, export_index, series.name);
    if (isnan(ev->value))
        return KO_OK;
    if (!ko_fixed_fits(ev->value)) {
        r->exports.v[export_index].unusable++;
        return KO_OK;
    }
    return ko_cells_add_sample(&r->cells, series.track, ev->time, ev->value);
}

/* ---- spans ---- */

/* The name of an operation, without the ids that a path in it may hold. */
static enum ko_status operation_text(struct ko_reducer *r, struct ko_str operation,
                                     uint32_t *ret)
{
    ko_buf_reset(&r->scratch);
    ko_mask_template(operation, &r->scratch);
    if (r->scratch.status != KO_OK)
        return r->scratch.status;
    return ko_state_value(r, ko_buf_str(&r->scratch), ret);
}

/* An interaction that the trace tells of. */
static enum ko_status take_root(struct ko_reducer *r, const struct ko_event *ev,
                                uint32_t export_index, uint32_t entity, bool bad)
{
    struct ko_interaction x = {.ev = ev,
                               .export_index = export_index,
                               .entity = entity,
                               .witness = KO_WITNESS_SPAN,
                               .took = ev->dur,
                               .bad = bad};
    struct ko_spot_tracks tracks = {.looked = false};
    ko_take_person(ev, &x);
    return ko_take_spot(r, &x, &tracks);
}

static enum ko_status take_span(struct ko_reducer *r, const struct ko_event *ev,
                                uint32_t export_index)
{
    struct ko_span s = {.trace = ko_take_id(ev->trace),
                        .id = ko_take_id(ev->span),
                        .parent = ko_take_id(ev->parent),
                        .start = ev->time,
                        .dur = ev->dur <= KO_TAKE_DUR_MAX ? ev->dur : -1,
                        .line = ev->place.line,
                        .export_index = export_index,
                        .bad = ko_take_is_bad(ev),
                        .async = ev->async,
                        .retry = ev->attempt > 1};
    enum ko_status st = data_name(r, ev, export_index, &s.entity);
    if (st == KO_OK)
        st = ko_state_name(r, ev->peer, &s.peer);
    if (st == KO_OK)
        st = operation_text(r, ev->operation, &s.operation);
    if (st == KO_OK)
        st = ko_spans_add(&r->spans, &s);
    if (st == KO_OK && s.parent == 0)
        st = take_root(r, ev, export_index, s.entity, s.bad);
    return st;
}

/* ---- contacts ---- */

static enum ko_status contact_texts(struct ko_reducer *r, const struct ko_event *ev,
                                    struct ko_contact *c)
{
    enum ko_status st = ko_state_value(r, ev->version, &c->version);
    if (st == KO_OK)
        st = ko_state_value(r, ev->region, &c->region);
    if (st == KO_OK)
        st = ko_state_value(r, ev->channel, &c->channel);
    if (st == KO_OK)
        st = ko_state_value(r, ev->queue, &c->queue);
    return st == KO_OK ? ko_state_value(r, ev->segment, &c->segment) : st;
}

static uint64_t contact_id(const struct ko_event *ev)
{
    if (ev->id.n > 0)
        return ko_hash(ev->id, ko_hash(ev->what, CONTACT_SEED));
    return ko_hash(ev->customer, ev->place.line ^ (uint64_t)ev->time);
}

static enum ko_status take_contact(struct ko_reducer *r, const struct ko_event *ev,
                                   uint32_t export_index)
{
    struct ko_contact c = {.id = contact_id(ev),
                           .has_id = ev->id.n > 0,
                           .time = ev->time,
                           .wait = ev->wait,
                           .handle = ev->handle >= 0 ? ev->handle : ev->dur,
                           .line = ev->place.line,
                           .export_index = export_index,
                           .transferred = ev->transferred,
                           .abandoned = ev->abandoned,
                           .fallback = ev->fallback,
                           .handoff_failed = ev->handoff_failed,
                           .auth_failed = ev->auth_failed,
                           .retry = ev->attempt > 1};
    struct ko_interaction x = {.ev = ev};
    ko_take_person(ev, &x);
    c.person = x.person;
    c.session = x.session;
    c.bad =
        ev->outcome == KO_OUTCOME_BAD || c.abandoned || c.handoff_failed || c.auth_failed;
    struct ko_event who = *ev;
    if (ko_str_trim(ev->queue).n > 0)
        who.entity = ev->queue;
    enum ko_status st = data_name(r, &who, export_index, &c.entity);
    if (st == KO_OK) {
        r->names.v[c.entity].queue |= ko_str_trim(ev->queue).n > 0;
        r->names.v[c.entity].bot |= ko_str_eq(ev->what, KO_STR("bot"));
        st = contact_texts(r, ev, &c);
    }
    return st == KO_OK ? ko_contacts_add(&r->contacts, &c) : st;
}

/* ---- all kinds ---- */

static enum ko_status keep_declared(struct ko_reducer *r, const struct ko_event *ev)
{
    uint32_t name;
    const struct ko_str names[] = {
        ev->entity, ev->kind == KO_EVENT_EDGE ? ev->peer : (struct ko_str){NULL, 0}};
    bool declares = ev->kind == KO_EVENT_ENTITY || ev->kind == KO_EVENT_STEP ||
                    ev->kind == KO_EVENT_EDGE;
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < 2 && st == KO_OK; i++) {
        st = ko_state_name(r, names[i], &name);
        if (st == KO_OK && name != KO_NO_ENTITY && declares)
            r->names.v[name].declared = true;
    }
    if (st == KO_OK && ev->kind == KO_EVENT_ENTITY)
        st = ko_state_name(r, ev->message, &name);
    return st == KO_OK ? ko_state_keep(r, ev) : st;
}

/* Kinds that are measured over the window; the others do not widen it. */
static bool is_measured(enum ko_event_kind kind)
{
    return kind == KO_EVENT_LOG || kind == KO_EVENT_METRIC || kind == KO_EVENT_SPAN ||
           kind == KO_EVENT_CONTACT || kind == KO_EVENT_CELL;
}

static enum ko_status take_measured(struct ko_reducer *r, const struct ko_event *ev,
                                    uint32_t export_index)
{
    switch (ev->kind) {
    case KO_EVENT_METRIC:
        return take_metric(r, ev, export_index);
    case KO_EVENT_SPAN:
        return take_span(r, ev, export_index);
    case KO_EVENT_CELL:
        return ko_take_cell(r, ev, export_index);
    default:
        return take_contact(r, ev, export_index);
    }
}

/* A table of one moment that it does not name. */
static bool is_snapshot(const struct ko_event *ev)
{
    return ev->kind == KO_EVENT_CELL && ev->time == KO_TIME_NONE;
}

static void widen(struct ko_export *e, ko_time t)
{
    if (e->first == KO_TIME_NONE || t < e->first)
        e->first = t;
    if (e->last == KO_TIME_NONE || t > e->last)
        e->last = t;
}

static enum ko_status is_delivered_again(struct ko_reducer *r, const struct ko_event *ev,
                                         uint32_t index, bool *ret)
{
    const struct ko_export *e = &r->exports.v[index];
    return ko_delivered_again(&r->delivered, ev, index, e->part, e->stem, ret);
}

static enum ko_status take(struct ko_reducer *r, const struct ko_event *ev)
{
    uint32_t index =
        ev->place.export_index < r->exports.n ? ev->place.export_index : r->current;
    struct ko_export *e = &r->exports.v[index];
    e->taken++;
    bool again;
    enum ko_status looked = is_delivered_again(r, ev, index, &again);
    if (looked != KO_OK || again) {
        e->duplicates++;
        return looked;
    }
    if (is_snapshot(ev))
        return ko_take_cell(r, ev, index);
    bool timeless = ev->time == KO_TIME_NONE || ev->time < KO_TAKE_TIME_MIN ||
                    ev->time > KO_TAKE_TIME_MAX;
    bool needs_time = is_measured(ev->kind) || ev->kind == KO_EVENT_CHANGE ||
                      ev->kind == KO_EVENT_INCIDENT || ev->kind == KO_EVENT_RECORD;
    if (timeless && needs_time) {
        e->no_time++;
        return KO_OK;
    }
    if (ev->kind == KO_EVENT_RECORD)
        return KO_OK;
    if (!is_measured(ev->kind)) {
        struct ko_event own = *ev;
        own.place.export_index = index;
        return keep_declared(r, &own);
    }
    e->timed++;
    widen(e, ev->time);
    if (ev->kind == KO_EVENT_LOG)
        return ko_take_log(r, ev, index);
    enum ko_status st = ko_cells_add(&r->cells, e->time_track, ev->time);
    return st == KO_OK ? take_measured(r, ev, index) : st;
}

enum ko_status ko_take(struct ko_reducer *r, const struct ko_event *ev)
{
    enum ko_status st = take(r, ev);
    return st == KO_OK && ko_fold_is_due(r) ? ko_fold_settle(r) : st;
}
