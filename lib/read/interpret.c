/* interpret.c: a record whose fields have roles becomes events. */
#include "read/interpret.h"

#include "base/num.h"
#include "read/interpret_metric.h"
#include "read/interpret_other.h"
#include "read/log_fields.h"
#include "read/quantity.h"
#include "read/span_tags.h"
#include "read/unwrap.h"

static struct ko_str get(const struct ko_view *v, enum ko_role role)
{
    return ko_roles_get(v->roles, v->r, role);
}

enum ko_reject ko_interpret_time(struct ko_reading *rd, const struct ko_view *v,
                                 struct ko_event *ev)
{
    struct ko_str text = get(v, KO_ROLE_TIME);
    return text.n == 0 ? KO_REJECT_NO_TIMESTAMP : ko_reading_put_time(rd, text, ev);
}

/* A name for what a file without any speaks of: the file's own. */
static void name_entity(struct ko_reading *rd, struct ko_event *ev)
{
    if (ev->entity.n == 0)
        ev->entity = ko_reading_stem(rd);
}

static enum ko_status emit_log(struct ko_reading *rd, const struct ko_view *v,
                               struct ko_event *ev, enum ko_reject *ret_why)
{
    enum ko_reject no_time = ko_interpret_time(rd, v, ev);
    if (no_time == KO_REJECT_BAD_TIMESTAMP) {
        *ret_why = no_time;
        return KO_OK;
    }
    if (!v->delivers_none)
        ev->id = ko_fields_delivery(v->r);
    enum ko_status st = ko_log_memo_places(&rd->logs, ev, v->r, v->roles);
    if (st == KO_OK)
        st = ko_log_memo_manner(&rd->logs, rd->arena, ev, v->r, v->roles);
    if (st != KO_OK)
        return st;
    ko_fields_ids(ev, v->r, v->roles);
    st = ko_fields_words(rd->record, ev, v->r, v->roles);
    if (st == KO_OK)
        st = ko_unwrap(rd, ev);
    if (st != KO_OK)
        return st;
    name_entity(rd, ev);
    if (ko_str_trim(ev->entity).n == 0)
        ev->who = 0; /* who it is, other fields decide */
    return ko_reading_emit(rd, ev);
}

/* The unit of a span's duration is not asked for where its end is known. */
static void take_end(struct ko_reading *rd, const struct ko_view *v, struct ko_event *ev)
{
    struct ko_stamp end;
    if (ko_time_parse(get(v, KO_ROLE_END), &end) != KO_OK)
        return;
    ko_time t = ko_reading_time(rd, &end);
    if (t != KO_TIME_NONE && t >= ev->time)
        ev->dur = t - ev->time;
}

/* The unit of an epoch with so many digits before its point; 0 where it is no guide. */
static ko_dur unit_of_epoch(struct ko_str s)
{
    size_t n = 0;
    while (n < s.n && ko_char_is_digit(s.p[n]))
        n++;
    if (n < s.n && s.p[n] != '.')
        return 0;
    return n == 13 ? KO_MS : n == 16 ? 1000 : n == 19 ? 1 : 0;
}

/* A bare duration beside a bare epoch is in the same unit: trace tables of Grafana are in
 * ms with a fraction, those of Jaeger and Zipkin in us. */
static void take_bare_duration(const struct ko_view *v, struct ko_event *ev)
{
    double x;
    ko_dur unit = unit_of_epoch(ko_str_trim(get(v, KO_ROLE_TIME)));
    if (unit == 0 || v->roles->unit[KO_ROLE_DURATION] != 0 ||
        ko_num_real(ko_str_trim(get(v, KO_ROLE_DURATION)), &x) != KO_OK)
        return;
    if (x >= 0 && x * (double)unit < 9e18)
        ev->dur = (ko_dur)(x * (double)unit + 0.5);
}

/* OpenTelemetry's code of a span: 0 not set, 1 good, 2 bad. */
static void take_span_code(struct ko_event *ev)
{
    if (ev->status < 0 || ev->status > 2)
        return;
    if (ev->status == 2)
        ev->outcome = KO_OUTCOME_BAD;
    else if (ev->status == 1 && ev->outcome == KO_OUTCOME_UNKNOWN)
        ev->outcome = KO_OUTCOME_OK;
    ev->status = 0;
}

static struct ko_str parent_of(struct ko_str s)
{
    static const struct ko_str none[] = {KO_STR_INIT("root"), KO_STR_INIT("0"),
                                         KO_STR_INIT("0000000000000000")};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        if (ko_str_ieq(s, none[i]))
            return (struct ko_str){0};
    }
    return s;
}

static enum ko_status emit_span(struct ko_reading *rd, const struct ko_view *v,
                                struct ko_event *ev, enum ko_reject *ret_why)
{
    *ret_why = ko_interpret_time(rd, v, ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    enum ko_status st = ko_fields_log(rd->record, ev, v->r, v->roles);
    if (st != KO_OK)
        return st;
    take_bare_duration(v, ev);
    take_end(rd, v, ev);
    take_span_code(ev);
    st = ko_span_take_cells(rd, ev, v->r);
    if (st != KO_OK)
        return st;
    ev->parent = parent_of(get(v, KO_ROLE_PARENT));
    if (ev->operation.n == 0)
        ev->operation = get(v, KO_ROLE_NAME);
    name_entity(rd, ev);
    return ko_reading_emit(rd, ev);
}

static enum ko_status emit_contact(struct ko_reading *rd, const struct ko_view *v,
                                   struct ko_event *ev, enum ko_reject *ret_why)
{
    *ret_why = ko_interpret_time(rd, v, ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    enum ko_status st = ko_fields_log(rd->record, ev, v->r, v->roles);
    if (st != KO_OK)
        return st;
    ko_dur dur;
    if (ko_quantity_dur(get(v, KO_ROLE_WAIT), v->roles->unit[KO_ROLE_WAIT], &dur))
        ev->wait = dur;
    if (ko_quantity_dur(get(v, KO_ROLE_HANDLE), v->roles->unit[KO_ROLE_HANDLE], &dur))
        ev->handle = dur;
    ev->what = get(v, KO_ROLE_KIND);
    ev->state = get(v, KO_ROLE_OUTCOME);
    ev->reason = get(v, KO_ROLE_REASON);
    ev->abandoned = ko_fields_true(get(v, KO_ROLE_ABANDONED)) ||
                    ko_str_ieq(get(v, KO_ROLE_OUTCOME), KO_STR("abandoned"));
    ev->transferred = ko_fields_true(get(v, KO_ROLE_TRANSFERRED));
    if (ev->abandoned)
        ev->outcome = KO_OUTCOME_BAD;
    if (ev->entity.n == 0)
        ev->entity = ev->queue;
    return ko_reading_emit(rd, ev);
}

enum ko_status ko_interpret(struct ko_reading *rd, const struct ko_view *v,
                            struct ko_place place, enum ko_reject *ret_why)
{
    static const struct {
        enum ko_event_kind kind;
        enum ko_status (*emit)(struct ko_reading *, const struct ko_view *,
                               struct ko_event *, enum ko_reject *);
    } by_shape[] = {
        [KO_SHAPE_NONE] = {KO_EVENT_LOG, NULL},
        [KO_SHAPE_LOG] = {KO_EVENT_LOG, emit_log},
        [KO_SHAPE_METRIC] = {KO_EVENT_METRIC, ko_interpret_metric},
        [KO_SHAPE_WIDE] = {KO_EVENT_METRIC, ko_interpret_wide},
        [KO_SHAPE_SPAN] = {KO_EVENT_SPAN, emit_span},
        [KO_SHAPE_EDGE] = {KO_EVENT_EDGE, ko_interpret_edge},
        [KO_SHAPE_MATRIX] = {KO_EVENT_EDGE, ko_interpret_matrix},
        [KO_SHAPE_CHANGE] = {KO_EVENT_CHANGE, ko_interpret_change},
        [KO_SHAPE_CONTACT] = {KO_EVENT_CONTACT, emit_contact},
        [KO_SHAPE_ENTITY] = {KO_EVENT_ENTITY, ko_interpret_entity},
        [KO_SHAPE_STEP] = {KO_EVENT_STEP, ko_interpret_step},
        [KO_SHAPE_INCIDENT] = {KO_EVENT_INCIDENT, ko_interpret_incident},
    };
    enum ko_status st = ko_how_fields(&rd->found.how, rd->ledger, v->r, v->roles);
    if (st != KO_OK)
        return st;
    *ret_why = KO_REJECT_COUNT;
    if (by_shape[v->shape].emit == NULL) {
        *ret_why = KO_REJECT_NO_TIMESTAMP;
        return KO_OK;
    }
    struct ko_event ev;
    ko_event_init(&ev, by_shape[v->shape].kind);
    ev.place = place;
    return by_shape[v->shape].emit(rd, v, &ev, ret_why);
}

/* PagerDuty's "trigger_log_entry" and so on. */
bool ko_interpret_is_history(const struct ko_view *v)
{
    return ko_str_ends(get(v, KO_ROLE_KIND), KO_STR("_log_entry"));
}

enum ko_status ko_interpret_record(struct ko_reading *rd, const struct ko_record *r,
                                   struct ko_place place, enum ko_reject *ret_why)
{
    struct ko_roles roles;
    ko_roles_recall(&rd->roles, &roles, r, rd->opt->field_map);
    ko_roles_note_map(r, rd->opt->field_map, rd->opt->field_map_met);
    struct ko_view v = {.r = r,
                        .roles = &roles,
                        .shape = ko_shape_recall(&rd->roles, &roles, rd->opt->shape)};
    if (ko_interpret_is_history(&v))
        v.shape = KO_SHAPE_INCIDENT;
    return ko_interpret(rd, &v, place, ret_why);
}

enum ko_status ko_interpret_log(struct ko_reading *rd, const struct ko_record *r,
                                struct ko_place place, enum ko_reject *ret_why)
{
    struct ko_roles roles;
    ko_roles_recall(&rd->roles, &roles, r, rd->opt->field_map);
    ko_roles_note_map(r, rd->opt->field_map, rd->opt->field_map_met);
    struct ko_view v = {.r = r, .roles = &roles, .shape = KO_SHAPE_LOG};
    return ko_interpret(rd, &v, place, ret_why);
}
