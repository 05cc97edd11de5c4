/* catalog_keep.c: neutral topologies: Keep's, and the entries of incident.io's catalog.
 */
#include "read/catalog.h"
#include "read/declare.h"
#include "read/json_get.h"

#include <math.h>

bool ko_keep_is(const json_t *object)
{
    return json_is_string(json_object_get(object, "service")) &&
           (json_is_object(json_object_get(object, "dependencies")) ||
            json_is_array(json_object_get(object, "dependencies")));
}

static enum ko_status edges(struct ko_reading *rd, struct ko_str name,
                            const json_t *others, struct ko_place place)
{
    static const char *const keys[] = {"serviceName", "service", "name", "serviceId"};
    const char *key;
    size_t i;
    json_t *item;
    enum ko_status st = KO_OK;
    json_object_foreach ((json_t *)others, key, item) {
        if (st == KO_OK)
            st = ko_declare_edge(rd, place, name, ko_str(key), (double)NAN);
    }
    json_array_foreach ((json_t *)others, i, item) {
        struct ko_str other = ko_json_text(item);
        if (other.n == 0)
            other = ko_json_first_text(item, keys, sizeof keys / sizeof *keys);
        if (st == KO_OK)
            st = ko_declare_edge(rd, place, name, other, (double)NAN);
    }
    return st;
}

enum ko_status ko_keep_read(struct ko_reading *rd, const json_t *object,
                            struct ko_place place, enum ko_reject *ret_why)
{
    static const char *const contacts[] = {"slack", "email"};
    struct ko_declaration d = {.name = ko_json_member_text(object, "service"),
                               .kind = ko_json_member_text(object, "category"),
                               .owner = ko_json_member_text(object, "team"),
                               .contact = ko_json_first_text(object, contacts, 2),
                               .place = place};
    (void)ret_why;
    enum ko_status st = ko_declare_entity(rd, &d);
    if (st == KO_OK)
        st = ko_declare_alias(rd, place, ko_json_member_text(object, "display_name"),
                              d.name);
    return st == KO_OK ? edges(rd, d.name, json_object_get(object, "dependencies"), place)
                       : st;
}

bool ko_incident_io_entry_is(const json_t *object)
{
    return json_is_string(json_object_get(object, "external_id")) &&
           json_is_string(json_object_get(object, "name")) &&
           !ko_json_has(object, "incident_status");
}

/* "team-crm", ["team-crm"], {"external_id": …} */
static struct ko_str first_name(const json_t *value)
{
    static const char *const keys[] = {"external_id", "name", "literal", "value"};
    if (json_is_array(value))
        value = json_array_get(value, 0);
    struct ko_str s = ko_json_text(value);
    return s.n > 0 ? s : ko_json_first_text(value, keys, sizeof keys / sizeof *keys);
}

static struct ko_str member_of(const json_t *object, const char *const *keys, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct ko_str s = first_name(json_object_get(object, keys[i]));
        if (s.n > 0)
            return s;
    }
    return (struct ko_str){0};
}

enum ko_status ko_incident_io_entry_read(struct ko_reading *rd, const json_t *object,
                                         struct ko_place place, enum ko_reject *ret_why)
{
    static const char *const owners[] = {"owner", "team", "owners", "teams"};
    static const char *const contacts[] = {"alert_channel", "slack_channel",
                                           "on_call_channel"};
    static const char *const callees[] = {"dependencies", "depends_on"};
    struct ko_str owner = member_of(object, owners, sizeof owners / sizeof *owners);
    struct ko_declaration d = {
        .name = ko_json_member_text(object, "external_id"),
        .kind = ko_json_member_text(object, "type"),
        .owner = owner,
        .contact = member_of(object, contacts, sizeof contacts / sizeof *contacts),
        .place = place};
    (void)ret_why;
    if (owner.n == 0) /* a team, a tier, a person: nothing that can fail */
        return KO_OK;
    enum ko_status st = ko_declare_entity(rd, &d);
    if (st == KO_OK)
        st = ko_declare_alias(rd, place, ko_json_member_text(object, "name"), d.name);
    for (size_t i = 0; i < 2 && st == KO_OK; i++)
        st = edges(rd, d.name, json_object_get(object, callees[i]), place);
    return st;
}
