/* log_fields.c: the roles that logs, spans and contacts share, put into an event. */
#include "read/log_fields.h"

#include "base/num.h"
#include "read/quantity.h"

/* A pod or instance tells the entity better than the container does ("server", "app"); a
 * mere host does not. */
enum { RANK_OF_HOST = 3 * 16 };

static struct ko_str last_segment(struct ko_str s, char mark)
{
    size_t at;
    while (s.n > 0 && s.p[s.n - 1] == mark)
        s.n--;
    return ko_str_rchr(s, mark, &at) ? ko_str_skip(s, at + 1) : s;
}

/* A log stream "crm-api/1" belongs to crm-api; "2026/03/14/[$LATEST]…" to nobody. */
static struct ko_str stream_owner(struct ko_str s)
{
    size_t at;
    if (!ko_str_chr(s, '/', &at) || at == 0)
        return s;
    return ko_char_is_digit(s.p[0]) ? (struct ko_str){0} : ko_str_sub(s, 0, at);
}

/* "prod/crm-api" of a Prometheus job, "crm-api.service" of systemd, "crm-api@docker" of
 * Traefik. */
static struct ko_str service_of(struct ko_str s)
{
    static const struct ko_str unit = KO_STR_INIT(".service");
    size_t at, plain = 0;
    while (plain < s.n && s.p[plain] != '/' && s.p[plain] != '@' && s.p[plain] != '.')
        plain++;
    if (plain == s.n)
        return s;
    if (ko_str_find(s, KO_STR("://"), &at))
        return s;
    if (ko_str_rchr(s, '@', &at) && at > 0)
        s = ko_str_sub(s, 0, at);
    if (s.n > unit.n && ko_str_ends(s, unit))
        s.n -= unit.n;
    return s.n > 0 && s.p[s.n - 1] != '/' ? last_segment(s, '/') : s;
}

/* The logger of bunyan is the program; "crm.db", "__main__" and "root" are parts of one.
 */
static bool is_program(struct ko_str logger)
{
    size_t at;
    return logger.n > 0 && logger.p[0] != '_' && !ko_str_chr(logger, '.', &at) &&
           !ko_str_eq(logger, KO_STR("root")) && !ko_str_eq(logger, KO_STR("main"));
}

/* "outbound|8080||crm-api.prod.svc.cluster.local": the last part. */
static struct ko_str peer_of(struct ko_str s)
{
    return ko_str_starts(s, KO_STR("outbound|")) || ko_str_starts(s, KO_STR("inbound|"))
               ? last_segment(s, '|')
               : s;
}

bool ko_fields_name_host(const struct ko_roles *roles)
{
    return roles->rank[KO_ROLE_INSTANCE] >= RANK_OF_HOST;
}

/* The "name" of a log is its logger; elsewhere it names an operation or a metric. */
static struct ko_str entity_of(const struct ko_record *r, const struct ko_roles *roles,
                               bool is_log)
{
    struct ko_str service = ko_roles_get(roles, r, KO_ROLE_SERVICE);
    if (service.n > 0)
        return service_of(service);
    struct ko_str instance = ko_roles_get(roles, r, KO_ROLE_INSTANCE);
    struct ko_str container = ko_roles_get(roles, r, KO_ROLE_CONTAINER);
    bool container_named_pod = container.n > 0 && ko_str_starts(instance, container);
    if (instance.n > 0 && !ko_fields_name_host(roles) && !container_named_pod)
        return instance;
    if (container.n > 0)
        return container;
    struct ko_str logger = ko_roles_get(roles, r, KO_ROLE_NAME);
    return is_log && is_program(logger) ? logger : stream_owner(instance);
}

/* "projects/p/traces/ID" and "Root=1-…": the id alone. */
static struct ko_str trace_of(struct ko_str s)
{
    if (ko_str_starts(s, KO_STR("projects/")))
        return last_segment(s, '/');
    if (ko_str_starts(s, KO_STR("Root=")))
        return ko_str_skip(s, 5);
    return s;
}

static inline void set(struct ko_str *slot, struct ko_str value)
{
    if (value.n > 0)
        *slot = value;
}

struct slot {
    struct ko_str *text;
    enum ko_role role;
};

static void set_all(const struct slot *slots, size_t n, const struct ko_record *r,
                    const struct ko_roles *roles)
{
    for (size_t i = 0; i < n; i++)
        set(slots[i].text, ko_roles_get(roles, r, slots[i].role));
}

void ko_fields_places(struct ko_event *ev, const struct ko_record *r,
                      const struct ko_roles *roles)
{
    const struct slot slots[] = {
        {&ev->instance, KO_ROLE_INSTANCE}, {&ev->peer, KO_ROLE_PEER},
        {&ev->region, KO_ROLE_REGION},     {&ev->channel, KO_ROLE_CHANNEL},
        {&ev->queue, KO_ROLE_QUEUE},       {&ev->segment, KO_ROLE_SEGMENT},
        {&ev->version, KO_ROLE_VERSION},
    };
    set_all(slots, sizeof slots / sizeof *slots, r, roles);
    set(&ev->entity, entity_of(r, roles, ev->kind == KO_EVENT_LOG));
    ev->peer = peer_of(ev->peer);
}

void ko_fields_ids(struct ko_event *ev, const struct ko_record *r,
                   const struct ko_roles *roles)
{
    const struct slot slots[] = {
        {&ev->span, KO_ROLE_SPAN},           {&ev->request, KO_ROLE_REQUEST},
        {&ev->customer, KO_ROLE_CUSTOMER},   {&ev->session, KO_ROLE_SESSION},
        {&ev->operation, KO_ROLE_OPERATION},
    };
    set_all(slots, sizeof slots / sizeof *slots, r, roles);
    set(&ev->trace, trace_of(ko_roles_get(roles, r, KO_ROLE_TRACE)));
}

static void take_attempt(struct ko_event *ev, const struct ko_record *r,
                         const struct ko_roles *roles)
{
    int64_t n;
    if (ko_num_int(ko_roles_get(roles, r, KO_ROLE_ATTEMPT), &n) == KO_OK && n > 0)
        ev->attempt = n;
    if (ko_num_int(ko_roles_get(roles, r, KO_ROLE_RETRIES), &n) == KO_OK && n >= 0 &&
        n < 1000)
        ev->attempt = n + 1;
}

void ko_fields_identity(struct ko_event *ev, const struct ko_record *r,
                        const struct ko_roles *roles)
{
    ko_fields_places(ev, r, roles);
    ko_fields_ids(ev, r, roles);
    take_attempt(ev, r, roles);
}

/* Datadog calls the level "status", MongoDB "s" ("E", "D2"); Serilog leaves it out where
 * it is Information. */
static enum ko_severity level_by_words(const struct ko_record *r)
{
    enum ko_severity sev = KO_SEV_UNKNOWN;
    for (size_t i = 0; i < r->n && sev == KO_SEV_UNKNOWN; i++) {
        struct ko_str key = r->v[i].key;
        if (ko_str_eq(key, KO_STR("status")) || ko_str_ends(key, KO_STR(".status")))
            sev = ko_severity_word(r->v[i].value);
        else if (ko_str_eq(key, KO_STR("s")) && r->v[i].value.n <= 2)
            sev = ko_severity_word(ko_str_sub(r->v[i].value, 0, 1));
        else if (ko_str_eq(key, KO_STR("@t")))
            sev = KO_SEV_INFO;
    }
    return sev;
}

static enum ko_severity level_by_role(const struct ko_record *r,
                                      const struct ko_roles *roles)
{
    struct ko_str s = ko_roles_get(roles, r, KO_ROLE_LEVEL);
    int64_t n;
    if (s.n > 0) {
        if (ko_num_int(s, &n) == KO_OK)
            return ko_severity_number(n,
                                      n >= 10 ? KO_SEV_SCALE_PINO : KO_SEV_SCALE_SYSLOG);
        enum ko_severity sev = ko_severity_word(s);
        if (sev != KO_SEV_UNKNOWN)
            return sev;
    }
    if (ko_num_int(ko_roles_get(roles, r, KO_ROLE_LEVEL_OTEL), &n) == KO_OK)
        return ko_severity_number(n, KO_SEV_SCALE_OTEL);
    s = ko_roles_get(roles, r, KO_ROLE_LEVEL_SYSLOG);
    if (ko_num_int(s, &n) == KO_OK)
        return ko_severity_number(n, KO_SEV_SCALE_SYSLOG);
    return ko_severity_word(s);
}

bool ko_fields_tell_level(const struct ko_record *r, const struct ko_roles *roles)
{
    return level_by_role(r, roles) != KO_SEV_UNKNOWN;
}

enum ko_outcome ko_fields_outcome(int64_t status)
{
    if (status < 100 || status > 999)
        return KO_OUTCOME_UNKNOWN;
    bool bad = status >= 500 || status == 408 || status == 429 || status == 499;
    return bad ? KO_OUTCOME_BAD : KO_OUTCOME_OK;
}

bool ko_fields_true(struct ko_str s)
{
    return ko_str_ieq(s, KO_STR("true")) || ko_str_ieq(s, KO_STR("yes")) ||
           ko_str_ieq(s, KO_STR("y")) || ko_str_eq(s, KO_STR("1"));
}

static bool is_false(struct ko_str s)
{
    return s.n == 0 || ko_str_ieq(s, KO_STR("false")) || ko_str_ieq(s, KO_STR("no")) ||
           ko_str_ieq(s, KO_STR("n")) || ko_str_eq(s, KO_STR("0"));
}

/* A number of HTTP, or a word of spans and of Datadog's "Status". */
static void take_status(struct ko_event *ev, struct ko_str s)
{
    int64_t n;
    if (s.n == 0)
        return;
    if (ko_num_int(s, &n) == KO_OK) {
        ev->status = n;
        ev->outcome = ko_fields_outcome(n);
        return;
    }
    enum ko_severity sev = ko_severity_word(s);
    if (sev >= KO_SEV_ERROR || ko_str_ieq(s, KO_STR("failed")) ||
        ko_str_ieq(s, KO_STR("STATUS_CODE_ERROR")))
        ev->outcome = KO_OUTCOME_BAD;
    else if (ko_str_ieq(s, KO_STR("ok")) || ko_str_ieq(s, KO_STR("success")))
        ev->outcome = KO_OUTCOME_OK;
    if (ev->severity == KO_SEV_UNKNOWN && ev->kind == KO_EVENT_LOG)
        ev->severity = sev;
}

static enum ko_status take_error(struct ko_arena *arena, struct ko_event *ev,
                                 struct ko_str error)
{
    if (is_false(error))
        return KO_OK;
    ev->outcome = KO_OUTCOME_BAD;
    if (ev->severity == KO_SEV_UNKNOWN)
        ev->severity = KO_SEV_ERROR;
    if (ko_fields_true(error) || ko_str_eq(ev->message, error))
        return KO_OK;
    if (ev->message.n == 0) {
        ev->message = error;
        return KO_OK;
    }
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    ko_buf_put(&b, ev->message);
    ko_buf_puts(&b, ": ");
    ko_buf_put(&b, error);
    enum ko_status st = b.status;
    if (st == KO_OK)
        st = ko_str_copy(arena, ko_buf_str(&b), &ev->message);
    ko_buf_release(&b);
    return st;
}

static void take_outcome(struct ko_event *ev, struct ko_str s)
{
    if (s.n == 0)
        return;
    if (is_false(s) || ko_severity_word(s) >= KO_SEV_ERROR ||
        ko_severity_guess(s) >= KO_SEV_ERROR)
        ev->outcome = KO_OUTCOME_BAD;
    else
        ev->outcome = KO_OUTCOME_OK;
}

void ko_fields_manner(struct ko_event *ev, const struct ko_record *r,
                      const struct ko_roles *roles)
{
    enum ko_severity sev = level_by_role(r, roles);
    if (sev == KO_SEV_UNKNOWN)
        sev = level_by_words(r);
    if (sev != KO_SEV_UNKNOWN)
        ev->severity = sev;
    take_status(ev, ko_roles_get(roles, r, KO_ROLE_STATUS));
    take_outcome(ev, ko_roles_get(roles, r, KO_ROLE_OUTCOME));
    take_attempt(ev, r, roles);
}

enum ko_status ko_fields_words(struct ko_arena *arena, struct ko_event *ev,
                               const struct ko_record *r, const struct ko_roles *roles)
{
    ko_dur dur;
    set(&ev->message, ko_str_trim(ko_roles_get(roles, r, KO_ROLE_MESSAGE)));
    if (ko_quantity_dur(ko_roles_get(roles, r, KO_ROLE_DURATION),
                        roles->unit[KO_ROLE_DURATION], &dur))
        ev->dur = dur;
    return take_error(arena, ev, ko_roles_get(roles, r, KO_ROLE_ERROR));
}

enum ko_status ko_fields_log(struct ko_arena *arena, struct ko_event *ev,
                             const struct ko_record *r, const struct ko_roles *roles)
{
    ko_fields_places(ev, r, roles);
    ko_fields_ids(ev, r, roles);
    ko_fields_manner(ev, r, roles);
    return ko_fields_words(arena, ev, r, roles);
}

/* Of the names of a delivery's id, the best first. */
static const struct ko_str delivery_keys[] = {KO_STR_INIT("insertId"),
                                              KO_STR_INIT("eventId"), KO_STR_INIT("_id")};
enum { DELIVERY_KEYS = sizeof delivery_keys / sizeof *delivery_keys };

/* DELIVERY_KEYS: ${key} is none of them. */
static size_t delivery_rank(struct ko_str key)
{
    size_t k = key.n == 8 ? 0 : key.n == 7 ? 1 : key.n == 3 ? 2 : DELIVERY_KEYS;
    return k < DELIVERY_KEYS && ko_str_eq(key, delivery_keys[k]) ? k : DELIVERY_KEYS;
}

bool ko_fields_deliver(const struct ko_record *r)
{
    bool any = false;
    for (size_t i = 0; i < r->n && !any; i++)
        any = delivery_rank(r->v[i].key) < DELIVERY_KEYS;
    return any;
}

struct ko_str ko_fields_delivery(const struct ko_record *r)
{
    size_t best = DELIVERY_KEYS;
    struct ko_str id = {0};
    for (size_t i = 0; i < r->n; i++) {
        size_t k = r->v[i].value.n > 0 ? delivery_rank(r->v[i].key) : DELIVERY_KEYS;
        if (k >= best)
            continue;
        best = k;
        id = r->v[i].value;
    }
    return id;
}
