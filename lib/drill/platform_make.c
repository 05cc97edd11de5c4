/* platform_make.c: a contact centre of any size, from a table of its usual parts and a
 * seed. */
#include "base/buf.h"
#include "drill/platform.h"
#include "drill/rng.h"

enum { NAMES = 3, DEPTH_MAX = 6, STREAM = 11 };

struct part_row {
    enum ko_part part;
    enum ko_node_kind kind;
    const char *names[NAMES]; /* one is chosen by the seed */
    double own_s, demand;
};

/* In the order in which a small platform gets them. */
static const struct part_row parts[] = {
    {KO_PART_WEB, KO_NODE_CHANNEL, {"web-portal", "web-shop", "self-service"}, 0.05, 1.2},
    {KO_PART_IDENTITY, KO_NODE_SERVICE, {"identity", "login-api", "sso"}, 0.06, 0},
    {KO_PART_CRM, KO_NODE_SERVICE, {"crm", "crm-api", "customer-record"}, 0.12, 0},
    {KO_PART_BOT, KO_NODE_BOT, {"chat-bot", "assistant", "voice-bot"}, 0.08, 0.6},
    {KO_PART_QUEUE,
     KO_NODE_QUEUE,
     {"billing-queue", "service-queue", "care-queue"},
     220,
     0.02},
    {KO_PART_DESK, KO_NODE_DESK, {"agent-desktop", "agent-workspace", "console"}, 0.3, 0},
    {KO_PART_PAYMENTS, KO_NODE_SERVICE, {"payments", "pay-api", "billing"}, 0.09, 0},
    {KO_PART_CRM_DB, KO_NODE_DATASTORE, {"crm-db", "records-db", "customer-db"}, 0.02, 0},
    {KO_PART_VENDOR, KO_NODE_VENDOR, {"acquirer", "card-network", "psp"}, 0.18, 0},
    {KO_PART_APP, KO_NODE_CHANNEL, {"mobile-app", "app-gateway", "ios-api"}, 0.04, 0.9},
    {KO_PART_ROUTING, KO_NODE_SERVICE, {"routing", "router", "skill-routing"}, 0.02, 0},
    {KO_PART_INTENT, KO_NODE_SERVICE, {"intent-model", "nlu", "intent-api"}, 0.15, 0},
    {KO_PART_KNOWLEDGE,
     KO_NODE_SERVICE,
     {"knowledge", "articles", "help-search"},
     .07,
     0},
    {KO_PART_AGENT_NETWORK,
     KO_NODE_NETWORK,
     {"agent-vpn", "remote-access", "branch-network"},
     0.03,
     0},
    {KO_PART_LAST_MILE, KO_NODE_NETWORK, {"last-mile", "edge-network", "cdn"}, 0.03, 0},
    {KO_PART_NOTIFY, KO_NODE_SERVICE, {"notify", "mailer", "outbox"}, 0.05, 0},
};
enum { PARTS = sizeof parts / sizeof *parts };

struct link_row {
    enum ko_part caller, callee;
    enum ko_how how;
    double per_request, cache_hit, fallback_share;
    unsigned retries;
};

static const struct link_row links[] = {
    {KO_PART_WEB, KO_PART_IDENTITY, KO_HOW_SYNC, 0.8, 0, 0, 2},
    {KO_PART_WEB, KO_PART_CRM, KO_HOW_SYNC, 0.6, 0.1, 0, 1},
    {KO_PART_WEB, KO_PART_PAYMENTS, KO_HOW_SYNC, 0.3, 0, 0, 1},
    {KO_PART_WEB, KO_PART_KNOWLEDGE, KO_HOW_SYNC, 0.2, 0.3, 0.9, 0},
    {KO_PART_WEB, KO_PART_QUEUE, KO_HOW_SHIFT, 0.01, 0, 0, 0},
    {KO_PART_APP, KO_PART_LAST_MILE, KO_HOW_SYNC, 1, 0, 0, 1},
    {KO_PART_APP, KO_PART_IDENTITY, KO_HOW_SYNC, 0.7, 0, 0, 2},
    {KO_PART_APP, KO_PART_CRM, KO_HOW_SYNC, 0.5, 0.2, 0, 1},
    {KO_PART_APP, KO_PART_PAYMENTS, KO_HOW_SYNC, 0.25, 0, 0, 1},
    {KO_PART_APP, KO_PART_QUEUE, KO_HOW_SHIFT, 0.008, 0, 0, 0},
    {KO_PART_BOT, KO_PART_INTENT, KO_HOW_SYNC, 1, 0, 0, 1},
    {KO_PART_BOT, KO_PART_IDENTITY, KO_HOW_SYNC, 0.6, 0, 0, 1},
    {KO_PART_BOT, KO_PART_CRM, KO_HOW_SYNC, 0.5, 0, 0, 1},
    {KO_PART_BOT, KO_PART_KNOWLEDGE, KO_HOW_SYNC, 0.4, 0.2, 0.8, 0},
    {KO_PART_BOT, KO_PART_QUEUE, KO_HOW_SHIFT, 0.15, 0, 0, 0},
    {KO_PART_QUEUE, KO_PART_DESK, KO_HOW_SYNC, 5, 0, 0, 0},
    {KO_PART_QUEUE, KO_PART_ROUTING, KO_HOW_SYNC, 1, 0, 0, 2},
    {KO_PART_DESK, KO_PART_CRM, KO_HOW_SYNC, 1, 0, 0, 1},
    {KO_PART_DESK, KO_PART_AGENT_NETWORK, KO_HOW_SYNC, 1, 0, 0, 0},
    {KO_PART_DESK, KO_PART_KNOWLEDGE, KO_HOW_SYNC, 0.3, 0, 0.9, 0},
    {KO_PART_CRM, KO_PART_CRM_DB, KO_HOW_SYNC, 2, 0.3, 0, 1},
    {KO_PART_IDENTITY, KO_PART_CRM_DB, KO_HOW_SYNC, 0.5, 0.8, 0, 1},
    {KO_PART_PAYMENTS, KO_PART_VENDOR, KO_HOW_SYNC, 1, 0, 0, 1},
    {KO_PART_PAYMENTS, KO_PART_NOTIFY, KO_HOW_ASYNC, 1, 0, 0, 0},
};

static uint64_t demand_scale(size_t services)
{
    return services <= 20 ? 1 : 1 + services / 25;
}

static enum ko_status add_parts(struct ko_platform *p, size_t n, double scale,
                                struct ko_rng *r)
{
    for (size_t i = 0; i < PARTS && i < n; i++) {
        uint32_t at;
        struct ko_str name = ko_str(parts[i].names[ko_rng_below(r, NAMES)]);
        enum ko_status st = ko_platform_add(p, name, parts[i].kind, parts[i].part, &at);
        if (st != KO_OK)
            return st;
        p->nodes.v[at].own_s = parts[i].own_s * ko_rng_between(r, 0.7, 1.4);
        p->nodes.v[at].demand = parts[i].demand * scale;
    }
    return KO_OK;
}

static bool present(const struct ko_platform *p, enum ko_part part, uint32_t *ret_index)
{
    for (size_t i = 0; i < p->nodes.n; i++) {
        if (p->nodes.v[i].part == part) {
            *ret_index = (uint32_t)i;
            return true;
        }
    }
    return false;
}

static enum ko_status add_links(struct ko_platform *p, struct ko_rng *r)
{
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        const struct link_row *row = &links[i];
        uint32_t caller;
        uint32_t callee;
        if (!present(p, row->caller, &caller) || !present(p, row->callee, &callee))
            continue;
        struct ko_sim_link *l = ko_platform_join(p, caller, callee, row->how);
        if (l == NULL)
            return KO_ENOMEM;
        l->per_request = row->per_request * ko_rng_between(r, 0.8, 1.2);
        l->cache_hit = row->cache_hit;
        l->fallback_share = row->fallback_share;
        l->retries = row->retries;
    }
    return KO_OK;
}

static const char *const stems[] = {
    "cart",   "catalog", "price",  "offer",  "stock",   "order",   "invoice", "tariff",
    "usage",  "meter",   "device", "parcel", "address", "consent", "profile", "loyalty",
    "credit", "score",   "fraud",  "ledger", "quote",   "claim",   "policy",  "booking"};
static const char *const tails[] = {"",       "-api",  "-core",  "-store", "-sync",
                                    "-rules", "-view", "-batch", "-gw"};

static enum ko_status name_of(struct ko_platform *p, struct ko_rng *r,
                              struct ko_buf *ret_name)
{
    enum { STEMS = sizeof stems / sizeof *stems, TAILS = sizeof tails / sizeof *tails };
    uint32_t other;
    for (unsigned tries = 0;; tries++) {
        ko_buf_reset(ret_name);
        ko_buf_puts(ret_name, stems[ko_rng_below(r, STEMS)]);
        ko_buf_puts(ret_name, tails[ko_rng_below(r, TAILS)]);
        if (tries > 8)
            ko_buf_printf(ret_name, "-%u", (unsigned)ko_rng_below(r, 1000));
        if (ret_name->status != KO_OK)
            return ret_name->status;
        if (!ko_platform_find(p, ko_buf_str(ret_name), &other))
            return KO_OK;
    }
}

static bool may_call(enum ko_node_kind kind)
{
    return kind == KO_NODE_SERVICE || kind == KO_NODE_CHANNEL || kind == KO_NODE_BOT ||
           kind == KO_NODE_DESK;
}

static unsigned links_of(const struct ko_platform *p, uint32_t caller)
{
    unsigned n = 0;
    for (size_t i = 0; i < p->links.n; i++)
        n += p->links.v[i].caller == caller;
    return n;
}

static enum ko_status hang(struct ko_platform *p, uint32_t caller, uint32_t callee,
                           struct ko_rng *r)
{
    struct ko_sim_link *l = ko_platform_join(p, caller, callee, KO_HOW_SYNC);
    if (l == NULL)
        return KO_ENOMEM;
    double crowd = 1 + (double)links_of(p, caller) / 4;
    l->per_request = ko_rng_between(r, 0.4, 1.2) / crowd;
    l->retries = (unsigned)ko_rng_below(r, 4);
    if (ko_rng_unit(r) < 0.15)
        l->fallback_share = 0.9;
    if (ko_rng_unit(r) < 0.2)
        l->cache_hit = ko_rng_between(r, 0.2, 0.7);
    if (ko_rng_unit(r) < 0.08) {
        l->how = KO_HOW_ASYNC;
        l->retries = 0;
    }
    return KO_OK;
}

/* A caller that is not too deep; depth[] counts from the entrances. */
static uint32_t pick_caller(const struct ko_platform *p, const unsigned *depth,
                            struct ko_rng *r)
{
    for (;;) {
        uint32_t at = (uint32_t)ko_rng_below(r, p->nodes.n);
        if (may_call(p->nodes.v[at].kind) && depth[at] < DEPTH_MAX)
            return at;
    }
}

static enum ko_status add_other(struct ko_platform *p, unsigned *depth, struct ko_rng *r,
                                struct ko_buf *name)
{
    uint32_t caller = pick_caller(p, depth, r);
    uint32_t at;
    enum ko_node_kind kind = ko_rng_unit(r) < 0.2    ? KO_NODE_DATASTORE
                             : ko_rng_unit(r) < 0.06 ? KO_NODE_VENDOR
                                                     : KO_NODE_SERVICE;
    enum ko_status st = name_of(p, r, name);
    if (st == KO_OK)
        st = ko_platform_add(p, ko_buf_str(name), kind, KO_PART_OTHER, &at);
    if (st != KO_OK)
        return st;
    p->nodes.v[at].own_s *= ko_rng_between(r, 0.4, 2.5);
    depth[at] = depth[caller] + 1;
    st = hang(p, caller, at, r);
    uint32_t second = pick_caller(p, depth, r);
    if (st == KO_OK && ko_rng_unit(r) < 0.35 && second != caller && second != at &&
        depth[second] < depth[at])
        st = hang(p, second, at, r);
    return st;
}

static enum ko_status add_others(struct ko_platform *p, size_t services, struct ko_rng *r)
{
    static const unsigned core_depth = 2;
    unsigned *depth = ko_arena_alloc(&p->arena, services + PARTS, sizeof *depth);
    if (depth == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < p->nodes.n; i++)
        depth[i] = p->nodes.v[i].demand > 0 ? 0 : core_depth;
    struct ko_buf name;
    ko_buf_init(&name, KO_BUF_MAX);
    enum ko_status st = KO_OK;
    while (st == KO_OK && p->nodes.n < services)
        st = add_other(p, depth, r, &name);
    ko_buf_release(&name);
    return st;
}

static enum ko_status add_owners(struct ko_platform *p)
{
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < p->nodes.n && st == KO_OK; i++) {
        ko_buf_reset(&b);
        ko_buf_puts(&b, "team-");
        ko_buf_put(&b, p->nodes.v[i].name);
        st = b.status != KO_OK
                 ? b.status
                 : ko_str_copy(&p->arena, ko_buf_str(&b), &p->nodes.v[i].owner);
    }
    ko_buf_release(&b);
    return st;
}

/* What customers put up with: of a screen, and of a queue. */
static const double SCREEN_S = 3, QUEUE_S = 180;

static struct ko_journey_step step_at(const struct ko_platform *p, uint32_t node)
{
    const struct ko_sim_node *n = &p->nodes.v[node];
    return (struct ko_journey_step){.name = n->name,
                                    .node = node,
                                    .slow_after_s = n->kind == KO_NODE_QUEUE ? QUEUE_S
                                                    : n->demand > 0          ? SCREEN_S
                                                                             : 0};
}

/* The journey from each entrance along its first calls to the agent. */
static enum ko_status add_journeys(struct ko_platform *p)
{
    for (size_t i = 0; i < p->nodes.n; i++) {
        if (p->nodes.v[i].demand <= 0 || p->nodes.v[i].kind == KO_NODE_QUEUE)
            continue;
        struct ko_drill_journey *j;
        KO_LIST_ADD(&p->arena, &p->journeys, j);
        if (j == NULL)
            return KO_ENOMEM;
        j->name = p->nodes.v[i].name;
        struct ko_journey_step *step;
        KO_LIST_ADD(&p->arena, &j->steps, step);
        if (step == NULL)
            return KO_ENOMEM;
        *step = step_at(p, (uint32_t)i);
        for (size_t k = 0; k < p->links.n; k++) {
            if (p->links.v[k].caller != i || p->links.v[k].fallback_share > 0)
                continue;
            KO_LIST_ADD(&p->arena, &j->steps, step);
            if (step == NULL)
                return KO_ENOMEM;
            *step = step_at(p, p->links.v[k].callee);
        }
    }
    return KO_OK;
}

enum ko_status ko_platform_make(struct ko_platform *p, size_t services, uint64_t seed,
                                struct ko_err *err)
{
    struct ko_rng r = ko_rng_of(seed, STREAM);
    if (services > KO_DRILL_NODES_MAX)
        return ko_err_set(err, KO_ELIMIT, "more than %d services", KO_DRILL_NODES_MAX);
    size_t n = services == 0 ? PARTS : services;
    enum ko_status st = add_parts(p, n, (double)demand_scale(n), &r);
    if (st == KO_OK)
        st = add_links(p, &r);
    if (st == KO_OK)
        st = add_others(p, n, &r);
    if (st == KO_OK)
        st = add_owners(p);
    if (st == KO_OK)
        st = add_journeys(p);
    if (st == KO_OK)
        st = ko_platform_size(p, seed);
    return st == KO_OK ? st : ko_err_nomem(err);
}
