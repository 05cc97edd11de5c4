/* onset.c: when each signal and each log template of a case left its baseline. */
#include "spread/onset.h"

#include "spread/detect.h"
#include "spread/subject.h"
#include "spread/tell.h"

#include <math.h>

/* The hint may be late by this, at least two buckets and at most a fifth of what is
 * before: detection in the field is late by a minute or two, rarely early. */
static const ko_dur HINT_TOLERANCE = 2 * KO_MINUTE;
enum { HINT_BUCKETS = 2, HINT_SHARE = 5 };

static size_t clamp_bucket(const struct ko_case *c, ko_time t)
{
    int64_t b = t == KO_TIME_NONE ? 0 : ko_case_bucket(c, t);
    return b < 0 ? 0 : b > c->head.buckets ? (size_t)c->head.buckets : (size_t)b;
}

static size_t healthy_before_hint(const struct ko_case *c)
{
    size_t at = clamp_bucket(c, c->head.at);
    size_t tolerance = (size_t)(HINT_TOLERANCE / c->head.step);
    if (tolerance > at / HINT_SHARE)
        tolerance = at / HINT_SHARE;
    if (tolerance < HINT_BUCKETS)
        tolerance = HINT_BUCKETS;
    return at > 2 * tolerance ? at - tolerance : 0;
}

size_t ko_onset_healthy(const struct ko_case *c)
{
    size_t declared = clamp_bucket(c, c->head.normal_to);
    return declared > 0 ? declared : healthy_before_hint(c);
}

static enum ko_status detect(const struct ko_subject *s, size_t healthy,
                             struct ko_arena *scratch, ko_segments *ret)
{
    struct ko_detect_in in = {.v = s->v,
                              .n = s->n,
                              .normal = s->normal,
                              .n_normal = s->n_normal,
                              .healthy = healthy,
                              .event = s->event,
                              .ratio = s->ratio};
    return ko_detect(&in, scratch, ret);
}

/* Does a stretch begin before the hint and last beyond it?  Then the hint came late. */
static bool hint_is_late(const ko_segments *found, size_t healthy)
{
    for (size_t i = 0; i < found->n; i++) {
        if (found->v[i].hi < healthy && found->v[i].to > healthy + HINT_BUCKETS)
            return true;
    }
    return false;
}

/* Drop the stretches that were over when the hinted incident began. */
static void forget_before(ko_segments *found, size_t healthy)
{
    size_t kept = 0;
    for (size_t i = 0; i < found->n; i++) {
        if (found->v[i].to > healthy)
            found->v[kept++] = found->v[i];
    }
    found->n = kept;
}

static enum ko_status search(const struct ko_case *c, const struct ko_subject *s,
                             size_t healthy, struct ko_arena *scratch, ko_segments *ret)
{
    bool declared = c->head.normal_to != KO_TIME_NONE || healthy == 0;
    ko_segments free_search = {0};
    if (!declared && detect(s, 0, scratch, &free_search) != KO_OK)
        return KO_ENOMEM;
    if (hint_is_late(&free_search, healthy)) {
        *ret = free_search;
        forget_before(ret, healthy);
        return KO_OK;
    }
    return detect(s, healthy, scratch, ret);
}

/* A message that was never seen before dates the onset to its record: the trouble began
 * between an ordinary gap before it and it. */
static void date_by_record(const struct ko_case *c, const struct ko_template *t,
                           const struct ko_segment *g, struct ko_onset *o)
{
    if (!g->rise || t->first < o->lo || t->first > o->hi + c->head.step)
        return;
    ko_dur gap = t->count > 1 ? (t->last - t->first) / (t->count - 1) : c->head.step;
    o->time = o->hi = t->first;
    o->lo = gap < c->head.step ? t->first - gap : t->first - c->head.step;
}

static void fill(const struct ko_case *c, const struct ko_subject *s,
                 const struct ko_segment *g, struct ko_onset *o)
{
    o->entity = s->entity;
    o->caller = s->caller;
    o->signal = s->signal;
    o->kind = s->tpl != NULL ? KO_STR("template") : KO_STR("signal");
    o->cls = s->cls;
    o->time = ko_case_time(c, (int64_t)g->from);
    o->lo = ko_case_time(c, (int64_t)g->lo);
    o->hi = ko_case_time(c, (int64_t)g->hi + 1);
    o->end = g->to < s->n ? ko_case_time(c, (int64_t)g->to) : KO_TIME_NONE;
    o->score = g->score;
    o->before = g->before;
    o->after = g->after;
    o->rise = g->rise;
    if (s->tpl != NULL)
        date_by_record(c, s->tpl, g, o);
}

static enum ko_status add(struct ko_case *c, const struct ko_subject *s,
                          const struct ko_segment *g)
{
    struct ko_onset *o = ko_case_add(c, "onset");
    if (o == NULL)
        return KO_ENOMEM;
    fill(c, s, g, o);
    return ko_tell_onset(c, s, o);
}

enum ko_status ko_onset_find(struct ko_case *c, struct ko_arena *scratch)
{
    ko_subjects subjects = {0};
    if (ko_subject_list(c, scratch, &subjects) != KO_OK)
        return KO_ENOMEM;
    size_t healthy = ko_onset_healthy(c);
    struct ko_arena each = {0};
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < subjects.n && st == KO_OK; i++) {
        ko_segments found = {0};
        ko_arena_reset(&each);
        st = search(c, &subjects.v[i], healthy, &each, &found);
        for (size_t k = 0; k < found.n && st == KO_OK; k++)
            st = add(c, &subjects.v[i], &found.v[k]);
    }
    ko_arena_release(&each);
    return st;
}
