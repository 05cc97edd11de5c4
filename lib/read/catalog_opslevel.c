/* catalog_opslevel.c: services as OpsLevel keeps them beside their code. */
#include "read/catalog.h"
#include "read/declare.h"
#include "read/json_get.h"

#include <math.h>

static const char *const members[] = {"component", "service", "components", "services"};

bool ko_opslevel_is(const json_t *object)
{
    if (!ko_json_has(object, "version"))
        return false;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const json_t *value = json_object_get(object, members[i]);
        if (json_is_object(value) || json_is_object(json_array_get(value, 0)))
            return true;
    }
    return false;
}

/* "crm-db", {"alias": "crm-db", "notes": …}, {"name"}, {"service": …} */
static struct ko_str name_of(const json_t *value)
{
    static const char *const keys[] = {"alias", "name", "service", "component",
                                       "destination"};
    struct ko_str s = ko_json_text(value);
    return s.n > 0 ? s : ko_json_first_text(value, keys, sizeof keys / sizeof *keys);
}

static enum ko_status edges(struct ko_reading *rd, struct ko_str name, const json_t *list,
                            bool inward, struct ko_place place)
{
    size_t i;
    json_t *item;
    enum ko_status st = KO_OK;
    json_array_foreach ((json_t *)list, i, item) {
        struct ko_str other = name_of(item);
        if (st == KO_OK)
            st = inward ? ko_declare_edge(rd, place, other, name, (double)NAN)
                        : ko_declare_edge(rd, place, name, other, (double)NAN);
    }
    return st;
}

static enum ko_status take(struct ko_reading *rd, const json_t *service,
                           struct ko_place place)
{
    static const char *const outward[] = {"dependencies", "depends_on", "dependsOn"};
    struct ko_declaration d = {.name = ko_json_member_text(service, "name"),
                               .kind = ko_json_member_text(service, "type"),
                               .owner = name_of(json_object_get(service, "owner")),
                               .place = place};
    size_t i;
    json_t *item;
    enum ko_status st = ko_declare_entity(rd, &d);
    json_array_foreach (json_object_get(service, "aliases"), i, item) {
        if (st == KO_OK)
            st = ko_declare_alias(rd, place, ko_json_text(item), d.name);
    }
    for (i = 0; i < sizeof outward / sizeof *outward && st == KO_OK; i++)
        st = edges(rd, d.name, json_object_get(service, outward[i]), false, place);
    return st == KO_OK
               ? edges(rd, d.name, json_object_get(service, "dependency_of"), true, place)
               : st;
}

enum ko_status ko_opslevel_read(struct ko_reading *rd, const json_t *object,
                                struct ko_place place, enum ko_reject *ret_why)
{
    enum ko_status st = KO_OK;
    (void)ret_why;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const json_t *value = json_object_get(object, members[i]);
        size_t k;
        json_t *item;
        if (json_is_object(value) && st == KO_OK)
            st = take(rd, value, place);
        json_array_foreach ((json_t *)value, k, item) {
            if (st == KO_OK)
                st = take(rd, item, place);
        }
    }
    return st;
}
