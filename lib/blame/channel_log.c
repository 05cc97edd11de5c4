/* channel_log.c: what an entity writes: statements that are new, gone, or written by
 * another share of its operations than before. */
#include "blame/clue.h"
#include "blame/statement.h"
#include "spread/words.h"

#include <math.h>

/* A deviance of this size is the worst ordinary one: sqrt(G) = 3 sigma. */
static const double ORDINARY_SIGMAS = 3.0;
/* Words of trouble, and errors, weigh this much more than a shift of ordinary lines. */
static const double TROUBLE_WEIGHT = 1.5;
/* What speaks of trouble and comes, or is ordinary and goes, is what a fault does.  More
 * of an ordinary line may as well be another mix of requests. */
static const double ORDINARY_RISE = 0.5;
/* A line that says that another entity failed tells of that one first. */
static const double OF_ANOTHER = 0.5;
/* Before anything was seen of an operation, so much of a run without trouble is taken for
 * granted: enough to rank what it writes above nothing, not enough to call it unusual. */
static const double UNSEEN_RUNS = 0.25;
/* So many moments are tried at which a statement may have turned, at most one more. */
enum { TURNS = 12 };

/* k of n occasions wrote the template. */
struct share {
    double k, n;
};

static double log_likelihood(struct share s)
{
    if (s.k <= 0 || s.k >= s.n)
        return 0;
    return s.k * log(s.k / s.n) + (s.n - s.k) * log((s.n - s.k) / s.n);
}

/* Deviance of "two different shares" against "one share", in sigmas. */
static double sigmas(struct share a, struct share b)
{
    struct share both = {a.k + b.k, a.n + b.n};
    double g = 2 * (log_likelihood(a) + log_likelihood(b) - log_likelihood(both));
    return g > 0 ? sqrt(g) : 0;
}

/* The occasions on which the statement could have been written. */
static const ko_nums *occasions(const struct ko_scene *scene,
                                const struct ko_statement *t, bool normal)
{
    const struct ko_series *s =
        t->op.n > 0 ? ko_index_operation(scene->index, t->entity, t->op, normal)
                    : ko_index_series(scene->index, t->entity, KO_NO_ENTITY,
                                      KO_STR("requests"), normal);
    return s != NULL ? &s->v : NULL;
}

/* Any of these buckets may be the first of the incident; the last one comes first. */
struct turns {
    size_t at[TURNS + 1];
    size_t n;
};

static struct turns turns_within(size_t first, size_t last)
{
    struct turns turns = {.n = 0};
    size_t stride = (last - first) / TURNS + 1;
    for (size_t back = 0; back <= last - first; back += stride)
        turns.at[turns.n++] = last - back;
    return turns;
}

/* A told time may be late, lies anywhere in its bucket, and trouble reaches one entity
 * after the other.  A time that was not told is looked for wherever ${seen} has
 * numbers. */
static struct turns turns_of(const struct ko_scene *scene, const ko_nums *seen)
{
    const struct ko_cut *cut = &scene->cut;
    size_t first = 0, end = seen->n < cut->to ? seen->n : cut->to;
    if (scene->c->head.at != KO_TIME_NONE)
        return turns_within(cut->early, cut->at + 1 < cut->to ? cut->at + 1 : cut->at);
    while (first < end && isnan(seen->v[first]))
        first++;
    while (end > first && isnan(seen->v[end - 1]))
        end--;
    return end - first > 1 ? turns_within(first + 1, end - 1)
                           : turns_within(cut->at, cut->at);
}

/* What the incident is compared with.  The time before and the healthy time are asked one
 * by one: the first may hold the fault already, the second may be of another day, and one
 * that differs is enough. */
enum past { PAST_BEFORE, PAST_HEALTHY, PASTS };

/* ${k} and the occasions ${n} added to ${s}; without ${n} each bucket is one. */
static struct share add(struct share s, const ko_nums *k, const ko_nums *n, size_t from,
                        size_t to)
{
    for (size_t i = from; i < to && i < k->n; i++)
        s.k += isnan(k->v[i]) ? 0 : k->v[i];
    for (size_t i = from; n != NULL && i < to && i < n->n; i++)
        s.n += isnan(n->v[i]) ? 0 : n->v[i];
    for (size_t i = from; n == NULL && i < to && i < k->n; i++)
        s.n += !isnan(k->v[i]);
    return s;
}

/* There were as many occasions as it was written at least. */
static struct share whole(struct share s)
{
    return (struct share){s.k, fmax(s.k, s.n)};
}

/* What a statement did before each turn, from it on, and in the healthy time. */
struct tally {
    struct share past[TURNS + 1][PASTS], during[TURNS + 1];
};

static void tally(const struct ko_scene *scene, const struct ko_statement *t,
                  const ko_nums *n, const struct turns *turns, struct tally *ret)
{
    const ko_nums *healthy_n = occasions(scene, t, true);
    struct share all = {0, 0}, healthy = {0, 0};
    size_t at = 0;
    if (healthy_n != NULL)
        healthy = add(healthy, &t->healthy, healthy_n, 0, SIZE_MAX);
    for (size_t k = turns->n; k-- > 0; at = turns->at[k]) {
        all = add(all, &t->v, n, at, turns->at[k]);
        ret->past[k][PAST_BEFORE] = all;
    }
    all = add(all, &t->v, n, at, scene->cut.to);
    for (size_t k = 0; k < turns->n; k++) {
        struct share before = ret->past[k][PAST_BEFORE];
        ret->during[k] = (struct share){all.k - before.k, all.n - before.n};
        ret->past[k][PAST_HEALTHY] = healthy;
    }
}

static double rise_of(struct share before, struct share during)
{
    bool both = before.n > 0 && during.n > 0;
    return both ? during.k / during.n - before.k / before.n : 0;
}

/* By turn and past: the most that an ordinary statement of one operation rose. */
struct rises {
    double most[TURNS + 1][PASTS];
};

static void find_rises(const struct ko_scene *scene, const struct turns *turns,
                       const struct ko_statement *v, size_t n, struct rises *ret)
{
    const ko_nums *seen = occasions(scene, v, false);
    *ret = (struct rises){0};
    for (size_t i = 0; i < n && seen != NULL; i++) {
        struct tally own;
        if (ko_words_trouble(v[i].shown))
            continue;
        tally(scene, &v[i], seen, turns, &own);
        for (size_t k = 0; k < turns->n; k++) {
            for (enum past p = PAST_BEFORE; p < PASTS; p++)
                ret->most[k][p] = fmax(ret->most[k][p], rise_of(whole(own.past[k][p]),
                                                                whole(own.during[k])));
        }
    }
}

/* How much of what could move did counts beside how sure it is that it moved: a fault in
 * code takes its statement from every run of its path, a new mix of requests from some.
 * A message that few runs write is a message still. */
static double shift(struct share before, struct share during)
{
    double p = before.k / before.n, q = during.k / during.n;
    double moved = q > p ? sqrt((q - p) / (1 - p)) : p > 0 ? (p - q) / p : 0;
    return sigmas(before, during) * moved / ORDINARY_SIGMAS;
}

static double weight(bool trouble, bool rise)
{
    if (trouble)
        return rise ? TROUBLE_WEIGHT : 0;
    return rise ? ORDINARY_RISE : 1;
}

/* An ordinary statement that another one takes the place of tells no more than that one:
 * requests of another kind came. */
static double standing_alone(double fall, double others_rise)
{
    return 1 - (1 - ORDINARY_RISE) * fmin(1, others_rise / fall);
}

static void compare(struct share before, struct share during, double others_rise,
                    struct ko_clue *clue)
{
    if (before.n <= 0 || during.n <= 0)
        return;
    double rise = rise_of(before, during);
    double score = shift(before, during) * weight(clue->trouble, rise > 0);
    if (rise < 0)
        score *= standing_alone(-rise, others_rise);
    if (score <= clue->score)
        return;
    clue->score = score;
    clue->rise = rise > 0;
    clue->before = before.k / before.n;
    clue->after = during.k / during.n;
}

static void score_shares(const struct tally *own, const struct turns *turns,
                         const struct rises *others, struct ko_clue *clue)
{
    for (size_t k = 0; k < turns->n; k++) {
        for (enum past p = PAST_BEFORE; p < PASTS; p++) {
            struct share before = whole(own->past[k][p]);
            if (clue->trouble && p == PAST_BEFORE)
                before.n += UNSEEN_RUNS;
            compare(before, whole(own->during[k]), others->most[k][p], clue);
        }
    }
}

/* Poisson rates a bucket, conditioned on their sum: a share of the buckets. */
static double rate_sigmas(struct share a, struct share b)
{
    double expect = (a.k + b.k) * b.n / (a.n + b.n), rest = a.k + b.k - expect;
    double g =
        (b.k > 0 ? b.k * log(b.k / expect) : 0) + (a.k > 0 ? a.k * log(a.k / rest) : 0);
    return g > 0 ? sqrt(2 * g) : 0;
}

static void score_rates(const struct tally *own, const struct turns *turns,
                        struct ko_clue *clue)
{
    for (size_t k = 0; k < turns->n; k++) {
        struct share before = own->past[k][PAST_BEFORE], during = own->during[k];
        if (before.n <= 0 || during.n <= 0 || before.k + during.k <= 0)
            continue;
        bool rise = during.k / during.n > before.k / before.n;
        double score =
            rate_sigmas(before, during) / ORDINARY_SIGMAS * weight(clue->trouble, rise);
        if (score <= clue->score)
            continue;
        clue->score = score;
        clue->rise = rise;
        clue->before = before.k / before.n;
        clue->after = during.k / during.n;
    }
}

/* Counts by operation say all that counts by entity say, without the mix of requests. */
static enum ko_status find_operated(const struct ko_scene *scene,
                                    const ko_statements *all, bool **ret)
{
    size_t n = scene->c->entities.n;
    bool *operated = ko_arena_alloc(scene->scratch, n + 1, sizeof *operated);
    if (operated == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < all->n; i++)
        operated[all->v[i].entity] |= all->v[i].op.n > 0 && all->v[i].v.n > 0;
    *ret = operated;
    return KO_OK;
}

static bool is_any(const ko_nums *n, size_t to)
{
    for (size_t i = 0; i < to && i < n->n; i++) {
        if (n->v[i] > 0)
            return true;
    }
    return false;
}

static struct ko_clue clue_of(const struct ko_scene *scene, const struct turns *turns,
                              const struct ko_statement *t, const struct rises *others)
{
    struct ko_clue clue = {.channel = KO_CHANNEL_LOG,
                           .entity = t->entity,
                           .caller = KO_NO_ENTITY,
                           .signal = t->shown->text,
                           .op = t->op,
                           .row = t->shown->row,
                           .sample = t->shown->sample,
                           .trouble = ko_words_trouble(t->shown)};
    const ko_nums *n = occasions(scene, t, false);
    bool by_request = n != NULL && (t->op.n > 0 || is_any(n, scene->cut.at));
    struct tally own;
    if (!by_request && t->op.n > 0)
        return clue;
    tally(scene, t, by_request ? n : NULL, turns, &own);
    if (by_request)
        score_shares(&own, turns, others, &clue);
    else
        score_rates(&own, turns, &clue);
    return clue;
}

/* Statements that count: those outside operations say nothing more where some are inside.
 */
static size_t drop_doubles(ko_statements *all, const bool *operated)
{
    size_t kept = 0;
    for (size_t i = 0; i < all->n; i++) {
        if (all->v[i].op.n > 0 || !operated[all->v[i].entity])
            all->v[kept++] = all->v[i];
    }
    return kept;
}

static bool names_another(const struct ko_case *c, const struct ko_clue *clue)
{
    for (size_t i = 0; i < c->entities.n; i++) {
        if (i != clue->entity && ko_words_name(clue->signal, c->entities.v[i].name))
            return true;
    }
    return false;
}

/* The statements of one operation of one entity. */
static enum ko_status score_operation(const struct ko_scene *scene,
                                      const struct ko_statement *v, size_t n,
                                      ko_clues *clues)
{
    const ko_nums *seen = occasions(scene, v, false);
    struct turns turns = turns_of(scene, seen != NULL ? seen : &v->v);
    struct rises others;
    find_rises(scene, &turns, v, n, &others);
    for (size_t i = 0; i < n; i++) {
        struct ko_clue found = clue_of(scene, &turns, &v[i], &others), *clue;
        if (!(found.score > 0))
            continue;
        if (found.trouble && names_another(scene->c, &found))
            found.score *= OF_ANOTHER;
        KO_LIST_ADD(scene->scratch, clues, clue);
        if (clue == NULL)
            return KO_ENOMEM;
        *clue = found;
    }
    return KO_OK;
}

static bool is_one_operation(const struct ko_statement *a, const struct ko_statement *b)
{
    return a->entity == b->entity && ko_str_eq(a->op, b->op);
}

enum ko_status ko_channel_log(const struct ko_scene *scene, ko_clues *clues)
{
    bool *operated = NULL;
    ko_statements all = {0};
    enum ko_status st = ko_statements_find(scene->c, scene->scratch, &all);
    if (st == KO_OK)
        st = find_operated(scene, &all, &operated);
    if (st != KO_OK)
        return st;
    all.n = drop_doubles(&all, operated);
    for (size_t i = 0, end; i < all.n && st == KO_OK; i = end) {
        for (end = i + 1; end < all.n && is_one_operation(&all.v[i], &all.v[end]); end++)
            ;
        st = score_operation(scene, &all.v[i], end - i, clues);
    }
    return st;
}
