/* logs_json.h: logs inside JSON that names its fields elsewhere: lists of attributes,
 * rows, streams, hits of a search. */
#ifndef KO_READ_LOGS_JSON_H
#define KO_READ_LOGS_JSON_H

#include "read/json_shapes.h"

/* OTLP: {"resourceLogs": […]}; the body a text or a map. */
bool ko_otlp_logs_is(const json_t *object);
KO_WARN_UNUSED enum ko_status ko_otlp_logs_read(struct ko_reading *rd,
                                                const json_t *object,
                                                struct ko_place place,
                                                enum ko_reject *ret_why);

/* Loki's query_range: {"data": {"resultType": "streams", …}}, or one stream of it:
 * {"stream": {labels}, "values": [["ns", "line"], …]}; so are pushes. */
bool ko_loki_is(const json_t *object);
KO_WARN_UNUSED enum ko_status ko_loki_read(struct ko_reading *rd, const json_t *object,
                                           struct ko_place place,
                                           enum ko_reject *ret_why);

/* Logs Insights: {"results": [[{"field": …, "value": …}, …], …]}. */
bool ko_insights_is(const json_t *object);
KO_WARN_UNUSED enum ko_status ko_insights_read(struct ko_reading *rd,
                                               const json_t *object,
                                               struct ko_place place,
                                               enum ko_reject *ret_why);

/* Splunk: {"fields": […], "rows": [[…], …]} or {"fields": […], "columns": [[…], …]}. */
bool ko_splunk_table_is(const json_t *object);
KO_WARN_UNUSED enum ko_status ko_splunk_table_read(struct ko_reading *rd,
                                                   const json_t *object,
                                                   struct ko_place place,
                                                   enum ko_reject *ret_why);

/* Elasticsearch: {"hits": {"hits": [{"_source": …}]}}, or one hit as elasticdump has it;
 * the source may be anything that JSON lines may be. */
bool ko_elastic_is(const json_t *object);
KO_WARN_UNUSED enum ko_status ko_elastic_read(struct ko_reading *rd, const json_t *object,
                                              struct ko_place place,
                                              enum ko_reject *ret_why);

#endif
