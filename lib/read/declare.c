/* declare.c: what catalogs say of entities: owners, other names, who calls whom. */
#include "read/declare.h"

static struct ko_str behind(struct ko_str s, char mark)
{
    size_t at;
    return ko_str_rchr(s, mark, &at) ? ko_str_skip(s, at + 1) : s;
}

struct ko_str ko_owner_name(struct ko_str s)
{
    size_t at;
    s = ko_str_trim(s);
    if (s.n > 1 && s.p[0] == '@')
        return behind(ko_str_skip(s, 1), '/');
    if (ko_str_chr(s, ' ', &at) || ko_str_find(s, KO_STR("://"), &at))
        return s;
    if (ko_str_chr(s, ':', &at))
        s = ko_str_skip(s, at + 1);
    return behind(s, '/');
}

struct ko_str ko_entity_kind_word(struct ko_str s)
{
    static const struct {
        struct ko_str word, kind;
    } words[] = {
        {KO_STR_INIT("database"), KO_STR_INIT("datastore")},
        {KO_STR_INIT("db"), KO_STR_INIT("datastore")},
        {KO_STR_INIT("store"), KO_STR_INIT("datastore")},
        {KO_STR_INIT("cache"), KO_STR_INIT("datastore")},
        {KO_STR_INIT("bucket"), KO_STR_INIT("datastore")},
        {KO_STR_INIT("postgres"), KO_STR_INIT("datastore")},
        {KO_STR_INIT("mysql"), KO_STR_INIT("datastore")},
        {KO_STR_INIT("redis"), KO_STR_INIT("datastore")},
        {KO_STR_INIT("topic"), KO_STR_INIT("queue")},
        {KO_STR_INIT("stream"), KO_STR_INIT("queue")},
        {KO_STR_INIT("kafka"), KO_STR_INIT("queue")},
        {KO_STR_INIT("saas"), KO_STR_INIT("vendor")},
        {KO_STR_INIT("external"), KO_STR_INIT("vendor")},
        {KO_STR_INIT("third-party"), KO_STR_INIT("vendor")},
    };
    size_t at;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct ko_str word = words[i].word;
        bool part = word.n > 3 && ko_str_ifind(s, word, &at);
        if (part || ko_str_ieq(s, word))
            return words[i].kind;
    }
    return s;
}

static struct ko_event event_of(enum ko_event_kind kind, struct ko_place place)
{
    struct ko_event ev;
    ko_event_init(&ev, kind);
    ev.place = place;
    return ev;
}

enum ko_status ko_declare_entity(struct ko_reading *rd, const struct ko_declaration *d)
{
    struct ko_event ev = event_of(KO_EVENT_ENTITY, d->place);
    ev.entity = ko_str_trim(d->name);
    ev.what = ko_entity_kind_word(d->kind);
    ev.owner = ko_owner_name(d->owner);
    ev.contact = d->contact;
    ev.link = d->fallback;
    return ev.entity.n > 0 ? ko_reading_emit(rd, &ev) : KO_OK;
}

enum ko_status ko_declare_alias(struct ko_reading *rd, struct ko_place place,
                                struct ko_str alias, struct ko_str name)
{
    struct ko_event ev = event_of(KO_EVENT_ENTITY, place);
    ev.entity = ko_str_trim(alias);
    ev.message = ko_str_trim(name);
    bool says = ev.entity.n > 0 && ev.message.n > 0 && !ko_str_eq(ev.entity, ev.message);
    return says ? ko_reading_emit(rd, &ev) : KO_OK;
}

enum ko_status ko_declare_edge(struct ko_reading *rd, struct ko_place place,
                               struct ko_str caller, struct ko_str callee, double calls)
{
    struct ko_event ev = event_of(KO_EVENT_EDGE, place);
    ev.entity = ko_str_trim(caller);
    ev.peer = ko_str_trim(callee);
    ev.value = calls;
    return ev.entity.n > 0 && ev.peer.n > 0 ? ko_reading_emit(rd, &ev) : KO_OK;
}
