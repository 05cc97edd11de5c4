#include "read_events.h"

#include <math.h>
#include <stdio.h>

static void wide_metrics_get_entity_and_signal_from_the_column(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "time,carts-db_cpu,carts-db_mem(Mi),user_cpu\n"
                  "1652812383,1.5,,3\n"
                  "1652812384,NaN,7,-\n");
    assert_int_equal(r.events.n, 3);
    const struct ko_event *ev = r.events.v;
    assert_int_equal(ev[0].kind, KO_EVENT_METRIC);
    assert_str(ev[0].entity, "carts-db");
    assert_str(ev[0].signal, "cpu");
    assert_true(ev[0].value == 1.5);
    assert_true(ev[0].time == 1652812383 * KO_SECOND);
    assert_str(ev[1].entity, "user");
    assert_str(ev[2].signal, "mem");
    assert_str(ev[2].unit, "Mi");
    assert_int_equal(ev[2].place.line, 3);
    assert_int_equal(r.ledger.lines_accepted, 2);
    assert_int_equal(r.ledger.lines_header, 1);
    release_result(&r);
}

static void long_metrics_carry_unit_and_region(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "timestamp,service,metric,value,region,unit\n"
                  "2026-03-14T13:50:00Z,crm,lookup_p95,0.0368,eu-west-1,s\n");
    assert_int_equal(r.events.n, 1);
    assert_str(r.events.v[0].entity, "crm");
    assert_str(r.events.v[0].signal, "lookup_p95");
    assert_str(r.events.v[0].unit, "s");
    assert_str(r.events.v[0].region, "eu-west-1");
    assert_true(fabs(r.events.v[0].value - 0.0368) < 1e-12);
    release_result(&r);
}

static void semicolons_mean_a_decimal_comma(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "\xef\xbb\xbfZeit;Abbruchquote %\r\n14.03.2026 14:50;0,7\r\n");
    assert_int_equal(r.events.n, 1);
    assert_str(r.events.v[0].unit, "%");
    assert_true(fabs(r.events.v[0].value - 0.7) < 1e-12);
    assert_int_equal(r.ledger.bytes_bom, 3);
    release_result(&r);
}

static void units_in_cells_become_seconds(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "sep=,\n\"Time\",\"crm p95 {region=\"\"eu\"\"}\"\n"
                  "2026-03-14T14:50:00Z,36.8 ms\n2026-03-14T14:51:00Z,4.98 s\n");
    assert_int_equal(r.events.n, 2);
    assert_true(fabs(r.events.v[0].value - 0.0368) < 1e-12);
    assert_true(fabs(r.events.v[1].value - 4.98) < 1e-12);
    assert_str(r.events.v[0].unit, "s");
    assert_str(r.events.v[0].region, "eu");
    assert_int_equal(r.ledger.lines_header, 2);
    release_result(&r);
}

static void label_rows_above_the_data_join_the_names(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "time,crm,crm\n,cpu,mem\n2026-03-14T14:50:00Z,1,2\n");
    assert_int_equal(r.events.n, 2);
    assert_str(r.events.v[0].entity, "crm");
    assert_str(r.events.v[0].signal, "cpu");
    assert_str(r.events.v[1].signal, "mem");
    assert_int_equal(r.ledger.lines_header, 2);
    release_result(&r);
}

static void ragged_rows_are_rejected_and_repeated_headers_are_not(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "caller,callee,calls\na,b,3\na,b\ncaller,callee,calls\nb,c,\n");
    assert_int_equal(r.events.n, 2);
    assert_int_equal(r.events.v[0].kind, KO_EVENT_EDGE);
    assert_str(r.events.v[0].entity, "a");
    assert_str(r.events.v[0].peer, "b");
    assert_true(r.events.v[0].value == 3);
    assert_true(isnan(r.events.v[1].value));
    assert_int_equal(r.ledger.rejects[KO_REJECT_FIELD_COUNT], 1);
    assert_int_equal(r.ledger.lines_header, 2);
    release_result(&r);
}

static void quoted_newlines_belong_to_their_row(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "Date,Service,Message\n"
                  "2026-03-14T14:50:00Z,pay,\"one\n\ntwo \"\"x\"\"\"\n"
                  "2026-03-14T14:50:01Z,pay,three\n");
    assert_int_equal(r.events.n, 2);
    assert_str(r.events.v[0].message, "one\n\ntwo \"x\"");
    assert_int_equal(r.events.v[1].place.line, 5);
    assert_int_equal(r.ledger.lines_accepted, 4);
    release_result(&r);
}

static void a_stray_quote_costs_one_line_and_not_the_file(void **state)
{
    (void)state;
    struct reading_result r;
    char text[40000];
    size_t n = 0;
    n += (size_t)snprintf(text + n, sizeof text - n,
                          "Date,Service,Message\n2026-03-14T14:50:00Z,pay,\"open\n");
    for (int i = 0; i < 1100; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "2026-03-14T14:51:00Z,pay,ok\n");
    read_text_with(&r, (struct ko_str){text, n}, NULL);
    assert_int_equal(r.events.n, 1100);
    assert_int_equal(r.ledger.rejects[KO_REJECT_CSV_UNCLOSED_QUOTE], 1);
    release_result(&r);
}

static void spans_take_their_duration_from_the_end(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "TraceID,SpanID,ParentID,PodName,OperationName,StartTimeUnixNano,"
                  "EndTimeUnixNano,Duration\n"
                  "t,a,root,gw-6f6c-h5m2n,GET /,1674981729479000000,"
                  "1674981729601611605,122611\n"
                  "t,b,a,gw-6f6c-h5m2n,db,1674981729479000000,1674981729479000005,0\n");
    assert_int_equal(r.events.n, 2);
    assert_int_equal(r.events.v[0].kind, KO_EVENT_SPAN);
    assert_int_equal(r.events.v[0].dur, 122611605);
    assert_str(r.events.v[0].parent, "");
    assert_str(r.events.v[1].parent, "a");
    assert_str(r.events.v[0].entity, "gw-6f6c-h5m2n");
    assert_str(r.events.v[0].operation, "GET /");
    release_result(&r);
}

static void spans_without_an_end_read_the_unit_in_the_name(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r,
              "trace_id,span_id,parent_id,service,name,start,duration_ms,status,error\n"
              "t,a,,web,POST /pay,2026-06-18T15:02:42Z,4180.5,ERROR,out of stock\n");
    assert_int_equal(r.events.n, 1);
    assert_int_equal(r.events.v[0].dur, 4180500000);
    assert_int_equal(r.events.v[0].outcome, KO_OUTCOME_BAD);
    assert_str(r.events.v[0].operation, "POST /pay");
    release_result(&r);
}

static void a_column_is_named_by_the_user(void **state)
{
    (void)state;
    struct reading_result r;
    struct ko_read_options opt = {.field_map = KO_STR("time=a,message=b,service=c")};
    read_text_with(&r, KO_STR("a,b,c\n2026-03-14T14:50:00Z,hello,pay\n"), &opt);
    assert_int_equal(r.events.n, 1);
    assert_str(r.events.v[0].message, "hello");
    assert_str(r.events.v[0].entity, "pay");
    release_result(&r);
}

static void newest_first_and_round_row_counts_are_remarked(void **state)
{
    (void)state;
    struct reading_result r;
    static char text[60000];
    size_t n = (size_t)snprintf(text, sizeof text, "Date,Service,Message\n");
    for (int i = 999; i >= 0; i--)
        n += (size_t)snprintf(text + n, sizeof text - n,
                              "2026-03-14T14:%02d:%02dZ,pay,ok\n", i / 60, i % 60);
    read_text_with(&r, (struct ko_str){text, n}, NULL);
    assert_true(r.ledger.capped);
    assert_int_equal(r.ledger.remarks.n, 2);
    assert_str(r.ledger.remarks.v[0], "newest record first");
    release_result(&r);
}

static void changes_contacts_owners_and_incidents_are_known_by_their_header(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "time,kind,service,summary,by,link\n"
                  "2026-03-14T14:02:10Z,deploy,crm,v2 out,dev1,http://x\n");
    assert_int_equal(r.events.v[0].kind, KO_EVENT_CHANGE);
    assert_str(r.events.v[0].what, "deploy");
    assert_str(r.events.v[0].message, "v2 out");
    release_result(&r);
    read_text(&r, "time,queue,channel,region,customer,wait_s,handle_s,abandoned\n"
                  "2026-03-14T14:02:10Z,billing,voice,eu,c1,90,0,true\n");
    assert_int_equal(r.events.v[0].kind, KO_EVENT_CONTACT);
    assert_str(r.events.v[0].entity, "billing");
    assert_int_equal(r.events.v[0].wait, 90 * KO_SECOND);
    assert_true(r.events.v[0].abandoned);
    release_result(&r);
    read_text(&r, "service,owner,contact,tier\ncrm,team-crm,#crm,1\n");
    assert_int_equal(r.events.v[0].kind, KO_EVENT_ENTITY);
    assert_str(r.events.v[0].owner, "team-crm");
    release_result(&r);
    read_text(&r, "incident_number,description,service_name,created_at,resolved_at\n"
                  "7,slow,crm,2026-02-02T08:00:00Z,2026-02-02T08:41:00Z\n");
    assert_int_equal(r.events.n, 2);
    assert_str(r.events.v[1].what, "resolved");
    release_result(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wide_metrics_get_entity_and_signal_from_the_column),
        cmocka_unit_test(long_metrics_carry_unit_and_region),
        cmocka_unit_test(semicolons_mean_a_decimal_comma),
        cmocka_unit_test(units_in_cells_become_seconds),
        cmocka_unit_test(label_rows_above_the_data_join_the_names),
        cmocka_unit_test(ragged_rows_are_rejected_and_repeated_headers_are_not),
        cmocka_unit_test(quoted_newlines_belong_to_their_row),
        cmocka_unit_test(a_stray_quote_costs_one_line_and_not_the_file),
        cmocka_unit_test(spans_take_their_duration_from_the_end),
        cmocka_unit_test(spans_without_an_end_read_the_unit_in_the_name),
        cmocka_unit_test(a_column_is_named_by_the_user),
        cmocka_unit_test(newest_first_and_round_row_counts_are_remarked),
        cmocka_unit_test(changes_contacts_owners_and_incidents_are_known_by_their_header),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
