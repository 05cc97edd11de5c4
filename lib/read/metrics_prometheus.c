/* metrics_prometheus.c: what Prometheus' API answers. */
#include "read/json_metrics.h"

#include "base/num.h"
#include "read/histogram.h"
#include "read/json_get.h"
#include "read/prom_family.h"
#include "read/sample.h"

#include <math.h>

static const json_t *data_of(const json_t *object)
{
    const json_t *data = json_object_get(object, "data");
    return json_is_object(data) ? data : object;
}

static bool is_result_type(struct ko_str type)
{
    return ko_str_eq(type, KO_STR("matrix")) || ko_str_eq(type, KO_STR("vector")) ||
           ko_str_eq(type, KO_STR("scalar"));
}

static bool is_series(const json_t *object)
{
    return json_is_object(json_object_get(object, "metric")) &&
           (json_is_array(json_object_get(object, "values")) ||
            json_is_array(json_object_get(object, "value")) ||
            json_is_array(json_object_get(object, "histograms")) ||
            json_is_array(json_object_get(object, "histogram")));
}

bool ko_prometheus_json_is(const json_t *object)
{
    const json_t *data = data_of(object);
    return is_series(object) ||
           (is_result_type(ko_json_member_text(data, "resultType")) &&
            json_is_array(json_object_get(data, "result")));
}

static enum ko_status labels_of(struct ko_reading *rd, const json_t *metric,
                                struct ko_record *r)
{
    const char *key;
    json_t *value;
    enum ko_status st = KO_OK;
    json_object_foreach ((json_t *)metric, key, value) {
        if (st == KO_OK)
            st = ko_record_add(rd->arena, r, ko_str(key), ko_json_text(value),
                               KO_VALUE_TEXT);
    }
    return st;
}

/* Seconds with a fraction; Prometheus itself counts milliseconds. */
static bool time_of(struct ko_reading *rd, const json_t *seconds, ko_time *ret)
{
    double s = json_number_value(seconds);
    if (!json_is_number(seconds) || !(fabs(s) < 9e9))
        return false;
    struct ko_stamp stamp = {.time = (ko_time)llround(s * 1e3) * KO_MS,
                             .has_zone = true,
                             .has_date = true,
                             .has_year = true};
    *ret = ko_reading_time(rd, &stamp);
    return true;
}

/* A series while its points are read. */
struct series {
    struct ko_reading *rd;
    struct ko_sample sample;
    struct ko_str stem; /* the name without _bucket … */
    enum ko_prom_part part;
    double bound;
    bool bounded; /* a bucket with a bound, or no bucket */
};

static enum ko_status take_part(struct series *s)
{
    struct ko_sample own = s->sample;
    enum ko_histogram_part part = s->part == KO_PROM_BUCKET ? KO_HISTOGRAM_BUCKET
                                  : s->part == KO_PROM_SUM  ? KO_HISTOGRAM_SUM
                                                            : KO_HISTOGRAM_COUNT;
    own.name = s->stem;
    enum ko_status st = ko_histograms_add(s->rd, &own, part, s->bound, false);
    if (st != KO_OK || s->part != KO_PROM_COUNT)
        return st;
    s->sample.kind = KO_METRIC_COUNTER;
    return ko_sample_emit(s->rd, &s->sample);
}

/* [seconds, "value"] */
static enum ko_status take_point(struct series *s, const json_t *point)
{
    bool good =
        json_array_size(point) == 2 &&
        time_of(s->rd, json_array_get(point, 0), &s->sample.time) &&
        ko_sample_number(ko_json_text(json_array_get(point, 1)), &s->sample.value);
    if (!good) {
        s->rd->found.unmeasured++;
        return KO_OK;
    }
    bool is_part =
        s->part == KO_PROM_BUCKET || s->part == KO_PROM_SUM || s->part == KO_PROM_COUNT;
    enum ko_status st =
        is_part && s->bounded ? take_part(s) : ko_sample_emit(s->rd, &s->sample);
    ko_arena_reset(s->rd->record);
    return st;
}

static enum ko_status take_points(struct series *s, const json_t *series)
{
    const json_t *one = json_object_get(series, "value");
    json_t *point;
    size_t i;
    enum ko_status st = one != NULL ? take_point(s, one) : KO_OK;
    json_array_foreach (json_object_get(series, "values"), i, point) {
        if (st == KO_OK)
            st = take_point(s, point);
    }
    if (st == KO_OK &&
        (ko_json_has(series, "histograms") || ko_json_has(series, "histogram")))
        st = ko_ledger_remark(s->rd->ledger, "native histograms were left out");
    return st;
}

static enum ko_status take_series(struct ko_reading *rd, const json_t *series,
                                  struct ko_place place)
{
    struct ko_prom_families none;
    struct ko_record labels = {0};
    struct series s = {.rd = rd, .bounded = true};
    enum ko_status st = labels_of(rd, json_object_get(series, "metric"), &labels);
    if (st != KO_OK)
        return st;
    ko_prom_families_init(&none, rd->record);
    s.sample = (struct ko_sample){.name = ko_record_get(&labels, "__name__"),
                                  .labels = &labels,
                                  .has_zone = true,
                                  .place = place};
    (void)ko_prom_family_of(&none, s.sample.name, &s.stem, &s.part);
    ko_prom_families_release(&none);
    if (s.part == KO_PROM_BUCKET)
        s.bounded = ko_sample_number(ko_record_get(&labels, "le"), &s.bound);
    if (s.part == KO_PROM_TOTAL)
        s.sample.kind = KO_METRIC_COUNTER;
    if (s.part == KO_PROM_CREATED || s.part == KO_PROM_IS_INFO)
        return KO_OK;
    return take_points(&s, series);
}

static enum ko_status take_scalar(struct ko_reading *rd, const json_t *point,
                                  struct ko_place place)
{
    const struct ko_record none = {0};
    struct series s = {.rd = rd, .bounded = true};
    s.sample = (struct ko_sample){.labels = &none, .has_zone = true, .place = place};
    return take_point(&s, point);
}

static enum ko_status say_warnings(struct ko_reading *rd, const json_t *object)
{
    json_t *warning;
    size_t i;
    enum ko_status st = KO_OK;
    json_array_foreach (json_object_get(object, "warnings"), i, warning) {
        if (st == KO_OK && i < 3)
            st = ko_ledger_remark(rd->ledger, "the server warned: %.*s",
                                  KO_ARG(ko_json_text(warning)));
    }
    return st;
}

enum ko_status ko_prometheus_json_read(struct ko_reading *rd, const json_t *object,
                                       struct ko_place place, enum ko_reject *ret_why)
{
    (void)ret_why;
    if (is_series(object))
        return take_series(rd, object, place);
    const json_t *data = data_of(object), *result = json_object_get(data, "result");
    json_t *series;
    size_t i;
    enum ko_status st = say_warnings(rd, object);
    if (ko_str_eq(ko_json_member_text(data, "resultType"), KO_STR("scalar")))
        return st != KO_OK ? st : take_scalar(rd, result, place);
    json_array_foreach ((json_t *)result, i, series) {
        if (st == KO_OK && json_is_object(series))
            st = take_series(rd, series, place);
    }
    return st;
}
