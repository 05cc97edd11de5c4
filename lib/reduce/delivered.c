/* delivered.c: which records were there before: told twice by an exporter, by pages that
 * overlap, by a log and its rotated copy. */
#include "reduce/delivered.h"

#include "base/map.h"
#include "base/mem.h"

#include <string.h>

enum { ID_SEED = 21, SERIES_SEED = 22, SLOTS_MIN = 1024 };

void ko_delivered_init(struct ko_delivered *d, size_t max)
{
    *d = (struct ko_delivered){.max = max};
}

void ko_delivered_release(struct ko_delivered *d)
{
    ko_mem_free(d->v);
    *d = (struct ko_delivered){0};
}

/* ---- the table ---- */

static struct ko_delivery *slot_of(struct ko_delivery *v, size_t n_slots, uint64_t key)
{
    size_t i = (size_t)(key ^ key >> 32) & (n_slots - 1);
    while (v[i].key != 0 && v[i].key != key)
        i = (i + 1) & (n_slots - 1);
    return &v[i];
}

static enum ko_status grow(struct ko_delivered *d)
{
    size_t n_slots = d->n_slots > 0 ? d->n_slots * 2 : SLOTS_MIN;
    struct ko_delivery *v = ko_mem_alloc(n_slots, sizeof *v);
    if (v == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < d->n_slots; i++) {
        if (d->v[i].key != 0)
            *slot_of(v, n_slots, d->v[i].key) = d->v[i];
    }
    ko_mem_free(d->v);
    d->v = v;
    d->n_slots = n_slots;
    return KO_OK;
}

/* Count ${key} in export ${index}: was it there before? */
static enum ko_status count(struct ko_delivered *d, uint64_t key, uint32_t index,
                            bool within, bool *ret)
{
    if (d->n * 2 >= d->n_slots && grow(d) != KO_OK)
        return KO_ENOMEM;
    struct ko_delivery *s = slot_of(d->v, d->n_slots, key);
    *ret = false;
    if (s->key == 0 && d->n >= d->max) {
        d->full = true;
        return KO_OK;
    }
    if (s->key == 0) {
        *s = (struct ko_delivery){key, index, 0, 1};
        d->n++;
        return KO_OK;
    }
    if (s->export_index != index) {
        s->before = s->now > s->before ? s->now : s->before;
        s->now = 0;
        s->export_index = index;
    }
    if (s->now < UINT16_MAX)
        s->now++;
    *ret = within || s->now <= s->before;
    return KO_OK;
}

/* ---- what a record is known by ---- */

static uint64_t mix(uint64_t h, const void *p, size_t n)
{
    return ko_hash((struct ko_str){p, n}, h);
}

static uint64_t by_id(const struct ko_event *ev)
{
    uint64_t h = ko_hash(ev->id, ID_SEED);
    h = mix(h, &ev->time, sizeof ev->time);
    return ko_hash(ev->message, h);
}

static uint64_t by_content(const struct ko_event *ev, uint32_t series, struct ko_str own)
{
    const struct ko_str texts[] = {ko_str_eq(ev->entity, own) ? KO_STR("") : ev->entity,
                                   ev->peer,
                                   ev->instance,
                                   ev->message,
                                   ev->signal,
                                   ev->trace,
                                   ev->span,
                                   ev->operation,
                                   ev->request,
                                   ev->customer,
                                   ev->session,
                                   ev->region,
                                   ev->channel,
                                   ev->queue,
                                   ev->what,
                                   ev->id,
                                   ev->version};
    uint64_t h = SERIES_SEED + series;
    h = mix(h, &ev->kind, sizeof ev->kind);
    h = mix(h, &ev->time, sizeof ev->time);
    h = mix(h, &ev->dur, sizeof ev->dur);
    h = mix(h, &ev->status, sizeof ev->status);
    h = mix(h, &ev->attempt, sizeof ev->attempt);
    h = mix(h, &ev->value, sizeof ev->value);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        h = ko_hash(texts[i], h);
    return h;
}

static bool is_told_apart(const struct ko_event *ev)
{
    return ev->id.n > 0 || ev->span.n > 0 || ev->request.n > 0 || ev->trace.n > 0 ||
           ev->session.n > 0 || (ev->time != KO_TIME_NONE && ev->time % KO_SECOND != 0);
}

static bool delivery_has_id(const struct ko_event *ev)
{
    return ev->kind == KO_EVENT_LOG && ev->id.n > 0;
}

bool ko_reducer_minds_order(const struct ko_event *ev, struct ko_series_part series)
{
    return delivery_has_id(ev) || series.kind == KO_SERIES_ROTATED ||
           (series.kind == KO_SERIES_PAGED && is_told_apart(ev));
}

enum ko_status ko_delivered_again(struct ko_delivered *d, const struct ko_event *ev,
                                  uint32_t export_index, struct ko_series_part part,
                                  struct ko_str own, bool *ret)
{
    *ret = false;
    if (!ko_reducer_minds_order(ev, part))
        return KO_OK;
    bool has_id = delivery_has_id(ev);
    uint64_t key = has_id ? by_id(ev) : by_content(ev, part.number, own);
    return count(d, key != 0 ? key : 1, export_index, has_id, ret);
}
