/* signals.c: the signals of spread, as means of the twin and of the incident. */
#include "base/json.h"
#include "base/num.h"
#include "drill/drill.h"

#include <math.h>

enum what { FAILED, LATENCY, WAIT, HANDLE, ABANDONED, RELOADED, BUSY };

/* One row a signal: of which nodes, what. */
static const struct {
    const char *name;
    enum ko_part part; /* KO_PART_OTHER: every node */
    enum what what;
} rows[] = {
    {"failed requests", KO_PART_OTHER, FAILED},
    {"bot failures", KO_PART_BOT, FAILED},
    {"authentication failure", KO_PART_IDENTITY, FAILED},
    {"authentication latency", KO_PART_IDENTITY, LATENCY},
    {"record look-up latency", KO_PART_CRM, LATENCY},
    {"payment confirmation delay", KO_PART_PAYMENTS, LATENCY},
    {"payment failure", KO_PART_PAYMENTS, FAILED},
    {"abandonment", KO_PART_QUEUE, ABANDONED},
    {"queue wait", KO_PART_QUEUE, WAIT},
    {"handle time", KO_PART_QUEUE, HANDLE},
    {"agents busy", KO_PART_QUEUE, BUSY},
    {"agent screen load", KO_PART_DESK, LATENCY},
    {"reloads and repeat contacts", KO_PART_WEB, RELOADED},
    {"repeat contact", KO_PART_QUEUE, RELOADED},
};

static double value(const struct ko_node_second *s, enum what what)
{
    switch (what) {
    case FAILED:
        return s->error;
    case LATENCY:
        return (double)s->wait + s->hold;
    case WAIT:
        return s->wait;
    case HANDLE:
        return s->hold;
    case ABANDONED:
        return s->arrivals > 0 ? s->lost / s->arrivals : 0;
    case RELOADED:
        return s->arrivals > 0 ? 1 - s->fresh / s->arrivals : 0;
    case BUSY:
        return s->busy;
    }
    return NAN;
}

/* Weighted by requests, from the start of the incident on; NaN where nothing is. */
static double mean(const struct ko_drill *d, const struct ko_flow *f, enum ko_part part,
                   enum what what)
{
    double sum = 0;
    double weight = 0;
    for (size_t i = 0; i < f->n_nodes; i++) {
        if (part != KO_PART_OTHER && d->platform.nodes.v[i].part != part)
            continue;
        for (size_t t = d->plan.start_s; t < f->seconds; t++) {
            for (size_t r = 0; r < KO_DRILL_REGIONS; r++) {
                const struct ko_node_second *s = ko_flow_node(f, t, r, i);
                sum += s->arrivals * value(s, what);
                weight += s->arrivals;
            }
        }
    }
    return weight > 0 ? sum / weight : NAN;
}

void ko_drill_put_signals(const struct ko_drill *d, struct ko_buf *out)
{
    const struct ko_flow *usual = d->twin.seconds > 0 ? &d->twin : &d->run;
    ko_buf_puts(out, ",\n ");
    ko_buf_puts(out, "\"signals\":[");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double before = mean(d, usual, rows[i].part, rows[i].what);
        double during = mean(d, &d->run, rows[i].part, rows[i].what);
        if (isnan(before) || isnan(during))
            continue;
        ko_json_sep(out);
        ko_buf_printf(out, "\n  {\"name\":\"%s\",\"healthy\":", rows[i].name);
        ko_num_put(out, before);
        ko_buf_puts(out, ",\"during\":");
        ko_num_put(out, during);
        ko_buf_putc(out, '}');
    }
    ko_buf_putc(out, ']');
}
