/* marks.c: a small sample of what an export says, so that exports can be compared without
 * reading them again. */
#include "reduce/marks.h"

#include "base/map.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ID_SEED = 11, WORD_SEED = 12, NUMBER_SEED = 13, WHO_SEED = 14 };

/* ---- the sample ---- */

static int by_key(const void *pa, const void *pb)
{
    const struct ko_mark *a = pa, *b = pb;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    return (a->who > b->who) - (a->who < b->who);
}

/* Does ${b} behind ${a} tell nothing new? */
static bool is_same(const struct ko_mark_set *s, const struct ko_mark *a,
                    const struct ko_mark *b)
{
    return a->key == b->key && (s->earliest || (a->time == b->time && a->who == b->who));
}

static void settle(struct ko_mark_set *s)
{
    if (s->n == 0)
        return;
    qsort(s->v, s->n, sizeof *s->v, by_key);
    size_t kept = 1;
    for (size_t i = 1; i < s->n; i++) {
        if (!is_same(s, &s->v[kept - 1], &s->v[i]))
            s->v[kept++] = s->v[i];
    }
    s->n = kept;
    if (s->n <= s->max)
        return;
    s->n = s->max;
    s->whole = false;
    s->bound = s->v[s->n - 1].key;
}

static enum ko_status add(struct ko_mark_set *s, struct ko_mark mark)
{
    if (mark.key > s->bound)
        return KO_OK;
    if (s->n == s->cap && s->cap >= 2 * s->max)
        settle(s);
    if (s->n == s->cap) {
        size_t cap = s->cap < s->max ? s->cap * 2 + 64 : 2 * s->max + 64;
        struct ko_mark *grown = ko_mem_resize(s->v, cap, sizeof *grown);
        if (grown == NULL)
            return KO_ENOMEM;
        s->v = grown;
        s->cap = cap;
    }
    s->v[s->n++] = mark;
    return KO_OK;
}

void ko_marks_init(struct ko_marks *m, size_t max)
{
    *m = (struct ko_marks){0};
    m->ids = (struct ko_mark_set){
        .max = max, .whole = true, .bound = UINT64_MAX, .earliest = true};
    m->records = (struct ko_mark_set){.max = max, .whole = true, .bound = UINT64_MAX};
}

void ko_marks_release(struct ko_marks *m)
{
    ko_mem_free(m->ids.v);
    ko_mem_free(m->records.v);
    *m = (struct ko_marks){0};
}

void ko_marks_settle(struct ko_marks *m)
{
    settle(&m->ids);
    settle(&m->records);
}

static enum ko_status merge(struct ko_mark_set *s, const struct ko_mark_set *from)
{
    enum ko_status st = KO_OK;
    s->whole &= from->whole;
    for (size_t i = 0; i < from->n && st == KO_OK; i++)
        st = add(s, from->v[i]);
    return st;
}

enum ko_status ko_marks_merge(struct ko_marks *m, const struct ko_marks *from)
{
    m->n += from->n;
    m->says |= from->says;
    m->fine |= from->fine;
    enum ko_status st = merge(&m->ids, &from->ids);
    return st == KO_OK ? merge(&m->records, &from->records) : st;
}

/* ---- what an event says ---- */

/* The start of the quarter of an hour is not in it. */
static uint64_t place_in_quarter(ko_time t)
{
    return (uint64_t)((t - ko_time_floor(t, KO_MARK_PERIOD)) / KO_SECOND);
}

static uint32_t who_of(const struct ko_event *ev, struct ko_str own)
{
    struct ko_str entity = ko_str_trim(ev->entity);
    if (entity.n == 0 || ko_str_eq(entity, own))
        return 0;
    return (uint32_t)(ko_hash(entity, WHO_SEED) >> 32) | 1U;
}

static unsigned says_of(const struct ko_event *ev, uint32_t who)
{
    const struct {
        bool really;
        enum ko_says bit;
    } facts[] = {
        {who != 0, KO_SAYS_ENTITY},
        {ev->peer.n > 0, KO_SAYS_PEER},
        {ev->dur >= 0, KO_SAYS_DUR},
        {ev->status != 0 || ev->outcome != KO_OUTCOME_UNKNOWN, KO_SAYS_OUTCOME},
        {ev->severity != KO_SEV_UNKNOWN, KO_SAYS_SEVERITY},
        {ev->trace.n > 0, KO_SAYS_TRACE},
        {ev->customer.n > 0 || ev->session.n > 0, KO_SAYS_PERSON},
        {ev->region.n > 0 || ev->channel.n > 0 || ev->queue.n > 0 || ev->segment.n > 0,
         KO_SAYS_PLACE},
        {ev->attempt > 1, KO_SAYS_ATTEMPT},
        {ev->kind == KO_EVENT_SPAN && ev->operation.n > 0, KO_SAYS_OPERATION},
        {ev->kind != KO_EVENT_LOG && ev->kind != KO_EVENT_SPAN, KO_SAYS_OTHER},
    };
    unsigned says = 0;
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        says |= facts[i].really ? (unsigned)facts[i].bit : 0;
    return says;
}

static enum ko_status take_ids(struct ko_marks *m, const struct ko_event *ev)
{
    const struct ko_str ids[] = {ev->trace, ev->request, ev->session, ev->customer,
                                 ev->kind == KO_EVENT_CONTACT ? ev->id : KO_STR("")};
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < sizeof ids / sizeof *ids && st == KO_OK; i++) {
        if (ids[i].n > 0)
            st = add(&m->ids, (struct ko_mark){ko_hash(ids[i], ID_SEED), 0, ev->time});
    }
    return st;
}

/* A number that others hardly have by chance. */
static bool is_telling(double value)
{
    return isfinite(value) && (fabs(value) >= 1000 || value != floor(value));
}

static uint64_t hash_value(double value, uint64_t seed)
{
    char bytes[sizeof value];
    memcpy(bytes, &value, sizeof value);
    return ko_hash((struct ko_str){bytes, sizeof bytes}, seed);
}

static enum ko_status take_record(struct ko_marks *m, const struct ko_event *ev,
                                  uint32_t who)
{
    uint64_t place = place_in_quarter(ev->time);
    struct ko_mark mark = {.who = who, .time = ev->time};
    if (ev->kind == KO_EVENT_LOG && ev->message.n > 0)
        mark.key = ko_hash(ko_str_trim(ev->message), WORD_SEED + place);
    else if (ev->kind == KO_EVENT_SPAN && ev->span.n > 0)
        mark.key = ko_hash(ev->span, ko_hash(ev->trace, WORD_SEED + place));
    else if (ev->kind == KO_EVENT_METRIC && is_telling(ev->value))
        mark.key = hash_value(ev->value, NUMBER_SEED + place);
    else
        return KO_OK;
    return add(&m->records, mark);
}

enum ko_status ko_marks_take(struct ko_marks *m, const struct ko_event *ev,
                             struct ko_str own)
{
    uint32_t who = who_of(ev, own);
    m->says |= says_of(ev, who);
    if (ev->time == KO_TIME_NONE)
        return KO_OK;
    m->n += ev->kind == KO_EVENT_LOG || ev->kind == KO_EVENT_SPAN ? 1 : 0;
    m->fine |= ev->time % KO_SECOND != 0;
    enum ko_status st = take_record(m, ev, who);
    return st == KO_OK ? take_ids(m, ev) : st;
}
