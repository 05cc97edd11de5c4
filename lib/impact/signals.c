/* signals.c: the signals of spread as a table, and the record of each. */
#include "impact/signals.h"

#include "base/buf.h"
#include "base/num.h"
#include "impact/level.h"
#include "impact/reply.h"

#include <math.h>

enum { TEXT_MAX_BYTES = 4096 };

/* As long as a contact is handled on average. */
#define ONE_HANDLE_TIME (-1)

/*
 * One signal, and where it is looked for, in this order: a ratio of two series, the mean
 * of a series, the response time of a service by its name, a metric by the words of its
 * name, log records by their words, the failures of a service by its name.
 */
struct spec {
    const char *measure;
    const char *part, *whole;
    bool together; /* the sum over all entities is told, not each of them */
    const char *mean, *weight, *less;
    const char *service_words, *failing_words;
    enum ko_entity_kind service_kind;
    const char *metric_words;
    enum ko_class metric_class;
    const char *log_words, *log_of;
    const char *definition;
    const char *needs; /* the export that would tell; NULL: its absence is not missed */
    ko_dur matures;    /* after the end, until then it still grows; 0 at once */
};

/* Definitions: Amazon Connect and Genesys Cloud metric glossaries; words of log records
 * as bots, gateways and queues of the catalogue of formats write them. */
static const struct spec specs[] = {
    {.measure = "failed requests",
     .part = "errors",
     .whole = "requests",
     .together = true,
     .definition =
         "failed requests of all parts, of all their requests; a request counts "
         "at every part that it passes"},
    {.measure = "failed hand-offs",
     .part = "handoff_failed",
     .whole = "offered",
     .log_words = "handoff+fail|hand-off+fail|handover+fail|transfer+fail|"
                  "handed over+without|handoff+without|hand-off+without",
     .log_of = "handed over|handoff|hand-off|handover",
     .definition =
         "contacts whose hand-off reached no agent or lost its context, of those "
         "offered; or such log records, of all that tell of a hand-off or, if none tells "
         "of one that worked, of the requests of their entities",
     .needs = "contact records with transfer and agent connection, or the bot's log"},
    {.measure = "transfer rate",
     .part = "transferred",
     .whole = "offered",
     .metric_words = "transfer_rate|transfer rate|transferred",
     .definition = "contacts transferred, of those offered",
     .needs = "contact records with transfers"},
    {.measure = "bot fallback",
     .part = "fallback",
     .whole = "offered",
     .metric_words = "fallback_rate|fallback rate|bot_fallback",
     .log_words = "fallback|fall back|missed utterance|no match|handed over",
     .definition = "bot contacts without an answer of its own, of those offered; or such "
                   "log records, of the requests of their entities",
     .needs = "the bot's conversation log"},
    {.measure = "authentication failure",
     .part = "auth_failed",
     .whole = "offered",
     .metric_words = "auth_fail|auth_error|login_fail|verification_fail",
     .metric_class = KO_CLASS_OTHER,
     .log_words = "auth+fail|auth+missing|auth+denied|verif+fail|login+fail|"
                  "identity+fail|identity+timed out|no verified",
     .failing_words = "identity|auth|login|sso|verif",
     .definition = "contacts whose identity check failed, of those offered; or such log "
                   "records, of the requests of their entities; or failed requests of "
                   "the identity service, of all of them",
     .needs = "the log of the identity or IVR step"},
    {.measure = "record look-up latency",
     .service_words = "crm|lookup|customer-record|customer-data",
     .metric_words = "crm|lookup|customer-record|customer-data",
     .metric_class = KO_CLASS_LATENCY,
     .definition = "mean response time of the CRM or look-up service over its requests; "
                   "of a metric of its latency, over time",
     .needs = "logs with durations, traces or metrics of the CRM"},
    {.measure = "payment confirmation delay",
     .service_words = "payment|checkout|pay-|billing",
     .metric_words = "payment|psp|acquir|checkout",
     .metric_class = KO_CLASS_LATENCY,
     .definition = "mean response time of the payment service over its requests; of a "
                   "metric of its latency, over time",
     .needs = "logs with durations, traces or metrics of the payment service"},
    {.measure = "abandonment",
     .part = "abandoned",
     .whole = "offered",
     .metric_words = "abandon",
     .definition = "contacts queued and never connected, of those offered",
     .needs = "contact records or queue intervals"},
    {.measure = "queue wait",
     .mean = "wait_mean",
     .weight = "offered",
     .metric_words = "queue_wait|wait_time|wait time|answer_time|answer time",
     .definition = "time from queued to connected or gone, mean over contacts",
     .needs = "contact records or queue intervals"},
    {.measure = "handle time",
     .mean = "handle_mean",
     .weight = "offered",
     .less = "abandoned",
     .metric_words = "handle_time|handle time|_aht|aht_",
     .definition = "talk, hold and after-call work, mean over the contacts that reached "
                   "people; stamped when the "
                   "contact ends, so it lags by one handle time",
     .needs = "contact records with handle time",
     .matures = ONE_HANDLE_TIME},
    {.measure = "agent search time",
     .metric_words = "search_time|agent_search|knowledge_search|search_seconds",
     .metric_class = KO_CLASS_OTHER,
     .definition = "time that agents look for information",
     .needs = "agent desktop or knowledge export with search times"},
    {.measure = "agent screen load",
     .metric_words = "screen_load|screen-load|desktop",
     .service_words = "desktop|workspace|agent-screen",
     .service_kind = KO_KIND_DESK,
     .metric_class = KO_CLASS_LATENCY,
     .definition = "mean load time of the agent's screens; of a metric, over time"},
    {.measure = "repeat contact",
     .part = "repeat_contacts",
     .whole = "offered",
     .metric_words = "repeat_contact|repeat contact|recontact",
     .definition = "contacts of a customer who was there in the 48 h before, of those "
                   "offered; matures 48 h after the incident",
     .needs = "contact records with a customer id",
     .matures = 48 * KO_HOUR},
};

/* The ways of a spec, in the order in which they are tried. */
enum way { RATIO, MEAN, SERVICE, METRIC, LOGGED, FAILURES, WAYS };

static bool measure_by(const struct ko_case *c, const struct ko_window *w,
                       const struct spec *s, enum way way, struct ko_level *ret)
{
    switch (way) {
    case RATIO:
        return s->part != NULL &&
               ko_level_ratio(c, w, s->part, s->whole, KO_NO_ENTITY, ret);
    case MEAN:
        return s->mean != NULL && ko_level_mean(c, w, s->mean, s->weight, s->less, ret);
    case SERVICE:
        return s->service_words != NULL &&
               ko_level_service(c, w, s->service_words, s->service_kind, ret);
    case METRIC:
        return s->metric_words != NULL &&
               ko_level_metric(c, w, s->metric_words, s->metric_class, ret);
    case LOGGED:
        return s->log_words != NULL &&
               ko_level_logged(c, w, s->log_words, s->log_of, ret);
    default:
        return s->failing_words != NULL && ko_level_failures(c, w, s->failing_words, ret);
    }
}

/* Returns: the first way by which it is known; WAYS: none. */
static enum way measure(const struct ko_case *c, const struct ko_window *w,
                        const struct spec *s, struct ko_level *ret)
{
    enum way way = RATIO;
    while (way < WAYS && !measure_by(c, w, s, way, ret))
        way++;
    return way;
}

/* The time after the end as if it were the incident. */
static struct ko_window after_end(const struct ko_window *w)
{
    struct ko_window after = *w;
    after.during = w->after;
    return after;
}

static double metric_after(const struct ko_case *c, const struct ko_window *w,
                           const struct ko_level *l)
{
    for (size_t i = 0; i < c->series.n; i++) {
        const struct ko_series *x = &c->series.v[i];
        if (!x->normal && x->caller == KO_NO_ENTITY && x->entity == l->entity &&
            ko_str_eq(x->signal, l->signal))
            return ko_span_mean(&x->v, w->after);
    }
    return NAN;
}

/* The level after the end, by the same ${way} as ${l}; NaN when no export covers it. */
static double level_after(const struct ko_case *c, const struct ko_window *w,
                          const struct spec *s, enum way way, const struct ko_level *l)
{
    struct ko_level after;
    struct ko_window shifted = after_end(w);
    if (w->after.to <= w->after.from)
        return NAN;
    if (way == METRIC)
        return metric_after(c, w, l);
    bool found = way == RATIO
                     ? ko_level_ratio(c, &shifted, s->part, s->whole, l->entity, &after)
                     : measure_by(c, &shifted, s, way, &after);
    bool same = found && ko_str_eq(after.unit, l->unit) &&
                (way != SERVICE || after.entity == l->entity);
    return same ? after.during : (double)NAN;
}

/* Until when the signal is not complete; NONE if it is. */
static ko_time still_maturing(const struct ko_case *c, const struct ko_window *w,
                              const struct spec *s, const struct ko_level *l)
{
    ko_time end = ko_case_time(c, w->during.to);
    ko_dur needs = s->matures != ONE_HANDLE_TIME ? s->matures
                   : l->during > 0               ? (ko_dur)(l->during * (double)KO_SECOND)
                                                 : 0;
    bool short_of = ko_case_time(c, c->head.buckets) < end + needs;
    return needs > 0 && short_of ? end + needs : KO_TIME_NONE;
}

static void say_level(const struct ko_case *c, const struct spec *s,
                      const struct ko_level *l, struct ko_buf *b)
{
    if (l->entity != KO_NO_ENTITY)
        ko_buf_printf(b, "%.*s: ", KO_ARG(ko_case_name(c, l->entity)));
    ko_buf_printf(b, "%s ", s->measure);
    ko_say_amount(b, l->during, l->unit);
    if (!isnan(l->part)) {
        ko_buf_puts(b, ", ");
        ko_num_human(b, l->part);
        ko_buf_puts(b, " of ");
        ko_num_human(b, l->whole);
    }
    if (isnan(l->before)) {
        ko_buf_puts(b, " (no healthy time to compare with)");
    } else {
        ko_buf_puts(b, " (was ");
        ko_say_amount(b, l->before, l->unit);
        ko_buf_putc(b, ')');
    }
}

static void say_maturing(struct ko_buf *b, ko_time until)
{
    if (until == KO_TIME_NONE)
        return;
    ko_buf_puts(b, "; still maturing until ");
    ko_time_put(b, until);
}

/* The evidence of the onset of the same signal, if it left its baseline. */
static struct ko_str onset_evidence(const struct ko_case *c, const struct ko_level *l)
{
    for (size_t i = 0; i < c->onsets.n; i++) {
        const struct ko_onset *o = &c->onsets.v[i];
        if (o->entity == l->entity && o->caller == KO_NO_ENTITY &&
            ko_str_eq(o->signal, l->signal))
            return o->evidence;
    }
    return KO_STR("");
}

static enum ko_status evidence_of(struct ko_case *c, const struct ko_level *l,
                                  struct ko_str text, struct ko_str *ret)
{
    *ret = onset_evidence(c, l);
    if (ret->n > 0)
        return KO_OK;
    struct ko_evidence *e;
    enum ko_status st = ko_case_add_evidence(c, KO_STAGE_BLAME, &e);
    if (st != KO_OK)
        return st;
    e->kind = KO_STR("signal");
    e->entity = l->entity;
    e->signal = l->signal;
    e->unit = l->unit;
    e->text = text;
    e->before = l->before;
    e->after = l->during;
    *ret = e->id;
    return l->row.n > 0 ? ko_case_add_str(c, &e->rows, l->row) : KO_OK;
}

static enum ko_status add_signal(struct ko_case *c, const struct ko_window *w,
                                 const struct spec *s, enum way way,
                                 const struct ko_level *l)
{
    struct ko_buf b;
    struct ko_str text, evidence;
    ko_time matures = still_maturing(c, w, s, l);
    ko_buf_init(&b, TEXT_MAX_BYTES);
    say_level(c, s, l, &b);
    say_maturing(&b, matures);
    enum ko_status st = ko_say_keep(c, &b, &text);
    ko_buf_release(&b);
    if (st == KO_OK)
        st = evidence_of(c, l, text, &evidence);
    if (st != KO_OK)
        return st;
    struct ko_impact *m = ko_case_add(c, "impact");
    if (m == NULL)
        return KO_ENOMEM;
    m->measure = ko_str(s->measure);
    if (l->entity != KO_NO_ENTITY) {
        m->dim = ko_str(
            ko_entity_kind_name((enum ko_entity_kind)c->entities.v[l->entity].kind));
        m->value = ko_case_name(c, l->entity);
    }
    m->unit = l->unit;
    m->before = l->before;
    m->during = l->during;
    m->after = level_after(c, w, s, way, l);
    m->matures = matures;
    m->total = l->part;
    m->text = text;
    m->definition = ko_str(s->definition);
    m->evidence = evidence;
    return KO_OK;
}

/* The entities that ${s} sums over, one record each, where there are several. */
static enum ko_status add_each(struct ko_case *c, const struct ko_window *w,
                               const struct spec *s)
{
    struct ko_level l;
    enum ko_status st = KO_OK;
    if (s->part == NULL || s->together ||
        !ko_level_ratio(c, w, s->part, s->whole, KO_NO_ENTITY, &l) ||
        l.entity != KO_NO_ENTITY)
        return KO_OK;
    for (size_t i = 0; i < c->series.n && st == KO_OK; i++) {
        const struct ko_series *part = &c->series.v[i];
        if (!part->normal && part->caller == KO_NO_ENTITY &&
            ko_str_eq(part->signal, ko_str(s->part)) &&
            ko_level_ratio(c, w, s->part, s->whole, part->entity, &l))
            st = add_signal(c, w, s, RATIO, &l);
    }
    return st;
}

/* Repeat contacts come for two days; data that ends sooner cannot hold them. */
static enum ko_status say_maturity(struct ko_case *c, const struct ko_window *w)
{
    const ko_dur matures = 48 * KO_HOUR;
    ko_time data_end = ko_case_time(c, c->head.buckets);
    ko_time end = ko_case_time(c, w->during.to);
    if (data_end - end >= matures)
        return KO_OK;
    struct ko_buf b;
    ko_buf_init(&b, TEXT_MAX_BYTES);
    ko_buf_puts(&b, "repeat contact in 24-48 h: data ends ");
    if (data_end > end) {
        ko_time_put_dur(&b, data_end - end);
        ko_buf_puts(&b, " after the incident");
    } else {
        ko_buf_puts(&b, "with the incident");
    }
    enum ko_status st = b.status;
    if (st == KO_OK)
        st = ko_say_unknown(c, ko_buf_str(&b),
                            KO_STR("contact records up to 48 h after the end"));
    ko_buf_release(&b);
    return st;
}

enum ko_status ko_signals_run(struct ko_case *c, const struct ko_window *w)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < sizeof specs / sizeof specs[0] && st == KO_OK; i++) {
        const struct spec *s = &specs[i];
        struct ko_level l;
        enum way way = measure(c, w, s, &l);
        if (way == WAYS) {
            if (s->needs == NULL)
                continue;
            st = ko_say_unknown(c, ko_str(s->measure), ko_str(s->needs));
            continue;
        }
        if (s->together)
            l.entity = KO_NO_ENTITY;
        st = add_signal(c, w, s, way, &l);
        if (st == KO_OK)
            st = add_each(c, w, s);
    }
    return st == KO_OK ? say_maturity(c, w) : st;
}
