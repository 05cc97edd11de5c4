/* json_shapes.c: the table of nested JSON records: a new one is one file and one row. */
#include "read/json_shapes.h"

#include "read/catalog.h"
#include "read/json_map.h"
#include "read/traces.h"

static enum ko_status read_map(struct ko_reading *rd, const json_t *object,
                               struct ko_place place, enum ko_reject *ret_why)
{
    (void)ret_why;
    return ko_json_map(rd, object, place);
}

static const struct ko_json_shape shapes[] = {
    {"jaeger", ko_jaeger_is, ko_jaeger_read},
    {"zipkin", ko_zipkin_is, ko_zipkin_read},
    {"otlp traces", ko_otlp_traces_is, ko_otlp_traces_read},
    {"x-ray", ko_xray_is, ko_xray_read},
    {"backstage", ko_backstage_is, ko_backstage_read},
    {"opslevel", ko_opslevel_is, ko_opslevel_read},
    {"kiali", ko_kiali_is, ko_kiali_read},
    {"pagerduty services", ko_pagerduty_services_is, ko_pagerduty_services_read},
    {"pagerduty services", ko_pagerduty_service_is, ko_pagerduty_service_read},
    {"pagerduty relations", ko_pagerduty_relations_is, ko_pagerduty_relations_read},
    {"pagerduty relations", ko_pagerduty_relation_is, ko_pagerduty_relation_read},
    {"keep", ko_keep_is, ko_keep_read},
    {"incident.io", ko_incident_io_entry_is, ko_incident_io_entry_read},
    {"structurizr", ko_structurizr_json_is, ko_structurizr_json_read},
    {"map", ko_json_is_map, read_map},
};

const struct ko_json_shape *ko_json_shape_of(const json_t *object)
{
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (shapes[i].is(object))
            return &shapes[i];
    }
    return NULL;
}
