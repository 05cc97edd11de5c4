/* json_shapes.c: the table of nested JSON records: a new one is one file and one row. */
#include "read/json_shapes.h"

#include "read/catalog.h"
#include "read/json_map.h"
#include "read/json_metrics.h"
#include "read/logs_json.h"
#include "read/traces.h"

static enum ko_status read_map(struct ko_reading *rd, const json_t *object,
                               struct ko_place place, enum ko_reject *ret_why)
{
    (void)ret_why;
    return ko_json_map(rd, object, place);
}

static const struct ko_json_shape shapes[] = {
    {"jaeger", "spans with processes, or with traceID and spanID", ko_jaeger_is,
     ko_jaeger_read},
    {"zipkin", "traceId, id and an endpoint", ko_zipkin_is, ko_zipkin_read},
    {"otlp-traces", "resourceSpans or batches", ko_otlp_traces_is, ko_otlp_traces_read},
    {"x-ray", "segments of traces", ko_xray_is, ko_xray_read},
    {"backstage", "apiVersion backstage.io/…", ko_backstage_is, ko_backstage_read},
    {"opslevel", "version with a service or component", ko_opslevel_is, ko_opslevel_read},
    {"kiali", "graphType with elements", ko_kiali_is, ko_kiali_read},
    {"pagerduty-services", "services with policies and teams", ko_pagerduty_services_is,
     ko_pagerduty_services_read},
    {"pagerduty-services", "services with policies and teams", ko_pagerduty_service_is,
     ko_pagerduty_service_read},
    {"pagerduty-relations", "supporting and dependent services",
     ko_pagerduty_relations_is, ko_pagerduty_relations_read},
    {"pagerduty-relations", "supporting and dependent services", ko_pagerduty_relation_is,
     ko_pagerduty_relation_read},
    {"keep", "a service with dependencies", ko_keep_is, ko_keep_read},
    {"incident-io-catalog", "external_id and name", ko_incident_io_entry_is,
     ko_incident_io_entry_read},
    {"structurizr", "a model with softwareSystems", ko_structurizr_json_is,
     ko_structurizr_json_read},
    {"prometheus-api", "series with metric and values", ko_prometheus_json_is,
     ko_prometheus_json_read},
    {"cloudwatch", "Datapoints, or Timestamps and Values", ko_cloudwatch_is,
     ko_cloudwatch_read},
    {"otlp-metrics", "resourceMetrics", ko_otlp_metrics_is, ko_otlp_metrics_read},
    {"sysstat", "statistics of sysstat's hosts", ko_sysstat_json_is,
     ko_sysstat_json_read},
    {"otlp-logs", "resourceLogs", ko_otlp_logs_is, ko_otlp_logs_read},
    {"loki", "streams with labels and values", ko_loki_is, ko_loki_read},
    {"logs-insights", "results of field and value", ko_insights_is, ko_insights_read},
    {"splunk", "fields with rows or columns", ko_splunk_table_is, ko_splunk_table_read},
    {"elasticsearch", "hits with _source", ko_elastic_is, ko_elastic_read},
    {"map", "journeys or entities", ko_json_is_map, read_map},
};

const struct ko_json_shape *ko_json_shape_of(const json_t *object)
{
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (shapes[i].is(object))
            return &shapes[i];
    }
    return NULL;
}

/* Formats that say nothing of what a record is. */
static bool is_general(struct ko_str format)
{
    return ko_str_eq(format, KO_STR("json")) || ko_str_eq(format, KO_STR("jsonl")) ||
           ko_str_eq(format, KO_STR("yaml"));
}

enum ko_status ko_json_shape_read(struct ko_reading *rd, const json_t *object,
                                  struct ko_place place, bool *ret_found,
                                  enum ko_reject *ret_why)
{
    const struct ko_json_shape *shape = ko_json_shape_of(object);
    *ret_found = shape != NULL;
    if (shape == NULL)
        return KO_OK;
    if (is_general(rd->ledger->format)) {
        rd->ledger->format = ko_str(shape->name);
        rd->ledger->why = ko_str(shape->why);
    }
    return shape->read(rd, object, place, ret_why);
}
