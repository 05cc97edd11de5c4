/* take_log.c: what a record of a log adds to the state of a reducer. */
#include "reduce/take.h"

/* As the record states; by its words only where it states neither level nor outcome. */
static enum ko_severity severity_of(const struct ko_event *ev)
{
    if (ev->severity != KO_SEV_UNKNOWN)
        return ev->severity;
    if (ev->outcome != KO_OUTCOME_UNKNOWN || ev->status != 0)
        return ko_take_is_bad(ev) ? KO_SEV_ERROR : KO_SEV_UNKNOWN;
    return ko_severity_guess(ev->message);
}

/* The tracks that a record counts on. */
struct hits {
    uint32_t v[8];
    size_t n;
};

static void hit(struct hits *h, uint32_t block, enum ko_family family, bool really)
{
    h->v[h->n] = block + (uint32_t)(family - KO_BLOCK_FIRST);
    h->n += really ? 1 : 0;
}

/* A request: total, failed; and how long. */
static enum ko_status take_request(struct ko_reducer *r, uint32_t block,
                                   const struct ko_event *ev, bool bad, struct hits *h)
{
    hit(h, block, KO_TRACK_REQUESTS, true);
    hit(h, block, KO_TRACK_ERRORS, bad);
    if (ev->dur < 0 || ev->dur > KO_TAKE_DUR_MAX)
        return KO_OK;
    return ko_cells_add_dur(&r->cells,
                            block + (uint32_t)(KO_TRACK_LATENCY - KO_BLOCK_FIRST),
                            ev->time, ev->dur);
}

/* The template, and the span that wrote it. */
static enum ko_status take_message(struct ko_reducer *r, const struct ko_event *ev,
                                   uint32_t export_index, uint32_t entity,
                                   enum ko_severity severity)
{
    uint32_t track;
    enum ko_status st = ko_pattern_take(r, ev, entity, export_index, severity, &track);
    if (st != KO_OK || track == KO_NO_ENTITY || ev->span.n == 0)
        return st;
    struct ko_mention m = {
        .trace = ko_take_id(ev->trace), .span = ko_take_id(ev->span), .track = track};
    return ko_mentions_add(&r->mentions, &m);
}

/* A payment is in the books of the business, whatever else a log may tell of. */
static enum ko_witness witness_of(const struct ko_event *ev)
{
    if (ko_str_eq(ev->what, KO_STR("payment")))
        return KO_WITNESS_BOOK;
    bool outcome = ev->status > 0 || ev->outcome != KO_OUTCOME_UNKNOWN;
    return outcome ? KO_WITNESS_LOG : KO_WITNESS_LINE;
}

static enum ko_status take_spot(struct ko_reducer *r, const struct ko_event *ev,
                                struct ko_log_plan *plan, bool bad)
{
    struct ko_interaction x = {.ev = ev,
                               .export_index = plan->export_index,
                               .entity = plan->entity,
                               .witness = witness_of(ev),
                               .took = ev->dur,
                               .bad = bad};
    ko_take_person(ev, &x);
    return ko_take_spot(r, &x, &plan->spots[x.witness]);
}

/* Lines, requests and calls of the entity. */
static enum ko_status take_counts(struct ko_reducer *r, const struct ko_event *ev,
                                  const struct ko_log_plan *plan, bool failed,
                                  bool interaction)
{
    struct hits h = {.n = 0};
    enum ko_status st = KO_OK;
    bool bad = ko_take_is_bad(ev);
    hit(&h, plan->block, KO_TRACK_LINES, true);
    hit(&h, plan->block, KO_TRACK_LOG_ERRORS, failed);
    hit(&h, plan->block, KO_TRACK_RETRIES, ev->attempt > 1);
    if (interaction)
        st = take_request(r, plan->block, ev, bad, &h);
    if (st == KO_OK && plan->call != 0)
        st = take_request(r, plan->call, ev, bad, &h);
    return st == KO_OK ? ko_cells_add_all(&r->cells, h.v, h.n, ev->time) : st;
}

enum ko_status ko_take_log(struct ko_reducer *r, const struct ko_event *ev,
                           uint32_t export_index)
{
    struct ko_log_plan *plan;
    enum ko_status st = ko_log_plan(r, ev, export_index, &plan);
    if (st != KO_OK)
        return st;
    struct ko_name *name = &r->names.v[plan->entity];
    name->records++;
    name->by_file += plan->by_file;
    enum ko_severity severity = severity_of(ev);
    bool failed = severity >= KO_SEV_ERROR;
    bool interaction =
        ev->status > 0 || ev->dur >= 0 || ev->outcome != KO_OUTCOME_UNKNOWN;
    bool of_person = ev->customer.n > 0 || ev->session.n > 0;
    st = take_counts(r, ev, plan, failed, interaction);
    if (st == KO_OK && (interaction || of_person))
        st = take_spot(r, ev, plan, interaction ? ko_take_is_bad(ev) : failed);
    return st == KO_OK ? take_message(r, ev, export_index, plan->entity, severity) : st;
}
