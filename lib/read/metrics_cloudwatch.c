/* metrics_cloudwatch.c: what CloudWatch answers to get-metric-statistics and
 * get-metric-data. */
#include "read/json_metrics.h"

#include "base/buf.h"
#include "read/json_get.h"
#include "read/sample.h"

static const json_t *results_of(const json_t *object)
{
    return json_object_get(object, "MetricDataResults");
}

static bool is_result(const json_t *object)
{
    return json_is_array(json_object_get(object, "Timestamps")) &&
           json_is_array(json_object_get(object, "Values"));
}

bool ko_cloudwatch_is(const json_t *object)
{
    return json_is_array(results_of(object)) || is_result(object) ||
           json_is_array(json_object_get(object, "Datapoints"));
}

static bool time_of(struct ko_reading *rd, const json_t *value, struct ko_sample *s)
{
    struct ko_str text;
    struct ko_stamp stamp;
    if (ko_json_scalar(rd->record, value, &text) != KO_OK ||
        ko_time_parse(text, &stamp) != KO_OK)
        return false;
    s->time = ko_reading_time(rd, &stamp);
    s->has_zone = stamp.has_zone;
    return s->time != KO_TIME_NONE;
}

/* ---- get-metric-data ---- */

static enum ko_status take_result(struct ko_reading *rd, const json_t *result,
                                  struct ko_place place)
{
    static const char *const names[] = {"Label", "Id"};
    const struct ko_record none = {0};
    const json_t *times = json_object_get(result, "Timestamps");
    const json_t *values = json_object_get(result, "Values");
    struct ko_sample s = {
        .name = ko_json_first_text(result, names, 2), .labels = &none, .place = place};
    enum ko_status st = KO_OK;
    size_t n = json_array_size(times), i;
    if (json_array_size(values) < n)
        n = json_array_size(values);
    for (i = 0; i < n && st == KO_OK; i++) {
        const json_t *value = json_array_get(values, i);
        s.value = json_number_value(value);
        if (json_is_number(value) && time_of(rd, json_array_get(times, i), &s))
            st = ko_sample_emit(rd, &s);
        else
            rd->found.unmeasured++;
        ko_arena_reset(rd->record);
    }
    return st;
}

/* ---- get-metric-statistics ---- */

static enum ko_status take_statistic(struct ko_reading *rd, struct ko_sample s,
                                     struct ko_str label, const char *statistic)
{
    struct ko_buf name;
    ko_buf_init(&name, 1 << 16);
    ko_buf_put(&name, label);
    ko_buf_printf(&name, " %s", statistic);
    s.name = ko_buf_str(&name);
    if (ko_str_eq(ko_str(statistic), KO_STR("Sum")) ||
        ko_str_eq(ko_str(statistic), KO_STR("SampleCount")))
        s.kind = KO_METRIC_DELTA;
    if (ko_str_eq(ko_str(statistic), KO_STR("SampleCount")))
        s.unit = KO_STR("Count");
    enum ko_status st = name.status != KO_OK ? name.status : ko_sample_emit(rd, &s);
    ko_buf_release(&name);
    return st;
}

static enum ko_status take_statistics(struct ko_reading *rd, const json_t *object,
                                      const struct ko_sample *s, struct ko_str label)
{
    const char *key;
    json_t *value;
    enum ko_status st = KO_OK;
    json_object_foreach ((json_t *)object, key, value) {
        struct ko_sample own = *s;
        own.value = json_number_value(value);
        if (st == KO_OK && json_is_number(value) &&
            !ko_str_eq(ko_str(key), KO_STR("Timestamp")))
            st = take_statistic(rd, own, label, key);
    }
    return st;
}

static enum ko_status take_datapoint(struct ko_reading *rd, const json_t *point,
                                     struct ko_str label, struct ko_place place)
{
    const struct ko_record none = {0};
    struct ko_sample s = {
        .unit = ko_json_member_text(point, "Unit"), .labels = &none, .place = place};
    if (!time_of(rd, json_object_get(point, "Timestamp"), &s)) {
        rd->found.unmeasured++;
        return KO_OK;
    }
    enum ko_status st = take_statistics(rd, point, &s, label);
    const json_t *extended = json_object_get(point, "ExtendedStatistics");
    if (st == KO_OK && json_is_object(extended))
        st = take_statistics(rd, extended, &s, label);
    ko_arena_reset(rd->record);
    return st;
}

enum ko_status ko_cloudwatch_read(struct ko_reading *rd, const json_t *object,
                                  struct ko_place place, enum ko_reject *ret_why)
{
    json_t *item;
    size_t i;
    enum ko_status st = KO_OK;
    (void)ret_why;
    if (is_result(object))
        return take_result(rd, object, place);
    json_array_foreach ((json_t *)results_of(object), i, item) {
        if (st == KO_OK)
            st = take_result(rd, item, place);
    }
    struct ko_str label = ko_json_member_text(object, "Label");
    json_array_foreach (json_object_get(object, "Datapoints"), i, item) {
        if (st == KO_OK)
            st = take_datapoint(rd, item, label, place);
    }
    return st;
}
