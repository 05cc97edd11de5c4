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

/* What the number ${q} of the series ${name} is about. */
static enum ko_status event_of(struct ko_reading *rd, struct ko_sample *s,
                               struct ko_str name, const struct ko_quantity *q,
                               struct ko_event *ret)
{
    struct ko_str unit;
    ko_column_unit(name, &s->name, &unit);
    if (unit.n > 0)
        s->unit = unit;
    if (q->unit.n > 0)
        s->unit = q->unit;
    s->value = q->value;
    s->kind = kind_of(s->name);
    return ko_sample_event(rd, s, ret);
}

/* Another number of a known series; ${at} has its time and place. */
static enum ko_status give_known(struct ko_reading *rd, struct ko_event *known,
                                 const struct ko_event *at, double value)
{
    known->time = at->time;
    known->has_zone = at->has_zone;
    known->place = at->place;
    known->value = value;
    return ko_sample_give(rd, known);
}

/* Give the first number of event ${i} of ${series}, and keep what it is about; a number
 * with a unit of its own says nothing of the others. */
static enum ko_status give_first(struct ko_reading *rd, const struct ko_view *v,
                                 struct ko_series *series, size_t i,
                                 const struct ko_quantity *q, struct ko_event *ev)
{
    enum ko_status st = KO_OK;
    if (series != NULL && q->unit.n == 0) {
        st = ko_series_keep(v->book, series, i, ev);
        ev->series = series->events[i].series;
    }
    return st != KO_OK ? st : ko_sample_give(rd, ev);
}

static enum ko_status find_series(const struct ko_view *v, struct ko_series **ret)
{
    *ret = NULL;
    return v->book != NULL ? ko_series_of(v->book, v->r, ret) : KO_OK;
}

static bool is_known(const struct ko_series *series, size_t i,
                     const struct ko_quantity *q)
{
    return series != NULL && series->known[i] && q->unit.n == 0;
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

/* Give a number of a series that is not known, or not to be kept. */
static enum ko_status give_new(struct ko_reading *rd, const struct ko_view *v,
                               struct ko_series *series, const struct ko_quantity *q,
                               const struct ko_event *at)
{
    struct ko_record labels = {0};
    struct ko_str name;
    struct ko_event ev;
    enum ko_status st = name_of(rd, v, &name);
    if (st == KO_OK)
        st = labels_of(rd, v, name, &labels);
    if (st != KO_OK)
        return st;
    struct ko_sample s = sample_of(at, &labels);
    s.unit = get(v, KO_ROLE_UNIT);
    st = event_of(rd, &s, name, q, &ev);
    return st != KO_OK ? st : give_first(rd, v, series, 0, q, &ev);
}

enum ko_status ko_interpret_metric(struct ko_reading *rd, const struct ko_view *v,
                                   struct ko_event *ev, enum ko_reject *ret_why)
{
    struct ko_quantity q;
    struct ko_series *series;
    *ret_why = ko_interpret_time(rd, v, ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    enum cell cell = read_cell(get(v, KO_ROLE_VALUE), v->decimal_comma, &q);
    if (cell != CELL_VALUE) {
        *ret_why = cell == CELL_BAD ? KO_REJECT_NUMBER_NAN : KO_REJECT_COUNT;
        return KO_OK;
    }
    enum ko_status st = find_series(v, &series);
    if (st != KO_OK)
        return st;
    return is_known(series, 0, &q) ? give_known(rd, &series->events[0], ev, q.value)
                                   : give_new(rd, v, series, &q, ev);
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

/* A row of a wide table. */
struct row {
    const struct ko_event *at;
    struct ko_series *series; /* an event a column, or NULL */
    struct ko_record labels;
    bool has_labels; /* labels are filled */
};

static enum ko_status give_new_column(struct ko_reading *rd, const struct ko_view *v,
                                      struct row *row, size_t i,
                                      const struct ko_quantity *q)
{
    struct ko_record own = {0};
    struct ko_event ev;
    const struct ko_column *c = &v->columns[i];
    bool more = c->labels.n > 0 || c->entity.n > 0;
    enum ko_status st = KO_OK;
    if (!row->has_labels)
        st = labels_of(rd, v, (struct ko_str){0}, &row->labels);
    row->has_labels = true;
    if (st == KO_OK && more)
        st = column_labels(rd, c, &row->labels, &own);
    if (st != KO_OK)
        return st;
    struct ko_sample s = sample_of(row->at, more ? &own : &row->labels);
    s.unit = c->unit;
    st = event_of(rd, &s, c->signal.n > 0 ? c->signal : v->r->v[i].key, q, &ev);
    return st != KO_OK ? st : give_first(rd, v, row->series, i, q, &ev);
}

static enum ko_status give_column(struct ko_reading *rd, const struct ko_view *v,
                                  struct row *row, size_t i)
{
    struct ko_quantity q;
    enum cell cell = read_cell(v->r->v[i].value, v->decimal_comma, &q);
    if (cell != CELL_VALUE) {
        rd->found.unmeasured += cell == CELL_BAD ? 1 : 0;
        return KO_OK;
    }
    return is_known(row->series, i, &q)
               ? give_known(rd, &row->series->events[i], row->at, q.value)
               : give_new_column(rd, v, row, i, &q);
}

enum ko_status ko_interpret_wide(struct ko_reading *rd, const struct ko_view *v,
                                 struct ko_event *ev, enum ko_reject *ret_why)
{
    struct row row = {.at = ev};
    *ret_why = ko_interpret_time(rd, v, ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    enum ko_status st = find_series(v, &row.series);
    for (size_t i = 0; i < v->r->n && st == KO_OK; i++) {
        if (v->is_metric[i])
            st = give_column(rd, v, &row, i);
    }
    return st;
}

bool ko_interpret_tells(const struct ko_view *v, size_t i, struct ko_str field_map)
{
    static const enum ko_role numbers[] = {KO_ROLE_TIME, KO_ROLE_VALUE};
    static const enum ko_role words[] = {KO_ROLE_METRIC, KO_ROLE_NAME, KO_ROLE_UNIT};
    struct ko_str key = v->r->v[i].key;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        if (v->roles->at[words[k]] == (int)i)
            return true;
    }
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
        if (v->roles->at[numbers[k]] == (int)i)
            return false;
    }
    if (ko_str_eq(key, KO_STR("_measurement")) || ko_str_eq(key, KO_STR("_field")))
        return true;
    return !(v->shape == KO_SHAPE_WIDE && v->is_metric[i]) && !is_of_export(key) &&
           !is_no_label(ko_role_of(key, field_map).role);
}
