#include "read_events.h"

#include "event/unit.h"
#include "read/csv_metric.h"

#include <math.h>

static const struct ko_event *find(const struct reading_result *r, const char *signal)
{
    for (size_t i = 0; i < r->events.n; i++) {
        if (ko_str_eq(r->events.v[i].signal, ko_str(signal)))
            return &r->events.v[i];
    }
    fail_msg("no event called %s", signal);
    return NULL;
}

static void assert_remark(const struct reading_result *r, const char *begin)
{
    for (size_t i = 0; i < r->ledger.remarks.n; i++) {
        if (ko_str_starts(r->ledger.remarks.v[i], ko_str(begin)))
            return;
    }
    fail_msg("no remark '%s'", begin);
}

static void assert_near(double got, double want)
{
    assert_true(fabs(got - want) <= 1e-9 * fabs(want));
}

/* Every part of the text must keep its account; read_text_with asserts that. */
static void cut_everywhere(const char *text)
{
    for (size_t n = 0; n <= strlen(text); n++) {
        struct reading_result r;
        read_text_with(&r, (struct ko_str){text, n}, NULL);
        release_result(&r);
    }
}

static const char dump[] =
    "{__name__=\"crm:p95\", job=\"crm\", region=\"eu\"} 0.0367753 1773496200000\n"
    "{__name__=\"crm:p95\", job=\"crm\", region=\"eu\"} NaN 1773496260000\n"
    "{__name__=\"rpc\", job=\"crm\"} {count:5, sum:2} 1773496260000\n";

static void a_dump_of_promtool_counts_milliseconds(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, dump);
    assert_int_equal(r.events.n, 1);
    assert_str(r.events.v[0].entity, "crm");
    assert_str(r.events.v[0].region, "eu");
    assert_true(r.events.v[0].time == INT64_C(1773496200) * KO_SECOND);
    assert_int_equal(r.ledger.lines_accepted, 3);
    assert_remark(&r, "1 numbers are NaN");
    assert_remark(&r, "1 native histograms");
    release_result(&r);
    cut_everywhere(dump);
}

static const char scrape[] = "# TYPE lookup_seconds histogram\n"
                             "lookup_seconds_bucket{le=\"0.1\"} 10 100.5\n"
                             "lookup_seconds_bucket{le=\"0.1\"} 20 160.5\n"
                             "lookup_seconds_bucket{le=\"1\"} 10 100.5\n"
                             "lookup_seconds_bucket{le=\"1\"} 30 160.5\n"
                             "lookup_seconds_bucket{le=\"+Inf\"} 10 100.5\n"
                             "lookup_seconds_bucket{le=\"+Inf\"} 30 160.5\n"
                             "lookup_seconds_sum 1 100.5\n"
                             "lookup_seconds_sum 9 160.5\n"
                             "lookup_seconds_count 10 100.5\n"
                             "lookup_seconds_count 30 160.5\n";

static void buckets_become_quantiles_and_a_mean(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, scrape);
    assert_int_equal(r.ledger.lines_rejected, 0);
    assert_near(find(&r, "lookup_seconds_p50")->value, 0.1);
    assert_near(find(&r, "lookup_seconds_p95")->value, 0.91);
    assert_near(find(&r, "lookup_seconds_mean")->value, 0.4);
    assert_true(find(&r, "lookup_seconds_p95")->time == 160500 * KO_MS);
    assert_int_equal(find(&r, "lookup_seconds_count")->metric_kind, KO_METRIC_COUNTER);
    release_result(&r);
    cut_everywhere(scrape);
}

static void a_histogram_that_falls_was_reset(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "m_sum{a=\"1\"} 100 60.0\nm_count{a=\"1\"} 50 60.0\n"
                  "m_sum{a=\"1\"} 8 120.0\nm_count{a=\"1\"} 2 120.0\n");
    assert_near(find(&r, "m_mean{a=1}")->value, 4);
    release_result(&r);
}

static void quantiles_of_a_summary_are_named(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "# TYPE gc summary\ngc{quantile=\"0.95\",job=\"a\"} 2 1773496200000\n");
    assert_str(find(&r, "gc_p95")->entity, "a");
    release_result(&r);
}

static void rules_of_openmetrics_hold_where_it_ends_with_eof(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "# TYPE a gauge\na{b=\"1\"} 1 5\na{b=\"1\"} 2 4\n# EOF\n");
    assert_int_equal(r.ledger.rejects[KO_REJECT_METRIC_MALFORMED], 1);
    assert_int_equal(r.ledger.samples.v[0].line, 3);
    assert_int_equal(r.events.n, 1);
    release_result(&r);
    read_text(&r, "# TYPE a gauge\na{b=\"1\"} 1 1773496260000\n"
                  "a{b=\"1\"} 2 1773496200000\n");
    assert_int_equal(r.ledger.lines_rejected, 0);
    assert_int_equal(r.events.n, 2);
    release_result(&r);
}

static void a_service_graph_names_dependencies_once(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "g_request_total{client=\"a\",server=\"b\"} 1 1773496200000\n"
                  "g_request_total{client=\"a\",server=\"b\"} 2 1773496260000\n");
    assert_int_equal(r.events.n, 3);
    assert_int_equal(r.events.v[2].kind, KO_EVENT_EDGE);
    assert_str(r.events.v[2].entity, "a");
    assert_str(r.events.v[2].peer, "b");
    assert_str(r.events.v[1].entity, "b");
    assert_true(r.events.v[1].peer_is_caller);
    release_result(&r);
}

static const char matrix[] =
    "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":"
    "{\"__name__\":\"errors_total\",\"service\":\"crm\",\"code\":\"500\"},\"values\":"
    "[[1773496200.5,\"3\"],[1773496260,\"+Inf\"]],\"histograms\":[]}]},"
    "\"warnings\":[\"partial response\"]}";

static void prometheus_answers_keep_labels_in_the_name(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, matrix);
    assert_int_equal(r.events.n, 1);
    assert_str(r.events.v[0].signal, "errors_total{code=500}");
    assert_str(r.events.v[0].entity, "crm");
    assert_int_equal(r.events.v[0].metric_kind, KO_METRIC_COUNTER);
    assert_true(r.events.v[0].time == INT64_C(1773496200500) * KO_MS);
    assert_remark(&r, "1 numbers are NaN");
    assert_remark(&r, "the server warned: partial response");
    release_result(&r);
    cut_everywhere(matrix);
}

static void vectors_and_scalars_are_read_too(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "{\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"job\":"
                  "\"a\"},\"value\":[1773496200,\"7\"]}]}}");
    assert_int_equal(r.events.n, 1);
    assert_true(r.events.v[0].value == 7);
    release_result(&r);
    read_text(&r, "{\"data\":{\"resultType\":\"scalar\",\"result\":[1773496200,\"8\"]}}");
    assert_int_equal(r.events.n, 1);
    assert_true(r.events.v[0].value == 8);
    release_result(&r);
}

static const char cloudwatch[] =
    "{\"MetricDataResults\":[{\"Id\":\"m1\",\"Label\":\"p95\",\"Timestamps\":"
    "[\"2026-03-14T14:01:00Z\",\"2026-03-14T14:00:00Z\"],\"Values\":[2,1],"
    "\"StatusCode\":\"PartialData\"}]}";

static void cloudwatch_arrays_run_side_by_side(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, cloudwatch);
    assert_int_equal(r.events.n, 2);
    assert_true(r.events.v[0].value == 2);
    assert_true(r.events.v[0].time > r.events.v[1].time);
    assert_true(r.ledger.capped);
    release_result(&r);
    cut_everywhere(cloudwatch);
}

static void cloudwatch_statistics_have_their_names_and_units(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "{\"Label\":\"Lookup\",\"Datapoints\":[{\"Timestamp\":"
                  "\"2026-03-14T14:01:00Z\",\"Sum\":4,\"Unit\":\"Milliseconds\","
                  "\"ExtendedStatistics\":{\"p95\":9}}]}");
    assert_int_equal(find(&r, "Lookup Sum")->metric_kind, KO_METRIC_DELTA);
    assert_str(find(&r, "Lookup p95")->unit, "Milliseconds");
    release_result(&r);
}

static const char otlp[] =
    "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\","
    "\"value\":{\"stringValue\":\"crm\"}},{\"key\":\"process.pid\",\"value\":"
    "{\"intValue\":\"1\"}}]},\"scopeMetrics\":[{\"metrics\":[{\"name\":\"calls\",\"sum\":"
    "{\"aggregationTemporality\":2,\"isMonotonic\":true,\"dataPoints\":[{"
    "\"timeUnixNano\":"
    "\"1773496200000000000\",\"asInt\":\"9\"}]}},{\"name\":\"wait\",\"unit\":\"ms\","
    "\"histogram\":{\"aggregationTemporality\":\"AGGREGATION_TEMPORALITY_DELTA\","
    "\"dataPoints\":[{\"timeUnixNano\":\"1773496200000000000\",\"count\":\"4\",\"sum\":"
    "20,"
    "\"bucketCounts\":[\"2\",\"2\",\"0\"],\"explicitBounds\":[4,8]}]}}]}]}]}";

static void otlp_points_have_kind_and_unit(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, otlp);
    assert_int_equal(find(&r, "calls")->metric_kind, KO_METRIC_COUNTER);
    assert_str(find(&r, "calls")->entity, "crm");
    assert_near(find(&r, "wait_mean")->value, 5);
    assert_near(find(&r, "wait_p50")->value, 4);
    assert_str(find(&r, "wait_p50")->unit, "ms");
    release_result(&r);
    cut_everywhere(otlp);
}

static const char sysstat[] =
    "{\"sysstat\":{\"hosts\":[{\"nodename\":\"crm-1\",\"statistics\":[{\"timestamp\":"
    "{\"date\":\"2026-03-14\",\"time\":\"14:00:01\",\"utc\":1,\"interval\":60},"
    "\"cpu-load\":[{\"cpu\":\"all\",\"user\":12.5},{\"cpu\":\"0\",\"user\":13}]}],"
    "\"restarts\":[{\"boot\":{\"date\":\"2026-03-14\",\"time\":\"14:02:12\",\"utc\":1}}]}"
    "]"
    "}}";

static void sysstat_names_numbers_by_section(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, sysstat);
    assert_str(find(&r, "cpu-load user")->entity, "crm-1");
    assert_near(find(&r, "cpu-load user{cpu=0}")->value, 13);
    assert_int_equal(r.events.v[r.events.n - 1].severity, KO_SEV_WARN);
    assert_true(r.events.v[0].has_zone);
    release_result(&r);
    cut_everywhere(sysstat);
}

static void sadf_tells_devices_and_restarts(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "# hostname;interval;timestamp;CPU;%user\n"
                  "h;60;2026-03-14 14:00:00 UTC;-1;1,5\n"
                  "h;60;2026-03-14 14:00:00 UTC;0;2,5\n"
                  "h;-1;2026-03-14 14:02:12 UTC;LINUX-RESTART\t(4 CPU)\n"
                  "# hostname;interval;timestamp;IFACE;rxkB/s\n"
                  "h;60;2026-03-14 14:03:00 UTC;eth0;7,25\n");
    assert_int_equal(r.events.n, 4);
    assert_str(r.events.v[0].signal, "%user");
    assert_str(r.events.v[1].signal, "%user{CPU=0}");
    assert_near(r.events.v[1].value, 2.5);
    assert_int_equal(r.events.v[2].kind, KO_EVENT_LOG);
    assert_str(r.events.v[3].signal, "rxkB/s{IFACE=eth0}");
    assert_int_equal(r.ledger.lines_rejected, 0);
    release_result(&r);
}

static void words_beside_the_numbers_are_labels(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "time,service,tier,region,calls\n"
                  "2026-03-14T14:00:00Z,crm,gold,eu,5\n");
    assert_int_equal(r.events.n, 1);
    assert_str(r.events.v[0].signal, "calls{tier=gold}");
    assert_str(r.events.v[0].region, "eu");
    assert_str(r.events.v[0].entity, "crm");
    release_result(&r);
}

static void a_frame_behind_a_blank_line_has_its_own_header(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "\"time\",\"a {code=\"\"500\"\"}\"\r\n1773496200000,1.2 K\r\n\r\n"
                  "\"time\",\"b\"\r\n1773496200000,3.1%\r\n1773496260000,null\r\n");
    assert_int_equal(r.events.n, 2);
    assert_str(r.events.v[0].signal, "a{code=500}");
    assert_true(r.events.v[0].value == 1200);
    assert_str(r.events.v[1].unit, "%");
    assert_int_equal(r.ledger.lines_header, 2);
    release_result(&r);
}

static void day_and_time_of_day_may_stand_apart(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "Datum;Uhrzeit;Dienst;Wert\n14.03.2026;14:50;crm;1 234,5\n");
    assert_int_equal(r.events.n, 1);
    assert_near(r.events.v[0].value, 1234.5);
    assert_true(r.events.v[0].time == INT64_C(1773499800) * KO_SECOND);
    release_result(&r);
}

static void an_error_of_influxdb_is_named(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "#datatype,string,long,dateTime:RFC3339,double,string,string\n"
                  ",result,table,_time,_value,_field,_measurement\n"
                  ",,0,2026-03-14T14:00:00Z,1.5,p95,crm\n\n"
                  "#datatype,string,string\n,error,reference\n,out of memory,897\n");
    assert_int_equal(r.events.n, 1);
    assert_str(r.events.v[0].signal, "crm_p95");
    assert_true(r.ledger.capped);
    assert_remark(&r, "the query broke off: out of memory");
    release_result(&r);
}

static void decimal_commas_are_told_by_the_numbers(void **state)
{
    (void)state;
    assert_true(ko_csv_decimal_comma(KO_STR("a\tb\n0,5\t1\n"), '\t'));
    assert_true(ko_csv_decimal_comma(KO_STR("a;b\n1.234;0,5\n"), ';'));
    assert_false(ko_csv_decimal_comma(KO_STR("a;b\n0.037;4.956\n"), ';'));
    assert_false(ko_csv_decimal_comma(KO_STR("a,b\n\"1,234.5\",2\n"), ','));
    assert_false(ko_csv_decimal_comma(KO_STR("a,b\n1,2\n"), ','));
    assert_true(ko_csv_decimal_comma(KO_STR("a,b\n\"0,5\",2\n"), ','));
    assert_false(ko_csv_decimal_comma(KO_STR(""), ';'));
}

static void units_have_one_base(void **state)
{
    (void)state;
    static const struct {
        const char *unit, *base;
        double factor;
    } rows[] = {{"ms", "s", 1e-3},      {"Milliseconds", "s", 1e-3}, {"Seconds", "s", 1},
                {"MiB", "By", 1 << 20}, {"Bytes/Second", "By/s", 1}, {"Percent", "%", 1},
                {"Count", "1", 1},      {"hours", "s", 3600}};
    struct ko_str base;
    double factor;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_true(ko_unit_base(ko_str(rows[i].unit), &base, &factor));
        assert_slice(base, ko_str(rows[i].base));
        assert_near(factor, rows[i].factor);
    }
    assert_false(ko_unit_base(KO_STR("widgets"), &base, &factor));
    assert_false(ko_unit_base(KO_STR(""), &base, &factor));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dump_of_promtool_counts_milliseconds),
        cmocka_unit_test(buckets_become_quantiles_and_a_mean),
        cmocka_unit_test(a_histogram_that_falls_was_reset),
        cmocka_unit_test(quantiles_of_a_summary_are_named),
        cmocka_unit_test(rules_of_openmetrics_hold_where_it_ends_with_eof),
        cmocka_unit_test(a_service_graph_names_dependencies_once),
        cmocka_unit_test(prometheus_answers_keep_labels_in_the_name),
        cmocka_unit_test(vectors_and_scalars_are_read_too),
        cmocka_unit_test(cloudwatch_arrays_run_side_by_side),
        cmocka_unit_test(cloudwatch_statistics_have_their_names_and_units),
        cmocka_unit_test(otlp_points_have_kind_and_unit),
        cmocka_unit_test(sysstat_names_numbers_by_section),
        cmocka_unit_test(sadf_tells_devices_and_restarts),
        cmocka_unit_test(words_beside_the_numbers_are_labels),
        cmocka_unit_test(a_frame_behind_a_blank_line_has_its_own_header),
        cmocka_unit_test(day_and_time_of_day_may_stand_apart),
        cmocka_unit_test(an_error_of_influxdb_is_named),
        cmocka_unit_test(decimal_commas_are_told_by_the_numbers),
        cmocka_unit_test(units_have_one_base),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
