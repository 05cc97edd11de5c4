/* json_shapes.c: the table of nested JSON records: a new one is one file and one row. */
#include "read/json_shapes.h"

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
