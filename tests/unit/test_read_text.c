#include "read_events.h"

#include "event/zone.h"

static struct reading_result r;

static struct ko_event *event(size_t i)
{
    assert_true(i < r.events.n);
    return &r.events.v[i];
}

static ko_time at(const char *text)
{
    struct ko_stamp s;
    assert_int_equal(ko_time_parse(ko_str(text), &s), KO_OK);
    return s.time;
}

static void a_stack_trace_belongs_to_its_record(void **state)
{
    (void)state;
    read_text(&r, "2026-03-14 14:04:00,123 [main] ERROR c.a.Pool - exhausted\n"
                  "java.sql.SQLException: timeout\n"
                  "\tat com.acme.Pool.get(Pool.java:10)\n"
                  "\t... 12 more\n"
                  "Caused by: java.net.ConnectException\n"
                  "2026-03-14 14:04:01,123 [main] INFO c.a.Pool - ok\n");
    assert_int_equal(r.events.n, 2);
    assert_str(ko_str_sub(event(0)->message, 0, 21), "exhausted\njava.sql.SQ");
    assert_true(ko_str_ends(event(0)->message, KO_STR("ConnectException")));
    assert_str(event(1)->message, "ok");
    assert_int_equal(event(1)->place.line, 6);
    assert_int_equal(r.ledger.lines_accepted, 6);
    assert_int_equal(r.ledger.lines_rejected, 0);
    release_result(&r);
}

static void a_traceback_and_a_go_panic_belong_to_theirs(void **state)
{
    (void)state;
    read_text(&r, "2026-03-14 14:04:00,123 - crm - ERROR - lookup failed\r\n"
                  "Traceback (most recent call last):\r\n"
                  "  File \"crm.py\", line 7, in get\r\n"
                  "TimeoutError: db\r\n"
                  "2026/03/14 14:04:05 panic: nil map\r\n"
                  "\r\n"
                  "goroutine 1 [running]:\r\n"
                  "main.main()\r\n"
                  "\r\n"
                  "2026/03/14 14:04:06 restarted\r\n");
    assert_int_equal(r.events.n, 3);
    assert_true(ko_str_ends(event(0)->message, KO_STR("TimeoutError: db")));
    assert_true(ko_str_ends(event(1)->message, KO_STR("main.main()")));
    assert_str(event(2)->message, "restarted");
    assert_int_equal(r.ledger.lines_accepted, 9);
    assert_int_equal(r.ledger.lines_blank, 1);
    release_result(&r);
}

static void lines_before_the_first_time_are_rejected_with_their_place(void **state)
{
    (void)state;
    read_text(&r, "  .   ____\n starting\n2026-03-14 14:04:00 INFO up\n");
    assert_int_equal(r.events.n, 1);
    assert_int_equal(r.ledger.rejects[KO_REJECT_NO_TIMESTAMP], 2);
    assert_int_equal(r.ledger.samples.v[1].line, 2);
    assert_str(r.ledger.format, "mixed");
    release_result(&r);
}

static void a_record_longer_than_the_cap_swallows_its_rest(void **state)
{
    (void)state;
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    ko_buf_puts(&b, "2026-03-14 14:04:00 ERROR dump\n");
    for (int i = 0; i < 2500; i++)
        ko_buf_puts(&b, "\tat com.acme.Deep.call(Deep.java:1)\n");
    ko_buf_puts(&b, "2026-03-14 14:04:01 INFO ok\n");
    read_text_with(&r, ko_buf_str(&b), NULL);
    assert_int_equal(r.events.n, 2);
    assert_int_equal(r.ledger.lines_accepted, 2502);
    assert_int_equal(event(1)->place.line, 2502);
    release_result(&r);
    ko_buf_release(&b);
}

static void each_line_is_read_by_the_format_that_fits_it(void **state)
{
    (void)state;
    read_text(
        &r, "2026-03-14T14:04:00Z INFO listening\n"
            "1.2.3.4 - - [14/Mar/2026:14:04:01 +0000] \"GET /a HTTP/1.1\" 503 5\n"
            "{\"time\":\"2026-03-14T14:04:02Z\",\"level\":\"error\",\"msg\":\"no db\"}\n"
            "[2026-03-14T14:04:03.000Z] \"GET /v1 HTTP/2\" 200 - 0 178 38 37 \"-\" "
            "\"ivr\" \"6b0d\" \"crm.prod\" \"10.0.0.6:8080\"\n"
            "2026-03-14T14:04:04Z WARN slow\n"
            "\tat x\n");
    assert_int_equal(r.events.n, 5);
    assert_int_equal(event(1)->status, 503);
    assert_str(event(2)->message, "no db");
    assert_int_equal(event(2)->severity, KO_SEV_ERROR);
    assert_str(event(3)->entity, "crm.prod");
    assert_int_equal(event(4)->severity, KO_SEV_WARN);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(event(i)->time,
                         at("2026-03-14T14:04:00Z") + (ko_time)i * KO_SECOND);
    release_result(&r);
}

static void a_repeated_message_counts_as_often_as_it_was_sent(void **state)
{
    (void)state;
    struct ko_read_options opt = {.now = at("2026-03-15T00:00:00Z")};
    read_text_with(&r,
                   KO_STR("Mar 14 14:04:00 pbx1 telephony[42]: no agent\n"
                          "Mar 14 14:04:30 pbx1 last message repeated 3 times\n"
                          "Mar 14 14:04:31 pbx1 telephony[42]: message repeated 2 times: "
                          "[ no line]\n"),
                   &opt);
    assert_int_equal(r.events.n, 6);
    for (size_t i = 1; i < 4; i++) {
        assert_str(event(i)->message, "no agent");
        assert_str(event(i)->entity, "telephony");
        assert_int_equal(event(i)->time, at("2026-03-14T14:04:30Z"));
        assert_int_equal(event(i)->place.line, 2);
    }
    assert_str(event(5)->message, "no line");
    assert_int_equal(r.ledger.lines_accepted, 3);
    release_result(&r);
}

static void a_year_that_is_not_written_is_the_last_one_possible(void **state)
{
    (void)state;
    struct ko_read_options opt = {.now = at("2026-01-02T00:00:00Z")};
    read_text_with(&r,
                   KO_STR("Dec 31 23:59:59 pbx1 telephony[42]: a\n"
                          "Jan  1 00:00:01 pbx1 telephony[42]: b\n"),
                   &opt);
    assert_int_equal(event(0)->time, at("2025-12-31T23:59:59Z"));
    assert_int_equal(event(1)->time, at("2026-01-01T00:00:01Z"));
    release_result(&r);
}

static void a_time_without_a_date_is_no_time(void **state)
{
    (void)state;
    read_text(&r, "14:04:00.123 [main] ERROR c.a.Pool - exhausted\n"
                  "14:04:01.123 [main] INFO c.a.Pool - ok\n");
    assert_int_equal(r.events.n, 0);
    assert_int_equal(r.ledger.rejects[KO_REJECT_BAD_TIMESTAMP], 2);
    assert_true(r.ledger.remarks.n > 0);
    release_result(&r);
}

static void a_time_that_cannot_be_is_counted(void **state)
{
    (void)state;
    read_text(&r, "2026-03-14 14:04:00 INFO up\n"
                  "2026-02-30 14:04:01 ERROR never\n"
                  "2026-03-14 14:04:02 INFO still up\n");
    assert_int_equal(r.events.n, 2);
    assert_int_equal(r.ledger.rejects[KO_REJECT_BAD_TIMESTAMP], 1);
    release_result(&r);
}

static void a_message_that_its_runtime_cut_is_put_together(void **state)
{
    (void)state;
    read_text(&r, "2026-03-14T14:04:00.000000000Z stdout F INFO lookup ok\n"
                  "2026-03-14T14:04:01.000000000Z stderr P ERROR pool exh\n"
                  "2026-03-14T14:04:01.000000000Z stderr P austed: \n"
                  "2026-03-14T14:04:01.000000000Z stderr F no connection\n"
                  "2026-03-14T14:04:01.000000000Z stderr F \tat com.acme.Pool.get\n"
                  "2026-03-14T14:04:02.000000000Z stdout F INFO lookup ok\n");
    assert_int_equal(r.events.n, 3);
    assert_str(event(1)->message, "pool exhausted: no connection");
    assert_int_equal(event(1)->severity, KO_SEV_ERROR);
    assert_int_equal(event(1)->place.line, 2);
    assert_int_equal(r.ledger.lines_accepted, 6);
    release_result(&r);
}

static void kubectl_names_the_pod(void **state)
{
    (void)state;
    read_text(&r,
              "[pod/crm-api-6d4f-x1/app] 2026-03-14T14:04:00.000000001Z ERROR no db\n"
              "[pod/crm-api-6d4f-x1/app] 2026-03-14T14:04:00.000000002Z \tat Pool.get\n"
              "[pod/ivr-auth-v2-bcdfg/app] 2026-03-14T14:04:01.000000001Z INFO ok\n"
              "[pod/ivr-auth-v2-bcdfg/app] no time at all\n");
    assert_int_equal(r.events.n, 2);
    assert_str(event(0)->instance, "crm-api-6d4f-x1");
    assert_str(event(0)->message, "no db");
    assert_str(event(0)->entity, "crm-api");
    assert_str(event(1)->instance, "ivr-auth-v2-bcdfg");
    assert_str(event(1)->entity, "ivr-auth-v2");
    assert_int_equal(r.ledger.lines_accepted, 3);
    assert_int_equal(r.ledger.rejects[KO_REJECT_NO_TIMESTAMP], 1);
    release_result(&r);
}

static void a_local_time_is_moved_by_the_zone_given(void **state)
{
    (void)state;
    struct ko_arena a = {0};
    struct ko_read_options opt = {0};
    assert_int_equal(ko_zone_open(&a, KO_STR("+01:00"), &opt.zone, NULL), KO_OK);
    read_text_with(
        &r, KO_STR("2026-03-14 15:04:00 INFO x\n2026-03-14T14:04:00Z INFO y\n"), &opt);
    assert_int_equal(event(0)->time, at("2026-03-14T14:04:00Z"));
    assert_int_equal(event(1)->time, at("2026-03-14T14:04:00Z"));
    release_result(&r);
    ko_arena_release(&a);
}

static void a_nul_ends_a_record_and_is_counted(void **state)
{
    (void)state;
    read_text_with(&r,
                   KO_STR("2026-03-14 14:04:00 ERROR a\n\tat b\0c\n\tat d\n"
                          "2026-03-14 14:04:01 INFO ok"),
                   NULL);
    assert_int_equal(r.events.n, 2);
    assert_int_equal(r.ledger.rejects[KO_REJECT_NUL_BYTE], 1);
    release_result(&r);
}

static void a_file_cut_anywhere_keeps_its_account(void **state)
{
    (void)state;
    static const char whole[] =
        "banner\n2026-03-14 14:04:00,123 [main] ERROR c.a.Pool - exhausted\n"
        "\tat com.acme.Pool\n\nmore\n<34>1 2026-03-14T14:04:00Z h a - - [m r=\"1\"] x\n"
        "<13>Mar 14 14:04:00 h t[1]: y\nMar 14 14:04:01 h last message repeated 2 times\n"
        "2026-03-14T14:04:00.0Z stdout P a\n2026-03-14T14:04:00.0Z stdout F b\n"
        "1.2.3.4 - - [14/Mar/2026:14:04:01 +0000] \"GET /a HTTP/1.1\" 503 5 \"-\" \"x\" "
        "3\n";
    for (size_t n = 0; n < sizeof whole; n++) {
        read_text_with(&r, (struct ko_str){whole, n}, NULL);
        release_result(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stack_trace_belongs_to_its_record),
        cmocka_unit_test(a_traceback_and_a_go_panic_belong_to_theirs),
        cmocka_unit_test(lines_before_the_first_time_are_rejected_with_their_place),
        cmocka_unit_test(a_record_longer_than_the_cap_swallows_its_rest),
        cmocka_unit_test(each_line_is_read_by_the_format_that_fits_it),
        cmocka_unit_test(a_repeated_message_counts_as_often_as_it_was_sent),
        cmocka_unit_test(a_year_that_is_not_written_is_the_last_one_possible),
        cmocka_unit_test(a_time_without_a_date_is_no_time),
        cmocka_unit_test(a_time_that_cannot_be_is_counted),
        cmocka_unit_test(a_message_that_its_runtime_cut_is_put_together),
        cmocka_unit_test(kubectl_names_the_pod),
        cmocka_unit_test(a_local_time_is_moved_by_the_zone_given),
        cmocka_unit_test(a_nul_ends_a_record_and_is_counted),
        cmocka_unit_test(a_file_cut_anywhere_keeps_its_account),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
