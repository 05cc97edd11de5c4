/* interpret_other.c: records that are no measurement: edges, changes, owners, journeys,
 * incidents. */
#include "read/interpret_other.h"

#include "base/num.h"
#include "read/declare.h"
#include "read/log_fields.h"
#include "read/quantity.h"

#include <math.h>

static struct ko_str get(const struct ko_view *v, enum ko_role role)
{
    return ko_roles_get(v->roles, v->r, role);
}

static struct ko_str first_of(struct ko_str a, struct ko_str b)
{
    return a.n > 0 ? a : b;
}

static double number_or_nan(struct ko_str s)
{
    struct ko_quantity q;
    return ko_quantity_parse(s, false, &q) ? q.value : (double)NAN;
}

enum ko_status ko_interpret_edge(struct ko_reading *rd, const struct ko_view *v,
                                 struct ko_event *ev, enum ko_reject *ret_why)
{
    ev->entity = first_of(get(v, KO_ROLE_CALLER), get(v, KO_ROLE_PARENT));
    ev->peer = first_of(get(v, KO_ROLE_CALLEE), get(v, KO_ROLE_CHILD));
    if (ev->entity.n == 0 || ev->peer.n == 0) {
        *ret_why = KO_REJECT_FIELD_COUNT;
        return KO_OK;
    }
    ev->value = number_or_nan(get(v, KO_ROLE_CALLS));
    double failed = number_or_nan(get(v, KO_ROLE_FAILED));
    ev->status = failed >= 0 && failed < 1e18 ? (int64_t)failed : 0;
    return ko_reading_emit(rd, ev);
}

enum ko_status ko_interpret_matrix(struct ko_reading *rd, const struct ko_view *v,
                                   struct ko_event *ev, enum ko_reject *ret_why)
{
    enum ko_status st = KO_OK;
    (void)ret_why;
    for (size_t i = 1; i < v->r->n && st == KO_OK; i++) {
        struct ko_str cell = v->r->v[i].value;
        double calls = number_or_nan(cell);
        if (calls > 0 || ko_fields_true(cell) || ko_str_ieq(cell, KO_STR("x")))
            st = ko_declare_edge(rd, ev->place, v->r->v[0].value, v->r->v[i].key, calls);
    }
    return st;
}

/* "https://api.github.com/repos/acme/crm-api" and ".../acme/crm-api/-/pipelines/5":
 * crm-api. */
static struct ko_str repository_name(struct ko_str url)
{
    size_t at;
    if (ko_str_find(url, KO_STR("/-/"), &at))
        url = ko_str_sub(url, 0, at);
    if (ko_str_ends(url, KO_STR(".git")))
        url.n -= 4;
    return ko_str_rchr(url, '/', &at) ? ko_str_skip(url, at + 1) : url;
}

static struct ko_str kind_of_change(const struct ko_view *v, const struct ko_event *ev)
{
    if (ko_roles_has(v->roles, KO_ROLE_FLAG))
        return KO_STR("flag");
    if (ko_roles_has(v->roles, KO_ROLE_REASON))
        return get(v, KO_ROLE_REASON);
    if (get(v, KO_ROLE_KIND).n > 0)
        return get(v, KO_ROLE_KIND);
    if (ko_roles_has(v->roles, KO_ROLE_COMMIT) && ev->entity.n == 0 && ev->version.n == 0)
        return KO_STR("commit");
    return ev->version.n > 0 || ko_roles_has(v->roles, KO_ROLE_COMMIT) ? KO_STR("deploy")
                                                                       : KO_STR("change");
}

static struct ko_str id_of_change(const struct ko_view *v, const struct ko_event *ev)
{
    static const enum ko_role roles[] = {KO_ROLE_COMMIT, KO_ROLE_FLAG, KO_ROLE_ID,
                                         KO_ROLE_NAME};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        struct ko_str id = get(v, roles[i]);
        if (id.n > 0)
            return id;
    }
    return ev->version;
}

/* What the change says of itself, or else what changed to what. */
static enum ko_status summary_of_change(struct ko_arena *arena, const struct ko_view *v,
                                        struct ko_event *ev)
{
    ev->message = first_of(get(v, KO_ROLE_SUMMARY), get(v, KO_ROLE_MESSAGE));
    if (ev->message.n > 0)
        return KO_OK;
    struct ko_str parts[] = {first_of(get(v, KO_ROLE_FLAG), get(v, KO_ROLE_NAME)),
                             get(v, KO_ROLE_CHANGE), ev->version};
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].n > 0 && b.n > 0)
            ko_buf_putc(&b, ' ');
        ko_buf_put(&b, parts[i]);
    }
    enum ko_status st = b.status;
    if (st == KO_OK)
        st = ko_str_copy(arena, ko_buf_str(&b), &ev->message);
    ko_buf_release(&b);
    return st;
}

/* What else it names: the files of a commit, where it went. */
static struct ko_str link_of_change(const struct ko_view *v)
{
    struct ko_str files = ko_record_get(v->r, "files_changed");
    if (files.n == 0)
        files = ko_record_get(v->r, "files");
    return first_of(files, get(v, KO_ROLE_LINK));
}

/* Kubernetes tells of failing probes and of scaling in the same list. */
static bool is_symptom(const struct ko_view *v)
{
    return ko_roles_has(v->roles, KO_ROLE_REASON) &&
           ko_str_ieq(ko_record_get(v->r, "type"), KO_STR("Warning"));
}

static enum ko_status emit_symptom(struct ko_reading *rd, const struct ko_view *v,
                                   struct ko_event *ev)
{
    ev->kind = KO_EVENT_LOG;
    ev->severity = KO_SEV_WARN;
    ev->message = get(v, KO_ROLE_MESSAGE);
    ev->operation = get(v, KO_ROLE_REASON);
    return ko_reading_emit(rd, ev);
}

enum ko_status ko_interpret_change(struct ko_reading *rd, const struct ko_view *v,
                                   struct ko_event *ev, enum ko_reject *ret_why)
{
    *ret_why = ko_reading_put_time(rd, get(v, KO_ROLE_TIME), ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    ko_fields_identity(ev, v->r, v->roles);
    if (is_symptom(v))
        return emit_symptom(rd, v, ev);
    if (!ko_roles_has(v->roles, KO_ROLE_SERVICE))
        ev->entity = repository_name(get(v, KO_ROLE_REPOSITORY));
    ev->what = kind_of_change(v, ev);
    ev->id = id_of_change(v, ev);
    ev->segment = get(v, KO_ROLE_ENVIRONMENT);
    ev->owner = get(v, KO_ROLE_OWNER);
    ev->link = link_of_change(v);
    enum ko_status st = summary_of_change(rd->record, v, ev);
    return st != KO_OK ? st : ko_reading_emit(rd, ev);
}

/* The id by which a catalog's other exports name it; a mere row number is none. */
static struct ko_str id_of_entity(const struct ko_view *v)
{
    struct ko_str id = get(v, KO_ROLE_ID);
    for (size_t i = 0; i < id.n; i++) {
        if (ko_char_is_alpha(id.p[i]))
            return id;
    }
    return (struct ko_str){0};
}

static struct ko_str owner_of_entity(const struct ko_view *v)
{
    struct ko_str policy = ko_record_get(v->r, "escalation_policy"); /* PagerDuty */
    return ko_owner_name(first_of(get(v, KO_ROLE_OWNER), policy));
}

enum ko_status ko_interpret_entity(struct ko_reading *rd, const struct ko_view *v,
                                   struct ko_event *ev, enum ko_reject *ret_why)
{
    (void)ret_why;
    ev->entity = first_of(get(v, KO_ROLE_SERVICE), get(v, KO_ROLE_NAME));
    ev->what = ko_fields_true(get(v, KO_ROLE_VENDOR))
                   ? KO_STR("vendor")
                   : ko_entity_kind_word(get(v, KO_ROLE_KIND));
    ev->owner = owner_of_entity(v);
    ev->contact = get(v, KO_ROLE_CONTACT);
    ev->link = get(v, KO_ROLE_FALLBACK);
    ev->message = get(v, KO_ROLE_ALIAS);
    enum ko_status st = ko_reading_emit(rd, ev);
    return st == KO_OK ? ko_declare_alias(rd, ev->place, id_of_entity(v), ev->entity)
                       : st;
}

enum ko_status ko_interpret_step(struct ko_reading *rd, const struct ko_view *v,
                                 struct ko_event *ev, enum ko_reject *ret_why)
{
    (void)ret_why;
    ev->journey = get(v, KO_ROLE_JOURNEY);
    ev->operation = get(v, KO_ROLE_STEP);
    ev->entity = first_of(get(v, KO_ROLE_SERVICE), ev->operation);
    double order = number_or_nan(get(v, KO_ROLE_ORDER));
    ev->value = isnan(order) ? (double)ev->place.line : order;
    ev->owner = ko_owner_name(get(v, KO_ROLE_OWNER));
    ev->contact = get(v, KO_ROLE_CONTACT);
    ev->link = get(v, KO_ROLE_FALLBACK);
    return ko_reading_emit(rd, ev);
}

/* What a word of an incident's history says; the first steps of the usual systems. */
static struct ko_str milestone_of(struct ko_str word)
{
    static const struct {
        struct ko_str begin, what;
    } words[] = {
        {KO_STR_INIT("ack"), KO_STR_INIT("acknowledged")},
        {KO_STR_INIT("assign"), KO_STR_INIT("assigned")},
        {KO_STR_INIT("reassign"), KO_STR_INIT("assigned")},
        {KO_STR_INIT("escalat"), KO_STR_INIT("assigned")},
        {KO_STR_INIT("resol"), KO_STR_INIT("resolved")},
        {KO_STR_INIT("clos"), KO_STR_INIT("resolved")},
        {KO_STR_INIT("trigger"), KO_STR_INIT("opened")},
        {KO_STR_INIT("open"), KO_STR_INIT("opened")},
        {KO_STR_INIT("creat"), KO_STR_INIT("opened")},
        {KO_STR_INIT("annotat"), KO_STR_INIT("noted")},
        {KO_STR_INIT("note"), KO_STR_INIT("noted")},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct ko_str begin = words[i].begin;
        if (ko_str_ieq(ko_str_sub(word, 0, begin.n), begin))
            return words[i].what;
    }
    return (struct ko_str){0};
}

/* The step that the record itself is; an incident as a whole is told from its opening. */
static struct ko_str step_of(const struct ko_view *v)
{
    static const enum ko_role roles[] = {KO_ROLE_KIND, KO_ROLE_MESSAGE, KO_ROLE_CHANGE};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        struct ko_str what = milestone_of(get(v, roles[i]));
        if (what.n > 0)
            return what;
    }
    return KO_STR("opened");
}

static enum ko_status emit_milestone(struct ko_reading *rd, struct ko_event *ev,
                                     struct ko_str time, const char *what)
{
    struct ko_event own = *ev;
    if (ko_reading_put_time(rd, time, &own) != KO_REJECT_COUNT)
        return KO_OK;
    own.what = ko_str(what);
    return ko_reading_emit(rd, &own);
}

enum ko_status ko_interpret_incident(struct ko_reading *rd, const struct ko_view *v,
                                     struct ko_event *ev, enum ko_reject *ret_why)
{
    struct ko_str opened = first_of(get(v, KO_ROLE_FIRED), get(v, KO_ROLE_TIME));
    *ret_why = ko_reading_put_time(rd, opened, ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    ko_fields_identity(ev, v->r, v->roles);
    ev->entity = first_of(ko_record_get(v->r, "service.summary"), ev->entity);
    ev->id = first_of(get(v, KO_ROLE_INCIDENT), get(v, KO_ROLE_ID));
    ev->message = first_of(get(v, KO_ROLE_SUMMARY), get(v, KO_ROLE_MESSAGE));
    ev->owner = get(v, KO_ROLE_OWNER);
    ev->signal = get(v, KO_ROLE_METRIC);
    ev->what = step_of(v);
    enum ko_status st = ko_reading_emit(rd, ev);
    if (st == KO_OK)
        st = emit_milestone(rd, ev, get(v, KO_ROLE_ACKNOWLEDGED), "acknowledged");
    if (st == KO_OK)
        st = emit_milestone(rd, ev, get(v, KO_ROLE_RESOLVED), "resolved");
    return st;
}
