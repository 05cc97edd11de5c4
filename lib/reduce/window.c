/* window.c: which time the case is about, and in which steps. */
#include "reduce/window.h"

#include "base/mem.h"
#include "reduce/cells.h"

#include <stdlib.h>

/* A pause that ends a run; shorter ones are ordinary in quiet logs. */
#define RUN_PAUSE (10 * KO_MINUTE)
#define JOIN_PAUSE KO_HOUR
enum { JOIN_FACTOR = 3 };

static int by_dur(const void *a, const void *b)
{
    ko_dur x = *(const ko_dur *)a, y = *(const ko_dur *)b;
    return (x > y) - (x < y);
}

ko_dur ko_window_gap(const struct ko_moment *v, size_t n)
{
    ko_dur *gaps = n > 1 ? ko_mem_alloc(n - 1, sizeof *gaps) : NULL;
    if (gaps == NULL)
        return 0;
    for (size_t i = 1; i < n; i++)
        gaps[i - 1] = v[i].time - v[i - 1].time;
    qsort(gaps, n - 1, sizeof *gaps, by_dur);
    ko_dur median = gaps[(n - 1) / 2];
    ko_mem_free(gaps);
    return median;
}

/* Index behind the run that starts at i. */
static size_t run_end(const struct ko_moment *v, size_t n, size_t i, ko_dur pause)
{
    i++;
    while (i < n && v[i].time - v[i - 1].time <= pause)
        i++;
    return i;
}

/* The run with most records, the earliest of equals: first and behind last. */
static void largest_run(const struct ko_moment *v, size_t n, ko_dur pause,
                        size_t *ret_first, size_t *ret_end)
{
    uint64_t best = 0;
    for (size_t i = 0, end; i < n; i = end) {
        end = run_end(v, n, i, pause);
        uint64_t records = 0;
        for (size_t k = i; k < end; k++)
            records += v[k].n;
        if (records > best) {
            best = records;
            *ret_first = i;
            *ret_end = end;
        }
    }
}

static ko_dur longest(ko_dur a, ko_dur b)
{
    return a > b ? a : b;
}

void ko_window_core(const struct ko_moment *v, size_t n, ko_dur grain, ko_time *ret_from,
                    ko_time *ret_to)
{
    size_t first = 0, end = n;
    ko_dur usual = ko_window_gap(v, n);
    ko_dur usual_max = usual > KO_DAY * 366 ? 0 : usual * JOIN_FACTOR;
    largest_run(v, n, longest(RUN_PAUSE, usual_max), &first, &end);
    for (bool grown = true; grown;) {
        ko_dur span = v[end - 1].time - v[first].time;
        ko_dur limit = longest(longest(JOIN_PAUSE, span * JOIN_FACTOR), usual_max);
        grown = false;
        if (first > 0 && v[first].time - v[first - 1].time <= limit) {
            first--;
            grown = true;
        }
        if (end < n && v[end].time - v[end - 1].time <= limit) {
            end++;
            grown = true;
        }
    }
    *ret_from = v[first].time;
    *ret_to = v[end - 1].time + grain;
}

static size_t buckets(ko_time from, ko_time to, ko_dur step)
{
    ko_time start = ko_time_floor(from, step);
    return (size_t)((to - start + step - 1) / step);
}

static ko_dur auto_step(ko_time from, ko_time to, ko_dur grain, ko_dur gap)
{
    ko_dur step = grain;
    for (int i = 0; i < KO_GRAINS; i++) {
        ko_dur wider = ko_grain_chain[i] * KO_SECOND;
        bool enough = buckets(from, to, wider) >= KO_BUCKETS_WANTED;
        if (wider > step && (enough || wider <= gap))
            step = wider;
    }
    return step;
}

struct ko_grid ko_window_grid(ko_time from, ko_time to, ko_dur step, ko_dur grain,
                              ko_dur gap)
{
    if (step == 0)
        step = auto_step(from, to, grain, gap);
    step = (step + grain - 1) / grain * grain;
    while (buckets(from, to, step) > KO_BUCKETS_MAX)
        step *= 2;
    return (struct ko_grid){ko_time_floor(from, step), step, buckets(from, to, step)};
}

bool ko_grid_bucket(const struct ko_grid *g, ko_time t, size_t *ret)
{
    if (t < g->from || (uint64_t)(t - g->from) >= (uint64_t)g->step * g->n)
        return false;
    *ret = (size_t)((t - g->from) / g->step);
    return true;
}
