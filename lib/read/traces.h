/* traces.h: spans out of the JSON of tracing systems. */
#ifndef KO_READ_TRACES_H
#define KO_READ_TRACES_H

#include "read/json_shapes.h"

/*
 * Jaeger: a trace {"spans": […], "processes": {…}}, or one span with its process inline
 * (Elasticsearch, the anonymizer), also as "_source" of a search hit.  Times in us.
 */
bool ko_jaeger_is(const json_t *object);
KO_WARN_UNUSED enum ko_status ko_jaeger_read(struct ko_reading *rd, const json_t *object,
                                             struct ko_place place,
                                             enum ko_reject *ret_why);

/* Zipkin v2: one span.  Times in us. */
bool ko_zipkin_is(const json_t *object);
KO_WARN_UNUSED enum ko_status ko_zipkin_read(struct ko_reading *rd, const json_t *object,
                                             struct ko_place place,
                                             enum ko_reject *ret_why);

/*
 * OTLP: {"resourceSpans": […]}, as Tempo has it {"batches": […]}, with or without "trace"
 * around it; ids in hex or, from protobuf, in base64; enumerations as numbers or names.
 */
bool ko_otlp_traces_is(const json_t *object);
KO_WARN_UNUSED enum ko_status ko_otlp_traces_read(struct ko_reading *rd,
                                                  const json_t *object,
                                                  struct ko_place place,
                                                  enum ko_reject *ret_why);

/* X-Ray: {"Traces": [{"Segments": [{"Document": "{…}"}]}]}, one of these traces, or a
 * segment document that stands alone.  Times in s. */
bool ko_xray_is(const json_t *object);
KO_WARN_UNUSED enum ko_status ko_xray_read(struct ko_reading *rd, const json_t *object,
                                           struct ko_place place,
                                           enum ko_reject *ret_why);

#endif
