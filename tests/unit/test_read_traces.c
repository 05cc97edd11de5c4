/* Spans of tracing systems. */
#include "read_events.h"

#include <stdio.h>

static const struct ko_event *find_span(const struct reading_result *r, const char *span)
{
    for (size_t i = 0; i < r->events.n; i++) {
        if (r->events.v[i].kind == KO_EVENT_SPAN &&
            ko_str_eq(r->events.v[i].span, ko_str(span)))
            return &r->events.v[i];
    }
    fail_msg("no span %s", span);
    return NULL;
}

/* ---- Jaeger ---- */

#define JAEGER_SPAN(id, rest)                                                            \
    "{\"traceID\":\"t\",\"spanID\":\"" id "\",\"operationName\":\"op\","                 \
    "\"startTime\":1605223981761425,\"duration\":1500" rest "}"

static void a_trace_of_jaeger_takes_services_from_its_processes(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(
        &r,
        "{\"data\":[{\"traceID\":\"t\",\"spans\":[" JAEGER_SPAN(
            "a",
            ",\"references\":[],\"processID\":\"p1\"") "," JAEGER_SPAN("b",
                                                                       ",\"references\":["
                                                                       "{\"refType\":"
                                                                       "\"CHILD_OF\","
                                                                       "\"traceID\":"
                                                                       "\"t\",\"spanID\":"
                                                                       "\"a\"}],"
                                                                       "\"processID\":"
                                                                       "\"p2\",\"tags\":["
                                                                       "{\"key\":"
                                                                       "\"error\","
                                                                       "\"type\":"
                                                                       "\"bool\","
                                                                       "\"value\":true},{"
                                                                       "\"key\":"
                                                                       "\"http.status_"
                                                                       "code\",\"value\":"
                                                                       "503}]") "],"
                                                                                "\"proces"
                                                                                "ses\":{"
                                                                                "\"p1\":{"
                                                                                "\"servic"
                                                                                "eName\":"
                                                                                "\"web\"}"
                                                                                ",\"p2\":"
                                                                                "{"
                                                                                "\"servic"
                                                                                "eName\":"
                                                                                "\"crm\","
                                                                                "\"tags\""
                                                                                ":[{"
                                                                                "\"key\":"
                                                                                "\"hostna"
                                                                                "me\","
                                                                                "\"value"
                                                                                "\":"
                                                                                "\"crm-"
                                                                                "1\"}]}}}"
                                                                                "],"
                                                                                "\"total"
                                                                                "\":0}");
    assert_int_equal(r.events.n, 2);
    assert_str(find_span(&r, "a")->entity, "web");
    const struct ko_event *b = find_span(&r, "b");
    assert_str(b->entity, "crm");
    assert_str(b->parent, "a");
    assert_str(b->instance, "crm-1");
    assert_int_equal(b->status, 503);
    assert_int_equal(b->outcome, KO_OUTCOME_BAD);
    assert_true(b->time == INT64_C(1605223981761425000));
    assert_true(b->dur == 1500000);
    assert_false(b->async);
    release_result(&r);
}

static void a_trace_of_jaeger_that_stands_alone_is_no_envelope(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "{\"traceID\":\"t\",\"spans\":[" JAEGER_SPAN(
                      "a", ",\"processID\":\"p1\"") "],\"processes\":{\"p1\":{"
                                                    "\"serviceName\":\"web\"}}}");
    assert_int_equal(r.events.n, 1);
    assert_str(r.events.v[0].entity, "web");
    release_result(&r);
}

static void stored_spans_of_jaeger_have_their_process_inline(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(
        &r,
        "[" JAEGER_SPAN(
            "a",
            ",\"process\":{\"serviceName\":\"web\"}") ",\n"
                                                      "{\"_index\":\"jaeger-span\",\"_"
                                                      "source\":" JAEGER_SPAN(
                                                          "b",
                                                          ",\"process\":{\"serviceName\":"
                                                          "\"crm\"},\"tag\":"
                                                          "{\"error\":\"true\"}") "}]");
    assert_int_equal(r.events.n, 2);
    assert_str(find_span(&r, "a")->entity, "web");
    assert_str(find_span(&r, "b")->entity, "crm");
    assert_int_equal(find_span(&r, "b")->outcome, KO_OUTCOME_BAD);
    release_result(&r);
}

static void who_follows_is_not_waited_for(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(
        &r,
        "[" JAEGER_SPAN(
            "b",
            ",\"references\":[{\"refType\":\"FOLLOWS_FROM\","
            "\"traceID\":\"t\",\"spanID\":\"a\"}],"
            "\"process\":{\"serviceName\":\"q\"}") "," JAEGER_SPAN("c",
                                                                   ",\"references\":[{"
                                                                   "\"refType\":"
                                                                   "\"FOLLOWS_FROM\","
                                                                   "\"traceID\":\"t\","
                                                                   "\"spanID\":\"x\"},{"
                                                                   "\"refType\":"
                                                                   "\"CHILD_OF\","
                                                                   "\"traceID\":\"t\","
                                                                   "\"spanID\":\"b\"}],"
                                                                   "\"process\":{"
                                                                   "\"serviceName\":"
                                                                   "\"q\"}") "]");
    assert_true(find_span(&r, "b")->async);
    assert_str(find_span(&r, "b")->parent, "a");
    assert_false(find_span(&r, "c")->async);
    assert_str(find_span(&r, "c")->parent, "b");
    release_result(&r);
}

static void a_client_names_what_it_calls(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "[" JAEGER_SPAN("a", ",\"tags\":[{\"key\":\"span.kind\",\"value\":"
                                       "\"client\"},{\"key\":\"net.peer.name\",\"value\":"
                                       "\"10.0.0.7\"},{\"key\":\"db.system\",\"value\":"
                                       "\"postgresql\"}],\"process\":{\"serviceName\":"
                                       "\"crm\"}") "]");
    assert_str(r.events.v[0].peer, "postgresql");
    release_result(&r);
}

/* ---- Zipkin ---- */

static void spans_of_zipkin_share_ids_and_name_the_other_end(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r,
              "[[{\"traceId\":\"t\",\"id\":\"a\",\"kind\":\"CLIENT\",\"name\":\"get\","
              "\"timestamp\":1605223981761425,\"duration\":900,\"localEndpoint\":"
              "{\"serviceName\":\"web\"},\"remoteEndpoint\":{\"serviceName\":\"crm\"}},"
              "{\"traceId\":\"t\",\"id\":\"a\",\"kind\":\"SERVER\",\"shared\":true,"
              "\"timestamp\":1605223981761500,\"localEndpoint\":{\"serviceName\":"
              "\"crm\"},\"tags\":{\"error\":\"\"}}]]");
    assert_int_equal(r.events.n, 2);
    assert_str(r.events.v[0].peer, "crm");
    assert_str(r.events.v[1].entity, "crm");
    assert_int_equal(r.events.v[1].outcome, KO_OUTCOME_BAD);
    assert_true(r.events.v[1].dur < 0);
    release_result(&r);
}

static void a_server_that_names_its_caller_declares_an_edge_once(void **state)
{
    (void)state;
    struct reading_result r;
    static const char span[] =
        "{\"traceId\":\"t\",\"id\":\"a\",\"kind\":\"SERVER\",\"timestamp\":"
        "1605223981761425,\"localEndpoint\":{\"serviceName\":\"crm\"},"
        "\"remoteEndpoint\":{\"serviceName\":\"app\"}}";
    char text[1024];
    snprintf(text, sizeof text, "[%s,%s]", span, span);
    read_text(&r, text);
    assert_int_equal(r.events.n, 3);
    assert_int_equal(r.events.v[2].kind, KO_EVENT_EDGE);
    assert_str(r.events.v[2].entity, "app");
    assert_str(r.events.v[2].peer, "crm");
    release_result(&r);
}

static void a_span_of_zipkin_without_any_time_is_rejected(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "[{\"traceId\":\"t\",\"id\":\"a\",\"localEndpoint\":{\"serviceName\":"
                  "\"s\"}},{\"traceId\":\"t\",\"id\":\"b\",\"localEndpoint\":{},"
                  "\"annotations\":[{\"timestamp\":1605223981761425,\"value\":\"x\"}]}]");
    assert_int_equal(r.events.n, 1);
    assert_int_equal(r.ledger.rejects[KO_REJECT_NO_TIMESTAMP], 1);
    release_result(&r);
}

/* ---- OTLP ---- */

static void ids_of_otlp_are_hex_or_base64(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r,
              "{\"batches\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\","
              "\"value\":{\"stringValue\":\"web\"}},{\"key\":\"cloud.region\",\"value\":"
              "{\"stringValue\":\"eu\"}}]},\"instrumentationLibrarySpans\":[{\"spans\":[{"
              "\"traceId\":\"6Lbf+fjUSyjxsivDvS9naA==\",\"spanId\":\"H1dYCj+JBHs=\","
              "\"name\":\"get\",\"kind\":\"SPAN_KIND_CLIENT\",\"startTimeUnixNano\":"
              "\"1544712660000000000\",\"endTimeUnixNano\":\"1544712661000000000\","
              "\"status\":{\"code\":\"STATUS_CODE_ERROR\"},\"attributes\":[{\"key\":"
              "\"peer.service\",\"value\":{\"stringValue\":\"crm\"}}]}]}]}]}");
    assert_int_equal(r.events.n, 1);
    const struct ko_event *ev = &r.events.v[0];
    assert_str(ev->trace, "e8b6dff9f8d44b28f1b22bc3bd2f6768");
    assert_str(ev->span, "1f57580a3f89047b");
    assert_str(ev->entity, "web");
    assert_str(ev->peer, "crm");
    assert_str(ev->region, "eu");
    assert_true(ev->dur == KO_SECOND);
    assert_int_equal(ev->outcome, KO_OUTCOME_BAD);
    release_result(&r);
}

static void a_link_of_otlp_is_a_parent_that_does_not_wait(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"AB\","
                  "\"spanId\":\"02\",\"parentSpanId\":\"0000000000000000\",\"kind\":5,"
                  "\"startTimeUnixNano\":\"1544712660000000000\",\"links\":[{\"traceId\":"
                  "\"ab\",\"spanId\":\"01\"}]},{\"spanId\":\"03\",\"startTimeUnixNano\":"
                  "0}]}]}]}\n");
    assert_int_equal(r.events.n, 1);
    assert_str(r.events.v[0].parent, "01");
    assert_true(r.events.v[0].async);
    assert_str(r.events.v[0].entity, "unknown_service");
    assert_int_equal(r.ledger.rejects[KO_REJECT_NO_TIMESTAMP], 1);
    release_result(&r);
}

/* ---- X-Ray ---- */

static void segments_of_x_ray_are_json_inside_json(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(
        &r, "{\"Traces\":[{\"Id\":\"1-5\",\"Segments\":[{\"Id\":\"a\",\"Document\":\"{"
            "\\\"id\\\":\\\"a\\\",\\\"name\\\":\\\"web\\\",\\\"trace_id\\\":\\\"1-5\\\","
            "\\\"start_time\\\":1544712660.25,\\\"end_time\\\":1544712661.0,"
            "\\\"subsegments\\\":[{\\\"id\\\":\\\"b\\\",\\\"name\\\":\\\"crm\\\","
            "\\\"start_time\\\":1544712660.5,\\\"end_time\\\":1544712660.75,"
            "\\\"namespace\\\":\\\"remote\\\",\\\"fault\\\":true}]}\"}]}]}");
    assert_int_equal(r.events.n, 2);
    const struct ko_event *a = find_span(&r, "a"), *b = find_span(&r, "b");
    assert_true(a->time == INT64_C(1544712660250000000));
    assert_true(a->dur == 750 * KO_MS);
    assert_str(b->entity, "web");
    assert_str(b->peer, "crm");
    assert_str(b->parent, "a");
    assert_int_equal(b->outcome, KO_OUTCOME_BAD);
    release_result(&r);
}

/* ---- tables ---- */

static void a_bare_duration_is_in_the_unit_of_the_bare_start(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "traceID,spanID,parentSpanID,operationName,serviceName,startTime,"
                  "duration,statusCode\nt,a,,get,web,1605873894680.409,1049.141,2\n");
    assert_int_equal(r.events.n, 1);
    assert_true(r.events.v[0].dur == 1049141000);
    assert_int_equal(r.events.v[0].outcome, KO_OUTCOME_BAD);
    release_result(&r);
    read_text(&r, "traceID,spanID,serviceName,startTime,duration,tags\n"
                  "t,a,web,1605873894680.4,7,"
                  "\"[{\"\"key\"\":\"\"error\"\",\"\"value\"\":true}]\"\n"
                  "t,b,web,1605873894680.4,7,[broken\n");
    assert_int_equal(r.events.v[0].outcome, KO_OUTCOME_BAD);
    assert_int_equal(r.events.v[1].outcome, KO_OUTCOME_UNKNOWN);
    release_result(&r);
    read_text(&r,
              "trace_id,span_id,service,start,duration\nt,a,web,1605873894680409,77\n");
    assert_true(r.events.v[0].dur == 77000);
    release_result(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trace_of_jaeger_takes_services_from_its_processes),
        cmocka_unit_test(a_trace_of_jaeger_that_stands_alone_is_no_envelope),
        cmocka_unit_test(stored_spans_of_jaeger_have_their_process_inline),
        cmocka_unit_test(who_follows_is_not_waited_for),
        cmocka_unit_test(a_client_names_what_it_calls),
        cmocka_unit_test(spans_of_zipkin_share_ids_and_name_the_other_end),
        cmocka_unit_test(a_server_that_names_its_caller_declares_an_edge_once),
        cmocka_unit_test(a_span_of_zipkin_without_any_time_is_rejected),
        cmocka_unit_test(ids_of_otlp_are_hex_or_base64),
        cmocka_unit_test(a_link_of_otlp_is_a_parent_that_does_not_wait),
        cmocka_unit_test(segments_of_x_ray_are_json_inside_json),
        cmocka_unit_test(a_bare_duration_is_in_the_unit_of_the_bare_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
