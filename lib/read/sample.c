/* sample.c: a measured number and its labels become an event. */
#include "read/sample.h"

#include "base/buf.h"
#include "base/num.h"
#include "read/log_fields.h"
#include "read/roles.h"

#include <math.h>
#include <stdlib.h>

enum { NAME_BYTES_MAX = 4096 };

/* Labels that tell how a number was gathered, not what it measures. */
static bool is_of_scrape(struct ko_str key)
{
    static const struct ko_str names[] = {
        KO_STR_INIT("__name__"),        KO_STR_INIT("le"),
        KO_STR_INIT("namespace"),       KO_STR_INIT("cluster"),
        KO_STR_INIT("endpoint"),        KO_STR_INIT("metrics_path"),
        KO_STR_INIT("prometheus"),      KO_STR_INIT("prometheus_replica"),
        KO_STR_INIT("monitor"),         KO_STR_INIT("uid"),
        KO_STR_INIT("image"),           KO_STR_INIT("id"),
        KO_STR_INIT("container_id"),    KO_STR_INIT("otel_scope_name"),
        KO_STR_INIT("service_version"), KO_STR_INIT("otel_scope_version"),
        KO_STR_INIT("connection_type"),
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (ko_str_eq(key, names[i]))
            return true;
    }
    return ko_str_starts(key, KO_STR("telemetry.sdk.")) ||
           ko_str_starts(key, KO_STR("telemetry_sdk_")) ||
           ko_str_starts(key, KO_STR("process.")) || ko_str_starts(key, KO_STR("os."));
}

/* What a label does in an event. */
enum use { USE_NAME, USE_WHOSE, USE_PLACE };

static enum use use_of(struct ko_str key, struct ko_str field_map)
{
    if (is_of_scrape(key))
        return USE_WHOSE;
    switch (ko_role_of(key, field_map).role) {
    case KO_ROLE_SERVICE:
    case KO_ROLE_CONTAINER:
    case KO_ROLE_INSTANCE:
    case KO_ROLE_ENVIRONMENT:
    case KO_ROLE_VERSION:
        return USE_WHOSE;
    case KO_ROLE_REGION:
    case KO_ROLE_CHANNEL:
    case KO_ROLE_QUEUE:
    case KO_ROLE_SEGMENT:
    case KO_ROLE_CALLER:
    case KO_ROLE_CALLEE:
    case KO_ROLE_PEER:
    case KO_ROLE_TRACE:
    case KO_ROLE_SPAN:
    case KO_ROLE_REQUEST:
    case KO_ROLE_CUSTOMER:
    case KO_ROLE_SESSION:
        return USE_PLACE;
    default:
        return USE_NAME;
    }
}

static int by_key(const void *a, const void *b)
{
    const struct ko_field_value *x = a, *y = b;
    int order = ko_str_cmp(x->key, y->key);
    return order != 0 ? order : ko_str_cmp(x->value, y->value);
}

static enum ko_status sorted(struct ko_arena *arena, const struct ko_record *r,
                             struct ko_field_value **ret)
{
    *ret = ko_arena_alloc(arena, r->n + 1, sizeof **ret);
    if (*ret == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < r->n; i++)
        (*ret)[i] = r->v[i];
    if (r->n > 1)
        qsort(*ret, r->n, sizeof **ret, by_key);
    return KO_OK;
}

static void put_pair(struct ko_buf *b, const struct ko_field_value *label, char before)
{
    ko_buf_putc(b, before);
    ko_buf_put(b, label->key);
    ko_buf_putc(b, '=');
    ko_buf_put(b, label->value);
}

enum ko_status ko_sample_series(struct ko_arena *arena, struct ko_buf *b,
                                const struct ko_record *labels, struct ko_str skip)
{
    struct ko_field_value *v;
    enum ko_status st = sorted(arena, labels, &v);
    for (size_t i = 0; i < labels->n && st == KO_OK; i++) {
        if (!ko_str_eq(v[i].key, skip) && !ko_str_eq(v[i].key, KO_STR("__name__")))
            put_pair(b, &v[i], ',');
    }
    return st;
}

/* The name with the labels that no other member of the event has room for. */
static enum ko_status name_signal(struct ko_reading *rd, const struct ko_sample *s,
                                  struct ko_event *ev)
{
    struct ko_field_value *v;
    struct ko_buf b;
    bool any = false;
    enum ko_status st = sorted(rd->record, s->labels, &v);
    if (st != KO_OK)
        return st;
    ko_buf_init(&b, NAME_BYTES_MAX);
    ko_buf_put(&b, ev->signal);
    for (size_t i = 0; i < s->labels->n; i++) {
        if (v[i].value.n == 0 || use_of(v[i].key, rd->opt->field_map) != USE_NAME)
            continue;
        put_pair(&b, &v[i], any ? ',' : '{');
        any = true;
    }
    if (any)
        ko_buf_putc(&b, '}');
    if (b.status != KO_ENOMEM)
        st = ko_str_copy(rd->record, ko_buf_str(&b), &ev->signal);
    else
        st = KO_ENOMEM;
    ko_buf_release(&b);
    return st;
}

/* Series that differ in whose they are alone are instances of one. */
static enum ko_status name_instance(struct ko_reading *rd, const struct ko_sample *s,
                                    struct ko_event *ev)
{
    struct ko_field_value *v;
    struct ko_buf b;
    enum ko_status st = sorted(rd->record, s->labels, &v);
    if (st != KO_OK)
        return st;
    ko_buf_init(&b, NAME_BYTES_MAX);
    ko_buf_put(&b, ev->instance);
    for (size_t i = 0; i < s->labels->n; i++) {
        bool said = ko_str_eq(v[i].value, ev->instance) ||
                    ko_str_eq(v[i].value, ev->entity) ||
                    ko_str_eq(v[i].key, KO_STR("__name__"));
        if (said || v[i].value.n == 0 ||
            use_of(v[i].key, rd->opt->field_map) != USE_WHOSE)
            continue;
        if (b.n > 0)
            ko_buf_putc(&b, ' ');
        ko_buf_put(&b, v[i].value);
    }
    st = b.status == KO_ENOMEM ? KO_ENOMEM
                               : ko_str_copy(rd->record, ko_buf_str(&b), &ev->instance);
    ko_buf_release(&b);
    return st;
}

/* client and server of a service graph: the metric is the server's, seen by the client.
 */
static enum ko_status take_sides(struct ko_reading *rd, const struct ko_sample *s,
                                 const struct ko_roles *roles, struct ko_event *ev)
{
    struct ko_str caller = ko_roles_get(roles, s->labels, KO_ROLE_CALLER);
    struct ko_str callee = ko_roles_get(roles, s->labels, KO_ROLE_CALLEE);
    if (callee.n == 0)
        callee = ev->peer;
    ev->peer = (struct ko_str){0};
    if (caller.n == 0 || callee.n == 0)
        return KO_OK;
    ev->entity = callee;
    ev->peer = caller;
    ev->peer_is_caller = true;
    struct ko_event edge;
    ko_event_init(&edge, KO_EVENT_EDGE);
    edge.place = s->place;
    edge.entity = caller;
    edge.peer = callee;
    return ko_reading_edge(rd, &edge);
}

enum ko_status ko_sample_event(struct ko_reading *rd, const struct ko_sample *s,
                               struct ko_event *ev)
{
    struct ko_roles roles;
    ko_event_init(ev, KO_EVENT_METRIC);
    ev->place = s->place;
    ev->time = s->time;
    ev->has_zone = s->has_zone;
    ev->unit = s->unit;
    ev->value = s->value;
    ev->metric_kind = s->kind;
    ev->signal = s->name.n > 0 ? s->name : ko_record_get(s->labels, "__name__");
    if (ev->signal.n == 0)
        ev->signal = KO_STR("value");
    ko_roles_find(&roles, s->labels, rd->opt->field_map);
    ko_fields_identity(ev, s->labels, &roles);
    enum ko_status st = take_sides(rd, s, &roles, ev);
    if (st == KO_OK && s->labels->n > 0)
        st = name_signal(rd, s, ev);
    if (st == KO_OK && s->labels->n > 0)
        st = name_instance(rd, s, ev);
    if (ev->entity.n == 0)
        ev->entity = ev->queue;
    return st;
}

enum ko_status ko_sample_give(struct ko_reading *rd, const struct ko_event *ev)
{
    if (!isfinite(ev->value)) {
        rd->found.unmeasured++;
        return KO_OK;
    }
    rd->found.nameless |= ev->entity.n == 0;
    return ko_reading_emit(rd, ev);
}

enum ko_status ko_sample_emit(struct ko_reading *rd, const struct ko_sample *s)
{
    struct ko_event ev;
    enum ko_status st = ko_sample_event(rd, s, &ev);
    return st != KO_OK ? st : ko_sample_give(rd, &ev);
}

bool ko_sample_number(struct ko_str s, double *ret)
{
    if (ko_num_real(s, ret) == KO_OK)
        return true;
    if (!ko_num_is_nan(s))
        return false;
    size_t at;
    *ret = ko_str_ifind(s, KO_STR("nan"), &at) ? (double)NAN
           : s.p[0] == '-'                     ? -(double)INFINITY
                                               : (double)INFINITY;
    return true;
}
