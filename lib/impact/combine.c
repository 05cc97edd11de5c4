/* combine.c: the combinations of values to which the pain is confined. */
#include "impact/combine.h"

#include "base/buf.h"
#include "base/mem.h"
#include "impact/confine.h"
#include "impact/cube.h"
#include "impact/joint.h"
#include "impact/reply.h"

#include <math.h>

enum { TEXT_MAX_BYTES = 4096 };

static const char timed_definition[] =
    "share = part of the failures beyond what the healthy time of each combination leads "
    "to expect; the sets explain most of them, are hit through and through, and the rest "
    "has at most a quarter of their excess ratio";
static const char table_definition[] =
    "share = part of the sum of (actual - expected); found as the shortest description "
    "of the deviations 2 (expected - actual) / (expected + actual), against the best "
    "that "
    "the opposite direction offers";

/* What one record says. */
struct found {
    const char *definition;
    struct ko_str value, text, unit;
    double before, during, total, share, score;
};

static enum ko_status add_record(struct ko_case *c, const struct found *f)
{
    struct ko_evidence *e;
    enum ko_status st = ko_case_add_evidence(c, KO_STAGE_BLAME, &e);
    struct ko_impact *m = st == KO_OK ? ko_case_add(c, "impact") : NULL;
    if (m == NULL)
        return st == KO_OK ? KO_ENOMEM : st;
    e->kind = KO_STR("group");
    e->signal = KO_STR("combinations");
    e->unit = f->unit;
    e->text = f->text;
    e->before = f->before;
    e->after = f->during;
    e->score = f->score;
    m->measure = KO_STR("confined-combination");
    m->dim = KO_STR("combination");
    m->value = f->value;
    m->unit = f->unit;
    m->before = f->before;
    m->during = f->during;
    m->total = f->total;
    m->share = f->share;
    m->text = f->text;
    m->definition = ko_str(f->definition);
    m->evidence = e->id;
    return KO_OK;
}

static enum ko_status add_nowhere(struct ko_case *c, const char *definition)
{
    struct found f = {.definition = definition,
                      .text = KO_STR("not confined to any combination of values"),
                      .before = NAN,
                      .during = NAN,
                      .total = NAN,
                      .share = NAN,
                      .score = NAN};
    return add_record(c, &f);
}

/* Append the part "dim=value" of ${b}, which are told apart by ", ". */
static void put_part(struct ko_buf *b, const struct ko_joint *j, size_t dim,
                     uint32_t value)
{
    struct ko_str name = ko_joint_name(j, dim, value);
    if (b->n > 0)
        ko_buf_puts(b, ", ");
    if (name.n > 0)
        ko_buf_put(b, name);
    else
        ko_buf_printf(b, "%.*s not said", KO_ARG(j->dim[dim]));
}

/* ---- interactions ---- */

static struct ko_leaf leaf_of(const struct ko_joint *j, size_t i,
                              const struct ko_window *w, double overall)
{
    const struct ko_combination *m = j->of[i];
    double bad = ko_span_sum(&m->bad, w->before),
           total = ko_span_sum(&m->total, w->before);
    struct ko_leaf l = {.value = &j->value[i * j->dims],
                        .total = ko_span_sum(&m->total, w->during),
                        .bad = ko_span_sum(&m->bad, w->during)};
    l.expected =
        ko_leaf_expect(isnan(bad) ? 0 : bad, isnan(total) ? 0 : total, overall, l.total);
    return l;
}

static double overall_ratio(const struct ko_joint *j, const struct ko_window *w)
{
    double bad = 0, total = 0;
    for (size_t i = 0; i < j->n; i++) {
        double n = ko_span_sum(&j->of[i]->total, w->before);
        if (!(n > 0))
            continue;
        total += n;
        bad += ko_span_sum(&j->of[i]->bad, w->before);
    }
    return total > 0 ? bad / total : 0;
}

static enum ko_status add_set(struct ko_case *c, const struct ko_joint *j,
                              const struct ko_confined_set *set, double all)
{
    struct ko_buf b;
    struct found f = {.definition = timed_definition,
                      .unit = KO_STR("ratio"),
                      .before = set->expected / set->total,
                      .during = set->bad / set->total,
                      .total = set->bad - set->expected,
                      .share = set->explained,
                      .score = set->purity};
    ko_buf_init(&b, TEXT_MAX_BYTES);
    for (size_t d = 0; d < j->dims; d++) {
        if (set->dims >> d & 1)
            put_part(&b, j, d, set->value[d]);
    }
    enum ko_status st = ko_say_keep(c, &b, &f.value);
    ko_buf_printf(&b, "%.*s: %.0f%% of the excess failures, %.0f%% of the traffic",
                  KO_ARG(f.value), set->explained * 100, set->total / all * 100);
    if (st == KO_OK)
        st = ko_say_keep(c, &b, &f.text);
    ko_buf_release(&b);
    return st == KO_OK ? add_record(c, &f) : st;
}

static enum ko_status find_sets(struct ko_case *c, const struct ko_joint *j,
                                const struct ko_window *w, struct ko_leaf *leaves)
{
    double overall = overall_ratio(j, w), all = 0, pain = 0;
    struct ko_confined found;
    size_t n = 0;
    for (size_t i = 0; i < j->n; i++) {
        struct ko_leaf l = leaf_of(j, i, w, overall);
        if (!(l.total > 0))
            continue;
        leaves[n++] = l;
        all += l.total;
        pain += l.bad - l.expected;
    }
    if (n < 2 || !(pain > 0))
        return KO_OK;
    enum ko_status st = ko_confine_find(leaves, n, j->dims, &found);
    if (st == KO_OK && found.n == 0)
        return add_nowhere(c, timed_definition);
    for (size_t i = 0; i < found.n && st == KO_OK; i++)
        st = add_set(c, j, &found.sets[i], all);
    return st;
}

enum ko_status ko_combine_run(struct ko_case *c, const struct ko_window *w)
{
    struct ko_joint j;
    enum ko_status st = ko_joint_of(c, false, &j);
    struct ko_leaf *leaves = ko_mem_alloc(j.n + 1, sizeof *leaves);
    if (leaves == NULL)
        st = KO_ENOMEM;
    if (st == KO_OK && j.dims >= 2)
        st = find_sets(c, &j, w, leaves);
    ko_mem_free(leaves);
    ko_joint_release(&j);
    return st;
}

/* ---- tables of actual and expected numbers ---- */

/* Their relative deviation, positive where actual is less. */
static double deviation(double actual, double expected)
{
    double sum = fabs(actual) + fabs(expected);
    return sum > 0 ? 2 * (expected - actual) / sum : 0;
}

static size_t fill(const struct ko_joint *j, double sign, struct ko_cube_leaf *leaves)
{
    size_t n = 0;
    for (size_t i = 0; i < j->n; i++) {
        const struct ko_combination *m = j->of[i];
        if (m->actual == 0 && m->expected == 0)
            continue;
        struct ko_cube_leaf *l = &leaves[n++];
        for (size_t d = 0; d < j->dims && d < KO_CUBE_DIMS_MAX; d++)
            l->value[d] = j->value[i * j->dims + d];
        l->dev = sign * deviation(m->actual, m->expected);
        l->mass = sign * (m->expected - m->actual);
    }
    return n;
}

static enum ko_status add_cause(struct ko_case *c, const struct ko_joint *j,
                                const struct ko_cube *cube,
                                const struct ko_cube_cause *cause, double sign)
{
    struct ko_buf b;
    struct found f = {.definition = table_definition,
                      .before = NAN,
                      .during = -sign * cause->dev,
                      .total = NAN,
                      .share = cause->share,
                      .score = cause->gain};
    ko_buf_init(&b, TEXT_MAX_BYTES);
    for (size_t d = 0; d < cube->dims; d++) {
        if (cause->value[d] != KO_CUBE_ANY)
            put_part(&b, j, d, cause->value[d]);
    }
    enum ko_status st = ko_say_keep(c, &b, &f.value);
    ko_buf_printf(&b, "%.*s: %.0f%% of what is %s than expected", KO_ARG(f.value),
                  cause->share * 100, sign > 0 ? "less" : "more");
    if (st == KO_OK)
        st = ko_say_keep(c, &b, &f.text);
    ko_buf_release(&b);
    return st == KO_OK ? add_record(c, &f) : st;
}

static enum ko_status find_causes(struct ko_case *c, const struct ko_joint *j,
                                  struct ko_cube_leaf *leaves)
{
    struct ko_cube cube = {.leaves = leaves};
    struct ko_cube_found found;
    double sum = 0;
    for (size_t i = 0; i < j->n; i++)
        sum += j->of[i]->expected - j->of[i]->actual;
    double sign = sum >= 0 ? 1 : -1;
    cube.dims = j->dims < KO_CUBE_DIMS_MAX ? j->dims : KO_CUBE_DIMS_MAX;
    for (size_t d = 0; d < cube.dims; d++)
        cube.cards[d] = j->cards[d];
    cube.n = fill(j, sign, leaves);
    enum ko_status st = ko_cube_search(&cube, &found);
    if (st == KO_OK && (found.n == 0 || found.everywhere))
        return add_nowhere(c, table_definition);
    for (size_t i = 0; i < found.n && st == KO_OK; i++)
        st = add_cause(c, j, &cube, &found.causes[i], sign);
    return st;
}

enum ko_status ko_combine_tables(struct ko_case *c)
{
    struct ko_joint j;
    enum ko_status st = ko_joint_of(c, true, &j);
    struct ko_cube_leaf *leaves = ko_mem_alloc(j.n + 1, sizeof *leaves);
    if (leaves == NULL)
        st = KO_ENOMEM;
    if (st == KO_OK && j.n > 1)
        st = find_causes(c, &j, leaves);
    ko_mem_free(leaves);
    ko_joint_release(&j);
    return st;
}
