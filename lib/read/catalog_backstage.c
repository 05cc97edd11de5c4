/* catalog_backstage.c: entities of Backstage. */
#include "read/catalog.h"
#include "read/declare.h"
#include "read/json_get.h"

#include <math.h>

bool ko_backstage_is(const json_t *object)
{
    return ko_str_starts(ko_json_member_text(object, "apiVersion"),
                         KO_STR("backstage.io/")) &&
           json_is_string(json_object_get(object, "kind")) &&
           json_is_object(json_object_get(object, "metadata"));
}

struct reference {
    struct ko_str kind, name;
};

static struct reference reference(struct ko_str s)
{
    struct reference r = {{0}, ko_str_trim(s)};
    size_t at;
    if (ko_str_chr(r.name, ':', &at)) {
        r.kind = ko_str_sub(r.name, 0, at);
        r.name = ko_str_skip(r.name, at + 1);
    }
    if (ko_str_rchr(r.name, '/', &at))
        r.name = ko_str_skip(r.name, at + 1);
    return r;
}

/* The name under which an API is known until somebody provides it. */
static enum ko_status api_name(struct ko_reading *rd, struct ko_str name,
                               struct ko_str *ret)
{
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    ko_buf_puts(&b, "api:");
    ko_buf_put(&b, name);
    enum ko_status st = b.status;
    if (st == KO_OK)
        st = ko_str_copy(rd->record, ko_buf_str(&b), ret);
    ko_buf_release(&b);
    return st;
}

/* An entity that is being read. */
struct component {
    struct ko_reading *rd;
    const json_t *spec;
    struct ko_str name;
    struct ko_place place;
};

enum relation { DEPENDS_ON, DEPENDENCY_OF, CONSUMES, PROVIDES };

static enum ko_status relate(const struct component *c, enum relation relation,
                             struct ko_str text)
{
    struct reference other = reference(text);
    struct ko_str name = other.name;
    bool is_api = relation == CONSUMES || relation == PROVIDES;
    if (is_api)
        is_api = other.kind.n == 0 || ko_str_ieq(other.kind, KO_STR("api"));
    else
        is_api = ko_str_ieq(other.kind, KO_STR("api"));
    enum ko_status st = is_api ? api_name(c->rd, other.name, &name) : KO_OK;
    if (st != KO_OK || other.name.n == 0)
        return st;
    if (relation == PROVIDES)
        return is_api ? ko_declare_alias(c->rd, c->place, name, c->name) : KO_OK;
    if (relation == DEPENDENCY_OF)
        return ko_declare_edge(c->rd, c->place, name, c->name, (double)NAN);
    if (ko_str_ieq(other.kind, KO_STR("resource"))) {
        struct ko_declaration d = {
            .name = name, .kind = KO_STR("datastore"), .place = c->place};
        st = ko_declare_entity(c->rd, &d);
    }
    return st == KO_OK ? ko_declare_edge(c->rd, c->place, c->name, name, (double)NAN)
                       : st;
}

static enum ko_status relations(const struct component *c)
{
    static const struct {
        const char *key;
        enum relation relation;
    } lists[] = {{"dependsOn", DEPENDS_ON},
                 {"dependencyOf", DEPENDENCY_OF},
                 {"providesApis", PROVIDES},
                 {"consumesApis", CONSUMES}};
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        size_t k;
        json_t *item;
        json_array_foreach (json_object_get(c->spec, lists[i].key), k, item) {
            if (st == KO_OK)
                st = relate(c, lists[i].relation, ko_json_text(item));
        }
    }
    return st;
}

/* The ids under which others know it. */
static enum ko_status aliases(const struct component *c, const json_t *metadata)
{
    static const char *const keys[] = {
        "pagerduty.com/service-id", "backstage.io/kubernetes-id",
        "opsgenie.com/service-id", "sentry.io/project-slug", "rootly.com/service-slug"};
    const json_t *notes = json_object_get(metadata, "annotations");
    enum ko_status st = ko_declare_alias(c->rd, c->place,
                                         ko_json_member_text(metadata, "title"), c->name);
    for (size_t i = 0; i < sizeof keys / sizeof *keys && st == KO_OK; i++) {
        struct ko_str id = ko_json_member_text(notes, keys[i]);
        struct ko_str last = reference(id).name; /* "organisation/slug" */
        st = ko_declare_alias(c->rd, c->place, last, c->name);
    }
    return st;
}

static struct ko_str contact_of(const json_t *metadata)
{
    static const char *const keys[] = {"slack.com/channel", "slack.com/channel-name",
                                       "slack/channel", "slack-channel"};
    return ko_json_first_text(json_object_get(metadata, "annotations"), keys,
                              sizeof keys / sizeof *keys);
}

/* A resource whose type says nothing of its kind holds data: that is what they are for.
 */
static struct ko_str kind_of(struct ko_str kind, const json_t *spec)
{
    struct ko_str type = ko_json_member_text(spec, "type");
    if (ko_str_ieq(kind, KO_STR("resource")) && type.n == 0)
        return KO_STR("datastore");
    return type;
}

enum ko_status ko_backstage_read(struct ko_reading *rd, const json_t *object,
                                 struct ko_place place, enum ko_reject *ret_why)
{
    const json_t *metadata = json_object_get(object, "metadata");
    struct ko_str kind = ko_json_member_text(object, "kind");
    struct component c = {.rd = rd,
                          .spec = json_object_get(object, "spec"),
                          .name = ko_json_member_text(metadata, "name"),
                          .place = place};
    (void)ret_why; /* groups, users, systems, locations: nothing that can fail */
    if (!ko_str_ieq(kind, KO_STR("component")) && !ko_str_ieq(kind, KO_STR("resource")))
        return KO_OK;
    struct ko_declaration d = {.name = c.name,
                               .kind = kind_of(kind, c.spec),
                               .owner = ko_json_member_text(c.spec, "owner"),
                               .contact = contact_of(metadata),
                               .place = place};
    enum ko_status st = ko_declare_entity(rd, &d);
    if (st == KO_OK)
        st = aliases(&c, metadata);
    return st == KO_OK ? relations(&c) : st;
}
