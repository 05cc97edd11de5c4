/* interpret_metric.c: records that are measurements: one value each, or one a column. */
#include "read/interpret_metric.h"

#include "base/buf.h"
#include "base/num.h"
#include "read/quantity.h"
#include "read/sample.h"

/* A row with more words beside its numbers is no row of metrics. */
enum { LABELS_MAX = 16, LABEL_BYTES_MAX = 200 };

static struct ko_str get(const struct ko_view *v, enum ko_role role)
{
    return ko_roles_get(v->roles, v->r, role);
}

enum cell { CELL_VALUE, CELL_MISSING, CELL_BAD };

static enum cell read_cell(struct ko_str s, bool decimal_comma, struct ko_quantity *ret)
{
    if (ko_value_missing(s))
        return CELL_MISSING;
    if (ko_quantity_parse(s, decimal_comma, ret))
        return CELL_VALUE;
    return ko_num_is_nan(ko_str_trim(s)) ? CELL_MISSING : CELL_BAD;
}

/* Cumulative by the naming rule of Prometheus; other names may be anything. */
static enum ko_metric_kind kind_of(struct ko_str signal)
{
    return ko_str_ends(signal, KO_STR("_total")) ? KO_METRIC_COUNTER : KO_METRIC_GAUGE;
}

/* Roles of columns that say when, what and how much, or something about the row alone. */
static bool is_no_label(enum ko_role role)
{
    switch (role) {
    case KO_ROLE_TIME:
    case KO_ROLE_END:
    case KO_ROLE_INTERVAL_END:
    case KO_ROLE_VALUE:
    case KO_ROLE_UNIT:
    case KO_ROLE_ID:
    case KO_ROLE_MESSAGE:
    case KO_ROLE_SUMMARY:
    case KO_ROLE_LINK:
        return true;
    default:
        return false;
    }
}

/* Columns of InfluxDB and of sadf that are about the export itself. */
static bool is_of_export(struct ko_str key)
{
    static const struct ko_str names[] = {
        KO_STR_INIT("result"), KO_STR_INIT("table"),    KO_STR_INIT("_start"),
        KO_STR_INIT("_stop"),  KO_STR_INIT("interval"), KO_STR_INIT("_measurement"),
        KO_STR_INIT("_field"), KO_STR_INIT("_time"),    KO_STR_INIT("_value"),
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (ko_str_eq(key, names[i]))
            return true;
    }
    return key.n == 0;
}

static bool is_label(const struct ko_reading *rd, const struct ko_view *v, size_t i,
                     struct ko_str name)
{
    const struct ko_field_value *f = &v->r->v[i];
    struct ko_stamp stamp;
    bool whole = ko_str_eq(f->value, KO_STR("-1")) || ko_str_ieq(f->value, KO_STR("all"));
    return f->type == KO_VALUE_TEXT && !(v->is_metric != NULL && v->is_metric[i]) &&
           !whole && f->value.n <= LABEL_BYTES_MAX && f->value.p != name.p &&
           !ko_value_missing(f->value) && !is_of_export(f->key) &&
           ko_time_parse(ko_str_trim(f->value), &stamp) != KO_OK &&
           !is_no_label(ko_role_of(f->key, rd->opt->field_map).role);
}

/* All words of the row but ${name}. */
static enum ko_status labels_of(struct ko_reading *rd, const struct ko_view *v,
                                struct ko_str name, struct ko_record *ret)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < v->r->n && st == KO_OK && ret->n < LABELS_MAX; i++) {
        if (is_label(rd, v, i, name))
            st = ko_record_add(rd->record, ret, v->r->v[i].key,
                               ko_str_trim(v->r->v[i].value), KO_VALUE_TEXT);
    }
    return st;
}

static enum ko_status emit_value(struct ko_reading *rd, struct ko_sample *s,
                                 struct ko_str name, const struct ko_quantity *q)
{
    struct ko_str unit;
    ko_column_unit(name, &s->name, &unit);
    if (unit.n > 0)
        s->unit = unit;
    if (q->unit.n > 0)
        s->unit = q->unit;
    s->value = q->value;
    s->kind = kind_of(s->name);
    return ko_sample_emit(rd, s);
}

static struct ko_sample sample_of(const struct ko_event *ev, const struct ko_record *r)
{
    return (struct ko_sample){
        .labels = r, .time = ev->time, .has_zone = ev->has_zone, .place = ev->place};
}

/* InfluxDB names a series by its measurement and its field. */
static enum ko_status name_of(struct ko_reading *rd, const struct ko_view *v,
                              struct ko_str *ret)
{
    struct ko_str of = ko_record_get(v->r, "_measurement");
    struct ko_str field = ko_record_get(v->r, "_field");
    *ret = get(v, KO_ROLE_METRIC);
    if (ret->n == 0)
        *ret = get(v, KO_ROLE_NAME);
    if (of.n == 0 || field.n == 0)
        return KO_OK;
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    ko_buf_printf(&b, "%.*s_%.*s", KO_ARG(of), KO_ARG(field));
    enum ko_status st = b.status;
    if (st == KO_OK)
        st = ko_str_copy(rd->record, ko_buf_str(&b), ret);
    ko_buf_release(&b);
    return st;
}

enum ko_status ko_interpret_metric(struct ko_reading *rd, const struct ko_view *v,
                                   struct ko_event *ev, enum ko_reject *ret_why)
{
    struct ko_record labels = {0};
    struct ko_quantity q;
    struct ko_str name;
    *ret_why = ko_interpret_time(rd, v, ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    enum cell cell = read_cell(get(v, KO_ROLE_VALUE), v->decimal_comma, &q);
    if (cell != CELL_VALUE) {
        *ret_why = cell == CELL_BAD ? KO_REJECT_NUMBER_NAN : KO_REJECT_COUNT;
        return KO_OK;
    }
    enum ko_status st = name_of(rd, v, &name);
    if (st == KO_OK)
        st = labels_of(rd, v, name, &labels);
    if (st != KO_OK)
        return st;
    struct ko_sample s = sample_of(ev, &labels);
    s.unit = get(v, KO_ROLE_UNIT);
    return emit_value(rd, &s, name, &q);
}

/* The labels of the row, and those of the column's own name. */
static enum ko_status column_labels(struct ko_reading *rd, const struct ko_column *c,
                                    const struct ko_record *row, struct ko_record *ret)
{
    struct ko_str rest = c->labels, key, value;
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < row->n && st == KO_OK; i++)
        st =
            ko_record_add(rd->record, ret, row->v[i].key, row->v[i].value, KO_VALUE_TEXT);
    while (st == KO_OK && ko_column_label(&rest, &key, &value))
        st = ko_record_add(rd->record, ret, key, value, KO_VALUE_TEXT);
    if (st == KO_OK && c->entity.n > 0)
        st = ko_record_add(rd->record, ret, KO_STR("service"), c->entity, KO_VALUE_TEXT);
    return st;
}

static enum ko_status emit_column(struct ko_reading *rd, const struct ko_view *v,
                                  const struct ko_event *ev, const struct ko_record *row,
                                  size_t i)
{
    struct ko_quantity q;
    struct ko_record own = {0};
    const struct ko_column *c = &v->columns[i];
    enum cell cell = read_cell(v->r->v[i].value, v->decimal_comma, &q);
    if (cell != CELL_VALUE) {
        rd->unmeasured += cell == CELL_BAD ? 1 : 0;
        return KO_OK;
    }
    bool more = c->labels.n > 0 || c->entity.n > 0;
    enum ko_status st = more ? column_labels(rd, c, row, &own) : KO_OK;
    if (st != KO_OK)
        return st;
    struct ko_sample s = sample_of(ev, more ? &own : row);
    s.unit = c->unit;
    return emit_value(rd, &s, c->signal.n > 0 ? c->signal : v->r->v[i].key, &q);
}

enum ko_status ko_interpret_wide(struct ko_reading *rd, const struct ko_view *v,
                                 struct ko_event *ev, enum ko_reject *ret_why)
{
    struct ko_record row = {0};
    *ret_why = ko_interpret_time(rd, v, ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    enum ko_status st = labels_of(rd, v, (struct ko_str){0}, &row);
    for (size_t i = 0; i < v->r->n && st == KO_OK; i++) {
        if (v->is_metric[i])
            st = emit_column(rd, v, ev, &row, i);
    }
    return st;
}
