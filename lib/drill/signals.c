/* signals.c: the signals of spread, before, in and after the incident: of the contacts
 * that the exports hold, and of the simulated services. */
#include "base/json.h"
#include "base/num.h"
#include "drill/aftermath.h"
#include "drill/drill.h"
#include "drill/rng.h"

#include <math.h>
#include <stddef.h>

/* Seconds from..to-1 of the drill. */
struct stretch {
    size_t from, to;
};

/* ---- of the services ---- */

/* A full queue says no at once. */
static const double REFUSAL_S = 0.005;

enum what { FAILED, LATENCY, RELOADED, BUSY };

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
    {"agents busy", KO_PART_QUEUE, BUSY},
    {"agent screen load", KO_PART_DESK, LATENCY},
    {"reloads and repeat contacts", KO_PART_WEB, RELOADED},
};

/* Its own part is drawn around a median, what it calls is a mean already. */
static double answered(const struct ko_node_second *s)
{
    return KO_DRILL_MEAN * ((double)s->wait + s->own) + (s->hold - s->own);
}

static double value(const struct ko_node_second *s, enum what what)
{
    switch (what) {
    case FAILED:
        return s->error;
    case LATENCY:
        return (1 - (double)s->refused) * answered(s) + s->refused * REFUSAL_S;
    case RELOADED:
        return s->arrivals > 0 ? 1 - s->fresh / s->arrivals : 0;
    case BUSY:
        return s->busy;
    }
    return NAN;
}

/* Weighted by requests; NaN where nothing is. */
static double mean(const struct ko_drill *d, size_t row, struct stretch in)
{
    double sum = 0;
    double weight = 0;
    for (size_t i = 0; i < d->run.n_nodes; i++) {
        if (rows[row].part != KO_PART_OTHER &&
            d->platform.nodes.v[i].part != rows[row].part)
            continue;
        for (size_t t = in.from; t < in.to; t++) {
            for (size_t r = 0; r < KO_DRILL_REGIONS; r++) {
                const struct ko_node_second *s = ko_flow_node(&d->run, t, r, i);
                if (rows[row].what == LATENCY && s->dead > 0)
                    continue;
                sum += s->arrivals * value(s, rows[row].what);
                weight += s->arrivals;
            }
        }
    }
    return weight > 0 ? sum / weight : NAN;
}

/* ---- of the contacts ---- */

/* Sums over the contacts of a stretch. */
struct counts {
    double all, gone, moved, again, wait_s, handled, handle_s;
};

static const struct {
    const char *name;
    size_t part, whole; /* of struct counts */
} contact_rows[] = {
#define OF(m) offsetof(struct counts, m)
    {"abandonment", OF(gone), OF(all)},     {"transfer rate", OF(moved), OF(all)},
    {"queue wait", OF(wait_s), OF(all)},    {"handle time", OF(handle_s), OF(handled)},
    {"repeat contact", OF(again), OF(all)},
};

static double member(const struct counts *n, size_t offset)
{
    return *(const double *)(const void *)((const char *)n + offset);
}

static void count(struct counts *n, const struct ko_contact *k, bool again)
{
    n->all++;
    n->gone += k->gone;
    n->moved += k->moved;
    n->again += again;
    n->wait_s += floor(k->wait_s);
    n->handled += !k->gone;
    n->handle_s += floor(k->handle_s);
}

/* ${contacts} by time; ${seen}: a flag a customer, all false. */
static void count_all(const struct ko_aftermath *x, const struct stretch *in,
                      struct counts ret[3], bool *seen)
{
    for (size_t i = 0; i < x->contacts.n; i++) {
        const struct ko_contact *k = &x->contacts.v[i];
        for (size_t s = 0; s < 3; s++)
            if (k->at_s >= (double)in[s].from && k->at_s < (double)in[s].to)
                count(&ret[s], k, seen[k->customer]);
        seen[k->customer] = true;
    }
}

/* ---- as a member of the truth ---- */

static void put(struct ko_buf *out, const char *name, const double *v)
{
    static const char *const when[] = {"healthy", "during", "after"};
    if (isnan(v[0]) || isnan(v[1]))
        return;
    ko_json_sep(out);
    ko_buf_printf(out, "\n  {\"name\":\"%s\"", name);
    for (size_t i = 0; i < 3; i++) {
        if (isnan(v[i]))
            continue;
        ko_buf_printf(out, ",\"%s\":", when[i]);
        ko_num_put(out, v[i]);
    }
    ko_buf_putc(out, '}');
}

static void put_contact_rows(const struct ko_drill *d, const struct stretch *in,
                             struct ko_buf *out)
{
    struct ko_aftermath x = {0};
    struct counts n[3] = {0};
    bool *seen = NULL;
    if (ko_aftermath_contacts(d, &x) == KO_OK)
        seen = ko_arena_alloc(&x.arena, KO_DRILL_CUSTOMERS, sizeof *seen);
    if (seen != NULL) {
        ko_aftermath_by_time(&x);
        count_all(&x, in, n, seen);
    } else {
        out->status = KO_ENOMEM;
    }
    for (size_t i = 0; i < sizeof contact_rows / sizeof *contact_rows; i++) {
        double v[3];
        for (size_t s = 0; s < 3; s++)
            v[s] = member(&n[s], contact_rows[i].part) /
                   member(&n[s], contact_rows[i].whole);
        put(out, contact_rows[i].name, v);
    }
    ko_aftermath_release(&x);
}

/* When the last node was well again; the end of the drill where one is not. */
static size_t end_of(const struct ko_drill *d)
{
    size_t end = d->plan.start_s;
    for (size_t i = 0; i < d->truth.nodes.n; i++)
        end = d->truth.nodes.v[i].end_s > end ? d->truth.nodes.v[i].end_s : end;
    return d->truth.nodes.n > 0 && end < d->run.seconds ? end : d->run.seconds;
}

void ko_drill_put_signals(const struct ko_drill *d, struct ko_buf *out)
{
    size_t end = end_of(d);
    const struct stretch in[3] = {
        {0, d->plan.start_s}, {d->plan.start_s, end}, {end, d->run.seconds}};
    ko_buf_puts(out, ",\n ");
    ko_buf_puts(out, "\"signals\":[");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const double v[3] = {mean(d, i, in[0]), mean(d, i, in[1]), mean(d, i, in[2])};
        put(out, rows[i].name, v);
    }
    put_contact_rows(d, in, out);
    ko_buf_putc(out, ']');
}
