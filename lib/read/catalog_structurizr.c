/* catalog_structurizr.c: the model of a Structurizr workspace in JSON. */
#include "base/list.h"
#include "base/map.h"
#include "read/catalog.h"
#include "read/declare.h"
#include "read/json_get.h"

#include <math.h>

/* People, systems, containers, components: the model nests no deeper. */
enum { LEVELS = 3 };
static const char *const inner[LEVELS] = {"softwareSystems", "containers", "components"};

bool ko_structurizr_json_is(const json_t *object)
{
    return json_is_array(
        json_object_get(json_object_get(object, "model"), "softwareSystems"));
}

struct model {
    struct ko_reading *rd;
    struct ko_place place;
    struct ko_map names; /* of ids: places in list */
    const json_t **list;
    size_t n, cap;
};

static enum ko_status add(struct model *m, const json_t *element)
{
    uint32_t unused;
    struct ko_str id;
    enum ko_status st =
        ko_json_scalar(m->rd->record, json_object_get(element, "id"), &id);
    if (st != KO_OK)
        return st;
    void *room = ko_list_room(m->rd->record, m->list, m->n, &m->cap, sizeof *m->list);
    if (room == NULL)
        return KO_ENOMEM;
    m->list = room;
    m->list[m->n] = element;
    return ko_map_put(&m->names, id, (uint32_t)m->n++, &unused);
}

static enum ko_status collect(struct model *m, const json_t *parent, unsigned level)
{
    size_t i;
    json_t *item;
    enum ko_status st = KO_OK;
    json_array_foreach (json_object_get(parent, inner[level]), i, item) {
        if (st == KO_OK)
            st = add(m, item);
        if (st == KO_OK && level + 1 < LEVELS)
            st = collect(m, item, level + 1);
    }
    return st;
}

static struct ko_str name_of(const json_t *element)
{
    return ko_json_member_text(element, "name");
}

static struct ko_str owner_of(const json_t *element)
{
    static const char *const keys[] = {"owner", "Owner", "team", "Team"};
    return ko_json_first_text(json_object_get(element, "properties"), keys,
                              sizeof keys / sizeof *keys);
}

static struct ko_str kind_of(const json_t *element)
{
    size_t at;
    struct ko_str tags = ko_json_member_text(element, "tags");
    if (ko_str_ifind(tags, KO_STR("database"), &at))
        return KO_STR("datastore");
    bool external =
        ko_str_ieq(ko_json_member_text(element, "location"), KO_STR("External")) ||
        ko_str_ifind(tags, KO_STR("external"), &at);
    return external ? KO_STR("vendor") : (struct ko_str){0};
}

static enum ko_status emit(struct model *m, const json_t *element)
{
    size_t i;
    json_t *item;
    struct ko_declaration d = {.name = name_of(element),
                               .kind = kind_of(element),
                               .owner = owner_of(element),
                               .place = m->place};
    enum ko_status st = ko_declare_entity(m->rd, &d);
    json_array_foreach (json_object_get(element, "relationships"), i, item) {
        struct ko_str id;
        uint32_t at;
        if (st == KO_OK)
            st = ko_json_scalar(m->rd->record, json_object_get(item, "destinationId"),
                                &id);
        if (st == KO_OK && ko_map_get(&m->names, id, &at))
            st = ko_declare_edge(m->rd, m->place, d.name, name_of(m->list[at]),
                                 (double)NAN);
    }
    return st;
}

enum ko_status ko_structurizr_json_read(struct ko_reading *rd, const json_t *object,
                                        struct ko_place place, enum ko_reject *ret_why)
{
    struct model m = {.rd = rd, .place = place};
    (void)ret_why;
    ko_map_init(&m.names, 0);
    enum ko_status st = collect(&m, json_object_get(object, "model"), 0);
    for (size_t i = 0; i < m.n && st == KO_OK; i++)
        st = emit(&m, m.list[i]);
    ko_map_release(&m.names);
    return st;
}
