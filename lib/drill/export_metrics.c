/* export_metrics.c: every node's counters and gauges as one wide table. */
#include "base/num.h"
#include "drill/export_csv.h"

#include <math.h>

enum { STEP_S = 10, STEPS_MAX = 1440 };

static const char *const columns[] = {"request_count", "error_count", "latency_p95_ms",
                                      "cpu_percent",   "queue_depth", "retry_count"};
enum { COLUMNS = sizeof columns / sizeof *columns };

/* Means of one node over one step, all regions. */
struct means {
    double requests, errors, latency, busy, queued, retries;
    bool dead;
};

static double retries_of(const struct ko_drill *d, size_t t, size_t r, uint32_t node)
{
    double sum = 0;
    const struct ko_platform *p = &d->platform;
    for (size_t k = p->out.from[node]; k < p->out.from[node + 1]; k++) {
        const struct ko_link_second *l = ko_flow_link(&d->run, t, r, p->out.v[k]);
        sum += l->attempts > l->logical ? l->attempts - l->logical : 0;
    }
    return sum;
}

static struct means means_of(const struct ko_drill *d, uint32_t node, size_t from,
                             size_t step)
{
    struct means m = {0};
    double slots = d->platform.nodes.v[node].slots;
    for (size_t t = from; t < from + step && t < d->run.seconds; t++) {
        m.dead = true;
        for (size_t r = 0; r < KO_DRILL_REGIONS; r++) {
            const struct ko_node_second *n = ko_flow_node(&d->run, t, r, node);
            if (n->dead > 0)
                continue;
            m.dead = false;
            m.requests += n->arrivals;
            m.errors += n->arrivals * n->error;
            m.latency += n->arrivals *
                         ((double)n->wait + KO_DRILL_P95 * n->own + n->hold - n->own);
            m.busy += n->served * n->own / slots / (double)step;
            m.queued += n->queued / (double)step;
            m.retries += retries_of(d, t, r, node);
        }
    }
    m.latency = m.requests > 0 ? m.latency / m.requests : NAN;
    return m;
}

static double noisy(struct ko_rng *r, double x, double share)
{
    return x * (1 + share * (ko_rng_unit(r) + ko_rng_unit(r) - 1));
}

static void sample(const struct ko_drill *d, struct ko_rng *r, uint32_t node, size_t from,
                   size_t step, double *ret)
{
    struct means m = means_of(d, node, from, step);
    double share = m.requests > 0 ? m.errors / m.requests : 0;
    double requests = (double)ko_rng_poisson(r, m.requests * (1 - share));
    double errors = (double)ko_rng_poisson(r, m.errors);
    ret[0] = requests + errors;
    ret[1] = errors;
    ret[2] = noisy(r, m.latency * 1000, 0.9 / sqrt(requests + errors + 1) + 0.04);
    ret[3] = noisy(r, 6 + 80 * (m.busy < 1 ? m.busy : 1), 0.06);
    ret[4] = (double)ko_rng_poisson(r, m.queued);
    ret[5] = (double)ko_rng_poisson(r, m.retries);
    if (requests + errors < 1)
        ret[2] = NAN;
    for (size_t i = 0; m.dead && i < COLUMNS; i++)
        ret[i] = NAN;
}

/* Where samples are missing, one in five nodes also has a hole of two minutes. */
static bool in_hole(const struct ko_drill *d, uint32_t node, size_t second)
{
    struct ko_rng r = ko_rng_of(d->opt.seed, KO_STREAM_METRICS * 1000 + node);
    size_t from = (size_t)ko_rng_below(&r, d->run.seconds);
    return d->opt.missing_percent > 0 && node % 5 == 0 && second >= from &&
           second < from + 120;
}

static bool has(const struct ko_drill *d, uint32_t node, size_t column)
{
    enum ko_node_kind kind = d->platform.nodes.v[node].kind;
    bool people = kind == KO_NODE_QUEUE;
    bool box = kind != KO_NODE_QUEUE && kind != KO_NODE_VENDOR && kind != KO_NODE_NETWORK;
    bool calls = d->platform.out.from[node] < d->platform.out.from[node + 1];
    if (column == 2)
        return !people;
    if (column == 3)
        return box;
    return column != 5 || (calls && !people);
}

static void put_row(const struct ko_drill *d, struct ko_rng *r, size_t second,
                    size_t step, struct ko_buf *out)
{
    ko_time_put(out, ko_drill_time((double)second));
    for (uint32_t i = 0; i < d->platform.nodes.n; i++) {
        double v[COLUMNS];
        sample(d, r, i, second, step, v);
        bool hole = in_hole(d, i, second);
        for (size_t c = 0; c < COLUMNS; c++) {
            if (!has(d, i, c))
                continue;
            bool lost = ko_export_lost(d, r) || hole;
            ko_buf_putc(out, ',');
            if (!lost && !isnan(v[c]))
                ko_num_put(out, floor(v[c] * 100 + 0.5) / 100);
        }
    }
    ko_buf_putc(out, '\n');
}

void ko_drill_put_metrics(const struct ko_drill *d, struct ko_buf *out)
{
    struct ko_rng r = ko_rng_of(d->opt.seed, KO_STREAM_METRICS);
    size_t step = d->run.seconds / STEPS_MAX > STEP_S ? 60 : STEP_S;
    ko_buf_puts(out, "time");
    for (uint32_t i = 0; i < d->platform.nodes.n; i++) {
        for (size_t c = 0; c < COLUMNS; c++) {
            if (has(d, i, c))
                ko_buf_printf(out, ",%.*s:%s", KO_ARG(d->platform.nodes.v[i].name),
                              columns[c]);
        }
    }
    ko_buf_putc(out, '\n');
    for (size_t t = 0; t + step <= d->run.seconds; t += step)
        put_row(d, &r, t, step, out);
}
