/* Tables of products: queues by interval, contacts, tickets, changes, incidents. */
#include "read_events.h"

static ko_time at(const char *text)
{
    struct ko_stamp stamp;
    assert_int_equal(ko_time_parse(ko_str(text), &stamp), KO_OK);
    return stamp.time;
}

static const struct ko_event *find(const struct reading_result *r, const char *signal)
{
    for (size_t i = 0; i < r->events.n; i++) {
        if (ko_str_eq(r->events.v[i].signal, ko_str(signal)))
            return &r->events.v[i];
    }
    fail_msg("no number called %s", signal);
    return NULL;
}

static void interval_rows_are_counts_and_seconds_of_the_queue(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "\"Queue\",\"Channel\",\"StartInterval\",\"EndInterval\","
                  "\"Contacts queued\",\"Contacts abandoned\",\"Average handle time\","
                  "\"Average queue answer time\",\"Service level 20 seconds\"\n"
                  "\"Billing\",\"VOICE\",\"2026-03-14T14:00:00.000Z\","
                  "\"2026-03-14T14:15:00.000Z\",\"32\",\"4\",\"260\",\"-\",\"87.50\"\n");
    assert_str(r.ledger.format, "connect-metrics");
    assert_int_equal(r.events.n, 4); /* "-" is missing, not 0 */
    const struct ko_event *offered = find(&r, "offered");
    assert_true(offered->value == 32);
    assert_int_equal(offered->metric_kind, KO_METRIC_DELTA);
    assert_str(offered->entity, "Billing");
    assert_true(offered->time == at("2026-03-14T14:00:00Z"));
    assert_true(find(&r, "abandoned")->value == 4);
    assert_true(find(&r, "handle_mean")->value == 260);
    assert_str(find(&r, "handle_mean")->unit, "s");
    assert_true(find(&r, "Service level 20 seconds")->value == 87.5);
    release_result(&r);
}

static void genesys_counts_milliseconds_and_says_what_was_not_over(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "\xef\xbb\xbfInterval Start,Interval End,Interval Complete,Media Type,"
                  "Queue Id,Queue Name,Offer,Abandon,ASA\n"
                  "3/14/26 2:45 PM,3/14/26 3:00 PM,TRUE,voice,q-1,Billing,33,0,14000\n"
                  "3/14/26 3:00 PM,3/14/26 3:15 PM,FALSE,voice,q-1,Billing,7,1,9000\n");
    assert_str(r.ledger.format, "genesys-performance");
    assert_int_equal(r.events.n, 4); /* 3 numbers, and one average of the open interval */
    assert_true(find(&r, "wait_mean")->value == 14);
    assert_true(find(&r, "offered")->value == 33);
    assert_int_equal(r.ledger.remarks.n, 1);
    release_result(&r);
}

static void an_export_that_says_it_is_not_full_is_capped(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "Full Export Completed,Partial Result Timestamp,Filters,Users,Date,"
                  "Initial Direction,First Queue,Abandoned\n"
                  "FALSE,,,,3/14/26 2:45 PM,Inbound,Billing,YES\n");
    assert_int_equal(r.events.n, 1);
    assert_true(r.events.v[0].abandoned);
    assert_str(r.events.v[0].queue, "Billing");
    assert_true(r.ledger.capped);
    release_result(&r);
}

static void a_snapshot_needs_its_moment(void **state)
{
    (void)state;
    static const char text[] = "Queue,In queue,Oldest,Staffed,AHT,SL 60\n"
                               "Billing,12,00:02:10,7,260,80%\n";
    struct reading_result r;
    read_text(&r, text);
    assert_int_equal(r.events.n, 0);
    assert_int_equal(r.ledger.rejects[KO_REJECT_NO_TIMESTAMP], 1);
    assert_int_equal(r.ledger.remarks.n, 1);
    release_result(&r);
    struct ko_read_options opt = {.at = at("2026-03-14T14:10:00Z")};
    read_text_with(&r, ko_str(text), &opt);
    assert_true(find(&r, "queue_depth")->value == 12);
    assert_true(find(&r, "wait_max")->value == 130);
    assert_true(find(&r, "queue_depth")->time == opt.at);
    release_result(&r);
}

static void date_and_time_of_day_of_cxone_are_one_even_after_a_spreadsheet(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r,
              "contact_id,master_contact_id,media_name,ANI_DIALNUM,skill_no,skill_name,"
              "start_date,start_time,InQueue,Agent_Time,ACW_Time,Abandon\n"
              "1,1,Call,+4930,7,Billing,03/14/2026,13:50:05,14,240,20,N\n"
              "2,1,Chat,+4930,7,Billing,03/14/2026,0.576446759,110,0,0,Y\n");
    assert_str(r.ledger.format, "cxone");
    assert_int_equal(r.events.n, 2);
    assert_true(r.events.v[0].time == at("2026-03-14T13:50:05Z"));
    assert_true(r.events.v[1].time == at("2026-03-14T13:50:05Z"));
    assert_int_equal(r.events.v[0].handle, 260 * KO_SECOND);
    assert_int_equal(r.events.v[1].wait, 110 * KO_SECOND);
    assert_true(r.events.v[1].abandoned && r.events.v[1].transferred);
    assert_false(r.events.v[0].abandoned);
    release_result(&r);
}

static void a_caller_who_disconnected_has_abandoned(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,DISPOSITION,ANI,DNIS,"
                  "QUEUE WAIT TIME\n"
                  "300,2026-03-14 13:50,Billing,Inbound,,Caller Disconnected,+49,8,"
                  "00:01:30\n"
                  "301,2026-03-14 13:51,Billing,Inbound,a@b.c,Resolved,+49,8,00:00:05\n");
    assert_int_equal(r.events.n, 2);
    assert_true(r.events.v[0].abandoned);
    assert_int_equal(r.events.v[0].wait, 90 * KO_SECOND);
    assert_int_equal(r.events.v[1].outcome, KO_OUTCOME_OK);
    release_result(&r);
}

static void tickets_are_contacts_and_stations_hand_offs(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "Id,Requester,Requester id,Group,Subject,Via,Created at,Group stations,"
                  "First reply time in minutes\n"
                  "5077,Ann,77,Billing,No,Phone call,2026-03-14 14:08,2,4\n");
    assert_int_equal(r.events.n, 1);
    assert_int_equal(r.events.v[0].kind, KO_EVENT_CONTACT);
    assert_str(r.events.v[0].what, "case");
    assert_str(r.events.v[0].queue, "Billing");
    assert_str(r.events.v[0].customer, "77");
    assert_int_equal(r.events.v[0].wait, 4 * KO_MINUTE);
    assert_true(r.events.v[0].handoff);
    release_result(&r);
}

static void what_stands_below_a_report_is_no_case(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "\"Case Number\",\"Account Name\",\"Subject\",\"Date/Time Opened\","
                  "\"Case Origin\",\"Case Owner\"\n"
                  "\"00005077\",\"c-1\",\"two\nlines\",\"3/14/2026, 2:08 PM\",\"Phone\","
                  "\"ann@example.com\"\n\n"
                  "\"Grand Totals (1 records)\"\n\"Confidential Information\"\n");
    assert_int_equal(r.events.n, 1);
    assert_int_equal(r.ledger.lines_rejected, 0);
    assert_int_equal(r.events.v[0].queue.n, 0); /* no mail address names a queue */
    assert_str(r.events.v[0].channel, "Phone");
    release_result(&r);
}

static void
columns_of_one_name_are_one_list_and_the_change_began_when_it_says(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "Issue Type,Issue key,Issue id,Summary,Created,Labels,Labels,"
                  "Component/s,Component/s,Custom field (Change start date)\n"
                  "Change,CHG-7,1,Pool,14/Mar/26 2:55 PM,crm,db,crm-api,crm-db,"
                  "14/Mar/26 3:02 PM\n");
    assert_int_equal(r.events.n, 1);
    assert_true(r.events.v[0].time == at("2026-03-14T15:02:00Z"));
    assert_str(r.events.v[0].entity, "crm-api");
    assert_str(r.events.v[0].link, "crm-api, crm-db crm, db");
    assert_str(r.events.v[0].id, "CHG-7");
    release_result(&r);
}

static void the_actual_start_comes_before_the_planned_one(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "\"number\",\"short_description\",\"state\",\"cmdb_ci\",\"start_date\","
                  "\"work_start\",\"opened_at\",\"resolved_at\"\n"
                  "\"CHG1\",\"a\",\"Closed\",\"crm\",\"2026-03-14 15:00:00\","
                  "\"2026-03-14 15:02:10\",\"\",\"\"\n"
                  "\"CHG2\",\"b\",\"Canceled\",\"crm\",\"2026-03-14 15:00:00\",\"\",\"\","
                  "\"\"\n"
                  "\"INC1\",\"c\",\"Closed\",\"crm\",\"\",\"\",\"2026-03-14 15:10:00\","
                  "\"2026-03-14 15:44:00\"\n");
    assert_int_equal(r.ledger.lines_accepted, 3);
    assert_int_equal(r.events.n, 3);
    assert_true(r.events.v[0].time == at("2026-03-14T15:02:10Z"));
    assert_int_equal(r.events.v[1].kind, KO_EVENT_INCIDENT);
    assert_str(r.events.v[2].what, "resolved");
    release_result(&r);
}

static void analytics_of_pagerduty_are_utc_and_tell_when_it_was_acknowledged(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "incident_number,description,service_name,created_at,resolved_at,"
                  "seconds_to_first_ack,seconds_to_resolve\n"
                  "1234,Slow,crm,2026-03-14T14:11:02,2026-03-14T14:44:30,518,2008\n"
                  "1235,Slow,crm,2026-03-14T15:00:00,,,60\n");
    assert_int_equal(r.events.n, 5);
    assert_true(r.events.v[1].time == at("2026-03-14T14:19:40Z"));
    assert_str(r.events.v[1].what, "acknowledged");
    assert_true(r.events.v[4].time == at("2026-03-14T15:01:00Z"));
    assert_true(r.events.v[0].has_zone);
    release_result(&r);
}

static void the_user_may_say_what_a_column_is(void **state)
{
    (void)state;
    struct reading_result r;
    struct ko_read_options opt = {.field_map = KO_STR("time=created,service=team")};
    read_text_with(
        &r, ko_str("issue key,summary,created,team\nX-1,a,2026-03-14T14:00:00Z,web\n"),
        &opt);
    assert_int_equal(r.events.n, 1);
    assert_str(r.events.v[0].entity, "web");
    release_result(&r);
}

static void commits_are_weak_changes(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "0123456789abcdef0123456789abcdef01234567\t2026-03-14T15:01:00+01:00\t"
                  "Ann\tpool: set to 5\n"
                  "0123456789abcdef\t2026-03-14T14:00:00Z\tBob\t\n"
                  "0123456789abcdef\tyesterday\tBob\tx\nno tabs\n");
    assert_str(r.ledger.format, "git-log");
    assert_int_equal(r.events.n, 2);
    assert_str(r.events.v[0].what, "commit");
    assert_str(r.events.v[0].message, "pool: set to 5");
    assert_true(r.events.v[0].time == at("2026-03-14T14:01:00Z"));
    assert_int_equal(r.events.v[0].entity.n, 0);
    assert_int_equal(r.ledger.lines_rejected, 2);
    release_result(&r);
}

static void tables_cut_anywhere_are_accounted_for(void **state)
{
    (void)state;
    struct ko_str whole =
        ko_str("Issue Type,Issue key,Summary,Created,Component/s,Component/s\n"
               "Change,CHG-7,\"a\nb\",14/Mar/26 2:55 PM,crm-api,crm-db\n"
               "Change,CHG-8,c\n");
    for (size_t n = 0; n <= whole.n; n++) {
        struct reading_result r;
        read_text_with(&r, ko_str_sub(whole, 0, n), NULL);
        release_result(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(interval_rows_are_counts_and_seconds_of_the_queue),
        cmocka_unit_test(genesys_counts_milliseconds_and_says_what_was_not_over),
        cmocka_unit_test(an_export_that_says_it_is_not_full_is_capped),
        cmocka_unit_test(a_snapshot_needs_its_moment),
        cmocka_unit_test(date_and_time_of_day_of_cxone_are_one_even_after_a_spreadsheet),
        cmocka_unit_test(a_caller_who_disconnected_has_abandoned),
        cmocka_unit_test(tickets_are_contacts_and_stations_hand_offs),
        cmocka_unit_test(what_stands_below_a_report_is_no_case),
        cmocka_unit_test(
            columns_of_one_name_are_one_list_and_the_change_began_when_it_says),
        cmocka_unit_test(the_actual_start_comes_before_the_planned_one),
        cmocka_unit_test(
            analytics_of_pagerduty_are_utc_and_tell_when_it_was_acknowledged),
        cmocka_unit_test(the_user_may_say_what_a_column_is),
        cmocka_unit_test(commits_are_weak_changes),
        cmocka_unit_test(tables_cut_anywhere_are_accounted_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
