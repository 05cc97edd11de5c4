/* cube.c: which combinations of attribute values a deviation is confined to. */
#include "impact/cube.h"

#include "base/mem.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Levels that a cause is tried at before its own is fitted. */
enum { LEVELS = 8, CUBOIDS_MAX = 1 << KO_CUBE_DIMS_MAX, FIT_STEPS = 6, SPLITS_MAX = 8 };
/* Degrees of freedom of Student's t: 3 is the least with a variance. */
static const double FREEDOM = 3;
/* Square of the median of |z|, z standard normal. */
static const double MEDIAN_SQUARE = 0.4549;
/* Exports round: no table is more exact than this. */
static const double NOISE_MIN = 0.01;
/* The lead over the false alarm, and for every value more that a cause names. */
static const double STEP = 0.25;
/* A cause that saves less than this is one in twenty by chance, whatever the table. */
static const double GAIN_MIN = 3;
/* A cause holds at least this part of the pain. */
static const double SHARE_MIN = 0.01;

/* All combinations of the attributes in one set of them. */
struct cuboid {
    uint32_t *group; /* of each leaf */
    size_t n;        /* groups */
    float *gain;     /* [n * LEVELS] */
    float *mirror;   /* [n * LEVELS], for the opposite direction */
    double naming;   /* what naming one group costs */
};

struct search {
    const struct ko_cube *cube;
    struct ko_arena arena;
    struct cuboid cuboids[CUBOIDS_MAX];
    size_t n_cuboids;
    double *var; /* of each leaf, with the noise of the table */
    bool *taken; /* by a cause */
    double level[LEVELS];
    double mass; /* of all pain */
};

/* A candidate: group ${group} of cuboid ${set}, off by dev. */
struct pick {
    size_t set;
    uint32_t group;
    double dev;
    double gain; /* less the cost of naming it */
    double mass;
};

static double cost_power(double off, double var)
{
    double x = 1 + off * off / (var * FREEDOM);
    return x * x * x * x;
}

/* What a leaf costs less when a cause says that it is off by ${dev}. */
static double saves(const struct search *s, size_t leaf, double dev)
{
    double d = s->cube->leaves[leaf].dev, var = s->var[leaf];
    return log(cost_power(d, var) / cost_power(d - dev, var)) / 2;
}

/* ---- the table ---- */

/* Part of the leaves without pain that are nearer than the median of chance, if the table
 * adds ${noise} of its own. */
static bool noise_is_enough(const struct ko_cube *c, double noise)
{
    size_t n = 0, near = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct ko_cube_leaf *l = &c->leaves[i];
        if (l->dev > 0)
            continue;
        n++;
        near += l->dev * l->dev <= MEDIAN_SQUARE * (l->var + noise * noise);
    }
    return 2 * near >= n;
}

static double noise_of(const struct ko_cube *c)
{
    double lo = NOISE_MIN, hi = 4;
    if (noise_is_enough(c, lo))
        return lo;
    for (int i = 0; i < 24; i++) {
        double mid = (lo + hi) / 2;
        if (noise_is_enough(c, mid))
            hi = mid;
        else
            lo = mid;
    }
    return hi;
}

static void set_levels(struct search *s, double noise)
{
    double most = 0, least;
    for (size_t i = 0; i < s->cube->n; i++)
        most = fmax(most, fabs(s->cube->leaves[i].dev));
    least = fmin(fmax(noise, most / 100), most / 2);
    for (int k = 0; k < LEVELS; k++)
        s->level[k] = least * pow(most / least, (k + 0.5) / LEVELS);
}

/* Number the groups of ${set}: those of the set without its last attribute, each split by
 * that attribute's values. */
static enum ko_status number_groups(struct search *s, size_t set)
{
    const struct ko_cube *c = s->cube;
    struct cuboid *to = &s->cuboids[set];
    to->group = ko_arena_alloc(&s->arena, c->n, sizeof *to->group);
    if (to->group == NULL)
        return KO_ENOMEM;
    if (set == 0) {
        to->n = 1;
        return KO_OK;
    }
    size_t last = KO_CUBE_DIMS_MAX - 1;
    while ((set >> last & 1) == 0)
        last--;
    const struct cuboid *from = &s->cuboids[set ^ (size_t)1 << last];
    uint32_t *number = ko_mem_alloc(from->n * c->cards[last], sizeof *number);
    if (number == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < c->n; i++) {
        uint32_t *at =
            &number[from->group[i] * c->cards[last] + c->leaves[i].value[last]];
        if (*at == 0)
            *at = (uint32_t)++to->n;
        to->group[i] = *at - 1;
    }
    ko_mem_free(number);
    return KO_OK;
}

static enum ko_status make_cuboid(struct search *s, size_t set)
{
    struct cuboid *c = &s->cuboids[set];
    enum ko_status st = number_groups(s, set);
    if (st != KO_OK)
        return st;
    c->gain = ko_arena_alloc(&s->arena, c->n, LEVELS * sizeof *c->gain);
    c->mirror = ko_arena_alloc(&s->arena, c->n, LEVELS * sizeof *c->mirror);
    return c->gain != NULL && c->mirror != NULL ? KO_OK : KO_ENOMEM;
}

static void add_to(struct search *s, size_t leaf, double sign, bool mirror)
{
    float gain[LEVELS];
    double side = mirror ? -1 : 1;
    for (size_t k = 0; k < LEVELS; k++)
        gain[k] = (float)(sign * saves(s, leaf, side * s->level[k]));
    for (size_t set = 0; set < s->n_cuboids; set++) {
        const struct cuboid *c = &s->cuboids[set];
        float *to = (mirror ? c->mirror : c->gain) + (size_t)c->group[leaf] * LEVELS;
        for (size_t k = 0; k < LEVELS; k++)
            to[k] += gain[k];
    }
}

static enum ko_status prepare(struct search *s)
{
    const struct ko_cube *c = s->cube;
    double noise = noise_of(c);
    s->n_cuboids = (size_t)1 << c->dims;
    s->var = ko_arena_alloc(&s->arena, c->n, sizeof *s->var);
    s->taken = ko_arena_alloc(&s->arena, c->n, sizeof *s->taken);
    if (s->var == NULL || s->taken == NULL)
        return KO_ENOMEM;
    enum ko_status st = KO_OK;
    for (size_t set = 0; set < s->n_cuboids && st == KO_OK; set++)
        st = make_cuboid(s, set);
    if (st != KO_OK)
        return st;
    set_levels(s, noise);
    for (size_t i = 0; i < c->n; i++) {
        s->var[i] = c->leaves[i].var + noise * noise;
        s->mass += c->leaves[i].mass;
        add_to(s, i, 1, false);
        add_to(s, i, 1, true);
    }
    return KO_OK;
}

/* ---- candidates ---- */

static double naming(const struct search *s, size_t set)
{
    return s->cuboids[set].naming;
}

/* The best group of one cuboid at the levels tried. */
static struct pick best_of(const struct search *s, size_t set, const float *gain)
{
    const struct cuboid *c = &s->cuboids[set];
    size_t best = 0;
    for (size_t i = 1; i < c->n * LEVELS; i++) {
        if (gain[i] > gain[best])
            best = i;
    }
    return (struct pick){.set = set,
                         .group = (uint32_t)(best / LEVELS),
                         .dev = s->level[best % LEVELS],
                         .gain = (double)gain[best] - naming(s, set)};
}

/* Fit the common deviation (iteratively reweighted mean) and count exactly. */
static void fit(const struct search *s, struct pick *p, double sign)
{
    const struct cuboid *c = &s->cuboids[p->set];
    double dev = sign * p->dev;
    for (int step = 0; step < FIT_STEPS; step++) {
        double sum = 0, weights = 0, gain = 0, mass = 0;
        for (size_t i = 0; i < s->cube->n; i++) {
            if (c->group[i] != p->group || s->taken[i])
                continue;
            double d = s->cube->leaves[i].dev, off = d - dev;
            double w = 1 / (s->var[i] * FREEDOM + off * off);
            sum += w * d;
            weights += w;
            gain += saves(s, i, dev);
            mass += s->cube->leaves[i].mass;
        }
        p->gain = gain - naming(s, p->set);
        p->dev = dev;
        p->mass = mass;
        if (!(weights > 0))
            return;
        dev = sum / weights;
    }
}

static bool better(const struct pick *a, const struct pick *b)
{
    return a->gain > b->gain + 1e-9;
}

static struct pick best_pick(const struct search *s, double sign)
{
    struct pick best = {.gain = -INFINITY};
    for (size_t set = 0; set < s->n_cuboids; set++) {
        const struct cuboid *c = &s->cuboids[set];
        struct pick p = best_of(s, set, sign > 0 ? c->gain : c->mirror);
        if (p.gain < best.gain / 2 || p.gain <= 0)
            continue;
        fit(s, &p, sign);
        if (sign * p.dev > 0 && better(&p, &best))
            best = p;
    }
    return best;
}

/* ---- splitting ---- */

/* What the parts of ${p} along the set ${set} save together, each named; the best of them
 * in ${ret}. */
static double parts_of(const struct search *s, const struct pick *p, size_t set,
                       double *sums, struct pick *ret)
{
    const struct cuboid *whole = &s->cuboids[p->set], *part = &s->cuboids[set];
    double total = 0;
    memset(sums, 0, part->n * sizeof *sums);
    for (size_t i = 0; i < s->cube->n; i++) {
        if (whole->group[i] == p->group && !s->taken[i])
            sums[part->group[i]] += saves(s, i, p->dev);
    }
    *ret = (struct pick){.set = set, .dev = p->dev, .gain = -INFINITY};
    for (size_t g = 0; g < part->n; g++) {
        double gain = sums[g] - naming(s, set);
        total += fmax(gain, 0);
        if (gain > ret->gain) {
            ret->gain = gain;
            ret->group = (uint32_t)g;
        }
    }
    return total;
}

static enum ko_status split(const struct search *s, struct pick *p)
{
    double *sums = ko_mem_alloc(s->cube->n + 1, sizeof *sums);
    if (sums == NULL)
        return KO_ENOMEM;
    for (int depth = 0; depth < SPLITS_MAX; depth++) {
        struct pick best = *p, part;
        double most = p->gain;
        for (size_t d = 0; d < s->cube->dims; d++) {
            size_t set = p->set | (size_t)1 << d;
            if (set == p->set)
                continue;
            double total = parts_of(s, p, set, sums, &part);
            if (total > most + 1e-9) {
                most = total;
                best = part;
            }
        }
        if (best.set == p->set)
            break;
        fit(s, &best, 1);
        *p = best;
    }
    ko_mem_free(sums);
    return KO_OK;
}

/* ---- causes ---- */

static void skip(struct search *s, const struct pick *p)
{
    const struct cuboid *c = &s->cuboids[p->set];
    for (size_t i = 0; i < s->cube->n; i++) {
        if (c->group[i] != p->group || s->taken[i])
            continue;
        s->taken[i] = true;
        add_to(s, i, -1, false);
    }
}

static void take(struct search *s, const struct pick *p, struct ko_cube_found *ret)
{
    const struct cuboid *c = &s->cuboids[p->set];
    struct ko_cube_cause *cause = &ret->causes[ret->n++];
    *cause = (struct ko_cube_cause){.dev = p->dev, .gain = p->gain};
    cause->share = s->mass > 0 ? p->mass / s->mass : NAN;
    for (size_t i = 0; i < s->cube->n; i++) {
        if (c->group[i] != p->group || s->taken[i])
            continue;
        for (size_t d = 0; d < s->cube->dims; d++)
            cause->value[d] = p->set >> d & 1 ? s->cube->leaves[i].value[d] : KO_CUBE_ANY;
        cause->leaves++;
        s->taken[i] = true;
        add_to(s, i, -1, false);
    }
}

/* 1 - (misfit of the causes) / (misfit of saying nothing): Squeeze's GPS, means inside
 * and outside. */
static double potential(const struct search *s, const struct ko_cube_found *r)
{
    double in = 0, in_plain = 0, out = 0;
    size_t n_in = 0, n_out = 0;
    for (size_t i = 0; i < s->cube->n; i++) {
        const struct ko_cube_leaf *l = &s->cube->leaves[i];
        const struct ko_cube_cause *cause = NULL;
        for (size_t k = 0; k < r->n && cause == NULL; k++) {
            bool inside = true;
            for (size_t d = 0; d < s->cube->dims && inside; d++)
                inside = r->causes[k].value[d] == KO_CUBE_ANY ||
                         r->causes[k].value[d] == l->value[d];
            cause = inside ? &r->causes[k] : NULL;
        }
        if (cause == NULL) {
            out += fabs(l->dev);
            n_out++;
            continue;
        }
        in += fabs(l->dev - cause->dev);
        in_plain += fabs(l->dev);
        n_in++;
    }
    in = n_in > 0 ? in / (double)n_in : 0;
    in_plain = n_in > 0 ? in_plain / (double)n_in : 0;
    out = n_out > 0 ? out / (double)n_out : 0;
    return in_plain + out > 0 ? 1 - (in + out) / (in_plain + out) : 0;
}

static void price(struct search *s)
{
    for (size_t set = 0; set < s->n_cuboids; set++) {
        struct pick p = best_of(s, set, s->cuboids[set].mirror);
        double layers = 1;
        for (size_t d = 0; d < s->cube->dims; d++)
            layers += (double)(set >> d & 1);
        s->cuboids[set].naming = fmax(p.gain, GAIN_MIN) + STEP * layers;
    }
}

static enum ko_status find_causes(struct search *s, struct ko_cube_found *ret)
{
    price(s);
    int skipped = 0;
    while (ret->n < KO_CUBE_CAUSES_MAX) {
        struct pick p = best_pick(s, 1);
        if (!(p.gain > 0))
            break;
        enum ko_status st = split(s, &p);
        if (st != KO_OK)
            return st;
        if (!(p.dev > 0))
            break;
        if (p.mass < SHARE_MIN * s->mass) {
            skip(s, &p);
            if (++skipped > 32)
                break;
            continue;
        }
        ret->everywhere |= p.set == 0;
        take(s, &p, ret);
        ret->explained += ret->causes[ret->n - 1].share;
    }
    ret->potential = potential(s, ret);
    return KO_OK;
}

enum ko_status ko_cube_search(const struct ko_cube *cube, struct ko_cube_found *ret)
{
    struct search s = {.cube = cube};
    struct ko_cube_found found = {.n = 0};
    enum ko_status st = cube->n == 0 ? KO_OK : prepare(&s);
    if (st == KO_OK && cube->n > 0)
        st = find_causes(&s, &found);
    ko_arena_release(&s.arena);
    if (st == KO_OK)
        *ret = found;
    return st;
}
