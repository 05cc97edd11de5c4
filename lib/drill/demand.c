/* demand.c: what customers and callers did about it: how much more they asked, and
 * since when. */
#include "base/json.h"
#include "base/num.h"
#include "drill/drill.h"

#include <math.h>

enum kind { LATENCY, RETRIES, CONTACTS, ABANDONMENT, HANDLE, KINDS };
static const char *const names[KINDS] = {"latency", "retries", "contacts", "abandonment",
                                         "handle time"};
/* What it is for so long, it is. */
enum { HOLD_S = 20 };
/* It rose when it is so many times what it was, or in a share, so much more. */
static const double ROSE = 1.2, ROSE_SHARE = 0.01;

static bool is_of(enum kind kind, const struct ko_platform *p, uint32_t node)
{
    bool queue = p->nodes.v[node].kind == KO_NODE_QUEUE;
    bool calls = p->out.from[node] < p->out.from[node + 1];
    if (kind == LATENCY)
        return !queue;
    return kind == RETRIES ? calls && !queue : queue;
}

/* A part and what it is a part of, in one second of one region. */
struct sums {
    double part, whole;
};

static void add_retries(const struct ko_platform *p, const struct ko_flow *f, size_t t,
                        size_t r, uint32_t node, struct sums *s)
{
    for (size_t k = p->out.from[node]; k < p->out.from[node + 1]; k++) {
        const struct ko_link_second *l = ko_flow_link(f, t, r, p->out.v[k]);
        s->part += l->attempts > l->logical ? l->attempts - l->logical : 0;
    }
    s->whole += ko_flow_node(f, t, r, node)->arrivals;
}

static double at(const struct ko_platform *p, const struct ko_flow *f, enum kind kind,
                 uint32_t node, size_t t)
{
    struct sums s = {0, 0};
    for (size_t r = 0; r < KO_DRILL_REGIONS; r++) {
        const struct ko_node_second *n = ko_flow_node(f, t, r, node);
        if (kind == RETRIES) {
            add_retries(p, f, t, r, node, &s);
            continue;
        }
        s.part += kind == LATENCY    ? n->arrivals * ((double)n->wait + n->hold)
                  : kind == CONTACTS ? n->arrivals
                  : kind == HANDLE   ? n->arrivals * n->hold
                                     : n->lost;
        s.whole += kind == CONTACTS ? 1.0 / KO_DRILL_REGIONS : n->arrivals;
    }
    return s.whole > 0 ? s.part / s.whole : 0;
}

static double mean(const struct ko_drill *d, const struct ko_flow *f, enum kind kind,
                   uint32_t node)
{
    double sum = 0;
    for (size_t t = d->plan.start_s; t < f->seconds; t++)
        sum += at(&d->platform, f, kind, node, t);
    return f->seconds > d->plan.start_s ? sum / (double)(f->seconds - d->plan.start_s)
                                        : NAN;
}

/* Seconds from the start of the incident until it stays risen, or half of the way up if
 * that is less, for HOLD_S; NaN: never. */
static double since(const struct ko_drill *d, const struct ko_flow *usual, enum kind kind,
                    uint32_t node, double least)
{
    const struct ko_platform *p = &d->platform;
    double most = 0;
    unsigned held = 0;
    for (size_t t = d->plan.start_s; t < d->run.seconds; t++)
        most = fmax(most, at(p, &d->run, kind, node, t) - at(p, usual, kind, node, t));
    for (size_t t = d->plan.start_s; t < d->run.seconds; t++) {
        double rise = at(p, &d->run, kind, node, t) - at(p, usual, kind, node, t);
        held = rise >= fmin(least, most / 2) ? held + 1 : 0;
        if (held == HOLD_S)
            return (double)(t + 1 - HOLD_S - d->plan.start_s);
    }
    return NAN;
}

static void put_row(const struct ko_drill *d, enum kind kind, uint32_t node,
                    struct ko_buf *out)
{
    const struct ko_flow *usual = d->twin.seconds > 0 ? &d->twin : &d->run;
    double before = mean(d, usual, kind, node);
    double during = mean(d, &d->run, kind, node);
    bool share = kind == RETRIES || kind == ABANDONMENT;
    double least = fmax((ROSE - 1) * before, share ? ROSE_SHARE : 0);
    bool rose = during > before + least;
    double since_s = rose ? since(d, usual, kind, node, least) : NAN;
    ko_json_sep(out);
    ko_buf_puts(out, "\n  {\"entity\":");
    ko_json_put_str(out, d->platform.nodes.v[node].name);
    ko_buf_printf(out, ",\"kind\":\"%s\",\"usual\":", names[kind]);
    ko_num_put(out, before);
    ko_buf_puts(out, ",\"during\":");
    ko_num_put(out, during);
    ko_buf_printf(out, ",\"rose\":%s", rose ? "true" : "false");
    if (!isnan(since_s)) {
        ko_buf_puts(out, ",\"since_s\":");
        ko_num_put(out, since_s);
    }
    ko_buf_putc(out, '}');
}

void ko_drill_put_demand(const struct ko_drill *d, struct ko_buf *out)
{
    ko_buf_puts(out, ",\n \"demand\":[");
    for (enum kind kind = LATENCY; kind < KINDS; kind++) {
        for (uint32_t i = 0; i < d->platform.nodes.n; i++) {
            if (is_of(kind, &d->platform, i))
                put_row(d, kind, i, out);
        }
    }
    ko_buf_putc(out, ']');
}
