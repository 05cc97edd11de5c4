/* export_logs.c: what the services say about the sampled hops, as JSON lines. */
#include "base/json.h"
#include "base/num.h"
#include "drill/export_csv.h"
#include "drill/walk.h"

#include <math.h>

struct logs {
    struct ko_buf *out;
    struct ko_rng rng;
};

static void put_text(struct ko_buf *b, const char *key, struct ko_str s)
{
    ko_json_key(b, key);
    ko_json_put_str(b, s);
}

static void open_line(struct logs *x, const struct ko_drill *d, const struct ko_hop *h,
                      uint32_t who, double at_s, const char *level)
{
    struct ko_buf *b = x->out;
    ko_buf_puts(b, "{\"time\":\"");
    ko_time_put(b, ko_export_time(d, who, at_s));
    ko_buf_putc(b, '"');
    put_text(b, "level", ko_str(level));
    put_text(b, "service", d->platform.nodes.v[who].name);
    put_text(b, "region", ko_str(ko_region_names[h->region]));
    ko_buf_printf(b, ",\"customer_id\":\"c-%04llu\"", (unsigned long long)h->customer);
}

struct ko_str ko_drill_channel(const struct ko_sim_node *n)
{
    return n->kind == KO_NODE_BOT    ? KO_STR("chat")
           : n->kind == KO_NODE_DESK ? KO_STR("agent")
                                     : n->name;
}

/* What an entrance says about each request of a customer. */
static void put_request(struct logs *x, const struct ko_drill *d, const struct ko_hop *h)
{
    struct ko_buf *b = x->out;
    const struct ko_sim_node *n = &d->platform.nodes.v[h->node];
    open_line(x, d, h, h->node, h->at_s + h->took_s, h->ok ? "info" : "error");
    put_text(b, "channel", ko_drill_channel(n));
    put_text(b, "msg", h->ok ? KO_STR("request done") : KO_STR("request failed"));
    ko_json_key(b, "duration_ms");
    ko_num_put(b, floor(h->took_s * 1e3 + 0.5));
    ko_buf_printf(b, ",\"status\":%d}\n", h->ok ? 200 : 500);
}

/* What a caller says about an attempt that did not do. */
static void put_attempt(struct logs *x, const struct ko_drill *d, const struct ko_hop *h)
{
    struct ko_buf *b = x->out;
    struct ko_str callee = d->platform.nodes.v[h->node].name;
    open_line(x, d, h, h->caller, h->at_s + h->took_s, "warn");
    ko_buf_puts(b, ",\"msg\":\"");
    if (h->attempt > 1)
        ko_buf_puts(b, "retry ");
    ko_buf_printf(b, "call to %.*s %s, attempt %u", KO_ARG(callee),
                  h->timed_out || h->silent ? "timed out"
                  : h->refused              ? "refused: queue full"
                                            : "failed",
                  h->attempt);
    ko_buf_puts(b, "\"}\n");
}

/* What a service says about a failure of its own. */
static void put_failure(struct logs *x, const struct ko_drill *d, const struct ko_hop *h)
{
    open_line(x, d, h, h->node, h->at_s + h->took_s, "error");
    ko_buf_printf(x->out, ",\"msg\":\"%s\"}\n",
                  h->refused ? "request refused: queue full" : "request failed");
}

static double no_context(const struct ko_drill *d, const struct ko_hop *h)
{
    for (size_t i = 0; i < d->plan.n; i++) {
        const struct ko_planned *f = &d->plan.faults[i];
        if (f->kind == KO_FAULT_CONTEXT && f->node == h->node && h->at_s >= f->from_s &&
            h->at_s < f->to_s)
            return f->size;
    }
    return 0.005;
}

/* A part of what a bot gets goes on to people. */
static void put_handoff(struct logs *x, const struct ko_drill *d, const struct ko_hop *h)
{
    static const double handed_over = 0.2;
    if (ko_rng_unit(&x->rng) > handed_over)
        return;
    bool without = ko_rng_unit(&x->rng) < no_context(d, h);
    open_line(x, d, h, h->node, h->at_s + h->took_s, without ? "error" : "info");
    ko_buf_puts(x->out, without ? ",\"msg\":\"handed over without transcript\"}\n"
                                : ",\"msg\":\"handed over with transcript\"}\n");
}

/* What a service that is asked says about an answer out of old data. */
static void put_stale(struct logs *x, const struct ko_drill *d, const struct ko_hop *h)
{
    size_t second = (size_t)h->at_s < d->run.seconds ? (size_t)h->at_s : 0;
    double share = ko_flow_node(&d->run, second, h->region, h->node)->stale;
    if (share <= 0 || ko_rng_unit(&x->rng) > share)
        return;
    open_line(x, d, h, h->node, h->at_s + h->took_s, "warn");
    ko_buf_puts(x->out, ",\"msg\":\"answered out of a stale copy\"}\n");
}

static void put_hop(void *ctx, const struct ko_drill *d, const struct ko_hop *h)
{
    struct logs *x = ctx;
    if (ko_export_lost(d, &x->rng))
        return;
    bool entrance = h->caller == UINT32_MAX;
    if (entrance)
        put_request(x, d, h);
    else if (!h->ok || h->timed_out)
        put_attempt(x, d, h);
    if (!entrance && !h->ok && !h->silent)
        put_failure(x, d, h);
    if (h->ok)
        put_stale(x, d, h);
    if (entrance && d->platform.nodes.v[h->node].kind == KO_NODE_BOT)
        put_handoff(x, d, h);
}

void ko_drill_put_logs(const struct ko_drill *d, struct ko_buf *out)
{
    struct logs x = {out, ko_rng_of(d->opt.seed, KO_STREAM_LOGS)};
    ko_walk_all(d, ko_export_hops(d), put_hop, &x);
}
