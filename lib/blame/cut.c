/* cut.c: where the healthy part of the window ends and the incident begins. */
#include "blame/cut.h"

#include <math.h>

/* A given time may be that of the alarm, this long after the first trouble. */
static const ko_dur HINT_LATE = 65 * KO_SECOND;
/* Of a short history no more than this part is given up to a late hint. */
enum { HISTORY_KEPT_NUM = 2, HISTORY_KEPT_DEN = 3 };

static size_t clamp(int64_t bucket, size_t n)
{
    if (bucket < 0)
        return 0;
    return (size_t)bucket > n ? n : (size_t)bucket;
}

static ko_time earliest_onset(const struct ko_case *c)
{
    ko_time first = KO_TIME_NONE;
    for (size_t i = 0; i < c->onsets.n; i++) {
        ko_time t = c->onsets.v[i].time;
        if (first == KO_TIME_NONE || t < first)
            first = t;
    }
    return first;
}

static ko_time told_start(const struct ko_case *c)
{
    if (c->head.at != KO_TIME_NONE)
        return c->head.at;
    if (c->chains.n > 0 && c->chains.v[0].start != KO_TIME_NONE)
        return c->chains.v[0].start;
    return earliest_onset(c);
}

bool ko_cut_is_dated(const struct ko_case *c)
{
    return told_start(c) != KO_TIME_NONE;
}

static struct ko_cut cut_from(const struct ko_case *c, ko_time start)
{
    size_t n = c->head.buckets > 0 ? (size_t)c->head.buckets : 0;
    struct ko_cut cut = {.to = n};
    ko_dur late = c->head.at != KO_TIME_NONE ? HINT_LATE : c->head.step;
    size_t at = clamp(ko_case_bucket(c, start), n);
    size_t early = clamp(ko_case_bucket(c, start - late), n);
    size_t kept = at * HISTORY_KEPT_NUM / HISTORY_KEPT_DEN;
    cut.before = early > kept ? early : kept;
    cut.from = cut.before;
    cut.at = at;
    cut.early = early < at ? early : at;
    cut.start = start;
    cut.lo = start - late;
    cut.hi = start + c->head.step;
    return cut;
}

struct ko_cut ko_cut_at(const struct ko_case *c, size_t bucket)
{
    return cut_from(c, ko_case_time(c, (int64_t)bucket));
}

struct ko_cut ko_cut_find(const struct ko_case *c)
{
    ko_time start = told_start(c);
    if (start == KO_TIME_NONE)
        start = ko_case_time(c, c->head.buckets * HISTORY_KEPT_NUM / HISTORY_KEPT_DEN);
    return cut_from(c, start);
}

struct ko_cut ko_cut_within(const struct ko_cut *cut, const double *v, size_t n)
{
    struct ko_cut within = *cut;
    size_t first = 0, end = cut->at < n ? cut->at : n;
    while (first < end && isnan(v[first]))
        first++;
    size_t kept = first + (end - first) * HISTORY_KEPT_NUM / HISTORY_KEPT_DEN;
    if (kept > within.before)
        within.before = kept;
    within.from = cut->at < cut->to ? cut->at : cut->from;
    return within;
}
