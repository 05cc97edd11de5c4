/* window.c: the incident interval in buckets, and the healthy part before it. */
#include "impact/window.h"

#include "impact/facts.h"

#include <math.h>

static int64_t clamp(int64_t x, int64_t lo, int64_t hi)
{
    return x < lo ? lo : x > hi ? hi : x;
}

/* The onset that came first; ties by list order, which is a total order. */
static const struct ko_onset *earliest(const struct ko_case *c)
{
    const struct ko_onset *first = NULL;
    for (size_t i = 0; i < c->onsets.n; i++) {
        const struct ko_onset *o = &c->onsets.v[i];
        if (first == NULL || o->time < first->time)
            first = o;
    }
    return first;
}

/* When the last onset was back to normal; NONE if one is not, or there is none. */
static ko_time all_over(const struct ko_case *c)
{
    ko_time last = KO_TIME_NONE;
    for (size_t i = 0; i < c->onsets.n; i++) {
        ko_time end = c->onsets.v[i].end;
        if (end == KO_TIME_NONE)
            return KO_TIME_NONE;
        if (end > last)
            last = end;
    }
    return last;
}

/* Where the window starts when no chain says so: the hint, what blame holds for the
 * origin, else the first thing that moved. */
static bool find_start(const struct ko_case *c, struct ko_window *ret, ko_time *ret_lo)
{
    const struct ko_suspect *suspect = ko_suspect_rank(c, 1);
    const struct ko_onset *first = earliest(c);
    if (c->head.at != KO_TIME_NONE) {
        ret->source = KO_STR("--at");
        ret->start = c->head.at;
        return true;
    }
    if (ko_suspect_holds(suspect) && suspect->onset != KO_TIME_NONE) {
        ret->source = KO_STR("suspect");
        ret->start = suspect->onset;
        *ret_lo = suspect->lo;
        return true;
    }
    if (first == NULL)
        return false;
    ret->source = KO_STR("onset");
    ret->start = first->time;
    *ret_lo = first->lo;
    return true;
}

/* Sets start, end, source; ${ret_lo} is the earliest time that the start may have. */
static bool find_times(const struct ko_case *c, struct ko_window *ret, ko_time *ret_lo)
{
    const struct ko_chain *chain = ko_fact_chain(c);
    if (chain == NULL || chain->start == KO_TIME_NONE) {
        ret->end = all_over(c);
        return find_start(c, ret, ret_lo);
    }
    ret->source = KO_STR("chain");
    ret->start = chain->start;
    ret->end = chain->end;
    if (chain->nodes.n > 0)
        *ret_lo = chain->nodes.v[0].lo;
    return true;
}

bool ko_window_find(const struct ko_case *c, struct ko_window *ret)
{
    struct ko_window w = {.end = KO_TIME_NONE};
    ko_time lo = KO_TIME_NONE;
    if (c->head.step <= 0 || !find_times(c, &w, &lo))
        return false;
    int64_t n = c->head.buckets;
    int64_t start = ko_case_bucket(c, w.start);
    if (start < 0 || start >= n)
        return false;
    if (lo == KO_TIME_NONE || lo > w.start)
        lo = w.start;
    int64_t healthy = ko_case_bucket(c, lo);
    if (c->head.normal_to != KO_TIME_NONE) {
        int64_t declared = ko_case_bucket(c, c->head.normal_to);
        healthy = declared < healthy ? declared : healthy;
    }
    /* The bucket in which it ends still holds some of it. */
    int64_t end =
        w.end == KO_TIME_NONE || w.end <= w.start ? n : ko_case_bucket(c, w.end - 1) + 1;
    w.before = (struct ko_span){0, clamp(healthy, 0, start)};
    w.during = (struct ko_span){start, clamp(end, start + 1, n)};
    w.after = (struct ko_span){w.during.to, n};
    *ret = w;
    return true;
}

/* The part of ${s} that ${v} has numbers for. */
static struct ko_span inside(const ko_nums *v, struct ko_span s)
{
    return (struct ko_span){clamp(s.from, 0, (int64_t)v->n),
                            clamp(s.to, 0, (int64_t)v->n)};
}

int64_t ko_span_present(const ko_nums *v, struct ko_span s)
{
    int64_t n = 0;
    s = inside(v, s);
    for (int64_t i = s.from; i < s.to; i++)
        n += !isnan(v->v[i]);
    return n;
}

double ko_span_sum(const ko_nums *v, struct ko_span s)
{
    double sum = 0;
    int64_t n = 0;
    s = inside(v, s);
    for (int64_t i = s.from; i < s.to; i++) {
        if (!isnan(v->v[i])) {
            sum += v->v[i];
            n++;
        }
    }
    return n == 0 ? NAN : sum;
}

double ko_span_mean(const ko_nums *v, struct ko_span s)
{
    int64_t n = ko_span_present(v, s);
    return n == 0 ? NAN : ko_span_sum(v, s) / (double)n;
}
