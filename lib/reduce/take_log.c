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

static void hit(struct ko_hits *h, uint32_t block, enum ko_family family)
{
    ko_hit(h, block + (uint32_t)(family - KO_BLOCK_FIRST));
}

/* A request: total, failed; and how long. */
static enum ko_status take_request(struct ko_reducer *r, uint32_t block,
                                   const struct ko_event *ev, bool bad, struct ko_hits *h)
{
    hit(h, block, KO_TRACK_REQUESTS);
    if (bad)
        hit(h, block, KO_TRACK_ERRORS);
    if (ev->dur < 0 || ev->dur > KO_TAKE_DUR_MAX)
        return KO_OK;
    return ko_cells_add_dur(&r->cells,
                            block + (uint32_t)(KO_TRACK_LATENCY - KO_BLOCK_FIRST),
                            ev->time, ev->dur);
}

/* The template, and the span that wrote it. */
static enum ko_status take_message(struct ko_reducer *r, const struct ko_event *ev,
                                   uint32_t export_index, uint32_t entity,
                                   enum ko_severity severity, struct ko_hits *h)
{
    uint32_t track;
    enum ko_status st = ko_pattern_take(r, ev, entity, export_index, severity, &track);
    if (st != KO_OK || track == KO_NO_ENTITY)
        return st;
    ko_hit(h, track);
    if (ev->span.n == 0)
        return KO_OK;
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
                                uint32_t export_index, uint32_t entity, bool bad)
{
    struct ko_interaction x = {.ev = ev,
                               .export_index = export_index,
                               .entity = entity,
                               .witness = witness_of(ev),
                               .took = ev->dur,
                               .bad = bad};
    struct ko_log_spots *spots;
    enum ko_status st = ko_log_spots(r, ev, export_index, entity, &spots);
    ko_take_person(ev, &x);
    return st == KO_OK ? ko_take_spot(r, &x, &spots->by[x.witness]) : st;
}

/* What the record tells of its entity and of the call that it speaks of. */
static enum ko_status take_interaction(struct ko_reducer *r, const struct ko_event *ev,
                                       uint32_t export_index,
                                       const struct ko_log_plan *plan, bool failed,
                                       struct ko_hits *h)
{
    bool is_one = ev->status > 0 || ev->dur >= 0 || ev->outcome != KO_OUTCOME_UNKNOWN;
    bool of_person = ev->customer.n > 0 || ev->session.n > 0;
    bool bad = ko_take_is_bad(ev);
    enum ko_status st = KO_OK;
    if (is_one)
        st = take_request(r, plan->block, ev, bad, h);
    if (st == KO_OK && plan->call != 0)
        st = take_request(r, plan->call, ev, bad, h);
    if (st == KO_OK && (is_one || of_person))
        st = take_spot(r, ev, export_index, plan->entity, is_one ? bad : failed);
    return st;
}

enum ko_status ko_take_log(struct ko_reducer *r, const struct ko_event *ev,
                           uint32_t export_index)
{
    struct ko_hits h = {.n = 0};
    struct ko_log_plan *plan;
    enum ko_status st = ko_log_plan(r, ev, export_index, &plan);
    if (st != KO_OK)
        return st;
    uint32_t entity = plan->entity;
    struct ko_name *name = &r->names.v[entity];
    name->records++;
    name->by_file += plan->by_file;
    enum ko_severity severity = severity_of(ev);
    ko_hit(&h, r->exports.v[export_index].time_track);
    hit(&h, plan->block, KO_TRACK_LINES);
    if (severity >= KO_SEV_ERROR)
        hit(&h, plan->block, KO_TRACK_LOG_ERRORS);
    if (ev->attempt > 1)
        hit(&h, plan->block, KO_TRACK_RETRIES);
    st = take_interaction(r, ev, export_index, plan, severity >= KO_SEV_ERROR, &h);
    if (st == KO_OK)
        st = take_message(r, ev, export_index, entity, severity, &h);
    return st == KO_OK ? ko_cells_add_all(&r->cells, h.v, h.n, ev->time) : st;
}
