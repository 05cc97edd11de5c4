#include "read_events.h"

#include "read/path_name.h"

#include <stdio.h>

static struct reading_result r;

static struct ko_event *event(size_t i)
{
    assert_true(i < r.events.n);
    return &r.events.v[i];
}

static void a_path_tells_whose_a_file_is(void **state)
{
    (void)state;
    static const char id[] =
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    char container[200];
    (void)snprintf(container, sizeof container,
                   "/var/log/containers/crm-api-6d4f7b9c4-x1k2p_prod_app-%s.log", id);
    const struct {
        const char *path, *name;
    } rows[] = {
        {"crm-api.log.2.gz", "crm-api"},
        {"logs/crm-api-2026-03-14.log", "crm-api"},
        {"crm-api-20260314.log", "crm-api"},
        {"/srv/crm-api/current.log", "crm-api"},
        {"crm-api/app.log", "crm-api"},
        {"crm-api-access.log", "crm-api"},
        {"db-2.log", "db-2"},
        {"/var/log/app.log", ""},
        {"logs/access.log", ""},
        {"app.log", ""},
        {"-", ""},
        {"", ""},
        {"/", ""},
        {"pods/prod_crm-api-6d4f7b9c4-x1k2p_01234567-0123-0123-0123-0123456789ab/app/"
         "0.log",
         "crm-api"},
        {"pods/prod_crm-api-6d4f7b9c4-x1k2p_01234567-0123-0123-0123-0123456789ab/crm/"
         "0.log",
         "crm"},
        {container, "crm-api"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_slice(ko_path_name(ko_str(rows[i].path)), ko_str(rows[i].name));
}

static void a_banner_and_stack_traces_stand_among_objects(void **state)
{
    (void)state;
    read_text(&r, "Starting crm on port 80\n"
                  "{\"level\":30,\"time\":1773496203695,\"msg\":\"up\"}\n"
                  "{\"level\":50,\"time\":1773496204695,\"msg\":\"lookup failed\"}\n"
                  "java.sql.SQLException: timeout\n"
                  "\tat com.acme.Pool.get(Pool.java:10)\n"
                  "2026-03-14T13:50:05Z WARN slow\n"
                  "{\"level\":30,\"time\":1773496206695,\"msg\":\"ok\"}\n");
    assert_int_equal(r.events.n, 4);
    assert_str(event(1)->message, "lookup failed");
    assert_int_equal(event(1)->severity, KO_SEV_ERROR);
    assert_str(event(2)->message, "slow");
    assert_int_equal(r.ledger.rejects[KO_REJECT_NO_TIMESTAMP], 1);
    assert_int_equal(r.ledger.lines_accepted, 6);
    assert_str(r.ledger.format, "jsonl + text");
    assert_str(r.ledger.why, "line by line: 3 jsonl, 1 text");
    release_result(&r);
}

static void docker_cuts_are_mended_and_traces_joined(void **state)
{
    (void)state;
    read_text(
        &r,
        "{\"log\":\"ERROR one "
        "\",\"stream\":\"stdout\",\"time\":\"2026-03-14T13:50:00.1Z\"}\n"
        "{\"log\":\"E\\n\",\"stream\":\"stderr\",\"time\":\"2026-03-14T13:50:00.1Z\"}\n"
        "{\"log\":\"line\\n\",\"stream\":\"stdout\",\"time\":\"2026-03-14T13:50:00.1Z\"}"
        "\n"
        "{\"log\":\"\\tat "
        "a.B\\n\",\"stream\":\"stdout\",\"time\":\"2026-03-14T13:50:00.2Z\"}\n"
        "{\"log\":\"Traceback (most recent call last):\\n\",\"stream\":\"stdout\","
        "\"time\":\"2026-03-14T13:50:03Z\"}\n"
        "{\"log\":\"  File "
        "x\\n\",\"stream\":\"stdout\",\"time\":\"2026-03-14T13:50:03Z\"}\n"
        "{\"log\":\"ValueError: "
        "1\\n\",\"stream\":\"stdout\",\"time\":\"2026-03-14T13:50:03Z\"}\n"
        "{\"log\":\"INFO "
        "two\\n\",\"stream\":\"stdout\",\"time\":\"2026-03-14T13:50:03Z\"}\n"
        "{\"log\":\"cut");
    assert_int_equal(r.events.n, 4);
    assert_str(event(0)->message, "one line\n\tat a.B");
    assert_int_equal(event(0)->severity, KO_SEV_ERROR);
    assert_int_equal(event(0)->place.line, 1);
    assert_true(ko_str_ends(event(1)->message, KO_STR("ValueError: 1")));
    assert_str(event(2)->message, "two");
    assert_str(event(3)->message, "E");
    assert_int_equal(r.ledger.rejects[KO_REJECT_JSON_SYNTAX], 1);
    release_result(&r);
}

static void otlp_logs_have_their_resource(void **state)
{
    (void)state;
    read_text(
        &r,
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\","
        "\"value\":{\"stringValue\":\"crm-api\"}},{\"key\":\"cloud.region\",\"value\":"
        "{\"stringValue\":\"eu\"}}]},\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":"
        "\"0\",\"observedTimeUnixNano\":\"1773496203695596001\",\"severityNumber\":17,"
        "\"body\":{\"stringValue\":\"a\"},\"traceId\":\"5B8E\"},{\"timeUnixNano\":"
        "\"1773496203695596002\",\"severityNumber\":\"SEVERITY_NUMBER_WARN\",\"body\":"
        "{\"kvlistValue\":{\"values\":[{\"key\":\"msg\",\"value\":{\"stringValue\":\"b\"}"
        "},"
        "{\"key\":\"n\",\"value\":{\"intValue\":\"7\"}}]}}},{\"body\":{\"stringValue\":"
        "\"no time\"}}]}]}]}\n");
    assert_int_equal(r.events.n, 3);
    assert_str(event(0)->entity, "crm-api");
    assert_str(event(0)->region, "eu");
    assert_int_equal(event(0)->time, INT64_C(1773496203695596001));
    assert_int_equal(event(0)->severity, KO_SEV_ERROR);
    assert_str(event(1)->message, "b");
    assert_int_equal(event(1)->severity, KO_SEV_WARN);
    assert_int_equal(event(2)->time, KO_TIME_NONE);
    release_result(&r);
}

static void streams_rows_and_hits_are_logs(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\"result\":[{"
        "\"stream\":"
        "{\"app\":\"crm-api\"},\"values\":[[\"1773496203695000000\",\"level=error "
        "msg=x\"]]}]}}",
        "{\"results\":[[{\"field\":\"@timestamp\",\"value\":\"2026-03-14 "
        "13:50:03.695\"},{\"field\":"
        "\"@message\",\"value\":\"{\\\"level\\\":\\\"error\\\",\\\"msg\\\":\\\"x\\\"}\"},"
        "{\"field\":"
        "\"@logStream\",\"value\":\"crm-api/1\"}]],\"status\":\"Complete\"}",
        "{\"fields\":[{\"name\":\"_time\"},{\"name\":\"_raw\"},{\"name\":\"service\"}],"
        "\"rows\":[["
        "\"2026-03-14T13:50:03.695Z\",\"ERROR x\",\"crm-api\"]]}",
        "{\"fields\":[\"_time\",\"_raw\",\"service\"],\"columns\":[[\"2026-03-14T13:50:"
        "03.695Z\"],["
        "\"ERROR x\"],[\"crm-api\"]]}",
        "{\"hits\":{\"hits\":[{\"_index\":\"i\",\"_source\":{\"@timestamp\":\"2026-03-"
        "14T13:50:03.695Z\","
        "\"service\":{\"name\":\"crm-api\"},\"log.level\":\"ERROR\",\"message\":\"x\"}}]}"
        "}",
        "{\"_index\":\"i\",\"_source\":{\"@timestamp\":\"2026-03-14T13:50:03.695Z\","
        "\"service.name\":"
        "\"crm-api\",\"log\":{\"level\":\"ERROR\"},\"message\":\"x\"}}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        read_text(&r, texts[i]);
        assert_int_equal(r.events.n, 1);
        assert_str(event(0)->entity, "crm-api");
        assert_str(event(0)->message, "x");
        assert_int_equal(event(0)->severity, KO_SEV_ERROR);
        assert_int_equal(event(0)->time, INT64_C(1773496203695000000));
        release_result(&r);
    }
}

static void loggers_have_their_units_and_levels(void **state)
{
    (void)state;
    const struct {
        const char *line;
        enum ko_severity severity;
        ko_dur dur;
    } rows[] = {
        {"{\"level\":\"dpanic\",\"ts\":1773496203.695,\"caller\":\"a.go:1\",\"msg\":"
         "\"x\","
         "\"elapsed\":2}",
         KO_SEV_FATAL, 2 * KO_SECOND},
        {"{\"ClientAddr\":\"h\",\"DownstreamStatus\":200,\"Duration\":357313,"
         "\"StartUTC\":"
         "\"2026-03-14T13:50:03.695Z\",\"msg\":\"x\",\"level\":\"info\"}",
         KO_SEV_INFO, 357313},
        {"{\"@t\":\"2026-03-14T13:50:03.695Z\",\"@mt\":\"x\"}", KO_SEV_INFO, -1},
        {"{\"t\":{\"$date\":{\"$numberLong\":\"1773496203695\"}},\"s\":\"W\",\"msg\":"
         "\"x\","
         "\"attr\":{\"durationMillis\":12}}",
         KO_SEV_WARN, 12 * KO_MS},
        {"{\"attributes\":{\"timestamp\":\"2026-03-14T13:50:03.695Z\",\"status\":"
         "\"warn\","
         "\"message\":\"x\",\"attributes\":{\"http\":{\"status_code\":200}}}}",
         KO_SEV_WARN, -1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        read_text(&r, rows[i].line);
        assert_int_equal(r.events.n, 1);
        assert_str(event(0)->message, "x");
        assert_int_equal(event(0)->severity, rows[i].severity);
        assert_int_equal(event(0)->dur, rows[i].dur);
        assert_int_equal(event(0)->time, INT64_C(1773496203695000000));
        release_result(&r);
    }
}

static void a_service_in_brackets_is_better_than_a_host(void **state)
{
    (void)state;
    read_text(
        &r,
        "_time,host,_raw\n"
        "2026-03-14T13:50:03Z,crm-1,\"2026-03-14 13:50:03 INFO [crm-api] ok\"\n"
        "2026-03-14T13:50:04Z,crm-1,\"2026-03-14 13:50:04 INFO [pool-1-thread-2] ok\"\n");
    assert_int_equal(r.events.n, 2);
    assert_str(event(0)->entity, "crm-api");
    assert_str(event(1)->entity, "crm-1");
    release_result(&r);
}

static void any_cut_is_accounted_for(void **state)
{
    (void)state;
    static const char text[] =
        "banner\n{\"log\":\"a "
        "\",\"stream\":\"stdout\",\"time\":\"2026-03-14T13:50:00Z\"}\n"
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{}}]}]}]}\n"
        "{\"hits\":{\"hits\":[{\"_source\":{\"_source\":{}}}]}}\nx: {\"level\":\"a\"}\n";
    for (size_t n = 0; n < sizeof text; n++) {
        read_text_with(&r, (struct ko_str){text, n}, NULL);
        release_result(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_tells_whose_a_file_is),
        cmocka_unit_test(a_banner_and_stack_traces_stand_among_objects),
        cmocka_unit_test(docker_cuts_are_mended_and_traces_joined),
        cmocka_unit_test(otlp_logs_have_their_resource),
        cmocka_unit_test(streams_rows_and_hits_are_logs),
        cmocka_unit_test(loggers_have_their_units_and_levels),
        cmocka_unit_test(a_service_in_brackets_is_better_than_a_host),
        cmocka_unit_test(any_cut_is_accounted_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
