/* channel_log.c: what an entity writes: templates that are new, gone, or written by
 * another share of its operations than before. */
#include "blame/clue.h"
#include "spread/words.h"

#include <math.h>

/* A deviance of this size is the worst ordinary one: sqrt(G) = 3 sigma. */
static const double ORDINARY_SIGMAS = 3.0;
/* Words of trouble, and errors, weigh this much more than a shift of ordinary lines. */
static const double TROUBLE_WEIGHT = 1.5;

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

static double sum(const ko_nums *v, size_t from, size_t to)
{
    double total = 0;
    for (size_t i = from; i < to && i < v->n; i++)
        total += isnan(v->v[i]) ? 0 : v->v[i];
    return total;
}

static struct share count(const ko_nums *k, const ko_nums *n, size_t from, size_t to)
{
    struct share s = {sum(k, from, to), sum(n, from, to)};
    if (s.n < s.k)
        s.n = s.k;
    return s;
}

/* The occasions on which the template could have been written. */
static const ko_nums *occasions(const struct ko_scene *scene, const struct ko_template *t,
                                bool normal)
{
    const struct ko_series *s =
        t->op.n > 0 ? ko_index_operation(scene->index, t->entity, t->op, normal)
                    : ko_index_series(scene->index, t->entity, KO_NO_ENTITY,
                                      KO_STR("requests"), normal);
    return s != NULL ? &s->v : NULL;
}

static struct share healthy_share(const struct ko_scene *scene,
                                  const struct ko_template *t)
{
    const struct ko_template *twin = ko_index_healthy(scene->index, t);
    const ko_nums *n = occasions(scene, t, true);
    const ko_nums none = {0};
    if (n == NULL)
        return (struct share){0};
    return count(twin != NULL ? &twin->v : &none, n, 0, SIZE_MAX);
}

/* Numbers of the window that are there: without requests, each bucket is an occasion. */
static void score_shares(const struct ko_scene *scene, const struct ko_template *t,
                         const ko_nums *n, struct ko_clue *clue)
{
    struct ko_cut cut = ko_cut_within(&scene->cut, n->v, n->n);
    struct share before = count(&t->v, n, 0, cut.before);
    struct share during = count(&t->v, n, cut.from, cut.to);
    struct share healthy = healthy_share(scene, t);
    before.k += healthy.k;
    before.n += healthy.n;
    if (before.n <= 0 || during.n <= 0)
        return;
    clue->before = before.k / before.n;
    clue->after = during.k / during.n;
    clue->rise = clue->after > clue->before;
    clue->score = sigmas(before, during) / ORDINARY_SIGMAS;
}

static double covered(const ko_nums *v, size_t from, size_t to)
{
    double n = 0;
    for (size_t i = from; i < to && i < v->n; i++)
        n += !isnan(v->v[i]);
    return n;
}

/* Poisson rates a bucket, conditioned on their sum: a share of the buckets. */
static void score_rates(const struct ko_scene *scene, const struct ko_template *t,
                        struct ko_clue *clue)
{
    struct ko_cut cut = ko_cut_within(&scene->cut, t->v.v, t->v.n);
    double n0 = covered(&t->v, 0, cut.before);
    double n1 = covered(&t->v, cut.from, cut.to);
    double k0 = sum(&t->v, 0, cut.before);
    double k1 = sum(&t->v, cut.from, cut.to);
    if (n0 <= 0 || n1 <= 0 || k0 + k1 <= 0)
        return;
    double expect = (k0 + k1) * n1 / (n0 + n1), rest = k0 + k1 - expect;
    double g = (k1 > 0 ? k1 * log(k1 / expect) : 0) + (k0 > 0 ? k0 * log(k0 / rest) : 0);
    clue->before = k0 / n0;
    clue->after = k1 / n1;
    clue->rise = clue->after > clue->before;
    clue->score = (g > 0 ? sqrt(2 * g) : 0) / ORDINARY_SIGMAS;
}

/* Counts by operation say all that counts by entity say, without the mix of requests. */
static enum ko_status find_operated(const struct ko_scene *scene, bool **ret)
{
    const struct ko_case *c = scene->c;
    bool *operated = ko_arena_alloc(scene->scratch, c->entities.n + 1, sizeof *operated);
    if (operated == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < c->templates.n; i++)
        operated[c->templates.v[i].entity] |= c->templates.v[i].op.n > 0;
    *ret = operated;
    return KO_OK;
}

static struct ko_clue template_clue(const struct ko_scene *scene,
                                    const struct ko_template *t)
{
    struct ko_clue clue = {.channel = KO_CHANNEL_LOG,
                           .entity = t->entity,
                           .caller = KO_NO_ENTITY,
                           .signal = t->text,
                           .op = t->op,
                           .row = t->row,
                           .sample = t->sample,
                           .trouble = ko_words_trouble(t)};
    const ko_nums *n = occasions(scene, t, false);
    if (n != NULL && (t->op.n > 0 || sum(n, 0, scene->cut.at) > 0))
        score_shares(scene, t, n, &clue);
    else if (t->op.n == 0)
        score_rates(scene, t, &clue);
    if (clue.trouble && clue.rise)
        clue.score *= TROUBLE_WEIGHT;
    return clue;
}

enum ko_status ko_channel_log(const struct ko_scene *scene, ko_clues *clues)
{
    bool *operated;
    enum ko_status st = find_operated(scene, &operated);
    if (st != KO_OK)
        return st;
    for (size_t i = 0; i < scene->c->templates.n; i++) {
        const struct ko_template *t = &scene->c->templates.v[i];
        if (t->normal || (t->op.n == 0 && operated[t->entity]))
            continue;
        struct ko_clue found = template_clue(scene, t);
        if (!(found.score > 0))
            continue;
        struct ko_clue *clue;
        KO_LIST_ADD(scene->scratch, clues, clue);
        if (clue == NULL)
            return KO_ENOMEM;
        *clue = found;
    }
    return KO_OK;
}
