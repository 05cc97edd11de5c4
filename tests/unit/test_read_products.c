/* Records of products: contacts, bots, changes, incidents, as their manuals write them.
 */
#include "read_events.h"

static const struct ko_event *only_event(struct reading_result *r, const char *text)
{
    read_text(r, text);
    assert_int_equal(r->ledger.lines_rejected, 0);
    assert_int_equal(r->events.n, 1);
    return &r->events.v[0];
}

static ko_time at(const char *text)
{
    struct ko_stamp stamp;
    assert_int_equal(ko_time_parse(ko_str(text), &stamp), KO_OK);
    return stamp.time;
}

/* ---- Amazon Connect ---- */

#define CTR                                                                              \
    "{\"AWSContactTraceRecordFormatVersion\":\"2017-03-10\",\"ContactId\":\"c1\","       \
    "\"Channel\":\"VOICE\",\"InitiationMethod\":\"INBOUND\","                            \
    "\"InitiationTimestamp\":\"2026-03-14T14:00:05Z\","                                  \
    "\"LastUpdateTimestamp\":\"2026-03-14T14:05:00Z\","                                  \
    "\"CustomerEndpoint\":{\"Address\":\"+4930123\",\"Type\":\"TELEPHONE_NUMBER\"},"     \
    "\"Queue\":{\"Name\":\"Billing\",\"Duration\":110},"

static void a_queued_contact_without_an_agent_is_abandoned(void **state)
{
    (void)state;
    struct reading_result r;
    const struct ko_event *ev =
        only_event(&r, CTR "\"Agent\":null,\"AgentConnectionAttempts\":0,"
                           "\"Attributes\":{\"customerId\":\"k7\",\"region\":\"eu\","
                           "\"botFallback\":\"true\",\"authenticated\":\"false\"}}");
    assert_int_equal(ev->kind, KO_EVENT_CONTACT);
    assert_str(r.ledger.format, "connect-contact");
    assert_true(ev->abandoned && ev->fallback && ev->auth_failed && !ev->transferred);
    assert_int_equal(ev->outcome, KO_OUTCOME_BAD);
    assert_str(ev->queue, "Billing");
    assert_str(ev->customer, "k7");
    assert_str(ev->region, "eu");
    assert_str(ev->channel, "VOICE");
    assert_int_equal(ev->wait, 110 * KO_SECOND);
    assert_true(ev->handle < 0);
    assert_true(ev->time == at("2026-03-14T14:00:05Z"));
    release_result(&r);
}

static void handle_time_is_talk_hold_and_work_after_it(void **state)
{
    (void)state;
    struct reading_result r;
    const struct ko_event *ev = only_event(
        &r, CTR "\"Agent\":{\"ConnectedToAgentTimestamp\":\"2026-03-14T14:02:00Z\","
                "\"AgentInteractionDuration\":200,\"CustomerHoldDuration\":30,"
                "\"AfterContactWorkDuration\":20},\"AgentConnectionAttempts\":2,"
                "\"Attributes\":{}}");
    assert_int_equal(ev->handle, 250 * KO_SECOND);
    assert_int_equal(ev->attempt, 2);
    assert_false(ev->abandoned);
    assert_int_equal(ev->outcome, KO_OUTCOME_OK);
    assert_str(ev->customer, "+4930123"); /* only ever hashed */
    release_result(&r);
}

static void a_contact_that_moved_on_is_transferred_and_not_abandoned(void **state)
{
    (void)state;
    struct reading_result r;
    const struct ko_event *ev =
        only_event(&r, CTR "\"Agent\":null,\"NextContactId\":\"c2\"}");
    assert_true(ev->transferred && !ev->abandoned && !ev->handoff_failed);
    release_result(&r);
}

static void contact_events_match_keys_in_any_case_and_inside_their_envelope(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(
        &r,
        "{\"version\":\"0\",\"detail-type\":\"Amazon Connect Contact Event\","
        "\"time\":\"2026-03-14T14:00:00Z\",\"detail\":{\"eventType\":\"DISCONNECTED\","
        "\"contactId\":\"c1\",\"channel\":\"Voice\","
        "\"initiationTimestamp\":\"2026-03-14T13:58:00Z\","
        "\"queueInfo\":{\"queueArn\":\"arn:aws:connect:x:queue/q7\","
        "\"enqueueTimestamp\":\"2026-03-14T13:58:10Z\"}}}\n"
        "{\"EventType\":\"CONNECTED_TO_AGENT\",\"ContactId\":\"c2\","
        "\"InitiationTimestamp\":\"2026-03-14T13:59:00Z\","
        "\"QueueInfo\":{\"QueueArn\":\"arn:aws:connect:x:queue/q7\","
        "\"EnqueueTimestamp\":\"2026-03-14T13:59:05Z\"},"
        "\"AgentInfo\":{\"ConnectedToAgentTimestamp\":\"2026-03-14T13:59:35Z\"}}\n");
    assert_int_equal(r.events.n, 2);
    assert_true(r.events.v[0].abandoned);
    assert_str(r.events.v[0].queue, "q7");
    assert_true(r.events.v[0].time == at("2026-03-14T13:58:00Z"));
    assert_false(r.events.v[1].abandoned);
    assert_int_equal(r.events.v[1].wait, 30 * KO_SECOND);
    assert_int_equal(r.events.v[1].outcome, KO_OUTCOME_OK);
    release_result(&r);
}

static void a_flow_step_that_asked_a_function_is_a_call(void **state)
{
    (void)state;
    struct reading_result r;
    const struct ko_event *ev =
        only_event(&r, "{\"logStreamName\":\"s\",\"timestamp\":1773497040000,\"message\":"
                       "\"{\\\"ContactId\\\":\\\"c1\\\",\\\"ContactFlowId\\\":\\\"f\\\","
                       "\\\"ContactFlowName\\\":\\\"Billing flow\\\","
                       "\\\"ContactFlowModuleType\\\":\\\"InvokeExternalResource\\\","
                       "\\\"Timestamp\\\":\\\"2026-03-14T14:04:00.123Z\\\","
                       "\\\"Parameters\\\":{\\\"FunctionArn\\\":"
                       "\\\"arn:aws:lambda:eu:1:function:crm-lookup\\\"},"
                       "\\\"Results\\\":\\\"Timed out\\\"}\"}");
    assert_int_equal(ev->kind, KO_EVENT_LOG);
    assert_str(ev->entity, "Billing flow");
    assert_str(ev->peer, "crm-lookup");
    assert_str(ev->session, "c1");
    assert_int_equal(ev->outcome, KO_OUTCOME_BAD);
    release_result(&r);
}

/* ---- other contact centres ---- */

static void a_genesys_conversation_sums_its_sessions(void **state)
{
    (void)state;
    struct reading_result r;
    const struct ko_event *ev = only_event(
        &r, "{\"conversations\":[{\"conversationId\":\"g1\","
            "\"conversationStart\":\"2026-03-14T14:00:00.000Z\",\"participants\":["
            "{\"purpose\":\"customer\",\"externalContactId\":\"x9\",\"sessions\":["
            "{\"mediaType\":\"voice\",\"ani\":\"tel:+49301\"}]},"
            "{\"purpose\":\"acd\",\"participantName\":\"Billing\",\"sessions\":["
            "{\"mediaType\":\"voice\",\"segments\":[{\"segmentType\":\"interact\"}],"
            "\"metrics\":[{\"name\":\"tAcd\",\"value\":61000},{\"name\":\"tAbandon\","
            "\"value\":61000}]}]}]}],\"totalHits\":1}");
    assert_true(ev->abandoned);
    assert_str(ev->queue, "Billing");
    assert_str(ev->customer, "x9");
    assert_str(ev->channel, "voice");
    assert_int_equal(ev->wait, 61 * KO_SECOND);
    release_result(&r);
}

static void a_queue_id_of_genesys_becomes_an_alias_of_its_name(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "{\"conversationId\":\"g1\",\"conversationStart\":"
                  "\"2026-03-14T14:00:00Z\",\"participants\":[{\"purpose\":\"acd\","
                  "\"participantName\":\"Billing\",\"sessions\":[{\"segments\":["
                  "{\"queueId\":\"7b\"}],\"metrics\":[{\"name\":\"tTalk\",\"value\":"
                  "2000},{\"name\":\"nTransferred\",\"value\":1}]}]}]}");
    assert_int_equal(r.events.n, 2);
    assert_int_equal(r.events.v[0].kind, KO_EVENT_ENTITY);
    assert_str(r.events.v[0].entity, "7b");
    assert_str(r.events.v[0].message, "Billing");
    assert_true(r.events.v[1].transferred);
    assert_int_equal(r.events.v[1].handle, 2 * KO_SECOND);
    release_result(&r);
}

static void a_twilio_task_that_was_canceled_is_abandoned(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r,
              "{\"events\":[{\"event_type\":\"task.canceled\",\"event_date_ms\":"
              "1773497040000,\"event_data\":{\"task_sid\":\"WT1\",\"task_age\":\"40\","
              "\"task_queue_name\":\"Billing\",\"task_attributes\":"
              "\"{\\\"customer_id\\\":\\\"k1\\\"}\"}},{\"event_type\":\"worker.activity."
              "update\",\"event_date_ms\":1773497040000}],\"meta\":{}}");
    assert_int_equal(r.events.n, 1);
    assert_true(r.events.v[0].abandoned);
    assert_str(r.events.v[0].queue, "Billing");
    assert_str(r.events.v[0].customer, "k1");
    assert_true(r.events.v[0].time == 1773497000000 * KO_MS);
    release_result(&r);
}

/* ---- bots ---- */

static void a_missed_utterance_and_a_fallback_intent_are_fallbacks(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(
        &r,
        "{\"messageVersion\":\"1.0\",\"botName\":\"pay\",\"timestamp\":"
        "\"2026-03-14T14:00:00Z\",\"missedUtterance\":true,\"userId\":\"u\"}\n"
        "{\"messageVersion\":\"2.0\",\"bot\":{\"name\":\"pay\"},\"timestamp\":"
        "\"2026-03-14T14:00:01Z\",\"missedUtterance\":false,\"sessionState\":{\"intent\":"
        "{\"name\":\"FallbackIntent\"},\"sessionAttributes\":{\"ContactId\":\"c1\"}}}\n"
        "{\"responseId\":\"d\",\"timestamp\":\"2026-03-14T14:00:02Z\",\"session\":"
        "\"projects/pay-bot/agent/sessions/s1\",\"queryResult\":{\"intent\":"
        "{\"displayName\":\"Default Fallback Intent\",\"isFallback\":true}}}\n"
        "{\"insertId\":\"i\",\"timestamp\":\"2026-03-14T14:00:03Z\",\"jsonPayload\":"
        "{\"queryResult\":{\"match\":{\"matchType\":\"NO_MATCH\"}}}}\n"
        "{\"id\":\"e\",\"timestamp\":\"2026-03-14T14:00:04Z\",\"sessionId\":\"s\","
        "\"result\":{\"metadata\":{\"isFallbackIntent\":\"false\","
        "\"intentName\":\"pay\"}}}\n");
    assert_int_equal(r.events.n, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(r.events.v[i].kind, KO_EVENT_CONTACT);
        assert_true(r.events.v[i].fallback == (i < 4));
        assert_str(r.events.v[i].what, "bot");
    }
    assert_str(r.events.v[1].session, "c1");
    assert_str(r.events.v[2].entity, "pay-bot");
    release_result(&r);
}

/* ---- changes ---- */

static void only_states_that_end_a_deployment_are_changes(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(
        &r,
        "{\"deployment_status\":{\"state\":\"pending\",\"created_at\":"
        "\"2026-03-14T14:00:00Z\"},\"deployment\":{\"sha\":\"abc\",\"ref\":\"v2\"},"
        "\"repository\":{\"name\":\"crm\"}}\n"
        "{\"deployment_status\":{\"state\":\"failure\",\"created_at\":"
        "\"2026-03-14T14:02:00Z\"},\"deployment\":{\"sha\":\"abc\",\"ref\":\"v2\","
        "\"environment\":\"production\"},\"repository\":{\"name\":\"crm\"}}\n"
        "{\"object_kind\":\"deployment\",\"status\":\"running\",\"status_changed_at\":"
        "\"2026-03-14 14:00:00 +0000\",\"project\":{\"name\":\"crm\"}}\n"
        "{\"object_kind\":\"deployment\",\"status\":\"success\",\"status_changed_at\":"
        "\"2026-03-14 15:03:00 +0100\",\"project\":{\"path_with_namespace\":"
        "\"acme/crm\"},\"ref\":\"main\"}\n");
    assert_int_equal(r.ledger.lines_accepted, 4);
    assert_int_equal(r.events.n, 2);
    assert_str(r.events.v[0].message, "deploy v2 to production failure");
    assert_true(r.events.v[1].time == at("2026-03-14T14:03:00Z"));
    assert_str(r.events.v[1].entity, "crm");
    release_result(&r);
}

static void argo_tells_its_history_and_a_sync_that_failed(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r,
              "{\"kind\":\"Application\",\"metadata\":{\"name\":\"crm\"},\"status\":{"
              "\"history\":[{\"id\":1,\"revision\":\"aa\",\"deployedAt\":"
              "\"2026-03-14T14:02:10Z\",\"initiatedBy\":{\"automated\":true}},"
              "{\"id\":2}],\"operationState\":{\"phase\":\"Failed\",\"finishedAt\":"
              "\"2026-03-14T14:09:00Z\",\"message\":\"one or more objects failed\"}}}");
    assert_int_equal(r.events.n, 2);
    assert_str(r.events.v[0].message, "automatic sync to aa");
    assert_str(r.events.v[1].message, "sync failed: one or more objects failed");
    release_result(&r);
}

static void helm_names_its_release_by_its_chart(void **state)
{
    (void)state;
    struct reading_result r;
    const struct ko_event *ev = only_event(
        &r, "[{\"revision\":3,\"updated\":\"2026-03-14T15:02:10.5+01:00\",\"status\":"
            "\"deployed\",\"chart\":\"crm-api-2.31.0\",\"app_version\":\"2.31.0\","
            "\"description\":\"Upgrade complete\"}]");
    assert_str(ev->entity, "crm-api");
    assert_str(ev->version, "2.31.0");
    assert_true(ev->time == at("2026-03-14T14:02:10.5Z"));
    release_result(&r);
}

static void a_call_that_reads_or_fails_is_said_but_is_no_change(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r,
              "{\"Records\":[{\"eventVersion\":\"1.08\",\"eventTime\":"
              "\"2026-03-14T14:02:05Z\",\"eventSource\":\"ssm.amazonaws.com\","
              "\"eventName\":\"PutParameter\",\"readOnly\":false,\"requestParameters\":"
              "{\"name\":\"/crm/pool\"}},"
              "{\"eventVersion\":\"1.08\",\"eventTime\":\"2026-03-14T14:02:06Z\","
              "\"eventSource\":\"ec2.amazonaws.com\",\"eventName\":\"DescribeVolumes\"},"
              "{\"eventVersion\":\"1.08\",\"eventTime\":\"2026-03-14T14:02:07Z\","
              "\"eventSource\":\"ec2.amazonaws.com\",\"eventName\":\"StopInstances\","
              "\"readOnly\":false,\"errorCode\":\"AccessDenied\"}]}");
    assert_int_equal(r.events.n, 3);
    assert_int_equal(r.events.v[0].kind, KO_EVENT_CHANGE);
    assert_str(r.events.v[0].message, "PutParameter /crm/pool");
    assert_int_equal(r.events.v[1].kind, KO_EVENT_LOG);
    assert_int_equal(r.events.v[2].kind, KO_EVENT_LOG);
    assert_int_equal(r.events.v[2].severity, KO_SEV_ERROR);
    release_result(&r);
}

static void both_apis_of_kubernetes_events_and_null_times_are_read(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(
        &r,
        "{\"kind\":\"List\",\"items\":[{\"kind\":\"Event\",\"involvedObject\":{"
        "\"kind\":\"Deployment\",\"name\":\"crm\"},\"reason\":\"ScalingReplicaSet\","
        "\"message\":\"Scaled up\",\"type\":\"Normal\",\"firstTimestamp\":"
        "\"2026-03-14T14:02:11Z\",\"eventTime\":null},"
        "{\"kind\":\"Event\",\"regarding\":{\"kind\":\"Pod\",\"name\":\"crm-1\"},"
        "\"reason\":\"BackOff\",\"note\":\"Back-off restarting\",\"type\":\"Warning\","
        "\"deprecatedFirstTimestamp\":null,\"eventTime\":"
        "\"2026-03-14T14:06:00.123456Z\",\"series\":{\"count\":37,"
        "\"lastObservedTime\":\"2026-03-14T14:41:10.000000Z\"}},"
        "{\"kind\":\"Event\",\"regarding\":{\"kind\":\"Pod\",\"name\":\"crm-1\"},"
        "\"reason\":\"Pulled\",\"type\":\"Normal\","
        "\"eventTime\":\"2026-03-14T14:06:01Z\"}]}");
    assert_int_equal(r.events.n, 4);
    assert_int_equal(r.events.v[0].kind, KO_EVENT_CHANGE);
    assert_int_equal(r.events.v[1].severity, KO_SEV_WARN);
    assert_str(r.events.v[1].message, "BackOff Back-off restarting");
    assert_true(r.events.v[2].time == at("2026-03-14T14:41:10Z"));
    assert_int_equal(r.events.v[3].kind, KO_EVENT_LOG);
    release_result(&r);
}

static void
a_flag_names_its_environment_and_a_service_of_cdevents_its_artifact(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(
        &r, "{\"_id\":\"1\",\"date\":1773496720000,\"kind\":\"flag\",\"name\":\"rail\","
            "\"titleVerb\":\"turned on the flag\",\"accesses\":[{\"resource\":"
            "\"proj/p:env/production:flag/rail\"}],\"member\":{\"email\":\"a@b.c\"}}\n"
            "{\"context\":{\"specversion\":\"0.4.1\",\"id\":\"i\",\"type\":"
            "\"dev.cdevents.service.deployed.0.2.0\",\"timestamp\":"
            "\"2026-03-14T14:02:10Z\"},\"subject\":{\"id\":\"ns/crm\",\"content\":{"
            "\"environment\":{\"id\":\"prod\"},\"artifactId\":\"pkg:oci/crm@2\"}}}\n"
            "{\"context\":{\"specversion\":\"0.4.1\",\"id\":\"j\",\"type\":"
            "\"dev.cdevents.incident.resolved.0.2.0\",\"timestamp\":"
            "\"2026-03-14T14:44:10Z\"},\"subject\":{\"id\":\"inc-1\",\"content\":{}}}\n");
    assert_int_equal(r.events.n, 3);
    assert_str(r.events.v[0].message, "turned on the flag rail in production");
    assert_str(r.events.v[1].entity, "crm");
    assert_str(r.events.v[1].version, "pkg:oci/crm@2");
    assert_int_equal(r.events.v[2].kind, KO_EVENT_INCIDENT);
    assert_str(r.events.v[2].what, "resolved");
    release_result(&r);
}

static void a_change_event_is_told_of_each_service(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(
        &r, "{\"change_events\":[{\"summary\":\"Deploy v2\",\"timestamp\":"
            "\"2026-03-14T14:02:10Z\",\"services\":[{\"id\":\"P1\",\"summary\":\"crm\"},"
            "{\"id\":\"P2\"}]}]}\n");
    assert_int_equal(r.events.n, 3);
    assert_str(r.events.v[0].entity, "P1"); /* alias */
    assert_str(r.events.v[1].entity, "crm");
    assert_str(r.events.v[2].entity, "P2");
    release_result(&r);
    const struct ko_event *ev = only_event(
        &r, "{\"routing_key\":\"k\",\"payload\":{\"summary\":\"Build 7\",\"timestamp\":"
            "\"2015-07-17T08:42:58.315+0000\",\"source\":\"ci\"}}");
    assert_int_equal(ev->kind, KO_EVENT_CHANGE);
    release_result(&r);
}

/* ---- incidents ---- */

static const char *const incident_samples[] = {
    "{\"incident_number\":7,\"title\":\"t\",\"created_at\":\"2026-03-14T14:00:00Z\","
    "\"status\":\"resolved\",\"last_status_change_at\":\"2026-03-14T14:44:00Z\","
    "\"service\":{\"summary\":\"crm\"},\"acknowledgements\":[{\"at\":"
    "\"2026-03-14T14:05:00Z\",\"acknowledger\":{\"summary\":\"Ann\"}}]}",
    "{\"tinyId\":\"7\",\"message\":\"t\",\"createdAt\":\"2026-03-14T14:00:00Z\","
    "\"status\":\"closed\",\"report\":{\"ackTime\":300000,\"closeTime\":2640000}}",
    "{\"reference\":\"INC-7\",\"name\":\"t\",\"incident_timestamp_values\":["
    "{\"incident_timestamp\":{\"name\":\"Reported at\"},\"value\":{\"value\":"
    "\"2026-03-14T14:00:00Z\"}},{\"incident_timestamp\":{\"name\":\"Accepted at\"},"
    "\"value\":{\"value\":\"2026-03-14T14:05:00Z\"}},{\"incident_timestamp\":{\"name\":"
    "\"Resolved at\"},\"value\":{\"value\":\"2026-03-14T14:44:00Z\"}},"
    "{\"incident_timestamp\":{\"name\":\"Closed at\"},\"value\":null}]}",
    "{\"log_entries\":[{\"type\":\"trigger_log_entry\",\"created_at\":"
    "\"2026-03-14T14:00:00Z\"},{\"type\":\"acknowledge_log_entry\",\"created_at\":"
    "\"2026-03-14T14:05:00Z\"},{\"type\":\"resolve_log_entry\",\"created_at\":"
    "\"2026-03-14T14:44:00Z\"}],\"more\":false}",
};

static void incidents_are_opened_acknowledged_and_resolved(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof incident_samples / sizeof *incident_samples; i++) {
        struct reading_result r;
        read_text(&r, incident_samples[i]);
        assert_int_equal(r.events.n, 3);
        assert_str(r.events.v[0].what, "opened");
        assert_true(r.events.v[0].time == at("2026-03-14T14:00:00Z"));
        assert_str(r.events.v[1].what, "acknowledged");
        assert_true(r.events.v[1].time == at("2026-03-14T14:05:00Z"));
        assert_str(r.events.v[2].what, "resolved");
        assert_true(r.events.v[2].time == at("2026-03-14T14:44:00Z"));
        release_result(&r);
    }
}

static void an_alert_that_fires_has_no_end_yet(void **state)
{
    (void)state;
    struct reading_result r;
    const struct ko_event *ev = only_event(
        &r, "[{\"fingerprint\":\"f\",\"startsAt\":\"2026-03-14T14:00:00Z\",\"endsAt\":"
            "\"2026-03-14T18:00:00Z\",\"status\":{\"state\":\"active\"},\"labels\":{"
            "\"alertname\":\"Slow\",\"service\":\"crm\"},\"annotations\":{}}]");
    assert_str(ev->what, "opened");
    assert_str(ev->entity, "crm");
    release_result(&r);
}

static void a_status_page_tells_what_customers_were_told(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r,
              "{\"page\":{\"id\":\"p\"},\"incidents\":[{\"id\":\"i\",\"name\":\"Slow\","
              "\"created_at\":\"2026-03-14T14:20:00Z\",\"resolved_at\":null,"
              "\"incident_updates\":[{\"status\":\"investigating\",\"body\":\"we look\","
              "\"created_at\":\"2026-03-14T14:20:00Z\"}],"
              "\"components\":[{\"name\":\"Billing\"}]}]}");
    assert_int_equal(r.events.n, 2);
    assert_str(r.events.v[0].entity, "Billing");
    assert_str(r.events.v[1].what, "noted");
    assert_str(r.events.v[1].message, "told to customers: investigating we look");
    release_result(&r);
}

/* ---- hostile ---- */

static void records_cut_anywhere_are_accounted_for(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof incident_samples / sizeof *incident_samples; i++) {
        struct ko_str whole = ko_str(incident_samples[i]);
        for (size_t n = 0; n < whole.n; n++) {
            struct reading_result r;
            read_text_with(&r, ko_str_sub(whole, 0, n), NULL);
            release_result(&r);
        }
    }
}

static void members_of_other_types_than_expected_are_not_there(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{\"AWSContactTraceRecordFormatVersion\":1,\"ContactId\":{},\"Queue\":[],"
        "\"InitiationTimestamp\":\"2026-03-14T14:00:00Z\",\"Agent\":\"x\","
        "\"Attributes\":[1]}",
        "{\"conversationId\":1,\"conversationStart\":\"2026-03-14T14:00:00Z\","
        "\"participants\":[1,null,{\"sessions\":{}},{\"sessions\":[[]]}]}",
        "{\"kind\":\"Application\",\"metadata\":[],\"status\":{\"history\":[1,\"a\"]}}",
        "{\"titleVerb\":1,\"date\":1773496720000,\"name\":[],\"title\":{},\"accesses\":{}"
        "}",
        "{\"services\":[null,3],\"type\":\"change_event\",\"timestamp\":"
        "\"2026-03-14T14:00:00Z\"}",
        "{\"tinyId\":{},\"createdAt\":1773496720000,\"report\":[],\"responders\":{}}",
        "{\"incident_number\":[],\"created_at\":\"2026-03-14T14:00:00Z\",\"teams\":"
        "\"x\"}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading_result r;
        read_text(&r, texts[i]);
        release_result(&r);
    }
}

static void a_record_without_its_time_is_rejected_for_that(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r,
              CTR "\"x\":1}\n"
                  "{\"tinyId\":\"1\",\"createdAt\":\"noon\"}\n"
                  "{\"titleVerb\":\"a\",\"name\":\"b\",\"date\":null,\"title\":\"t\"}\n");
    assert_int_equal(r.ledger.rejects[KO_REJECT_BAD_TIMESTAMP], 1);
    release_result(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_queued_contact_without_an_agent_is_abandoned),
        cmocka_unit_test(handle_time_is_talk_hold_and_work_after_it),
        cmocka_unit_test(a_contact_that_moved_on_is_transferred_and_not_abandoned),
        cmocka_unit_test(contact_events_match_keys_in_any_case_and_inside_their_envelope),
        cmocka_unit_test(a_flow_step_that_asked_a_function_is_a_call),
        cmocka_unit_test(a_genesys_conversation_sums_its_sessions),
        cmocka_unit_test(a_queue_id_of_genesys_becomes_an_alias_of_its_name),
        cmocka_unit_test(a_twilio_task_that_was_canceled_is_abandoned),
        cmocka_unit_test(a_missed_utterance_and_a_fallback_intent_are_fallbacks),
        cmocka_unit_test(only_states_that_end_a_deployment_are_changes),
        cmocka_unit_test(argo_tells_its_history_and_a_sync_that_failed),
        cmocka_unit_test(helm_names_its_release_by_its_chart),
        cmocka_unit_test(a_call_that_reads_or_fails_is_said_but_is_no_change),
        cmocka_unit_test(both_apis_of_kubernetes_events_and_null_times_are_read),
        cmocka_unit_test(
            a_flag_names_its_environment_and_a_service_of_cdevents_its_artifact),
        cmocka_unit_test(a_change_event_is_told_of_each_service),
        cmocka_unit_test(incidents_are_opened_acknowledged_and_resolved),
        cmocka_unit_test(an_alert_that_fires_has_no_end_yet),
        cmocka_unit_test(a_status_page_tells_what_customers_were_told),
        cmocka_unit_test(records_cut_anywhere_are_accounted_for),
        cmocka_unit_test(members_of_other_types_than_expected_are_not_there),
        cmocka_unit_test(a_record_without_its_time_is_rejected_for_that),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
