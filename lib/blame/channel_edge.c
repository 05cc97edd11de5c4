/* channel_edge.c: what callers wait for beyond the callee's own time: the network, the
 * connection, the queue before the door. */
#include "blame/clue.h"
#include "blame/peers.h"

#include "base/stat.h"

#include <math.h>

/* With less history than this the other callees tell what is ordinary. */
enum { HISTORY_MIN = 8 };
/* Calls that are traced on both sides: at least this part of what the callee answered. */
static const double TRACED_MIN = 0.8;
/* The gaps of most callees move by this many of their upper quantile at worst. */
static const double ORDINARY_TIMES = 3.0;
static const double ORDINARY_FLOOR_S = 1e-3;
/* Gaps are means of few calls with long tails: of a dozen ordinary ones the farthest is
 * seldom more than four times the next. */
static const double OTHERS_TIMES = 4.0;

/* One callee: the mean over all calls of (caller's time - callee's time), a bucket. */
struct gap {
    const struct ko_series *own, *answered; /* latency_mean, requests of the callee */
    double *waited, *calls;                 /* sums over callers, a bucket */
    double before, after;                   /* s; NaN unknown */
    double excess;                          /* s: after less what is usual; NaN unknown */
    size_t history;                         /* numbers that `before` stands on */
};

static enum ko_status add_call(const struct ko_scene *scene, const struct ko_series *s,
                               struct gap *g)
{
    const struct ko_series *requests =
        ko_index_series(scene->index, s->entity, s->caller, KO_STR("requests"), false);
    size_t n = scene->cut.to;
    if (requests == NULL || s->v.n < n || requests->v.n < n)
        return KO_OK;
    if (g->calls == NULL) {
        g->waited = ko_arena_alloc(scene->scratch, n + 1, sizeof *g->waited);
        g->calls = ko_arena_alloc(scene->scratch, n + 1, sizeof *g->calls);
        if (g->waited == NULL || g->calls == NULL)
            return KO_ENOMEM;
    }
    for (size_t i = 0; i < n; i++) {
        if (!(requests->v.v[i] > 0) || isnan(s->v.v[i]))
            continue;
        g->waited[i] += requests->v.v[i] * s->v.v[i];
        g->calls[i] += requests->v.v[i];
    }
    return KO_OK;
}

static enum ko_status gather(const struct ko_scene *scene, struct gap *gaps)
{
    for (size_t i = 0; i < scene->c->series.n; i++) {
        const struct ko_series *s = &scene->c->series.v[i];
        if (s->normal || !ko_str_eq(s->signal, KO_STR("latency_mean")))
            continue;
        if (s->caller == KO_NO_ENTITY) {
            gaps[s->entity].own = s;
            gaps[s->entity].answered = ko_index_series(
                scene->index, s->entity, KO_NO_ENTITY, KO_STR("requests"), false);
            continue;
        }
        enum ko_status st = add_call(scene, s, &gaps[s->entity]);
        if (st != KO_OK)
            return st;
    }
    return KO_OK;
}

static bool is_traced(const struct ko_scene *scene, const struct gap *g)
{
    double calls = 0, answered = 0;
    if (g->calls == NULL || g->own == NULL || g->answered == NULL ||
        g->own->v.n < scene->cut.to || g->answered->v.n < scene->cut.to)
        return false;
    for (size_t i = 0; i < scene->cut.to; i++) {
        calls += g->calls[i];
        answered += isnan(g->answered->v.v[i]) ? 0 : g->answered->v.v[i];
    }
    return calls >= TRACED_MIN * answered && calls > 0;
}

static double level(const struct gap *g, size_t from, size_t to, double *scratch,
                    size_t *ret_n)
{
    size_t n = 0;
    for (size_t i = from; i < to; i++) {
        if (g->calls[i] > 0 && !isnan(g->own->v.v[i]))
            scratch[n++] = g->waited[i] / g->calls[i] - g->own->v.v[i];
    }
    *ret_n = n;
    ko_stat_sort(scratch, n);
    return n > 0 ? ko_stat_sorted_quantile(scratch, n, 0.5) : NAN;
}

/* What other callees show: their usual gap, and how far gaps move while nothing is wrong.
 */
struct peers {
    double usual, ordinary;
    double farthest, second; /* the largest movements of all */
};

/* A short history may hold the fault before: then the lower of it and of the peers. */
static double baseline(const struct gap *g, double usual)
{
    if (g->history >= HISTORY_MIN)
        return g->before;
    return isnan(g->before) ? usual : fmin(g->before, usual);
}

static double find_usual(const struct gap *gaps, size_t n, double *scratch)
{
    size_t k = 0;
    for (size_t e = 0; e < n; e++) {
        if (!isnan(gaps[e].after))
            scratch[k++] = gaps[e].after;
    }
    ko_stat_sort(scratch, k);
    return k > 0 ? ko_stat_sorted_quantile(scratch, k, 0.5) : 0;
}

static struct peers compare(struct gap *gaps, size_t n, double *scratch)
{
    size_t k = 0;
    struct peers p = {.usual = find_usual(gaps, n, scratch)};
    for (size_t e = 0; e < n; e++) {
        gaps[e].excess = gaps[e].after - baseline(&gaps[e], p.usual);
        if (!isnan(gaps[e].excess))
            scratch[k++] = fabs(gaps[e].excess);
    }
    ko_stat_sort(scratch, k);
    double upper = fmax(ko_peers_ordinary(scratch, k), ORDINARY_FLOOR_S);
    p.ordinary = ORDINARY_TIMES * fmax(upper, p.usual / 10);
    p.farthest = k > 0 ? scratch[k - 1] : 0;
    p.second = k > 1 ? scratch[k - 2] : 0;
    return p;
}

/* Where no history tells how far a gap moves, the farthest of the others does. */
static double ordinary(const struct gap *g, const struct peers *p)
{
    if (g->history >= HISTORY_MIN)
        return p->ordinary;
    double others = fabs(g->excess) < p->farthest ? p->farthest : p->second;
    return fmax(p->ordinary, OTHERS_TIMES * others);
}

static size_t yardstick(const struct gap *g, const struct gap *gaps, size_t n)
{
    size_t others = 0;
    for (size_t e = 0; e < n; e++)
        others += isnan(gaps[e].after) ? 0 : 1;
    return g->history > others ? g->history : others;
}

static enum ko_status tell(const struct ko_scene *scene, const struct gap *gaps, size_t n,
                           const struct peers *p, ko_clues *clues)
{
    for (size_t e = 0; e < n; e++) {
        double score = gaps[e].excess / ordinary(&gaps[e], p);
        struct ko_clue *clue;
        if (!(score > 0))
            continue;
        KO_LIST_ADD(scene->scratch, clues, clue);
        if (clue == NULL)
            return KO_ENOMEM;
        *clue = (struct ko_clue){.channel = KO_CHANNEL_EDGE,
                                 .entity = (uint32_t)e,
                                 .caller = KO_NO_ENTITY,
                                 .signal = KO_STR("gap_mean"),
                                 .unit = KO_STR("s"),
                                 .score = score,
                                 .history = yardstick(&gaps[e], gaps, n),
                                 .before = gaps[e].after - gaps[e].excess,
                                 .after = gaps[e].after,
                                 .rise = true};
    }
    return KO_OK;
}

enum ko_status ko_channel_edge(const struct ko_scene *scene, ko_clues *clues)
{
    size_t n = scene->c->entities.n, most = scene->cut.to > n ? scene->cut.to : n;
    struct gap *gaps = ko_arena_alloc(scene->scratch, n + 1, sizeof *gaps);
    double *scratch = ko_arena_alloc(scene->scratch, most + 1, sizeof *scratch);
    if (gaps == NULL || scratch == NULL)
        return KO_ENOMEM;
    enum ko_status st = gather(scene, gaps);
    if (st != KO_OK)
        return st;
    for (size_t e = 0; e < n; e++) {
        struct gap *g = &gaps[e];
        size_t unused;
        g->before = g->after = NAN;
        if (!is_traced(scene, g))
            continue;
        g->before = level(g, 0, scene->cut.before, scratch, &g->history);
        g->after = level(g, scene->cut.from, scene->cut.to, scratch, &unused);
    }
    struct peers p = compare(gaps, n, scratch);
    return tell(scene, gaps, n, &p, clues);
}
