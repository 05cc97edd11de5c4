/* Owners, other names and dependencies as catalogs tell them. */
#include "read_events.h"

#include "read/declare.h"

static bool has_edge(const struct reading_result *r, const char *caller,
                     const char *callee)
{
    for (size_t i = 0; i < r->events.n; i++) {
        const struct ko_event *ev = &r->events.v[i];
        if (ev->kind == KO_EVENT_EDGE && ko_str_eq(ev->entity, ko_str(caller)) &&
            ko_str_eq(ev->peer, ko_str(callee)))
            return true;
    }
    return false;
}

static bool has_alias(const struct reading_result *r, const char *alias, const char *name)
{
    for (size_t i = 0; i < r->events.n; i++) {
        const struct ko_event *ev = &r->events.v[i];
        if (ev->kind == KO_EVENT_ENTITY && ko_str_eq(ev->entity, ko_str(alias)) &&
            ko_str_eq(ev->message, ko_str(name)))
            return true;
    }
    return false;
}

static struct ko_str owner_of(const struct reading_result *r, const char *name)
{
    for (size_t i = 0; i < r->events.n; i++) {
        const struct ko_event *ev = &r->events.v[i];
        if (ev->kind == KO_EVENT_ENTITY && ev->message.n == 0 &&
            ko_str_eq(ev->entity, ko_str(name)))
            return ev->owner;
    }
    return (struct ko_str){0};
}

static void owners_lose_kind_namespace_and_organisation(void **state)
{
    (void)state;
    assert_str(ko_owner_name(KO_STR("group:default/team-crm")), "team-crm");
    assert_str(ko_owner_name(KO_STR("user:jo")), "jo");
    assert_str(ko_owner_name(KO_STR("@acme/team-crm")), "team-crm");
    assert_str(ko_owner_name(KO_STR("@acme/care/team-crm")), "team-crm");
    assert_str(ko_owner_name(KO_STR("@jo")), "jo");
    assert_str(ko_owner_name(KO_STR(" Team CRM / EMEA ")), "Team CRM / EMEA");
    assert_str(ko_owner_name(KO_STR("crm@example.com")), "crm@example.com");
    assert_str(ko_owner_name(KO_STR("https://x/y")), "https://x/y");
    assert_str(ko_owner_name(KO_STR("")), "");
}

static void references_of_backstage_are_resolved(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(
        &r,
        "{\"items\":[{\"apiVersion\":\"backstage.io/v1beta1\",\"kind\":\"component\","
        "\"metadata\":{\"name\":\"web\",\"annotations\":{\"pagerduty.com/service-id\":"
        "\"PWEB\"}},\"spec\":{\"type\":\"website\",\"owner\":\"Group:care/team-web\","
        "\"dependsOn\":[\"Resource:default/db\",\"component:auth\"],"
        "\"consumesApis\":[\"default/crm\",\"component:lookup\"]}},"
        "{\"apiVersion\":\"backstage.io/v1alpha1\",\"kind\":\"Component\","
        "\"metadata\":{\"name\":\"crm-api\"},\"spec\":{\"providesApis\":[\"crm\"]}},"
        "{\"apiVersion\":\"backstage.io/v1alpha1\",\"kind\":\"Group\","
        "\"metadata\":{\"name\":\"team-web\"},\"spec\":{}}]}");
    assert_str(owner_of(&r, "web"), "team-web");
    assert_true(has_alias(&r, "PWEB", "web"));
    assert_true(has_edge(&r, "web", "db"));
    assert_true(has_edge(&r, "web", "auth"));
    assert_true(has_edge(&r, "web", "lookup"));
    assert_true(has_edge(&r, "web", "api:crm"));
    assert_true(has_alias(&r, "api:crm", "crm-api"));
    release_result(&r);
}

static void the_last_pattern_that_matches_owns(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r,
              "# who\n* @acme/sre\n/services/crm-api/ @acme/team-crm crm@example.com\n"
              "/services/ivr/ @acme/a\n/services/ivr @acme/b # moved\n"
              "*.sql @acme/dba\n/services/free/\n");
    assert_str(r.ledger.format, "codeowners");
    assert_str(owner_of(&r, "crm-api"), "team-crm");
    assert_str(r.events.v[0].contact, "crm@example.com");
    assert_str(owner_of(&r, "ivr"), "b");
    assert_str(owner_of(&r, "free"), "");
    release_result(&r);
    read_text(&r, "/services/crm-api/ @acme/team-crm\n/services/*/ @acme/all\n");
    assert_str(owner_of(&r, "crm-api"), "all");
    release_result(&r);
    read_text(&r, "/a/x/ @acme/a\n* @acme/sre\n");
    assert_str(owner_of(&r, "x"), "sre");
    release_result(&r);
}

static void sections_of_gitlab_have_defaults(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "[Voice][2] @acme/voice\n/services/tel/\n/services/bot/ @acme/bot\n"
                  "^[Other]\n/services/odd/\n");
    assert_str(owner_of(&r, "tel"), "voice");
    assert_str(owner_of(&r, "bot"), "bot");
    assert_str(owner_of(&r, "odd"), "");
    release_result(&r);
}

static void services_of_opslevel_list_their_dependencies(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "---\nversion: 1\nservice:\n  name: crm\n  owner: team-crm\n"
                  "  aliases: [crm-api]\n  dependencies:\n    - alias: db\n    - mail\n");
    assert_str(owner_of(&r, "crm"), "team-crm");
    assert_true(has_alias(&r, "crm-api", "crm"));
    assert_true(has_edge(&r, "crm", "db"));
    assert_true(has_edge(&r, "crm", "mail"));
    release_result(&r);
}

static void pagerduty_names_services_by_id(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "{\"services\":[{\"id\":\"P1\",\"name\":\"crm\",\"escalation_policy\":"
                  "{\"summary\":\"CRM EP\"},\"teams\":[{\"summary\":\"CRM\"}]}],"
                  "\"more\":true}");
    assert_str(owner_of(&r, "crm"), "CRM");
    assert_true(has_alias(&r, "P1", "crm"));
    assert_true(r.ledger.capped);
    release_result(&r);
    read_text(&r, "{\"relationships\":[{\"id\":\"R\",\"supporting_service\":{\"id\":"
                  "\"P1\"},\"dependent_service\":{\"id\":\"P2\"}}]}");
    assert_true(has_edge(&r, "P2", "P1"));
    release_result(&r);
    read_text(&r, "id,name,escalation_policy,teams\nP1,crm,CRM EP,\n7,web,W EP,Web\n");
    assert_str(owner_of(&r, "crm"), "CRM EP");
    assert_str(owner_of(&r, "web"), "Web");
    assert_true(has_alias(&r, "P1", "crm"));
    assert_false(has_alias(&r, "7", "web"));
    release_result(&r);
}

static void services_between_apps_of_kiali_are_other_names(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(
        &r,
        "{\"graphType\":\"versionedApp\",\"elements\":{\"nodes\":[{\"data\":{\"id\":"
        "\"b\","
        "\"isBox\":\"app\",\"app\":\"crm\"}},{\"data\":{\"id\":\"1\",\"nodeType\":"
        "\"app\","
        "\"app\":\"web\"}},{\"data\":{\"id\":\"2\",\"nodeType\":\"service\",\"service\":"
        "\"crm-svc\"}},{\"data\":{\"id\":\"3\",\"parent\":\"b\",\"nodeType\":\"app\","
        "\"app\":\"crm\"}}],\"edges\":[{\"data\":{\"source\":\"1\",\"target\":\"2\","
        "\"traffic\":{\"protocol\":\"http\",\"rates\":{\"http\":\"1.25\"}}}},{\"data\":{"
        "\"source\":\"2\",\"target\":\"3\"}},{\"data\":{\"source\":\"9\",\"target\":"
        "\"3\"}}"
        "]}}");
    assert_true(has_edge(&r, "web", "crm-svc"));
    assert_true(has_alias(&r, "crm-svc", "crm"));
    assert_false(has_edge(&r, "crm-svc", "crm"));
    for (size_t i = 0; i < r.events.n; i++)
        assert_true(r.events.v[i].kind != KO_EVENT_EDGE || r.events.v[i].value == 1.25);
    release_result(&r);
}

static void keep_and_incident_io_are_read(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "[{\"service\":\"web\",\"display_name\":\"Web Shop\",\"team\":\"t\","
                  "\"slack\":\"#web\",\"dependencies\":{\"crm\":\"http\"}},"
                  "{\"service\":\"crm\",\"dependencies\":[{\"serviceName\":\"db\"}]}]");
    assert_str(owner_of(&r, "web"), "t");
    assert_true(has_alias(&r, "Web Shop", "web"));
    assert_true(has_edge(&r, "web", "crm"));
    assert_true(has_edge(&r, "crm", "db"));
    release_result(&r);
    read_text(&r, "[{\"external_id\":\"crm-api\",\"name\":\"CRM\",\"team\":\"team-crm\","
                  "\"alert_channel\":\"#crm\"},{\"external_id\":\"t\",\"name\":\"T\"}]");
    assert_str(owner_of(&r, "crm-api"), "team-crm");
    assert_str(r.events.v[0].contact, "#crm");
    assert_str(owner_of(&r, "t"), "");
    release_result(&r);
}

static void models_of_structurizr_say_who_calls(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r,
              "// m\nworkspace \"W\" {\n model {\n  user = person \"U\"\n"
              "  care = softwareSystem \"Care\" {\n   properties {\n"
              "    \"owner\" \"team-care\"\n   }\n   api = container \"CRM API\"\n  }\n"
              "  bot = softwareSystem \"Bot\"\n  user -> bot \"asks\"\n"
              "  bot -> care.api \"looks up\"\n }\n}\n");
    assert_str(r.ledger.format, "structurizr");
    assert_true(has_edge(&r, "Bot", "CRM API"));
    assert_false(has_edge(&r, "U", "Bot"));
    assert_int_equal(r.ledger.lines_rejected, 0);
    bool owned = false;
    for (size_t i = 0; i < r.events.n; i++)
        owned |= ko_str_eq(r.events.v[i].entity, KO_STR("Care")) &&
                 ko_str_eq(r.events.v[i].owner, KO_STR("team-care"));
    assert_true(owned);
    release_result(&r);
    read_text(&r, "{\"model\":{\"softwareSystems\":[{\"id\":\"1\",\"name\":\"A\","
                  "\"relationships\":[{\"destinationId\":\"2\"}]},{\"id\":\"2\",\"name\":"
                  "\"B\",\"properties\":{\"owner\":\"t\"}}]}}");
    assert_true(has_edge(&r, "A", "B"));
    assert_str(owner_of(&r, "B"), "t");
    release_result(&r);
}

static void rows_of_a_matrix_call_its_columns(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "caller\\callee,web,crm,db\nweb,0,5,\ncrm,0,0,3\ndb,0,0,0\n");
    assert_int_equal(r.events.n, 2);
    assert_true(has_edge(&r, "web", "crm"));
    assert_true(has_edge(&r, "crm", "db"));
    assert_true(r.events.v[0].value == 5);
    release_result(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(owners_lose_kind_namespace_and_organisation),
        cmocka_unit_test(references_of_backstage_are_resolved),
        cmocka_unit_test(the_last_pattern_that_matches_owns),
        cmocka_unit_test(sections_of_gitlab_have_defaults),
        cmocka_unit_test(services_of_opslevel_list_their_dependencies),
        cmocka_unit_test(pagerduty_names_services_by_id),
        cmocka_unit_test(services_between_apps_of_kiali_are_other_names),
        cmocka_unit_test(keep_and_incident_io_are_read),
        cmocka_unit_test(models_of_structurizr_say_who_calls),
        cmocka_unit_test(rows_of_a_matrix_call_its_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
