/* catalog_pagerduty.c: services of PagerDuty and what they depend on. */
#include "read/catalog.h"
#include "read/declare.h"
#include "read/json_get.h"

#include <math.h>

static struct ko_str summary_of(const json_t *object)
{
    static const char *const keys[] = {"summary", "name", "id"};
    return ko_json_first_text(object, keys, sizeof keys / sizeof *keys);
}

bool ko_pagerduty_service_is(const json_t *object)
{
    return json_is_string(json_object_get(object, "id")) &&
           json_is_string(json_object_get(object, "name")) &&
           (json_is_object(json_object_get(object, "escalation_policy")) ||
            json_is_array(json_object_get(object, "teams")) ||
            ko_str_eq(ko_json_member_text(object, "type"), KO_STR("service")) ||
            ko_str_eq(ko_json_member_text(object, "type"), KO_STR("business_service")));
}

bool ko_pagerduty_services_is(const json_t *object)
{
    static const char *const keys[] = {"services", "business_services"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (ko_pagerduty_service_is(json_array_get(ko_json_items(object, keys[i]), 0)))
            return true;
    }
    return false;
}

enum ko_status ko_pagerduty_service_read(struct ko_reading *rd, const json_t *object,
                                         struct ko_place place, enum ko_reject *ret_why)
{
    const json_t *team = json_array_get(json_object_get(object, "teams"), 0);
    const json_t *policy = json_object_get(object, "escalation_policy");
    struct ko_declaration d = {.name = ko_json_member_text(object, "name"),
                               .owner = summary_of(team),
                               .contact = summary_of(policy),
                               .place = place};
    (void)ret_why;
    if (d.owner.n == 0)
        d.owner = summary_of(json_object_get(object, "team"));
    if (d.owner.n == 0)
        d.owner = d.contact;
    enum ko_status st = ko_declare_entity(rd, &d);
    return st == KO_OK
               ? ko_declare_alias(rd, place, ko_json_member_text(object, "id"), d.name)
               : st;
}

static enum ko_status say_more(struct ko_reading *rd, const json_t *object)
{
    if (!json_is_true(json_object_get(object, "more")))
        return KO_OK;
    rd->ledger->capped = true;
    return ko_ledger_remark(rd->ledger,
                            "\"more\": true: further pages were not exported");
}

enum ko_status ko_pagerduty_services_read(struct ko_reading *rd, const json_t *object,
                                          struct ko_place place, enum ko_reject *ret_why)
{
    static const char *const keys[] = {"services", "business_services"};
    enum ko_status st = say_more(rd, object);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        size_t k;
        json_t *item;
        json_array_foreach (json_object_get(object, keys[i]), k, item) {
            if (st == KO_OK)
                st = ko_pagerduty_service_read(rd, item, place, ret_why);
        }
    }
    return st;
}

bool ko_pagerduty_relation_is(const json_t *object)
{
    return json_is_object(json_object_get(object, "supporting_service")) &&
           json_is_object(json_object_get(object, "dependent_service"));
}

bool ko_pagerduty_relations_is(const json_t *object)
{
    return ko_pagerduty_relation_is(
        json_array_get(ko_json_items(object, "relationships"), 0));
}

/* Ids, which the list of services turns into names. */
static struct ko_str id_of(const json_t *service)
{
    static const char *const keys[] = {"id", "summary", "name"};
    return ko_json_first_text(service, keys, sizeof keys / sizeof *keys);
}

enum ko_status ko_pagerduty_relation_read(struct ko_reading *rd, const json_t *object,
                                          struct ko_place place, enum ko_reject *ret_why)
{
    const json_t *callee = json_object_get(object, "supporting_service");
    const json_t *caller = json_object_get(object, "dependent_service");
    (void)ret_why;
    enum ko_status st =
        ko_declare_edge(rd, place, id_of(caller), id_of(callee), (double)NAN);
    if (st == KO_OK)
        st = ko_declare_alias(rd, place, id_of(caller), summary_of(caller));
    return st == KO_OK ? ko_declare_alias(rd, place, id_of(callee), summary_of(callee))
                       : st;
}

enum ko_status ko_pagerduty_relations_read(struct ko_reading *rd, const json_t *object,
                                           struct ko_place place, enum ko_reject *ret_why)
{
    size_t i;
    json_t *item;
    enum ko_status st = KO_OK;
    json_array_foreach (json_object_get(object, "relationships"), i, item) {
        if (st == KO_OK)
            st = ko_pagerduty_relation_read(rd, item, place, ret_why);
    }
    return st;
}
