#include "read_events.h"

#include "base/buf.h"

#include <math.h>

static void json_lines_of_usual_loggers_give_time_level_and_duration(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(
        &r,
        "{\"level\":50,\"time\":1773496203695,\"hostname\":\"crm-1\",\"msg\":\"no\","
        "\"traceId\":\"t1\",\"responseTime\":38,\"attempt\":2}\n"
        "{\"level\":\"info\",\"ts\":1773496209.08821,\"msg\":\"ok\",\"elapsed\":0.081}\n"
        "{\"@timestamp\":\"2026-03-14T13:50:03.695Z\",\"log.level\":\" WARN\","
        "\"message\":\"m\",\"service.name\":\"crm\",\"event.duration\":38000000}\n");
    assert_int_equal(r.events.n, 3);
    const struct ko_event *ev = r.events.v;
    assert_true(ev[0].time == 1773496203695 * KO_MS);
    assert_int_equal(ev[0].severity, KO_SEV_ERROR);
    assert_int_equal(ev[0].dur, 38 * KO_MS);
    assert_int_equal(ev[0].attempt, 2);
    assert_str(ev[0].trace, "t1");
    assert_int_equal(ev[1].dur, 81 * KO_MS);
    assert_int_equal(ev[1].place.line, 2);
    assert_int_equal(ev[2].severity, KO_SEV_WARN);
    assert_int_equal(ev[2].dur, 38 * KO_MS);
    assert_str(ev[2].entity, "crm");
    release_result(&r);
}

static void items_of_an_array_keep_their_own_lines(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "[\n  {\n    \"timestamp\": \"2026-06-18T14:59:30Z\",\n"
                  "    \"service\": \"pay\",\n    \"commit_sha\": \"559e\"\n  },\n"
                  "  {\"timestamp\": \"2026-06-18T15:00:30Z\", \"service\": \"web\",\n"
                  "   \"flag\": \"new-rail\", \"change\": \"off->on\"}\n]\n");
    assert_int_equal(r.events.n, 2);
    assert_int_equal(r.events.v[0].kind, KO_EVENT_CHANGE);
    assert_int_equal(r.events.v[0].place.line, 2);
    assert_str(r.events.v[0].what, "deploy");
    assert_str(r.events.v[0].id, "559e");
    assert_int_equal(r.events.v[1].place.line, 7);
    assert_str(r.events.v[1].what, "flag");
    assert_str(r.events.v[1].message, "new-rail off->on");
    assert_int_equal(r.ledger.lines, 9);
    release_result(&r);
}

static void an_envelope_around_records_is_opened(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r,
              "{\"data\": [{\"parent\": \"a\", \"child\": \"b\", \"callCount\": 812}, "
              "{\"parent\": \"b\", \"child\": \"c\", \"callCount\": 3}], \"total\": 0}");
    assert_int_equal(r.events.n, 2);
    assert_int_equal(r.events.v[0].kind, KO_EVENT_EDGE);
    assert_true(r.events.v[0].value == 812);
    assert_int_equal(r.ledger.lines_accepted, 2);
    release_result(&r);
}

static void brackets_that_do_not_match_stay_inside_the_document(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "{\"logs\":[{\"a\":{\"b\":1}],\"c\":[{\"d\":2}]}]}]");
    assert_int_equal(r.events.n, 0);
    release_result(&r);
}

static void values_run_together_are_records(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "{\"time\":1773496203695,\"msg\":\"a\"}{\"time\":1773496203696,"
                  "\"msg\":\"b}\"}{\"time\":");
    assert_int_equal(r.events.n, 2);
    assert_str(r.events.v[1].message, "b}");
    assert_true(r.ledger.damaged);
    assert_int_equal(r.ledger.rejects[KO_REJECT_JSON_SYNTAX], 1);
    release_result(&r);
}

static void broken_lines_are_counted_by_reason(void **state)
{
    (void)state;
    struct reading_result r;
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    ko_buf_puts(&b, "{\"time\":1773496203695,\"msg\":\"a\"}\n"
                    "{\"time\":1773496203695,\"msg\":\"a\",\"msg\":\"b\"}\n"
                    "{\"time\":1773496203695,\"msg\":}\n"
                    "{\"time\":\"yesterday\",\"msg\":\"a\"}\n"
                    "{\"time\":1773496203695,\"n\":99999999999999999999}\n"
                    "{\"time\":1773496203695,\"x\":");
    ko_buf_fill(&b, '[', 300);
    ko_buf_fill(&b, ']', 300);
    ko_buf_puts(&b, "}\n{\"time\":1773496203695,\"msg\":\"\xff ok\"}\n");
    read_text_with(&r, ko_buf_str(&b), NULL);
    assert_int_equal(r.events.n, 2);
    assert_int_equal(r.ledger.rejects[KO_REJECT_JSON_DUPLICATE_KEY], 1);
    assert_int_equal(r.ledger.rejects[KO_REJECT_JSON_SYNTAX], 1);
    assert_int_equal(r.ledger.rejects[KO_REJECT_BAD_TIMESTAMP], 1);
    assert_int_equal(r.ledger.rejects[KO_REJECT_NUMBER_RANGE], 1);
    assert_int_equal(r.ledger.rejects[KO_REJECT_JSON_TOO_DEEP], 1);
    assert_str(r.events.v[1].message, "\xef\xbf\xbd ok");
    ko_buf_release(&b);
    release_result(&r);
}

static void the_map_gives_owners_edges_and_steps(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r,
              "{\"journeys\":[{\"name\":\"pay\",\"steps\":[\"ivr\",{\"name\":\"look up\","
              "\"entity\":\"crm\",\"fallback\":\"by hand\"}]}],\"entities\":[{\"name\":"
              "\"crm\",\"kind\":\"service\",\"owner\":\"team-crm\",\"aliases\":[\"CRM\"],"
              "\"depends_on\":[\"crm-db\"]},{\"name\":\"psp\",\"vendor\":true}]}");
    assert_int_equal(r.events.n, 6);
    const struct ko_event *ev = r.events.v;
    assert_str(ev[0].owner, "team-crm");
    assert_str(ev[1].message, "crm");
    assert_str(ev[1].entity, "CRM");
    assert_int_equal(ev[2].kind, KO_EVENT_EDGE);
    assert_str(ev[2].peer, "crm-db");
    assert_str(ev[3].what, "vendor");
    assert_int_equal(ev[4].kind, KO_EVENT_STEP);
    assert_str(ev[5].link, "by hand");
    assert_true(ev[5].value == 2);
    release_result(&r);
}

static void a_step_says_how_long_customers_put_up_with_it(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "{\"journeys\":[{\"name\":\"pay\",\"slow_after\":2.5,\"steps\":["
                  "\"web\",{\"name\":\"queue\",\"slow_after\":\"2m\"},\"desk\","
                  "{\"name\":\"bot\",\"slow_after\":\"soon\"}]}]}");
    assert_int_equal(r.events.n, 4);
    const struct ko_event *ev = r.events.v;
    assert_true(ev[0].dur == 2500 * KO_MS); /* the journey's, where customers come in */
    assert_true(ev[1].dur == 2 * KO_MINUTE);
    assert_true(ev[2].dur < 0 && ev[3].dur < 0);
    assert_int_equal(r.ledger.remarks.n, 1);
    release_result(&r);
}

static void the_map_gives_objectives_in_percent_or_as_a_share(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "{\"journeys\":["
                  "{\"name\":\"a\",\"slo\":{\"target\":99.9,\"window\":\"28d\"}},"
                  "{\"name\":\"b\",\"slo\":0.95},"
                  "{\"name\":\"c\",\"slo\":{\"target\":100}},"
                  "{\"name\":\"d\",\"slo\":{\"target\":99,\"window\":\"soon\"}},"
                  "{\"name\":\"e\",\"slo\":{\"target\":99,\"window\":1e300}},"
                  "{\"name\":\"f\",\"slo\":{\"target\":99,\"window\":\"1ns\"}}]}");
    assert_int_equal(r.events.n, 2);
    const struct ko_event *ev = r.events.v;
    assert_int_equal(ev[0].kind, KO_EVENT_OBJECTIVE);
    assert_str(ev[0].journey, "a");
    assert_true(fabs(ev[0].value - 0.999) < 1e-12 && ev[0].dur == 28 * KO_DAY);
    assert_true(ev[1].value == 0.95 && ev[1].dur == 30 * KO_DAY);
    assert_int_equal(r.ledger.remarks.n, 4);
    release_result(&r);
}

static void a_github_deployment_names_its_repository_and_version(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r,
              "[{\"id\":900,\"sha\":\"abc\",\"ref\":\"v2.31.0\",\"task\":\"deploy\","
              "\"environment\":\"production\",\"created_at\":\"2026-03-14T14:02:10Z\","
              "\"repository_url\":\"https://api.github.com/repos/acme/crm-api\"}]");
    assert_int_equal(r.events.n, 1);
    assert_str(r.events.v[0].entity, "crm-api");
    assert_str(r.events.v[0].version, "v2.31.0");
    assert_str(r.events.v[0].id, "abc");
    assert_str(r.events.v[0].segment, "production");
    release_result(&r);
}

static void an_alert_is_where_an_incident_was_opened(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r,
              "{\n \"service\": \"pay\",\n \"metric\": \"p99_ms\",\n"
              " \"fired_at\": \"2026-06-18T15:06:00Z\",\n \"summary\": \"slow\"\n}\n");
    assert_int_equal(r.events.n, 1);
    assert_int_equal(r.events.v[0].kind, KO_EVENT_INCIDENT);
    assert_str(r.events.v[0].what, "opened");
    assert_str(r.events.v[0].signal, "p99_ms");
    release_result(&r);
}

static void wrapped_messages_are_opened(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r,
              "{\"labels\":{\"app\":\"pay\",\"region\":\"eu\"},\"line\":\"level=error "
              "msg=\\\"no way\\\" trace_id=t9 duration=47ms\",\"timestamp\":"
              "\"2026-03-14T14:49:58.017201Z\"}\n"
              "{\"log\":\"16:42:09.486 WARN x.Y#115 slow\\n\",\"stream\":\"stdout\","
              "\"time\":\"2023-01-29T08:42:09.487160534Z\"}\n"
              "{\"log\":\"{\\\"level\\\":\\\"error\\\",\\\"msg\\\":\\\"deep\\\"}\","
              "\"time\":\"2023-01-29T08:42:09Z\"}\n");
    assert_int_equal(r.events.n, 3);
    const struct ko_event *ev = r.events.v;
    assert_str(ev[0].message, "no way");
    assert_str(ev[0].entity, "pay");
    assert_str(ev[0].trace, "t9");
    assert_int_equal(ev[0].dur, 47 * KO_MS);
    assert_int_equal(ev[0].severity, KO_SEV_ERROR);
    assert_int_equal(ev[1].severity, KO_SEV_WARN);
    assert_true(ev[1].time == INT64_C(1674981729487160534));
    assert_str(ev[2].message, "deep");
    assert_int_equal(ev[2].severity, KO_SEV_ERROR);
    release_result(&r);
}

static void text_in_brackets_is_not_json(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "[2026-03-14T14:49:58Z] INFO up\n");
    assert_str(r.ledger.format, "text");
    release_result(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_lines_of_usual_loggers_give_time_level_and_duration),
        cmocka_unit_test(items_of_an_array_keep_their_own_lines),
        cmocka_unit_test(an_envelope_around_records_is_opened),
        cmocka_unit_test(brackets_that_do_not_match_stay_inside_the_document),
        cmocka_unit_test(values_run_together_are_records),
        cmocka_unit_test(broken_lines_are_counted_by_reason),
        cmocka_unit_test(the_map_gives_owners_edges_and_steps),
        cmocka_unit_test(a_step_says_how_long_customers_put_up_with_it),
        cmocka_unit_test(the_map_gives_objectives_in_percent_or_as_a_share),
        cmocka_unit_test(a_github_deployment_names_its_repository_and_version),
        cmocka_unit_test(an_alert_is_where_an_incident_was_opened),
        cmocka_unit_test(wrapped_messages_are_opened),
        cmocka_unit_test(text_in_brackets_is_not_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
