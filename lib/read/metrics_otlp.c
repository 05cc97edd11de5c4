/* metrics_otlp.c: measurements in OTLP's JSON. */
#include "read/json_metrics.h"

#include "base/buf.h"
#include "read/histogram.h"
#include "read/json_get.h"
#include "read/otlp.h"
#include "read/roles.h"
#include "read/sample.h"

#include <math.h>

bool ko_otlp_metrics_is(const json_t *object)
{
    return json_is_array(json_object_get(object, "resourceMetrics"));
}

/* One metric while its points are read. */
struct metric {
    struct ko_reading *rd;
    const struct ko_record *resource; /* its attributes that tell whose and where */
    struct ko_str name, unit;
    struct ko_place place;
    bool delta;
};

/* Of the many attributes of a resource, those that tell whose its numbers are. */
static bool tells_whose(struct ko_str key, struct ko_str field_map)
{
    switch (ko_role_of(key, field_map).role) {
    case KO_ROLE_SERVICE:
    case KO_ROLE_CONTAINER:
    case KO_ROLE_INSTANCE:
    case KO_ROLE_REGION:
    case KO_ROLE_QUEUE:
    case KO_ROLE_CHANNEL:
        return true;
    default:
        return false;
    }
}

static enum ko_status read_resource(struct ko_reading *rd, const json_t *resource,
                                    struct ko_record *r)
{
    struct ko_record all = {0};
    enum ko_status st =
        ko_otlp_attributes(rd, json_object_get(resource, "attributes"), &all);
    for (size_t i = 0; i < all.n && st == KO_OK; i++) {
        struct ko_str key, value;
        if (!tells_whose(all.v[i].key, rd->opt->field_map))
            continue;
        st = ko_str_copy(rd->arena, all.v[i].key, &key);
        if (st == KO_OK)
            st = ko_str_copy(rd->arena, all.v[i].value, &value);
        if (st == KO_OK)
            st = ko_record_add(rd->arena, r, key, value, KO_VALUE_TEXT);
    }
    return st;
}

/* "1" and "{request}" count things. */
static struct ko_str unit_of(struct ko_str unit)
{
    bool annotation = unit.n > 1 && unit.p[0] == '{';
    return annotation ? KO_STR("1") : unit;
}

static bool is_delta(const json_t *data)
{
    const json_t *t = json_object_get(data, "aggregationTemporality");
    int64_t n;
    return (ko_json_int(t, &n) && n == 1) ||
           ko_str_ends(ko_json_text(t), KO_STR("_DELTA"));
}

/* Labels of the point behind those of its resource. */
static enum ko_status begin_point(struct metric *m, const json_t *point,
                                  struct ko_record *labels, struct ko_sample *ret)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < m->resource->n && st == KO_OK; i++)
        st = ko_record_add(m->rd->record, labels, m->resource->v[i].key,
                           m->resource->v[i].value, KO_VALUE_TEXT);
    if (st == KO_OK)
        st = ko_otlp_attributes(m->rd, json_object_get(point, "attributes"), labels);
    struct ko_stamp stamp = {.has_zone = true, .has_date = true, .has_year = true};
    *ret = (struct ko_sample){.name = m->name,
                              .unit = m->unit,
                              .labels = labels,
                              .time = KO_TIME_NONE,
                              .has_zone = true,
                              .place = m->place};
    if (ko_otlp_time(json_object_get(point, "timeUnixNano"), &stamp.time))
        ret->time = ko_reading_time(m->rd, &stamp);
    return st;
}

/* A number, also one written as a text, as 64-bit numbers are. */
static double number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    double x = NAN;
    if (json_is_number(value))
        return json_number_value(value);
    return ko_sample_number(ko_json_text(value), &x) ? x : (double)NAN;
}

static enum ko_status emit_named(struct metric *m, struct ko_sample s, const char *suffix)
{
    struct ko_buf b;
    ko_buf_init(&b, 1 << 16);
    ko_buf_put(&b, m->name);
    ko_buf_puts(&b, suffix);
    s.name = ko_buf_str(&b);
    enum ko_status st = b.status != KO_OK ? b.status : ko_sample_emit(m->rd, &s);
    ko_buf_release(&b);
    return st;
}

/* ---- gauges and sums ---- */

static enum ko_status take_number(struct metric *m, const json_t *point,
                                  enum ko_metric_kind kind)
{
    struct ko_record labels = {0};
    struct ko_sample s;
    enum ko_status st = begin_point(m, point, &labels, &s);
    if (st != KO_OK)
        return st;
    s.kind = kind;
    s.value = number(point, ko_json_has(point, "asDouble") ? "asDouble" : "asInt");
    return ko_sample_emit(m->rd, &s);
}

/* ---- histograms ---- */

/* OTLP counts each bucket for itself, Prometheus all up to its bound. */
static enum ko_status take_buckets(struct metric *m, const json_t *point,
                                   const struct ko_sample *s)
{
    const json_t *counts = json_object_get(point, "bucketCounts");
    const json_t *bounds = json_object_get(point, "explicitBounds");
    size_t n = json_array_size(counts);
    enum ko_status st = KO_OK;
    struct ko_sample own = *s;
    own.value = 0;
    if (n != json_array_size(bounds) + 1)
        return KO_OK;
    for (size_t i = 0; i < n && st == KO_OK; i++) {
        int64_t count;
        double bound =
            i + 1 < n ? json_number_value(json_array_get(bounds, i)) : (double)INFINITY;
        if (!ko_json_int(json_array_get(counts, i), &count))
            return KO_OK;
        own.value += (double)count;
        st = ko_histograms_add(m->rd, &own, KO_HISTOGRAM_BUCKET, bound, m->delta);
    }
    return st;
}

static enum ko_status take_histogram(struct metric *m, const json_t *point)
{
    struct ko_record labels = {0};
    struct ko_sample s;
    enum ko_status st = begin_point(m, point, &labels, &s);
    if (st == KO_OK)
        st = take_buckets(m, point, &s);
    if (st == KO_OK && ko_json_has(point, "sum")) {
        s.value = number(point, "sum");
        st = ko_histograms_add(m->rd, &s, KO_HISTOGRAM_SUM, 0, m->delta);
    }
    s.value = number(point, "count");
    if (st == KO_OK)
        st = ko_histograms_add(m->rd, &s, KO_HISTOGRAM_COUNT, 0, m->delta);
    s.unit = KO_STR("1");
    s.kind = m->delta ? KO_METRIC_DELTA : KO_METRIC_COUNTER;
    return st == KO_OK ? emit_named(m, s, "_count") : st;
}

static enum ko_status take_summary(struct metric *m, const json_t *point)
{
    struct ko_record labels = {0};
    struct ko_sample s;
    json_t *item;
    size_t i;
    enum ko_status st = begin_point(m, point, &labels, &s);
    json_array_foreach (json_object_get(point, "quantileValues"), i, item) {
        char suffix[32];
        double q = number(item, "quantile");
        struct ko_buf b;
        if (st != KO_OK || !(q >= 0 && q <= 1))
            continue;
        ko_buf_init(&b, sizeof suffix);
        ko_buf_printf(&b, "_p%g", q * 100);
        ko_buf_putc(&b, '\0');
        s.value = number(item, "value");
        st = b.status != KO_OK ? b.status : emit_named(m, s, b.p);
        ko_buf_release(&b);
    }
    return st == KO_OK ? take_histogram(m, point) : st;
}

/* ---- one metric ---- */

static enum ko_metric_kind kind_of_sum(const json_t *sum)
{
    if (is_delta(sum))
        return KO_METRIC_DELTA;
    return json_is_true(json_object_get(sum, "isMonotonic")) ? KO_METRIC_COUNTER
                                                             : KO_METRIC_GAUGE;
}

static enum ko_status take_point(struct metric *m, const char *type, const json_t *data,
                                 const json_t *point)
{
    struct ko_str t = ko_str(type);
    if (ko_str_eq(t, KO_STR("gauge")))
        return take_number(m, point, KO_METRIC_GAUGE);
    if (ko_str_eq(t, KO_STR("sum")))
        return take_number(m, point, kind_of_sum(data));
    return ko_str_eq(t, KO_STR("summary")) ? take_summary(m, point)
                                           : take_histogram(m, point);
}

static enum ko_status take_metric(struct metric *m, const json_t *metric)
{
    static const char *const types[] = {"gauge", "sum", "histogram",
                                        "exponentialHistogram", "summary"};
    enum ko_status st = KO_OK;
    m->name = ko_json_member_text(metric, "name");
    m->unit = unit_of(ko_json_member_text(metric, "unit"));
    for (size_t t = 0; t < sizeof types / sizeof *types; t++) {
        const json_t *data = json_object_get(metric, types[t]);
        json_t *point;
        size_t i;
        m->delta = is_delta(data);
        json_array_foreach (json_object_get(data, "dataPoints"), i, point) {
            if (st == KO_OK)
                st = take_point(m, types[t], data, point);
            ko_arena_reset(m->rd->record);
        }
    }
    return st;
}

static enum ko_status take_scopes(struct metric *m, const json_t *scopes)
{
    json_t *scope, *metric;
    size_t i, k;
    enum ko_status st = KO_OK;
    json_array_foreach ((json_t *)scopes, i, scope) {
        json_array_foreach (json_object_get(scope, "metrics"), k, metric) {
            if (st == KO_OK)
                st = take_metric(m, metric);
        }
    }
    return st;
}

enum ko_status ko_otlp_metrics_read(struct ko_reading *rd, const json_t *object,
                                    struct ko_place place, enum ko_reject *ret_why)
{
    json_t *one;
    size_t i;
    enum ko_status st = KO_OK;
    (void)ret_why;
    json_array_foreach (json_object_get(object, "resourceMetrics"), i, one) {
        struct ko_record resource = {0};
        struct metric m = {.rd = rd, .resource = &resource, .place = place};
        const json_t *scopes = json_object_get(one, "scopeMetrics");
        if (scopes == NULL)
            scopes = json_object_get(one, "instrumentationLibraryMetrics");
        if (st == KO_OK)
            st = read_resource(rd, json_object_get(one, "resource"), &resource);
        if (st == KO_OK)
            st = take_scopes(&m, scopes);
    }
    return st;
}
