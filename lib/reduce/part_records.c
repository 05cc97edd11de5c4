/* part_records.c: the records of a part. */
#include "reduce/part_records.h"

#include "reduce/take.h"

#include <string.h>

#define AT(base, offset) ((void *)((char *)(base) + (offset)))

static void enumerated(struct ko_codec *c, void *io, uint32_t n)
{
    uint32_t v;
    memcpy(&v, io, sizeof v);
    ko_codec_below(c, &v, n);
    memcpy(io, &v, sizeof v);
}

static void duration(struct ko_codec *c, ko_dur *io)
{
    ko_codec_i64(c, io);
    ko_codec_refuse(c, *io < -1 || *io > KO_TAKE_DUR_MAX);
}

/* ---- options ---- */

static void alias(struct ko_codec *c, struct ko_alias *a)
{
    ko_codec_str(c, &a->alias);
    ko_codec_str(c, &a->name);
}

static void aliases(struct ko_codec *c, struct ko_reduce_options *o)
{
    size_t n = o->aliases.n;
    ko_codec_count(c, &n);
    for (size_t i = 0; i < n && c->status == KO_OK; i++) {
        struct ko_alias *a = ko_codec_writes(c) ? &o->aliases.v[i] : NULL;
        if (a == NULL)
            KO_LIST_ADD(c->arena, &o->aliases, a);
        if (a != NULL)
            alias(c, a);
        else
            c->status = KO_ENOMEM;
    }
}

void ko_part_options(struct ko_codec *c, struct ko_reduce_options *o)
{
    int64_t *const times[] = {&o->from, &o->to, &o->at, &o->normal_to, &o->step};
    size_t *const limits[] = {&o->keys_max, &o->cells_max_bytes, &o->spans_max,
                              &o->deliveries_max, &o->ids_max};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        ko_codec_time(c, times[i]);
    ko_codec_refuse(c, o->step < 0 || o->step % KO_SECOND != 0 ||
                           o->step > KO_REDUCE_STEP_MAX);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        uint64_t v = *limits[i];
        ko_codec_u64(c, &v);
        ko_codec_refuse(c, v > UINT32_MAX);
        *limits[i] = (size_t)v;
    }
    ko_codec_str(c, &o->symptom_entity);
    ko_codec_str(c, &o->symptom_signal);
    ko_codec_str(c, &o->tool);
    ko_codec_bool(c, &o->unmasked);
    aliases(c, o);
}

/* ---- the account ---- */

static void sample(struct ko_codec *c, struct ko_reject_sample *s)
{
    enumerated(c, &s->reason, KO_REJECT_COUNT);
    ko_codec_u64(c, &s->line);
    ko_codec_u64(c, &s->offset);
    ko_codec_str(c, &s->text);
}

static void ledger_lists(struct ko_codec *c, struct ko_ledger *l)
{
    size_t samples = l->samples.n, remarks = l->remarks.n;
    ko_codec_count(c, &samples);
    ko_codec_count(c, &remarks);
    for (size_t i = 0; i < samples && c->status == KO_OK; i++) {
        struct ko_reject_sample *s = ko_codec_writes(c) ? &l->samples.v[i] : NULL;
        if (s == NULL)
            KO_LIST_ADD(c->arena, &l->samples, s);
        if (s == NULL)
            c->status = KO_ENOMEM;
        else
            sample(c, s);
    }
    for (size_t i = 0; i < remarks && c->status == KO_OK; i++) {
        struct ko_str *s = ko_codec_writes(c) ? &l->remarks.v[i] : NULL;
        if (s == NULL)
            KO_LIST_ADD(c->arena, &l->remarks, s);
        if (s == NULL)
            c->status = KO_ENOMEM;
        else
            ko_codec_str(c, s);
    }
}

void ko_part_ledger(struct ko_codec *c, struct ko_ledger *l)
{
    struct ko_str *const texts[] = {&l->file,       &l->format,       &l->why,  &l->zone,
                                    &l->time_field, &l->entity_field, &l->units};
    uint64_t *const counts[] = {&l->hash,
                                &l->bytes,
                                &l->bytes_accepted,
                                &l->bytes_rejected,
                                &l->bytes_blank,
                                &l->bytes_header,
                                &l->bytes_terminators,
                                &l->bytes_bom,
                                &l->lines,
                                &l->lines_accepted,
                                &l->lines_rejected,
                                &l->lines_blank,
                                &l->lines_header,
                                &l->records,
                                &l->records_no_time,
                                &l->duplicates,
                                &l->dates_day_first,
                                &l->dates_month_first,
                                &l->dates_either,
                                &l->rows};
    bool *const flags[] = {&l->damaged, &l->capped, &l->newest_first};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ko_codec_str(c, texts[i]);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        ko_codec_u64(c, counts[i]);
    for (size_t i = 0; i < KO_REJECT_COUNT; i++)
        ko_codec_u64(c, &l->rejects[i]);
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        ko_codec_bool(c, flags[i]);
    ko_codec_i64(c, &l->first);
    ko_codec_i64(c, &l->last);
    ledger_lists(c, l);
}

/* ---- marks ---- */

static void mark(struct ko_codec *c, struct ko_mark *m)
{
    ko_codec_u64(c, &m->key);
    ko_codec_below(c, &m->who, UINT32_MAX);
    ko_codec_i64(c, &m->time);
}

static void mark_set(struct ko_codec *c, struct ko_mark_set *s)
{
    size_t n = s->n;
    uint64_t max = s->max;
    ko_codec_count(c, &n);
    ko_codec_u64(c, &max);
    ko_codec_u64(c, &s->bound);
    ko_codec_bool(c, &s->whole);
    ko_codec_bool(c, &s->earliest);
    s->max = (size_t)max;
    if (!ko_codec_writes(c) && c->status == KO_OK) {
        s->v = ko_mem_alloc(n, sizeof *s->v);
        s->cap = s->v != NULL ? n : 0;
        c->status = s->v != NULL ? KO_OK : KO_ENOMEM;
    }
    for (size_t i = 0; i < n && c->status == KO_OK; i++)
        mark(c, &s->v[i]);
    s->n = c->status == KO_OK ? n : 0;
}

void ko_part_marks(struct ko_codec *c, struct ko_marks *m)
{
    uint32_t says = m->says;
    ko_codec_below(c, &says, UINT32_MAX);
    m->says = says;
    ko_codec_u64(c, &m->n);
    ko_codec_bool(c, &m->fine);
    mark_set(c, &m->ids);
    mark_set(c, &m->records);
}

/* ---- events, spans, contacts ---- */

#define SLICE(m) offsetof(struct ko_event, m)
static const size_t event_flags[] = {
    SLICE(has_zone),    SLICE(peer_is_caller), SLICE(async),   SLICE(transferred),
    SLICE(abandoned),   SLICE(fallback),       SLICE(handoff), SLICE(handoff_failed),
    SLICE(auth_failed), SLICE(stale)};

void ko_part_event(struct ko_codec *c, struct ko_event *ev, const struct ko_part_sizes *n)
{
    int64_t *const numbers[] = {&ev->status, &ev->dur, &ev->attempt, &ev->wait,
                                &ev->handle, &ev->due, &ev->done,    &ev->as_of};
    enumerated(c, &ev->kind, KO_EVENT_OBJECTIVE + 1);
    enumerated(c, &ev->severity, KO_SEV_FATAL + 1);
    enumerated(c, &ev->outcome, KO_OUTCOME_BAD + 1);
    enumerated(c, &ev->metric_kind, KO_METRIC_DELTA + 1);
    ko_codec_below(c, &ev->place.export_index, n->exports);
    ko_codec_u64(c, &ev->place.line);
    ko_codec_u64(c, &ev->place.offset);
    ko_codec_time(c, &ev->time);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        ko_codec_i64(c, numbers[i]);
    ko_codec_real(c, &ev->value);
    for (size_t i = 0; i < KO_EVENT_TEXTS; i++)
        ko_codec_str(c, ko_event_text(ev, i));
    for (size_t i = 0; i < sizeof event_flags / sizeof *event_flags; i++)
        ko_codec_bool(c, AT(ev, event_flags[i]));
}

void ko_part_span(struct ko_codec *c, struct ko_span *s, const struct ko_part_sizes *n)
{
    ko_codec_u64(c, &s->trace);
    ko_codec_u64(c, &s->id);
    ko_codec_u64(c, &s->parent);
    ko_codec_time(c, &s->start);
    ko_codec_refuse(c, s->start == KO_TIME_NONE);
    duration(c, &s->dur);
    ko_codec_u64(c, &s->line);
    ko_codec_below(c, &s->export_index, n->exports);
    ko_codec_below(c, &s->entity, n->names);
    ko_codec_number(c, &s->peer, n->names);
    ko_codec_number(c, &s->operation, n->texts);
    ko_codec_bool(c, &s->bad);
    ko_codec_bool(c, &s->async);
    ko_codec_bool(c, &s->retry);
}

void ko_part_contact(struct ko_codec *c, struct ko_contact *x,
                     const struct ko_part_sizes *n)
{
    uint32_t *const texts[] = {&x->version, &x->region, &x->channel, &x->queue,
                               &x->segment};
    bool *const flags[] = {&x->has_id,         &x->session,     &x->bad,
                           &x->transferred,    &x->abandoned,   &x->fallback,
                           &x->handoff_failed, &x->auth_failed, &x->retry};
    ko_codec_u64(c, &x->id);
    ko_codec_time(c, &x->time);
    ko_codec_refuse(c, x->time == KO_TIME_NONE);
    ko_codec_i64(c, &x->wait);
    ko_codec_i64(c, &x->handle);
    ko_codec_u64(c, &x->person);
    ko_codec_u64(c, &x->line);
    ko_codec_below(c, &x->export_index, n->exports);
    ko_codec_below(c, &x->entity, n->names);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ko_codec_number(c, texts[i], n->texts);
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        ko_codec_bool(c, flags[i]);
}

/* ---- tracks ---- */

static bool is_of_names(enum ko_family f)
{
    return (f >= KO_BLOCK_FIRST && f < KO_BLOCK_FIRST + KO_BLOCK_TRACKS) ||
           f == KO_TRACK_METRIC || f == KO_TRACK_TEMPLATE || ko_family_is_spot(f);
}

void ko_part_key(struct ko_codec *c, struct ko_track_key *k,
                 const struct ko_part_sizes *n)
{
    enumerated(c, &k->family, KO_TRACK_EXPECTED + 1);
    ko_codec_number(c, &k->export_index, n->exports);
    ko_codec_number(c, &k->entity, n->names);
    ko_codec_number(c, &k->caller, n->names);
    ko_codec_number(c, &k->instance, n->names);
    ko_codec_number(c, &k->signal, n->texts);
    ko_codec_number(c, &k->text, n->texts);
    ko_codec_refuse(c, k->export_index == KO_NO_ENTITY && k->family != KO_TRACK_TEMPLATE);
    ko_codec_refuse(c, k->entity == KO_NO_ENTITY && is_of_names(k->family));
    ko_codec_refuse(c, k->text == KO_NO_ENTITY && k->family == KO_TRACK_TEMPLATE);
}

void ko_part_pattern(struct ko_codec *c, struct ko_pattern *p,
                     const struct ko_part_sizes *n)
{
    enumerated(c, &p->severity, KO_SEV_FATAL + 1);
    ko_codec_str(c, &p->sample);
    ko_codec_time(c, &p->first);
    ko_codec_time(c, &p->last);
    ko_codec_below(c, &p->export_index, n->exports);
    ko_codec_u64(c, &p->line);
    ko_codec_u64(c, &p->count);
    ko_codec_refuse(c, p->count == 0);
}
