/* confine.c: to which combinations of values (region and queue and version …) trouble is
 * confined. */
#include "impact/confine.h"

#include "base/mem.h"
#include "impact/slice.h"

#include <math.h>
#include <stdlib.h>

/* Interactions of all leaves that a leaf's own healthy time is mixed with. */
static const double PRIOR_TOTAL = 20;
/* Added to both sides of a lift, so that no failure at all is a number. */
static const double LIFT_FLOOR = 0.5;
/* A leaf is hit in full from this part of the typical lift on. */
static const double FULLY_HIT = 0.3;
/* What naming a value costs, and another set; in units of the harmonic mean. */
static const double VALUE_PRICE = 0.04, SET_PRICE = 0.02;
/* Less is not confinement. */
static const double MEAN_MIN = 0.5;
/* At most this part of the excess ratio inside the sets is left outside. */
static const double REST_MAX = 0.25;
/* Chance, over all sets looked at. */
static const double CHANCE = 0.01;
/* How many sets are tried as the first of several, and as those beside it. */
enum { STARTS = 8, BESIDE = 64 };

struct search {
    const struct ko_leaf *leaves;
    struct ko_weight_of_leaf *weights;
    size_t n;
    double pain; /* excess of the leaves that have more failures than expected */
    const struct ko_slice *slices;
    size_t slices_n;
};

/* Some sets taken together. */
struct choice {
    const struct ko_slice *sets[KO_CONFINE_SETS_MAX];
    size_t n, values;
    double total, excess, weight, hit;
    double worth;
};

double ko_leaf_expect(double bad, double total, double overall, double now)
{
    return (bad + PRIOR_TOTAL * overall) / (total + PRIOR_TOTAL) * now;
}

static double lift_of(const struct ko_leaf *l)
{
    return log((l->bad + LIFT_FLOOR) / (l->expected + LIFT_FLOOR));
}

/* False when there is no pain, or none that stands out. */
static bool weigh(struct search *s)
{
    double typical = 0;
    for (size_t i = 0; i < s->n; i++) {
        const struct ko_leaf *l = &s->leaves[i];
        double excess = l->bad - l->expected;
        s->weights[i].excess = excess;
        s->weights[i].weight = sqrt(fmax(l->total, 0));
        if (excess > 0) {
            s->pain += excess;
            typical += excess * lift_of(l);
        }
    }
    typical = s->pain > 0 ? typical / s->pain : 0;
    if (!(typical > 0))
        return false;
    for (size_t i = 0; i < s->n; i++) {
        double hit = lift_of(&s->leaves[i]) / (FULLY_HIT * typical);
        s->weights[i].hit = fmin(fmax(hit, 0), 1);
    }
    return true;
}

static double harmonic_mean(const struct search *s, double excess, double weight,
                            double hit)
{
    if (!(excess > 0) || !(hit > 0))
        return 0;
    double explained = fmin(excess / s->pain, 1), purity = hit / weight;
    return 2 * explained * purity / (explained + purity);
}

static size_t count_values(const struct ko_slice *slice)
{
    return (size_t)__builtin_popcount(slice->dims);
}

static double worth_alone(const struct search *s, const struct ko_slice *x)
{
    return harmonic_mean(s, x->excess, x->weight, x->hit) -
           VALUE_PRICE * (double)count_values(x);
}

/* Most worth first, then fewer values, then the leaf that comes first: total. */
static int by_worth(const void *pa, const void *pb, void *ctx)
{
    const struct ko_slice *a = pa, *b = pb;
    double x = worth_alone(ctx, a), y = worth_alone(ctx, b);
    if (x != y)
        return x > y ? -1 : 1;
    if (count_values(a) != count_values(b))
        return count_values(a) < count_values(b) ? -1 : 1;
    if (a->dims != b->dims)
        return a->dims < b->dims ? -1 : 1;
    return (a->first > b->first) - (a->first < b->first);
}

/* What ${x} adds to the leaves already covered. */
static struct choice with(const struct search *s, const struct choice *c,
                          const bool *covered, const struct ko_slice *x)
{
    struct choice r = *c;
    for (size_t i = 0; i < s->n; i++) {
        if (covered[i] || !ko_slice_holds(x, s->leaves, i))
            continue;
        r.total += s->leaves[i].total;
        r.excess += s->weights[i].excess;
        r.weight += s->weights[i].weight;
        r.hit += s->weights[i].hit * s->weights[i].weight;
    }
    r.sets[r.n++] = x;
    r.values += count_values(x);
    r.worth = harmonic_mean(s, r.excess, r.weight, r.hit) -
              VALUE_PRICE * (double)r.values - SET_PRICE * (double)(r.n - 1);
    return r;
}

static void cover(const struct search *s, const struct ko_slice *x, bool *covered)
{
    for (size_t i = 0; i < s->n; i++)
        covered[i] = covered[i] || ko_slice_holds(x, s->leaves, i);
}

/* Begin with ${first}, add what is worth its price until nothing is. */
static struct choice grow(const struct search *s, const struct ko_slice *first,
                          bool *covered)
{
    struct choice none = {0}, c;
    for (size_t i = 0; i < s->n; i++)
        covered[i] = false;
    c = with(s, &none, covered, first);
    cover(s, first, covered);
    while (c.n < KO_CONFINE_SETS_MAX) {
        struct choice best = c;
        for (size_t i = 0; i < s->slices_n && i < BESIDE; i++) {
            struct choice x = with(s, &c, covered, &s->slices[i]);
            if (x.worth > best.worth)
                best = x;
        }
        if (best.n == c.n)
            break;
        c = best;
        cover(s, c.sets[c.n - 1], covered);
    }
    return c;
}

static struct choice search_best(const struct search *s, bool *covered)
{
    struct choice best = {.worth = -1};
    for (size_t i = 0; i < s->slices_n && i < STARTS; i++) {
        struct choice c = grow(s, &s->slices[i], covered);
        if (c.worth > best.worth)
            best = c;
    }
    return best;
}

/* Is the excess ratio outside the sets small beside that inside? */
static bool rest_is_healthy(const struct search *s, const struct choice *c)
{
    double total = -c->total, excess = -c->excess;
    for (size_t i = 0; i < s->n; i++) {
        total += s->leaves[i].total;
        excess += s->weights[i].excess;
    }
    return total > 0 && c->total > 0 && excess / total <= REST_MAX * c->excess / c->total;
}

static struct ko_confined_set describe(const struct search *s, const struct ko_slice *x)
{
    struct ko_confined_set r = {
        .dims = x->dims, .explained = x->excess / s->pain, .purity = x->hit / x->weight};
    for (size_t d = 0; d < KO_CONFINE_DIMS_MAX; d++) {
        if ((x->dims >> d & 1) != 0)
            r.value[d] = s->leaves[x->first].value[d];
    }
    for (size_t i = 0; i < s->n; i++) {
        if (!ko_slice_holds(x, s->leaves, i))
            continue;
        r.total += s->leaves[i].total;
        r.bad += s->leaves[i].bad;
        r.expected += s->leaves[i].expected;
    }
    return r;
}

/* The standard normal value that chance passes once in 1/CHANCE, over ${n} tries: the
 * tail is below exp(-z^2/2). */
static double chance_z(size_t n)
{
    return sqrt(2 * log((double)n / CHANCE));
}

/* Failed in it more than the rest would lead to expect, whose own lift all share? */
static bool beyond_chance(const struct search *s, const struct ko_confined_set *set)
{
    double bad = 0, expected = 0;
    for (size_t i = 0; i < s->n; i++) {
        bad += s->leaves[i].bad;
        expected += s->leaves[i].expected;
    }
    double lift = fmax(1, (bad - set->bad + 1) / (expected - set->expected + 1));
    double mean = lift * set->expected;
    return set->bad - mean >= chance_z(s->slices_n) * sqrt(mean + 1);
}

static int by_explained(const void *pa, const void *pb)
{
    const struct ko_confined_set *a = pa, *b = pb;
    if (a->explained != b->explained)
        return a->explained > b->explained ? -1 : 1;
    return (a->dims > b->dims) - (a->dims < b->dims);
}

static void judge(const struct search *s, const struct choice *c, struct ko_confined *ret)
{
    double mean = harmonic_mean(s, c->excess, c->weight, c->hit);
    if (c->n == 0 || mean < MEAN_MIN || !rest_is_healthy(s, c))
        return;
    for (size_t i = 0; i < c->n; i++) {
        struct ko_confined_set set = describe(s, c->sets[i]);
        if (beyond_chance(s, &set))
            ret->sets[ret->n++] = set;
    }
    if (ret->n > 1)
        qsort(ret->sets, ret->n, sizeof *ret->sets, by_explained);
    ret->explained = fmin(c->excess / s->pain, 1);
    ret->purity = c->hit / c->weight;
}

static enum ko_status search(struct search *s, size_t dims, struct ko_confined *ret)
{
    struct ko_slices slices;
    bool *covered = ko_mem_alloc(s->n, sizeof *covered);
    enum ko_status st = ko_slices_make(s->leaves, s->weights, s->n, dims, &slices);
    if (st == KO_OK && covered == NULL)
        st = KO_ENOMEM;
    if (st == KO_OK && slices.list.n > 0) {
        qsort_r(slices.list.v, slices.list.n, sizeof *slices.list.v, by_worth, s);
        s->slices = slices.list.v;
        s->slices_n = slices.list.n;
        struct choice best = search_best(s, covered);
        judge(s, &best, ret);
    }
    ko_slices_release(&slices);
    ko_mem_free(covered);
    return st;
}

enum ko_status ko_confine_find(const struct ko_leaf *leaves, size_t n, size_t dims,
                               struct ko_confined *ret)
{
    struct search s = {.leaves = leaves, .n = n};
    *ret = (struct ko_confined){0};
    if (dims > KO_CONFINE_DIMS_MAX || n > KO_CONFINE_LEAVES_MAX)
        return KO_ELIMIT;
    if (n < 2 || dims == 0)
        return KO_OK;
    s.weights = ko_mem_alloc(n, sizeof *s.weights);
    if (s.weights == NULL)
        return KO_ENOMEM;
    enum ko_status st = weigh(&s) ? search(&s, dims, ret) : KO_OK;
    ko_mem_free(s.weights);
    return st;
}
