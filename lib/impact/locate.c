/* locate.c: the values of one dimension to which the pain is confined. */
#include "impact/locate.h"

#include "base/buf.h"
#include "base/mem.h"
#include "impact/customers.h"
#include "impact/reply.h"

#include <math.h>
#include <stdlib.h>

/* Adtributor's T_EP: values are added to the set until it explains this much. */
static const double EXPLAINED_MIN = 0.67;
/* Adtributor's T_EEP: a value that explains less is no member. */
static const double MEMBER_MIN = 0.1;
/* Outside the set at most this part of the excess failure ratio inside it. */
static const double REST_MAX = 0.25;
/* Inside against outside, in standard errors of a difference of two proportions. */
static const double CHANCE_Z = 3;
/* Below this part of the pain a dimension does not speak for all. */
static const double NAMED_MIN = 0.95;
enum { TEXT_MAX_BYTES = 4096 };

static const char definition[] =
    "share = part of the excess failures (failed less the healthy ratio times all) that "
    "has this value; confined: the values explain at least 67 % and elsewhere the excess "
    "ratio is below a quarter of theirs, beyond chance";

/* One value: what came in, what failed, what failed beyond normal. */
struct leaf {
    const struct ko_group *group;
    double total, bad, excess;
    double ratio_before;
    double power;    /* share of all excess */
    double surprise; /* Jensen-Shannon term of its share of pain against its traffic */
};

/* One dimension of the platform's groups. */
struct cut {
    struct leaf *leaves;
    size_t n, confined; /* the first `confined` leaves are the set */
    double total, bad, excess;
    double pain; /* excess of all interactions, also of those without this dimension */
};

static bool leaf_of(const struct ko_group *g, const struct ko_window *w, double overall,
                    struct leaf *ret)
{
    struct leaf l = {.group = g};
    l.total = ko_span_sum(&g->total, w->during);
    l.bad = ko_span_sum(&g->bad, w->during);
    if (!(l.total > 0) || isnan(l.bad))
        return false;
    double seen = ko_span_sum(&g->total, w->before);
    l.ratio_before = seen > 0 ? ko_span_sum(&g->bad, w->before) / seen : overall;
    l.excess = l.bad - l.ratio_before * l.total;
    *ret = l;
    return true;
}

/* Most pain first, then most traffic, then value: total, for values are distinct. */
static int by_power(const void *x, const void *y)
{
    const struct leaf *a = x, *b = y;
    if (a->excess != b->excess)
        return a->excess > b->excess ? -1 : 1;
    if (a->total != b->total)
        return a->total > b->total ? -1 : 1;
    return ko_str_cmp(a->group->value, b->group->value);
}

static double surprise(double p, double q)
{
    double s = 0;
    if (p > 0)
        s += p * log(2 * p / (p + q));
    if (q > 0)
        s += q * log(2 * q / (p + q));
    return s / 2;
}

static void weigh(struct cut *cut)
{
    double pain = 0;
    for (size_t i = 0; i < cut->n; i++) {
        cut->total += cut->leaves[i].total;
        cut->bad += cut->leaves[i].bad;
        cut->excess += cut->leaves[i].excess;
        pain += fmax(cut->leaves[i].excess, 0);
    }

    for (size_t i = 0; i < cut->n; i++) {
        struct leaf *l = &cut->leaves[i];
        l->power = pain > 0 ? fmax(l->excess, 0) / pain : 0;
        l->surprise = surprise(l->total / cut->total, l->power);
    }
    qsort(cut->leaves, cut->n, sizeof *cut->leaves, by_power);
}

/* Is the rest, behind the first ${n} leaves, healthier than they are, beyond chance? */
static bool rest_is_healthy(const struct cut *cut, size_t n)
{
    double in = 0, in_excess = 0;
    for (size_t i = 0; i < n; i++) {
        in += cut->leaves[i].total;
        in_excess += cut->leaves[i].excess;
    }
    double out = cut->total - in;
    if (!(out > 0) || !(in_excess > 0))
        return false;
    double r_in = in_excess / in, r_out = (cut->excess - in_excess) / out;
    double pooled = fmin(fmax(cut->bad / cut->total, 0), 1);
    double se = sqrt(pooled * (1 - pooled) * (1 / in + 1 / out));
    return r_out <= REST_MAX * r_in && r_in - r_out >= CHANCE_Z * se;
}

static void confine(struct cut *cut)
{
    double explained = 0;
    for (size_t i = 0; i < cut->n && cut->leaves[i].power >= MEMBER_MIN; i++) {
        explained += cut->leaves[i].power;
        if (explained >= EXPLAINED_MIN && rest_is_healthy(cut, i + 1)) {
            cut->confined = i + 1;
            return;
        }
    }
}

static enum ko_status add_record(struct ko_case *c, const struct leaf *l,
                                 struct ko_str value, struct ko_str text)
{
    struct ko_evidence *e;
    enum ko_status st = ko_case_add_evidence(c, KO_STAGE_BLAME, &e);
    struct ko_impact *m = st == KO_OK ? ko_case_add(c, "impact") : NULL;
    if (m == NULL)
        return st == KO_OK ? KO_ENOMEM : st;
    e->kind = KO_STR("group");
    e->entity = l->group->entity;
    e->signal = KO_STR("failed interactions");
    e->unit = KO_STR("ratio");
    e->text = text;
    e->before = l->ratio_before;
    e->after = l->bad / l->total;
    e->score = l->surprise;
    m->measure = KO_STR("confined");
    m->dim = l->group->dim;
    m->value = value;
    m->unit = KO_STR("ratio");
    m->before = l->ratio_before;
    m->during = l->bad / l->total;
    m->total = l->excess;
    m->share = l->power;
    m->text = text;
    m->definition = ko_str(definition);
    m->evidence = e->id;
    return KO_OK;
}

static enum ko_status add_member(struct ko_case *c, const struct cut *cut,
                                 const struct leaf *l)
{
    struct ko_buf b;
    struct ko_str text;
    ko_buf_init(&b, TEXT_MAX_BYTES);
    ko_buf_printf(&b, "%.*s %.*s: %.0f%% of the excess failures, %.0f%% of the traffic",
                  KO_ARG(l->group->dim), KO_ARG(l->group->value), l->power * 100,
                  l->total / cut->total * 100);
    if (cut->excess < NAMED_MIN * cut->pain)
        ko_buf_printf(&b, ", of what names its %.*s", KO_ARG(l->group->dim));
    enum ko_status st = ko_say_keep(c, &b, &text);
    ko_buf_release(&b);
    return st == KO_OK ? add_record(c, l, l->group->value, text) : st;
}

static enum ko_status add_everywhere(struct ko_case *c, const struct cut *cut)
{
    struct ko_str text;
    enum ko_status st = ko_case_print(c, &text, "not confined to any %.*s",
                                      KO_ARG(cut->leaves[0].group->dim));
    if (st != KO_OK)
        return st;
    struct leaf whole = cut->leaves[0];
    whole.total = cut->total;
    whole.bad = cut->bad;
    whole.excess = cut->excess;
    whole.power = NAN;
    whole.surprise = NAN;
    whole.ratio_before = (cut->bad - cut->excess) / cut->total;
    return add_record(c, &whole, KO_STR(""), text);
}

static enum ko_status locate(struct ko_case *c, struct cut *cut)
{
    weigh(cut);
    /* One value says nothing about confinement, no pain nothing about place, and a
     * dimension that most of the pain does not name says neither yes nor no. */
    if (cut->n < 2 || !(cut->excess > 0) || cut->excess < EXPLAINED_MIN * cut->pain)
        return KO_OK;
    confine(cut);
    if (cut->confined == 0)
        return add_everywhere(c, cut);
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < cut->confined && st == KO_OK; i++)
        st = add_member(c, cut, &cut->leaves[i]);
    return st;
}

static bool seen_before(const struct ko_case *c, size_t index, uint32_t entity)
{
    for (size_t i = 0; i < index; i++) {
        const struct ko_group *g = &c->groups.v[i];
        if (g->entity == entity && ko_str_eq(g->dim, c->groups.v[index].dim))
            return true;
    }
    return false;
}

static enum ko_status locate_dim(struct ko_case *c, const struct ko_window *w,
                                 const struct ko_group *all, struct ko_str dim,
                                 struct leaf *leaves)
{
    struct cut cut = {.leaves = leaves};
    double seen = ko_span_sum(&all->total, w->before);
    double overall = seen > 0 ? ko_span_sum(&all->bad, w->before) / seen : 0;
    struct leaf whole;
    if (leaf_of(all, w, overall, &whole))
        cut.pain = whole.excess;
    for (size_t i = 0; i < c->groups.n; i++) {
        const struct ko_group *g = &c->groups.v[i];
        if (g->entity == all->entity && ko_str_eq(g->dim, dim))
            cut.n += leaf_of(g, w, overall, &leaves[cut.n]);
    }
    return locate(c, &cut);
}

enum ko_status ko_locate_run(struct ko_case *c, const struct ko_window *w)
{
    const struct ko_group *all = ko_customers_group(c);
    if (all == NULL)
        return KO_OK;
    struct leaf *leaves = ko_mem_alloc(c->groups.n, sizeof *leaves);
    if (leaves == NULL)
        return KO_ENOMEM;
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < c->groups.n && st == KO_OK; i++) {
        const struct ko_group *g = &c->groups.v[i];
        if (g->entity == all->entity && !ko_str_eq(g->dim, KO_STR("all")) &&
            !seen_before(c, i, all->entity))
            st = locate_dim(c, w, all, g->dim, leaves);
    }
    ko_mem_free(leaves);
    return st;
}
